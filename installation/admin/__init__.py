from . import aid_requests, aids, family, needs, referrals  # noqa: F401
from .dossier import InstallationRequestAdmin
from .offers import PracticeOfferAdmin
from .projects import StructureProjectAdmin

__all__ = ["InstallationRequestAdmin", "PracticeOfferAdmin", "StructureProjectAdmin"]
