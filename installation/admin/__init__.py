from . import (  # noqa: F401
    aid_requests,
    aids,
    family,
    indicators,
    needs,
    referrals,
    settlements,
    visits,
)
from .dossier import InstallationRequestAdmin
from .offers import PracticeOfferAdmin
from .plans import PlanTemplateStepAdmin
from .projects import StructureProjectAdmin

__all__ = [
    "InstallationRequestAdmin",
    "PlanTemplateStepAdmin",
    "PracticeOfferAdmin",
    "StructureProjectAdmin",
]
