"""What happened to a dossier, journal and mail together, the latest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from casework.models import Entry, Message


@dataclass(frozen=True)
class Happening:
    at: datetime
    sentence: str
    kind: str = "entry"


def of(*subjects: models.Model) -> list[Happening]:
    """Of one dossier, or of those that became one."""
    happenings = []
    for subject in subjects:
        entries = Entry.objects.about(subject).with_actors()
        happenings += [Happening(entry.at, entry.sentence) for entry in entries]
        messages = Message.objects.about(subject).defer("text", "html", "sealed")
        happenings += [_mailed(message) for message in messages]
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)


def _mailed(message: Message) -> Happening:
    state = {
        Message.State.SENT: "envoyé",
        Message.State.OWED: "à envoyer",
        Message.State.FAILED: "en échec",
        Message.State.CANCELLED: "annulé",
    }[message.state]
    at = message.sent_at or message.created_at
    return Happening(at, f"Courriel « {message.subject} » : {state}", "message")
