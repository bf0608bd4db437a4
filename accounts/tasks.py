from celery import shared_task
from django.utils import timezone

from accounts import consistency_run, purging


@shared_task
def check_consistency() -> None:
    consistency_run.run()


@shared_task
def purge_expired() -> None:
    purging.run(timezone.localdate())
    purging.sweep_traces(timezone.now())
