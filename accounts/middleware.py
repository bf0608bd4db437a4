from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """No back-office without a second factor; whoever has none sets one up first.

    At sign-in allauth asks for the factor of whoever has one, however they come.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self.is_missing(request):
            return self.get_response(request)
        messages.info(
            request,
            "Le back-office demande un second facteur. Choisissez une clé d'accès "
            "ou une application de codes : c'est l'affaire d'une minute.",
        )
        return redirect("mfa_index")

    def is_missing(self, request) -> bool:
        return (
            settings.SECOND_FACTOR_REQUIRED
            and request.path_info.startswith(reverse("admin:index"))
            and request.user.is_authenticated
            and request.user.is_staff
            and not is_mfa_enabled(request.user, FACTORS)
        )


class PrivatePagesMiddleware:
    """What somebody signed in reads stays in no cache, the browser's included.

    A view that chose how long its answer keeps is left alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
