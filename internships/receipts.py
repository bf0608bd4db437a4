"""Quittances: made once by a worker, when the month is wholly paid."""

from django.db import transaction

from documents import keeping
from documents.models import Document
from internships import rent_letters
from internships.models import RentCall

KIND = "rent-receipt"


def file(call_id: int) -> bool:
    """Make the receipt and keep it; say whether it was made now."""
    with transaction.atomic():
        waiting = RentCall.objects.without_receipt().filter(pk=call_id)
        found = waiting.select_for_update(no_key=True, skip_locked=True).first()
        if found is None or not found.amount:
            return False
        call = RentCall.objects.with_list_data().get(pk=found.pk)
        document = keeping.keep(
            pdf(call),
            name=f"quittance-{call.month:%Y-%m}.pdf",
            media_type=Document.MediaType.PDF,
            kind=KIND,
        )
        call.keep_receipt(document)
        rent_letters.receipt_ready(call)
    return True


def pdf(call: RentCall) -> bytes:
    """Free of charge, rent and charges apart (loi du 6 juillet 1989, article 21)."""
    # Web processes read this module through the tasks: the engine weighs 40 MB.
    from documents import rendering

    return rendering.pdf(
        "internships/pdf/receipt.html",
        {
            "call": call,
            "dwelling": call.room.dwelling,
            "payments": [
                {"payment": payment, "amount": rent_letters.euros(payment.amount)}
                for payment in call.payments.standing()
            ],
            "rent": rent_letters.euros(call.rent_only),
            "charges": rent_letters.euros(call.charges),
            "amount": rent_letters.euros(call.amount),
        },
    )


def left_behind() -> list[int]:
    """Paid months whose receipt was lost on the way."""
    waiting = RentCall.objects.without_receipt().filter(amount__gt=0)
    return list(waiting.values_list("pk", flat=True)[:100])
