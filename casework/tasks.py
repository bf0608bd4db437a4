"""The workers' entry points to the outbox; `routines` has those above it."""

from datetime import timedelta
from functools import partial

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from casework import delivery
from casework.models import Heartbeat, Message

logger = structlog.get_logger(__name__)

# A message just posted has its own bell: the sweep leaves it that long.
GRACE = timedelta(seconds=20)
SWEPT_AT_ONCE = 2000


@shared_task(acks_late=True)
def deliver_message(message_id: int) -> None:
    delivery.deliver(message_id)


@shared_task
def sweep_messages() -> None:
    """Ring again for what is due and was left behind, or is to be tried again."""
    due = Message.objects.due(timezone.now() - GRACE).order_by("next_attempt_at")
    for message_id in list(due.values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
        deliver_message.delay(message_id)


@shared_task
def beat_tick() -> None:
    """Beat rings, a worker writes: both are alive."""
    Heartbeat.objects.tick("beat")


def ring_on_commit(message_id: int) -> None:
    transaction.on_commit(partial(_ring, message_id))


def _ring(message_id: int) -> None:
    """A broker that is down must not fail a request already committed."""
    try:
        deliver_message.delay(message_id)
    except OperationalError:
        logger.warning("broker unreachable", message=message_id)
