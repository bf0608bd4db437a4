"""What must agree: numbers and receipts, rows and what the code declares."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from casework.catalogue import templates
from casework.models import Counter, LadderStep, Message, Receipt


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    yield from _gaps()
    for step in LadderStep.objects.filter(is_active=True):
        if step.template_key not in templates():
            yield f"Relance {step.pk} : son modèle de message n'existe plus."
    late = timezone.now() - timedelta(hours=1)
    if count := Message.objects.due(late).count():
        yield f"{count} courriel(s) attendent depuis plus d'une heure."


def _gaps() -> Iterator[str]:
    for counter in Counter.objects.all():
        given = Receipt.objects.filter(reference__startswith=f"{counter.series}-")
        if (count := given.count()) != counter.last:
            yield (
                f"Série {counter.series} : {counter.last} numéros donnés, "
                f"{count} accusés de réception."
            )
