"""What every dossier carries, one module for each thing."""

from .attachment import AboutQuerySet
from .beats import Heartbeat
from .entries import Entry
from .ladders import LadderStep, ReminderSent
from .links import AccessLink
from .messages import EmailTemplate, Message
from .receipts import Counter, Receipt
from .tasks import Absence, Task

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
    "Receipt",
    "ReminderSent",
    "Task",
]
