"""What every calendar we send says of us (RFC 5545)."""

from django.conf import settings
from icalendar import vCalAddress, vText

from territory.models import Desk


def organizer() -> vCalAddress:
    """The desk, as who invites."""
    desk = Desk.objects.current()
    address = desk.email or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip(" >")
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(desk.service_name)
    return organizer


def domain() -> str:
    """What makes a uid ours."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
