"""An installation on the page of its dossier, and the question asked after it."""

from casework.space import Badge
from installation.models import (
    InstallationRequest,
    Settlement,
    SettlementState,
)
from installation.panels import PANELS, Panel, Place

Kind = InstallationRequest.Kind
# Who asks for these comes to practise here.
SETTLING = (Kind.INSTALLATION, Kind.LOCUM, Kind.OTHER)


def badge(settlement: Settlement, *, for_desk: bool = False) -> Badge:
    if settlement.state == SettlementState.LEFT:
        return Badge("Terminée", "neutral", "x")
    if settlement.state == SettlementState.VALIDATED:
        return Badge("En exercice", "run", "stethoscope")
    if for_desk:
        return Badge("À valider", "you", "hand")
    return Badge("À vérifier par le guichet", "neutral", "hourglass")


def may_declare(request: InstallationRequest) -> bool:
    """While the dossier is followed, or after it ended well."""
    followed = request.state in ("in_support", "paused")
    return request.kind in SETTLING and followed


def of(request: InstallationRequest) -> Settlement | None:
    return Settlement.objects.with_list_data().filter(request=request).first()


def guessed(request: InstallationRequest) -> dict:
    """What the dossier says already is not asked again."""
    plan = getattr(request, "action_plan", None)
    places = request.communes.defer("contour")[:2]
    return {
        "commune": places[0] if len(places) == 1 else None,
        "mode": request.mode,
        "days_a_week": request.days_a_week,
        "first_day_on": plan.planned_on if plan else None,
    }


def panel(request: InstallationRequest) -> Panel | None:
    settlement = of(request)
    if settlement is None and not may_declare(request):
        return None
    context = {
        "settlement": settlement,
        "badge": badge(settlement) if settlement else None,
        "may_declare": may_declare(request)
        and (settlement is None or not settlement.is_validated),
    }
    return Panel("installation/_panel_settlement.html", context)


PANELS[Place.SETTLEMENT] = panel
