from celery import shared_task
from django.utils import timezone

from internships import clock, inventory_documents, offering, receipts, rent_calls
from internships.models import Inventory


@shared_task(
    acks_late=True, autoretry_for=[Exception], retry_backoff=True, max_retries=5
)
def prepare_inventory(inventory_id: int) -> None:
    """Whatever failed is noted on the inventory, and tried again."""
    try:
        inventory_documents.prepare(inventory_id)
    except Exception as error:
        inventory_documents.note_failure(inventory_id, error)
        raise


@shared_task
def sweep_inventories() -> None:
    """Ring again for documents that were lost on the way."""
    waiting = Inventory.objects.to_prepare().values_list("pk", flat=True)
    for inventory_id in waiting[:100]:
        prepare_inventory.delay(inventory_id)


@shared_task
def call_rents() -> None:
    """Call the month, then ring again for receipts that were lost on the way."""
    rent_calls.call_month(timezone.localdate())
    for call_id in receipts.left_behind():
        file_receipt.delay(call_id)


@shared_task(acks_late=True, autoretry_for=[OSError], retry_backoff=True, max_retries=8)
def file_receipt(call_id: int) -> None:
    receipts.file(call_id)


@shared_task
def offer_bed(room_id: int) -> None:
    """A bed has just gone free."""
    offering.offer_freed(room_id)


@shared_task
def sweep_beds() -> None:
    """Options whose time is over, then every free bed somebody could take.

    What a worker left behind when it died is found here again.
    """
    offering.expire()
    offering.close_past(timezone.localdate(clock.now()))
    offering.offer_freed()
