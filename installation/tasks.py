"""The workers' entry points of this journey."""

from celery import shared_task
from django.utils import timezone

from installation import partner_weekly


@shared_task
def send_partner_letters() -> None:
    partner_weekly.send(timezone.localdate())
