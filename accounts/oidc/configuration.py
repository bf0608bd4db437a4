"""The OpenID Connect providers, read from the environment by the settings.

Each of the three national services is on when its client id is given:

    PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET, PROCONNECT_URL
    PROSANTECONNECT_CLIENT_ID, PROSANTECONNECT_CLIENT_SECRET, PROSANTECONNECT_URL
    FRANCECONNECT_CLIENT_ID, FRANCECONNECT_CLIENT_SECRET, FRANCECONNECT_URL

Another one is described by a JSON object in OIDC_PROVIDERS:
    [{"id": "…", "name": "…", "url": "…", "client_id": "…", "secret": "…"}]
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    key: str
    name: str
    url: str
    scope: tuple[str, ...]
    auth_params: dict[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        return self.key.upper()


SERVICES = (
    Service(
        "proconnect",
        "ProConnect",
        "https://auth.agentconnect.gouv.fr/api/v2",
        ("openid", "given_name", "usual_name", "email", "uid", "siret"),
        {"acr_values": "eidas1"},
    ),
    Service(
        "prosanteconnect",
        "Pro Santé Connect",
        "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet",
        ("openid", "scope_all"),
        {"acr_values": "eidas1"},
    ),
    Service(
        "franceconnect",
        "FranceConnect",
        "https://oidc.franceconnect.gouv.fr/api/v2",
        ("openid", "given_name", "family_name", "email"),
        {"acr_values": "eidas1"},
    ),
)


def apps(env) -> list[dict]:
    """What allauth calls apps, for SOCIALACCOUNT_PROVIDERS."""
    configured = [
        _app(
            service.key,
            service.name,
            url=env.str(f"{service.prefix}_URL", default=service.url),
            client_id=client_id,
            secret=env.str(f"{service.prefix}_CLIENT_SECRET"),
            scope=service.scope,
            auth_params=service.auth_params,
        )
        for service in SERVICES
        if (client_id := env.str(f"{service.prefix}_CLIENT_ID", default=""))
    ]
    others = [
        _app(
            other["id"],
            other["name"],
            url=other["url"],
            client_id=other["client_id"],
            secret=other["secret"],
            scope=other.get("scope", ("openid", "profile", "email")),
            auth_params=other.get("auth_params", {}),
        )
        for other in env.json("OIDC_PROVIDERS", default=[])
    ]
    return configured + others


def _app(key, name, *, url, client_id, secret, scope, auth_params) -> dict:
    return {
        "provider_id": key,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": url,
            "scope": list(scope),
            "auth_params": dict(auth_params),
            "oauth_pkce_enabled": True,
            # A known address signs its owner in, when the provider confirmed it.
            "email_authentication": True,
        },
    }
