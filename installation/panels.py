"""The sections that a dossier's page shows to whoever asked, beside the exchanges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from installation.models import InstallationRequest


class Place(IntEnum):
    """In the order of the page: what happens next, who helps, what surrounds it."""

    PLAN = 1
    VISITS = 2
    NEEDS = 3
    # The exchanges with the desk stand here.
    PARTNERS = 11
    FAMILY = 12
    OFFERS = 13
    AIDS = 14
    SETTLEMENT = 15
    # Beside, under who follows the dossier and its documents.
    WHO_SEES = 21

    @property
    def is_beside(self) -> bool:
        return self >= Place.WHO_SEES

    @property
    def is_after_exchanges(self) -> bool:
        return self >= Place.PARTNERS


@dataclass(frozen=True)
class Panel:
    """One section: its template gets the dossier and these values, nothing else."""

    template: str
    context: Mapping


@dataclass(frozen=True)
class Panels:
    before_exchanges: list[Panel]
    after_exchanges: list[Panel]
    beside: list[Panel]


# Each says what it shows of a dossier, or None.
PANELS: dict[Place, Callable[[InstallationRequest], Panel | None]] = {}


def of(dossier: InstallationRequest) -> Panels:
    panels = Panels([], [], [])
    for place in Place:
        panel = PANELS[place](dossier)
        if panel is not None:
            _column(panels, place).append(panel)
    return panels


def _column(panels: Panels, place: Place) -> list[Panel]:
    if place.is_beside:
        return panels.beside
    after = place.is_after_exchanges
    return panels.after_exchanges if after else panels.before_exchanges
