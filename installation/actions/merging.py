"""Two dossiers of one person become one; nothing is lost, and nothing comes back."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import merging
from accounts.models import User
from casework.actions import add_task
from casework.journal import record
from casework.locking import locked_both
from installation import letters
from installation.actions import needs
from installation.models import InstallationRequest

# What the kept dossier takes from the other one where it says nothing.
_ANSWERS = (
    "title",
    "first_name",
    "last_name",
    "email",
    "phone",
    "address",
    "postal_code",
    "city",
    "profession",
    "specialty",
    "situation",
    "rpps",
    "mode",
    "days_a_week",
    "horizon",
    "structures",
    "message",
)
_FAMILY = (
    "wants_family_help",
    "household",
    "children_under_3",
    "children_3_5",
    "children_6_10",
    "children_11_15",
    "children_16_plus",
    "partner_occupation",
)


@transaction.atomic
def merge(
    kept: InstallationRequest, absorbed: InstallationRequest, *, by: User
) -> InstallationRequest:
    """All that one holds goes to the other, which its reference now leads to."""
    kept, absorbed = _locked(kept, absorbed)
    outcome = _move(kept, absorbed, by=by)
    if outcome.refusals:
        raise ValidationError(outcome.refusals)
    record(
        "installation.request.merged",
        subject=absorbed,
        actor=by,
        data={"into": kept.pk},
    )
    entry = record(
        "installation.request.joined",
        subject=kept,
        actor=by,
        data={"absorbed": absorbed.pk},
    )
    if kept.is_open:
        letters.merged(kept, absorbed, entry)
    return kept


def preview(
    kept: InstallationRequest, absorbed: InstallationRequest, *, by: User
) -> merging.Outcome:
    """Try it for real and take it back: what is shown is what happens."""
    with transaction.atomic():
        try:
            outcome = _move(*_locked(kept, absorbed), by=by)
        except ValidationError as refusal:
            outcome = merging.Outcome(refusals=refusal.messages)
        transaction.set_rollback(True)
    return outcome


def _locked(kept, absorbed) -> tuple[InstallationRequest, InstallationRequest]:
    if kept.pk == absorbed.pk:
        raise ValidationError("Choisissez deux dossiers différents.")
    return locked_both(kept, absorbed)


def _move(kept, absorbed, *, by: User) -> merging.Outcome:
    owed = (absorbed.next_action, absorbed.next_action_on, absorbed.case_worker)
    was_open = absorbed.is_open
    absorbed.join(kept)
    outcome = merging.move_everything(kept, absorbed)
    if outcome.refusals:
        return outcome
    absorbed.absorbed.update(merged_into=kept)
    _fill(kept, absorbed)
    if was_open:
        _keep_promised(kept, absorbed, *owed, by=by)
    _meet(kept, by=by)
    return outcome


def _fill(kept, absorbed) -> None:
    """A blank of the kept dossier takes the other's answer; the family goes whole."""
    names = [name for name in _ANSWERS if not getattr(kept, name)]
    if absorbed.wants_family_help and not kept.wants_family_help:
        names += _FAMILY
    for name in names:
        setattr(kept, name, getattr(absorbed, name))
    latest = [kept.last_exchange_at, absorbed.last_exchange_at]
    kept.last_exchange_at = max(filter(None, latest), default=None)
    kept.save(update_fields=[*names, "last_exchange_at"])


def _keep_promised(kept, absorbed, action, on, worker, *, by: User) -> None:
    """What came next in the other dossier is still to be done, by whoever follows."""
    if worker and worker.is_active and kept.allows("take_charge"):
        kept.take_charge(worker)
    add_task(
        f"{action} (dossier {absorbed.reference})"[:200],
        due_on=on,
        owner=kept.case_worker or worker,
        subject=kept,
        by=by,
    )


def _meet(kept, *, by: User) -> None:
    """The same need asked in both dossiers is followed once."""
    first: dict[int, object] = {}
    for need in kept.needs.kept().order_by("pk"):
        if need.topic_id in first:
            needs.merge(need, first[need.topic_id], by=by)
        else:
            first[need.topic_id] = need
