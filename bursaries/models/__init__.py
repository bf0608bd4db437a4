from .application_states import ApplicationState
from .applications import ApplicationPiece, BursaryApplication
from .schemes import (
    FROZEN,
    LEAST_MONTHS,
    RepaymentStep,
    Scheme,
    SchemeAmount,
    SchemeDocument,
    SchemeVersion,
)
from .votes import (
    AgendaItem,
    BudgetEnvelope,
    CommitteeOpinion,
    CommitteeSession,
)

__all__ = [
    "FROZEN",
    "LEAST_MONTHS",
    "AgendaItem",
    "ApplicationPiece",
    "ApplicationState",
    "BudgetEnvelope",
    "BursaryApplication",
    "CommitteeOpinion",
    "CommitteeSession",
    "RepaymentStep",
    "Scheme",
    "SchemeAmount",
    "SchemeDocument",
    "SchemeVersion",
]
