"""Destroying what is no longer needed: announced, then waited for, then counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module

import structlog
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from accounts import discovery
from accounts.models import (
    ArchiveVisa,
    ConsistencyRun,
    PurgeAggregate,
    PurgeNotice,
)
from accounts.retention import NOTICE_DAYS, Rule

logger = structlog.get_logger(__name__)


@dataclass
class Result:
    """What one run did for one rule."""

    rule: Rule
    announced: int = 0
    withdrawn: int = 0
    awaiting_visa: int = 0
    purged: int = 0
    failed: int = 0


def rules() -> list[Rule]:
    return [
        rule
        for _label, module in discovery.modules("retention")
        for rule in getattr(module, "RULES", [])
    ]


def run(day: date) -> list[Result]:
    """Announce what has reached its term, destroy what was announced long enough."""
    return [_run_rule(rule, day) for rule in rules()]


def _run_rule(rule: Rule, day: date) -> Result:
    result = Result(rule)
    kind = ContentType.objects.get_for_model(rule.queryset(day).model)
    notices = PurgeNotice.objects.filter(rule=rule.key, content_type=kind)
    # Whoever came back in the meantime is left in peace.
    over = rule.queryset(day).values("pk")
    result.withdrawn, _ = notices.exclude(object_id__in=over).delete()
    _announce(rule, day, kind, notices, result)
    due = notices.filter(warned_on__lte=day - timedelta(days=NOTICE_DAYS))
    for notice in due.order_by("warned_on", "pk"):
        if rule.needs_archives_visa and not _has_visa(notice):
            result.awaiting_visa += 1
            continue
        try:
            result.purged += _purge(rule, day, notice)
        except Exception as error:
            result.failed += 1
            _report("purge_failed", rule, notice.object_id, error)
    return result


def _announce(rule: Rule, day: date, kind, notices, result: Result) -> None:
    known = notices.values("object_id")
    for subject in rule.queryset(day).exclude(pk__in=known).iterator(chunk_size=500):
        try:
            with transaction.atomic():
                _notice, created = PurgeNotice.objects.get_or_create(
                    rule=rule.key,
                    content_type=kind,
                    object_id=subject.pk,
                    defaults={"warned_on": day},
                )
                if created and rule.warn:
                    rule.warn(subject, day + timedelta(days=NOTICE_DAYS))
        except Exception as error:
            # Not announced, so not destroyed: the next night tries again.
            result.failed += 1
            _report("purge_warning_failed", rule, subject.pk, error)
        else:
            result.announced += created


def _has_visa(notice: PurgeNotice) -> bool:
    visas = ArchiveVisa.objects.filter(rule=notice.rule)
    return visas.filter(announced_until__gte=notice.warned_on).exists()


@transaction.atomic
def _purge(rule: Rule, day: date, notice: PurgeNotice) -> bool:
    rows = PurgeNotice.objects.select_for_update(of=["self"], skip_locked=True)
    if not rows.filter(pk=notice.pk).exists():
        return False
    subject = rule.queryset(day).filter(pk=notice.object_id).first()
    if subject is None:
        return False
    category = rule.keep_aggregate(subject) if rule.keep_aggregate else ""
    rule.purge(subject)
    notice.delete()
    aggregate, _created = PurgeAggregate.objects.get_or_create(
        rule=rule.key, year=day.year, category=category
    )
    PurgeAggregate.objects.filter(pk=aggregate.pk).update(count=F("count") + 1)
    return True


def _report(event: str, rule: Rule, subject_id: int, error: Exception) -> None:
    # The kind of error alone: its message may quote a person's data.
    kind = type(error).__name__
    logger.error(event, rule=rule.key, subject=subject_id, error=kind)


def sweep_traces(now: datetime) -> None:
    """Security logs live twelve months, ended sessions no longer than they ran."""
    limit = now - timedelta(days=365)
    for trace in (AccessAttempt, AccessFailureLog, AccessLog):
        trace.objects.filter(attempt_time__lt=limit).delete()
    ConsistencyRun.objects.filter(ran_at__lt=limit).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    over = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    UserSession.objects.filter(last_seen_at__lt=over).exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()


def label_of(key: str) -> str:
    """What a rule is called; the key itself when the rule is gone."""
    return next((rule.label for rule in rules() if rule.key == key), key)


def purge_on(notice: PurgeNotice) -> date:
    return notice.warned_on + timedelta(days=NOTICE_DAYS)


def may_go(notice: PurgeNotice) -> bool:
    """Has the visa been given, or does the rule need none?"""
    rule = next((rule for rule in rules() if rule.key == notice.rule), None)
    return bool(rule) and (not rule.needs_archives_visa or _has_visa(notice))
