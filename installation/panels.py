"""The sections that a dossier's page shows to whoever asked, beside the exchanges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from installation.models import InstallationRequest


@dataclass(frozen=True)
class Panel:
    """One section: its template gets the dossier and these values, nothing else."""

    template: str
    context: Mapping


# In the order of the page. Each says what it shows of a dossier, or None.
PANELS: list[Callable[[InstallationRequest], Panel | None]] = []


def of(dossier: InstallationRequest) -> list[Panel]:
    return [panel for show in PANELS if (panel := show(dossier)) is not None]
