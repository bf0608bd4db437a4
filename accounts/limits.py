"""How often a stranger may have us write to an address that nobody has proven."""

from allauth.core import ratelimit
from redis.exceptions import RedisError

TOO_OFTEN = (
    "Plusieurs courriels sont déjà partis vers cette adresse, ou depuis votre "
    "connexion. Réessayez dans une heure, ou appelez le guichet."
)


def may_write_to(request, address: str) -> bool:
    """Count one more e-mail; one's own confirmed address is not counted.

    Without a cache nothing can be counted, and the form must still work.
    """
    address = address.strip().lower()
    if address == getattr(request.user, "email", ""):
        return True
    try:
        return ratelimit.consume(request, action="write_to_stranger", key=address)
    except (RedisError, OSError):
        return True
