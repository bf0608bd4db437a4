from celery import shared_task
from django.utils import timezone

from listings import actions, alerts


@shared_task
def expire_listings() -> None:
    actions.sweep(timezone.localdate())


@shared_task
def send_alerts() -> None:
    alerts.run(timezone.localdate())
