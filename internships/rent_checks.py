"""What the constraints cannot say of rents."""

from collections.abc import Iterator

from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from internships.models import RentCall
from internships.models.rents import ZERO


def checks() -> Iterator[str]:
    """What is counted as received is what was written down, receipt by receipt."""
    received = Coalesce(
        Sum("payments__amount", filter=Q(payments__cancelled_at=None)),
        Value(ZERO, DecimalField(max_digits=8, decimal_places=2)),
    )
    calls = RentCall.objects.annotate(received=received)
    for call in calls.exclude(received=F("paid_amount")).order_by("pk"):
        yield f"Loyer n° {call.pk} : le reçu n'est pas la somme des paiements."
    late = RentCall.objects.without_receipt().filter(
        amount__gt=0, settled_on__lt=timezone.localdate()
    )
    for pk in late.order_by("pk").values_list("pk", flat=True):
        yield f"Loyer n° {pk} : payé, et sans quittance (article 21)."
