from .dossier import CallbackForm, MessageForm, SubjectForm, WithdrawForm
from .plain import PlainForm, capitalised
from .steps import (
    ConfirmStep,
    FamilyStep,
    IdentityStep,
    PracticeStep,
    ProjectStep,
)

__all__ = [
    "CallbackForm",
    "ConfirmStep",
    "FamilyStep",
    "IdentityStep",
    "MessageForm",
    "PlainForm",
    "PracticeStep",
    "ProjectStep",
    "SubjectForm",
    "WithdrawForm",
    "capitalised",
]
