"""Which pages of the request are left to the person, after a call."""

from accounts.models import Person
from installation import steps
from installation.models import InstallationRequest
from installation.panels import PANELS, Panel


def pages(dossier: InstallationRequest) -> tuple[steps.Step, ...]:
    """Those of the online request but the last, which files it."""
    return steps.STEPS.get(dossier.kind, ())[:-1]


def is_offered(dossier: InstallationRequest) -> bool:
    """A dossier that the desk opened, and that is still followed."""
    noted = dossier.channel != Person.Origin.SITE
    return noted and dossier.allows("exchange") and bool(pages(dossier))


def panel(dossier: InstallationRequest) -> Panel | None:
    """What invites to complete, on the dossier's page."""
    left = pages(dossier)[dossier.step_reached - 1 :]
    if not left or not is_offered(dossier):
        return None
    context = {
        "reference": dossier.reference,
        "pages": left,
        "number": dossier.step_reached,
    }
    return Panel("installation/_to_complete.html", context)


# What waits for the person comes before what they may look at.
PANELS.insert(0, panel)
