"""Whom a message of the desk's own business reaches."""

from accounts.models import User
from territory.models import Desk


def desk_addresses() -> list[str]:
    """The mailbox of the desk; without one, everybody who answers there."""
    desk = Desk.objects.current()
    if desk.email:
        return [desk.email]
    return list(User.objects.desk().order_by("email").values_list("email", flat=True))
