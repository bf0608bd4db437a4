"""What someone needs help with: how needs begin, meet and end."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from casework.journal import record
from casework.locking import locked, locked_both
from installation import need_rules, referral_letters
from installation.actions import referrals
from installation.models import InstallationRequest, Need
from territory.models import Topic


@transaction.atomic
def open_from_answers(request: InstallationRequest) -> list[Need]:
    """Turn the answers of a filed request into needs; again, it adds what is new."""
    topics = need_rules.topics_of(request)
    return _open(request, topics, source=Need.Source.ANSWERS, by=None)


@transaction.atomic
def open_from_topics(
    request: InstallationRequest, topics: Iterable[Topic], *, by: User
) -> list[Need]:
    """What the desk ticked during a call."""
    return _open(request, topics, source=Need.Source.DESK, by=by)


@transaction.atomic
def add(
    request: InstallationRequest,
    topic: Topic,
    *,
    details: str = "",
    source: str = Need.Source.DESK,
    by: User | None = None,
) -> Need:
    """One more need, by the desk or by the person; the desk is told of the latter."""
    request = locked(request)
    request.require("exchange")
    details = details.strip()
    same = request.needs.kept().filter(topic=topic, details__iexact=details)
    if same.exists():
        raise ValidationError(
            f"« {topic} » est déjà parmi les besoins : précisez ce qui change, ou "
            "suivez celui qui existe."
        )
    need = request.needs.create(
        topic=topic, details=details, source=source, created_by=by
    )
    entry = _record("added", need, by)
    if source == Need.Source.PERSON:
        referral_letters.need_added(need, entry)
    return need


@transaction.atomic
def drop(need: Need, reason: str, *, by: User) -> Need:
    """Nobody looks for it any more: the partners at work are told to stop."""
    need = referrals.locked_need(need)
    need.drop(reason)
    need.sharing_questions.pending().delete()
    referrals.recall_all([need], by=by)
    _record("dropped", need, by)
    return need


@transaction.atomic
def restore(need: Need, *, by: User) -> Need:
    need = referrals.locked_need(need)
    need.request.require("exchange")
    need.restore()
    _record("restored", need, by)
    return need


@transaction.atomic
def merge(need: Need, kept: Need, *, by: User) -> Need:
    """The same thing was asked twice: one row follows it, with all its referrals."""
    need, kept = locked_both(need, kept)
    need.merge_into(kept)
    theirs = kept.referrals.running().values("organisation")
    for twice in need.referrals.running().filter(organisation__in=theirs):
        referrals.recall(twice, by=by)
    need.referrals.update(need=kept)
    need.sharing_questions.pending().delete()
    if need.details and need.details not in kept.details:
        kept.details = f"{kept.details}\n{need.details}".strip()[:2000]
        kept.save(update_fields=["details"])
    _record("merged", need, by, into=kept.pk)
    return kept


# --- What they share ------------------------------------------------------------


def _open(
    request: InstallationRequest,
    topics: Iterable[Topic],
    *,
    source: str,
    by: User | None,
) -> list[Need]:
    """A topic that the dossier already had, dropped ones included, is not reopened."""
    request = locked(request)
    known = set(request.needs.values_list("topic", flat=True))
    opened = [
        request.needs.create(topic=topic, source=source, created_by=by)
        for topic in topics
        if topic.pk not in known
    ]
    for need in opened:
        _record("opened", need, by)
    return opened


def _record(happened: str, need: Need, by: User | None, **data):
    return record(
        f"installation.need.{happened}",
        subject=need.request,
        actor=by,
        data={"need": need.pk, "topic": need.topic.slug, **data},
    )
