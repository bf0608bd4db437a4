from .absences import AbsenceAdmin
from .ladders import LadderStepAdmin
from .messages import MessageAdmin
from .tasks import TaskAdmin
from .templates import EmailTemplateAdmin
from .traces import EntryAdmin, ReceiptAdmin

__all__ = [
    "AbsenceAdmin",
    "EmailTemplateAdmin",
    "EntryAdmin",
    "LadderStepAdmin",
    "MessageAdmin",
    "ReceiptAdmin",
    "TaskAdmin",
]
