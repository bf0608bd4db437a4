"""What every dossier carries, one module for each thing."""

from .absences import Absence
from .attachment import AboutQuerySet
from .beats import Heartbeat
from .entries import Entry
from .ladders import LadderStep, ReminderSent
from .links import AccessLink
from .messages import EmailTemplate, Message, MessageAttachment
from .money_requests import (
    IDENTITY,
    MoneyRequest,
    MoneyRequestQuerySet,
    money_request_constraints,
    require_identity,
)
from .receipts import Counter, Receipt
from .tasks import Task

__all__ = [
    "IDENTITY",
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
    "MoneyRequest",
    "MoneyRequestQuerySet",
    "Receipt",
    "ReminderSent",
    "Task",
    "money_request_constraints",
    "require_identity",
]
