from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2CallbackView,
    OAuth2LoginView,
)
from django.http import Http404

from accounts.oidc.adapter import ServiceAdapter


@login_not_required
def login(request, provider_id):
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request, provider_id):
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view, request, provider_id):
    try:
        return view.adapter_view(ServiceAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
