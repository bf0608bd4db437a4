from casework.forms import PlainForm, capitalised

from .confirm import ConfirmStep
from .dossier import CallbackForm, KindForm, MessageForm, SubjectForm, WithdrawForm
from .present import CurrentPracticeStep, MaintenanceStep, OtherStep, SuccessionStep
from .steps import (
    FamilyStep,
    IdentityStep,
    LocumStep,
    PracticeStep,
    ProjectStep,
)
from .structures import ContactStep, StructureProjectStep, VacancyStep

__all__ = [
    "CallbackForm",
    "ConfirmStep",
    "ContactStep",
    "CurrentPracticeStep",
    "FamilyStep",
    "IdentityStep",
    "KindForm",
    "LocumStep",
    "MaintenanceStep",
    "MessageForm",
    "OtherStep",
    "PlainForm",
    "PracticeStep",
    "ProjectStep",
    "StructureProjectStep",
    "SubjectForm",
    "SuccessionStep",
    "VacancyStep",
    "WithdrawForm",
    "capitalised",
]
