"""Which pages of the request are left to the person, after a call."""

from accounts.models import Person
from installation import steps
from installation.models import InstallationRequest


def pages(dossier: InstallationRequest) -> tuple[steps.Step, ...]:
    """Those of the online request but the last, which files it."""
    return steps.STEPS.get(dossier.kind, ())[:-1]


def is_offered(dossier: InstallationRequest) -> bool:
    """A dossier that the desk opened, and that is still followed."""
    noted = dossier.channel != Person.Origin.SITE
    return noted and dossier.allows("exchange") and bool(pages(dossier))


def left(dossier: InstallationRequest) -> tuple[steps.Step, ...]:
    """Those that the person has not filled in yet."""
    if not is_offered(dossier):
        return ()
    return pages(dossier)[dossier.step_reached - 1 :]
