from celery import shared_task

from bursaries import session_papers


@shared_task(acks_late=True)
def file_annex(session_id: int) -> None:
    session_papers.file_annex(session_id)


@shared_task
def file_left_behind() -> None:
    """Annexes whose worker died on the way."""
    for session_id in session_papers.left_behind():
        file_annex.delay(session_id)
