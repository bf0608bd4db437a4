from celery import shared_task
from django.conf import settings

from documents import cleaning, quarantine


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
