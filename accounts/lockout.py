"""What axes asks: whose password is being guessed, and from where."""

from allauth.account.adapter import get_adapter


def username(request, credentials: dict | None = None) -> str:
    given = credentials or {}
    name = given.get("email") or given.get("username") or given.get("login")
    if not name and request is not None:
        name = request.POST.get("login", "")
    return str(name or "").strip().lower()[:255]


def client_ip(request) -> str:
    """The same reading of proxies as for the rate limits."""
    return get_adapter().get_client_ip(request)
