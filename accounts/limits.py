"""How often a stranger may have us write to an address that nobody has proven, and
an account hand us something to read."""

import hashlib
import ipaddress

from django.core.cache import cache
from django.core.exceptions import ValidationError
from redis.exceptions import RedisError

from accounts import lockout

HOUR = 3600
TO_ONE_ADDRESS = 5
FROM_ONE_PLACE = 30
TOO_OFTEN = (
    "Plusieurs courriels sont déjà partis vers cette adresse, ou depuis votre "
    "connexion. Réessayez dans une heure, ou appelez le guichet."
)

FROM_ONE_SENDER = 20
TOO_MANY = (
    "Vous en avez envoyé beaucoup en peu de temps. Réessayez dans une heure, ou "
    "appelez le guichet."
)


def may_write_to(request, address: str) -> bool:
    """Count one more e-mail; to one's own confirmed address, none is counted."""
    address = address.strip().lower()
    if address == getattr(request.user, "email", ""):
        return True
    return (
        _count("place", _place(request)) <= FROM_ONE_PLACE
        and _count("address", address) <= TO_ONE_ADDRESS
    )


def require_pace(request, what: str) -> None:
    """Count one more of these from an account, or from a place without one.

    Somebody reads each of them.
    """
    user = request.user
    sender = str(user.pk) if user.is_authenticated else _place(request)
    if _count(f"sent:{what}", sender) > FROM_ONE_SENDER:
        raise ValidationError(TOO_MANY)


def _place(request) -> str:
    """The address of the connection; a household owns 2⁶⁴ of the long kind."""
    found = lockout.client_ip(request)
    try:
        place = ipaddress.ip_address(found)
    except ValueError:
        return found
    if place.version == 4:
        return found
    return str(ipaddress.ip_network(f"{found}/64", strict=False))


def _count(what: str, value: str) -> int:
    """How many in the hour that began with the first; without a cache, one.

    Nothing can be counted then, and the form must still work.
    """
    key = f"accounts.limits:{what}:{hashlib.sha256(value.encode()).hexdigest()}"
    try:
        cache.add(key, 0, HOUR)
        return cache.incr(key) or 1
    except (RedisError, OSError, ValueError):
        return 1
