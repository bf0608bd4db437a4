"""/healthz: what the portal lives on, and which of it is ill."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casework.models import Heartbeat
from portal.celery import app

logger = logging.getLogger(__name__)

MIN_FREE_BYTES = 500 * 1024 * 1024
# Beat ticks every thirty seconds; a restart takes less than this.
MAX_TICK_AGE = timedelta(minutes=3)
SECONDS = 2
# Whoever asks often gets the same answer: asking the workers is not free.
KEPT_SECONDS = 5


def database_is_well() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def broker_is_well() -> bool:
    limits = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    with redis.Redis.from_url(settings.CELERY_BROKER_URL, **limits) as broker:
        return broker.ping()


def worker_is_well() -> bool:
    """Some worker answers; the broker is asked first, or this would wait for it."""
    return broker_is_well() and bool(
        app.control.broadcast("ping", reply=True, timeout=SECONDS, limit=1)
    )


def beat_is_well() -> bool:
    since = timezone.now() - MAX_TICK_AGE
    return Heartbeat.objects.filter(name="beat", at__gte=since).exists()


def disk_is_well() -> bool:
    folders = {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}
    return all(_free_bytes(folder) >= MIN_FREE_BYTES for folder in folders)


def _free_bytes(folder: Path) -> int:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(existing).free


CHECKS = {
    "database": database_is_well,
    "broker": broker_is_well,
    "worker": worker_is_well,
    "beat": beat_is_well,
    "disk": disk_is_well,
}


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 when all is well, else 503; names of what was checked, nothing more."""
    cache = caches["local"]
    states = cache.get("portal.health")
    if states is None:
        states = {name: _state(check) for name, check in CHECKS.items()}
        cache.set("portal.health", states, KEPT_SECONDS)
    is_well = set(states.values()) == {"ok"}
    answer = {"status": "ok" if is_well else "ill", "checks": states}
    return JsonResponse(answer, status=200 if is_well else 503)


def _state(check) -> str:
    try:
        return "ok" if check() else "ill"
    except Exception:  # Whatever broke, the answer is that it is ill.
        logger.exception("health check failed")
        return "ill"
