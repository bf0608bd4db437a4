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

__all__ = [
    "FROZEN",
    "LEAST_MONTHS",
    "ApplicationPiece",
    "ApplicationState",
    "BursaryApplication",
    "RepaymentStep",
    "Scheme",
    "SchemeAmount",
    "SchemeDocument",
    "SchemeVersion",
]
