"""Installations: declared by the doctor, validated by the desk, then asked after."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import workdays
from casework.actions import add_task
from casework.journal import record
from casework.locking import locked
from installation import following_letters, settling
from installation.models import (
    PROOFS,
    FollowUp,
    InstallationRequest,
    Settlement,
    SettlementState,
    Step,
    Visit,
)
from installation.settling import Facts


@transaction.atomic
def declare(
    request: InstallationRequest, said: Mapping, *, by: User | None, from_person: bool
) -> Settlement:
    """Say where and since when; corrected as long as the desk has not validated."""
    request = locked(request)
    if request.is_draft or request.applicant is None:
        raise ValidationError("Cette demande n'est pas encore déposée.")
    settlement = Settlement.objects.filter(request=request).first()
    if settlement and settlement.is_validated:
        raise ValidationError("Cette installation est déjà validée par le guichet.")
    if settlement is None:
        settlement = Settlement(
            request=request, person=request.applicant, declared_by=by
        )
    for name, value in said.items():
        setattr(settlement, name, value)
    settlement.full_clean(exclude=["request", "person", "declared_by"])
    settlement.save()
    entry = _record("declared", settlement, by)
    if from_person:
        following_letters.declared(settlement, entry)
    return settlement


@transaction.atomic
def validate(
    settlement: Settlement, *, proofs: Collection[str], by: User
) -> Settlement:
    """The desk has seen the proofs; R-43 says whether it counts.

    The person is locked too: two dossiers of one doctor, validated at once, count
    for one.
    """
    locked(settlement.person)
    settlement = locked(settlement)
    if not settlement.is_validated:
        for name in PROOFS:
            setattr(settlement, name, name in proofs)
    if unproven := settling.why_unproven(settlement.proofs):
        raise ValidationError(unproven, code="unproven")
    settlement.validate(
        by=by,
        today=timezone.localdate(),
        not_counted_because=settling.why_not_counted(facts(settlement)),
    )
    _open_follow_ups(settlement)
    entry = _record("validated", settlement, by, is_counted=settlement.is_counted)
    following_letters.validated(settlement, entry)
    return settlement


def facts(settlement: Settlement) -> Facts:
    """What R-43 reads of the dossier."""
    request, first_day = settlement.request, settlement.first_day_on
    exchanges = request.exchanges.public().exclude(author=None)
    steps = Step.objects.filter(plan__request=request, done_at__date__lte=first_day)
    visits = request.visits.filter(state=Visit.State.DONE, day__lte=first_day)
    others = Settlement.objects.counted().filter(person=settlement.person_id)
    taken = request.taken_charge_at
    return Facts(
        proofs=settlement.proofs,
        first_day_on=first_day,
        taken_charge_on=timezone.localdate(taken) if taken else None,
        acts_of_support=exchanges.filter(created_at__date__lte=first_day).count()
        + steps.count()
        + visits.count(),
        is_counted_already=others.exclude(pk=settlement.pk).exists(),
    )


@transaction.atomic
def leave(settlement: Settlement, on: dt.date, *, by: User) -> Settlement:
    """The desk learnt that they left."""
    settlement = locked(settlement)
    _check_past(on)
    settlement.leave(on)
    _record("left", settlement, by)
    return settlement


@transaction.atomic
def come_back(settlement: Settlement, *, by: User) -> Settlement:
    settlement = locked(settlement)
    settlement.come_back()
    _record("returned", settlement, by)
    return settlement


@transaction.atomic
def answer(
    follow_up: FollowUp,
    answer: str,
    *,
    by: User | None,
    left_on: dt.date | None = None,
) -> FollowUp:
    """« Toujours là ? », yes, no or call me; clicked twice, it is answered once."""
    settlement = locked(Settlement(pk=follow_up.settlement_id))
    follow_up = FollowUp.objects.get(pk=follow_up.pk)
    follow_up.settlement = settlement
    if follow_up.answer == answer and left_on in (None, settlement.left_on):
        return follow_up
    today = timezone.localdate()
    follow_up.note(answer)
    record(
        "installation.follow_up.answered",
        subject=settlement.request,
        actor=by,
        data={"months": follow_up.months, "answer": answer},
    )
    if answer == FollowUp.Answer.NO:
        _note_departure(settlement, left_on or today, by)
    elif settlement.state == SettlementState.LEFT:
        settlement.come_back()
        _record("returned", settlement, by)
    if answer != FollowUp.Answer.YES:
        _ask_for_a_call(follow_up, today, by)
    return follow_up


def _note_departure(settlement: Settlement, on: dt.date, by: User | None) -> None:
    _check_past(on)
    if settlement.state == SettlementState.LEFT:
        settlement.come_back()
    settlement.leave(on)
    _record("left", settlement, by)


def _ask_for_a_call(follow_up: FollowUp, today: dt.date, by: User | None) -> None:
    request = follow_up.settlement.request
    said = {
        FollowUp.Answer.NO: "dit être parti ou partie",
        FollowUp.Answer.CALL: "demande un appel",
    }[follow_up.answer]
    add_task(
        f"Appeler {request.full_name} : {said} ({follow_up.term})",
        due_on=workdays.add(today, 2),
        owner=request.case_worker,
        subject=request,
        by=by,
        key=f"installation.follow-up:{follow_up.pk}:{follow_up.answer}",
    )


def _open_follow_ups(settlement: Settlement) -> None:
    """Those to come: nobody is asked in 2026 how they were in 2024."""
    today = timezone.localdate()
    FollowUp.objects.bulk_create(
        FollowUp(settlement=settlement, months=months, due_on=day)
        for months, day in settling.follow_up_days(settlement.first_day_on).items()
        if day >= today
    )


def _check_past(on: dt.date) -> None:
    if on > timezone.localdate():
        raise ValidationError(
            "Le départ n'est pas encore arrivé : notez-le ce jour-là."
        )


def _record(what: str, settlement: Settlement, by: User | None, **data):
    return record(
        f"installation.settlement.{what}",
        subject=settlement.request,
        actor=by,
        data={"settlement": settlement.pk, **data},
    )
