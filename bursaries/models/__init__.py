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
    "RepaymentStep",
    "Scheme",
    "SchemeAmount",
    "SchemeDocument",
    "SchemeVersion",
]
