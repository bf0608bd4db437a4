"""What a chapter of the demonstration finds when it begins."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass

from accounts.models import User
from installation.models import InstallationRequest
from portal.clock import PARIS, clock_set_to
from territory.models import Commune, Departement


@dataclass(frozen=True)
class World:
    """What the first chapter leaves: people, places, dossiers, and today's date."""

    departement: Departement
    day: dt.date
    users: dict[str, User]
    places: list[Commune]

    def user(self, key: str) -> User:
        """Someone of /demo/, by the first part of their address."""
        return self.users[key]

    def place(self, rank: int) -> Commune:
        """A commune of the Département, the most populated being 0."""
        return self.places[rank % len(self.places)]

    @property
    def dossiers(self) -> list[InstallationRequest]:
        return list(InstallationRequest.objects.filed().order_by("pk"))

    def dossier(self, email: str) -> InstallationRequest:
        """The dossier of whoever gave this address."""
        return InstallationRequest.objects.filed().get(email=email)

    def on(self, offset: int, hour: int = 10) -> AbstractContextManager:
        """As if it were that many days from today."""
        day = self.day + dt.timedelta(days=offset)
        return clock_set_to(dt.datetime.combine(day, dt.time(hour), PARIS))
