from .agreements import (
    TERMS,
    Agreement,
    ClauseComment,
    ClauseText,
    Deed,
    DeedClause,
    DeedCopy,
)
from .application_states import ApplicationState
from .applications import ApplicationPiece, BursaryApplication
from .bank_accounts import BankAccount
from .breaches import (
    BreachCase,
    BreachStep,
    RepaymentInstalment,
    RepaymentReceipt,
    RepaymentSheet,
)
from .clock import Declaration, PlaceOfPractice, Proof, Suspension, span_of
from .payments import PaymentExport, PaymentLine
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
    "TERMS",
    "AgendaItem",
    "Agreement",
    "ApplicationPiece",
    "ApplicationState",
    "BankAccount",
    "BreachCase",
    "BreachStep",
    "BudgetEnvelope",
    "BursaryApplication",
    "ClauseComment",
    "ClauseText",
    "CommitteeOpinion",
    "CommitteeSession",
    "Declaration",
    "Deed",
    "DeedClause",
    "DeedCopy",
    "PaymentExport",
    "PaymentLine",
    "PlaceOfPractice",
    "Proof",
    "RepaymentInstalment",
    "RepaymentReceipt",
    "RepaymentSheet",
    "RepaymentStep",
    "Scheme",
    "SchemeAmount",
    "SchemeDocument",
    "SchemeVersion",
    "Suspension",
    "span_of",
]
