"""allauth looks here for the providers of this app."""

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
    _pick_data,
)
from django.utils.crypto import get_random_string

from accounts.oidc.adapter import NONCE, ServiceAdapter


class ServiceProvider(OpenIDConnectProvider):
    """OpenID Connect as the French public services speak it.

    They require a nonce, and some sign their user information: allauth's own
    provider knows neither.
    """

    package = "accounts.oidc"
    oauth2_adapter_class = ServiceAdapter

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        nonce = get_random_string(32)
        request.session[NONCE] = nonce
        params = kwargs.pop("auth_params", None)
        params = self.get_auth_params() if params is None else dict(params)
        kwargs["auth_params"] = params | {"nonce": nonce}
        try:
            return super().redirect(request, process, next_url, data, **kwargs)
        except requests.RequestException as error:
            return render_authentication_error(request, self, exception=error)

    def extract_email_addresses(self, data):
        """An address is trusted only when the provider says in so many words."""
        claims = _pick_data(data)
        email = claims.get("email")
        if not email:
            return []
        verified = claims.get("email_verified") is True
        return [EmailAddress(email=email.lower(), verified=verified, primary=True)]


provider_classes = [ServiceProvider]
