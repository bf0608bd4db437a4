from celery import shared_task
from django.conf import settings
from django.utils import timezone

from documents import cleaning, filing, quarantine
from documents.models import SignatureRequest


@shared_task(acks_late=True, autoretry_for=[OSError], retry_backoff=True, max_retries=8)
def scan_document(document_id: int) -> None:
    quarantine.scan(document_id)


@shared_task
def sweep_held_documents() -> None:
    """Ring again for files whose scan was lost; without a scanner, there is none."""
    if not settings.CLAMAV_SOCKET:
        return
    for document_id in quarantine.left_behind():
        scan_document.delay(document_id)


@shared_task
def sweep_orphan_files() -> None:
    cleaning.remove_orphans()


@shared_task(
    acks_late=True, autoretry_for=[Exception], retry_backoff=True, max_retries=5
)
def file_signed_document(request_id: int) -> None:
    """Whatever failed is noted on the circuit, and tried again."""
    try:
        filing.file(request_id)
    except Exception as error:
        filing.note_failure(request_id, error)
        raise


@shared_task
def sweep_signed_documents() -> None:
    """Ring again for circuits whose final file was lost on the way."""
    before = timezone.now() - filing.LEFT_BEHIND_AFTER
    waiting = SignatureRequest.objects.to_file().filter(closed_at__lt=before)
    for request_id in waiting.values_list("pk", flat=True)[:100]:
        file_signed_document.delay(request_id)
