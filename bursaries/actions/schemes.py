"""What a vote changes: versions prepared, published and closed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from bursaries.models import Scheme, SchemeVersion
from casework.journal import record
from casework.locking import locked

# What a version is given by what happens to it, and nobody types.
NOT_TYPED = {"id", "scheme", "number", "valid", "published_at", "published_by"}
# A new version takes all the rest from the former one, except its vote.
_OF_ITS_OWN = NOT_TYPED | {"deliberation", "deliberated_on"}
_ROWS = ("amounts", "steps", "documents")


@transaction.atomic
def new_version(scheme: Scheme, *, by: User) -> SchemeVersion:
    """A draft with the rules of the last version; the one in preparation if any."""
    scheme = locked(scheme)
    last = scheme.versions.order_by("number").last()
    if last is None:
        draft = SchemeVersion.objects.create(scheme=scheme, max_months=36)
        record("bursaries.scheme.version_begun", subject=draft, actor=by)
        return draft
    if not last.is_published:
        return last
    fields = {
        field.attname: getattr(last, field.attname)
        for field in SchemeVersion._meta.concrete_fields
        if field.name not in _OF_ITS_OWN
    }
    draft = SchemeVersion.objects.create(
        scheme=scheme, number=last.number + 1, **fields
    )
    for name in _ROWS:
        for row in getattr(last, name).all():
            row.pk, row.version = None, draft
            row.save(force_insert=True)
    record("bursaries.scheme.version_begun", subject=draft, actor=by)
    return draft


@transaction.atomic
def publish(version: SchemeVersion, *, opens_on: dt.date, by: User) -> SchemeVersion:
    """Applications go by these rules from that day; the former version closes then."""
    locked(version.scheme)
    version = locked(version)
    if opens_on < timezone.localdate():
        raise ValidationError("Choisissez un jour à venir, ou aujourd'hui.")
    not_over = Q(valid__endswith=None) | Q(valid__endswith__gt=opens_on)
    for former in version.scheme.versions.published().filter(not_over):
        if former.opens_on >= opens_on:
            raise ValidationError(
                f"La version {former.number} ouvre plus tard : choisissez un jour "
                "après son ouverture."
            )
        locked(former).close(opens_on)
    version.publish(opens_on=opens_on, by=by)
    record(
        "bursaries.scheme.version_published",
        subject=version,
        actor=by,
        data={"opens_on": opens_on.isoformat()},
    )
    return version


@transaction.atomic
def close(version: SchemeVersion, *, on: dt.date, by: User) -> SchemeVersion:
    """Nobody applies any more from that day; agreements go on under their rules."""
    version = locked(version)
    if on < timezone.localdate():
        raise ValidationError("Choisissez un jour à venir, ou aujourd'hui.")
    version.close(on)
    record(
        "bursaries.scheme.version_closed",
        subject=version,
        actor=by,
        data={"on": on.isoformat()},
    )
    return version


@transaction.atomic
def discard(version: SchemeVersion, *, by: User) -> None:
    """Forget a version in preparation."""
    version = locked(version)
    version.require_draft()
    record("bursaries.scheme.version_discarded", subject=version.scheme, actor=by)
    version.delete()
