from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.utils.crypto import constant_time_compare

NONCE = "oidc_nonce"


class ServiceAdapter(OpenIDConnectOAuth2Adapter):
    """Checks the nonce, and reads user information that comes signed."""

    def complete_login(self, request, app, token, **kwargs):
        expected = request.session.pop(NONCE, None)
        id_token = kwargs["response"].get("id_token")
        if id_token:
            received = self._decode_id_token(app, id_token).get("nonce")
            if not expected or not constant_time_compare(received or "", expected):
                raise OAuth2Error("The answer does not match the question (nonce).")
        return super().complete_login(request, app, token, **kwargs)

    def _fetch_user_info(self, access_token):
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind != "application/jwt":
            return response.json()
        return jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
