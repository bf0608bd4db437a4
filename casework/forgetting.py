"""What casework keeps of a subject, emptied of what was said."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.actions import forget_in_admin_log
from casework import outbox
from casework.models import AccessLink, Message, Task


def forget(subject: models.Model) -> None:
    """Messages, tasks and links about it remain, as numbers and dates."""
    outbox.forget(Message.objects.about(subject))
    forget_links(AccessLink.objects.about(subject))
    Task.objects.about(subject).update(title="Tâche effacée")
    forget_in_admin_log(subject)


def forget_links(links: models.QuerySet) -> None:
    """They open nothing, and no longer say to whom they were sent."""
    links.update(to_email="", revoked_at=Coalesce("revoked_at", timezone.now()))
