"""What every dossier carries, one module for each thing."""

from .absences import Absence
from .attachment import AboutQuerySet
from .beats import Heartbeat
from .entries import Entry
from .ladders import LadderStep, ReminderSent
from .links import AccessLink
from .messages import EmailTemplate, Message, MessageAttachment
from .receipts import Counter, Receipt
from .tasks import Task

__all__ = [
    "AboutQuerySet",
    "Absence",
    "AccessLink",
    "Counter",
    "EmailTemplate",
    "Entry",
    "Heartbeat",
    "LadderStep",
    "Message",
    "MessageAttachment",
    "Receipt",
    "ReminderSent",
    "Task",
]
