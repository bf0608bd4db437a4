"""From « held » to « clean » or « quarantined »."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.journal import record
from documents.models import Document
from documents.scanning import find_threat
from documents.signals import document_quarantined

LEFT_BEHIND_AFTER = timedelta(minutes=2)


def scan(document_id: int) -> None:
    """Ask the scanner about a held file; a file already judged is left alone."""
    with transaction.atomic():
        held = Document.objects.held().filter(pk=document_id)
        document = held.select_for_update(of=["self"], skip_locked=True).first()
        if document is None:
            return
        with document.file.open("rb") as file:
            threat = find_threat(file.chunks(), address=settings.CLAMAV_SOCKET)
        if not threat:
            document.release()
            return
        document.quarantine(threat)
        record("documents.document.quarantined", subject=document)
        document_quarantined.send(Document, document=document)


def left_behind() -> list[int]:
    """Held files old enough for their own task to have had its turn."""
    before = timezone.now() - LEFT_BEHIND_AFTER
    held = Document.objects.held().filter(created_at__lt=before)
    return list(held.order_by("created_at").values_list("pk", flat=True)[:500])
