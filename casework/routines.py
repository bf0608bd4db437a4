"""Periodic work that writes messages; named as tasks for the timetable."""

from celery import shared_task
from django.utils import timezone

from casework import digest, ladders


@shared_task(name="casework.tasks.send_reminders")
def send_reminders() -> None:
    ladders.run(timezone.localdate())


@shared_task(name="casework.tasks.send_failure_digest")
def send_failure_digest() -> None:
    digest.send(timezone.localdate())
