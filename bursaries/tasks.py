from celery import shared_task

from bursaries import agreement_papers, session_papers
from bursaries.actions import payments
from bursaries.models import Agreement


@shared_task(acks_late=True)
def file_annex(session_id: int) -> None:
    session_papers.file_annex(session_id)


@shared_task
def file_left_behind() -> None:
    """Annexes whose worker died on the way."""
    for session_id in session_papers.left_behind():
        file_annex.delay(session_id)


@shared_task(
    acks_late=True, autoretry_for=[Exception], retry_backoff=True, max_retries=5
)
def prepare_deed(deed_id: int) -> None:
    """Whatever failed is noted on the deed, and tried again."""
    try:
        agreement_papers.prepare(deed_id)
    except Exception as error:
        agreement_papers.note_failure(deed_id, error)
        raise


@shared_task
def prepare_left_behind() -> None:
    """Deeds approved whose worker died on the way."""
    for deed_id in agreement_papers.left_behind():
        prepare_deed.delay(deed_id)


@shared_task
def plan_payments(agreement_id: int) -> None:
    """Its lines again, from facts that have just changed."""
    payments.plan(Agreement(pk=agreement_id))


@shared_task
def plan_all_payments() -> None:
    payments.plan_all()
