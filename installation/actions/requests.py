"""What people do with a request once it is filed: one transaction a decision.

Every action locks the row first, so that two clicks make one decision, writes the
journal and owes the messages that follow.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import workdays
from casework.journal import record
from casework.locking import locked
from documents import intake
from installation import family_letters, letters, settling
from installation.actions import referrals
from installation.models import (
    MOST_DOCUMENTS,
    Attachment,
    Exchange,
    FamilyAccess,
    InstallationRequest,
)
from territory.models import Desk

# --- The desk ----------------------------------------------------------------------


@transaction.atomic
def take_charge(request: InstallationRequest, *, by: User) -> InstallationRequest:
    """Become the one person who answers, and say so to whoever asked."""
    request = locked(request)
    request.take_charge(by)
    entry = record("installation.request.taken_charge", subject=request, actor=by)
    letters.case_worker(request, entry)
    return request


@transaction.atomic
def assign(request: InstallationRequest, *, to: User, by: User) -> InstallationRequest:
    """Hand the dossier to a colleague; one nobody follows is taken in charge."""
    request = locked(request)
    if request.allows("take_charge"):
        request.take_charge(to)
    else:
        request.assign(to)
    entry = record(
        "installation.request.assigned",
        subject=request,
        actor=by,
        data={"to": to.pk},
    )
    letters.case_worker(request, entry)
    if to != by:
        letters.handed_over(request, entry)
    return request


@transaction.atomic
def write(
    request: InstallationRequest,
    body: str,
    *,
    by: User,
    audience: str = Exchange.Audience.PUBLIC,
    files: Iterable = (),
    expected: str = "",
    expected_by: dt.date | None = None,
    next_action: str = "",
    next_action_on: dt.date | None = None,
    submission: UUID | None = None,
) -> Exchange:
    """Write to the person, who gets an e-mail; or keep a note for the desk.

    On the family side, whoever was invited there gets it as well.
    """
    request = locked(request)
    if known := _already_written(submission):
        return known
    is_note = audience == Exchange.Audience.INTERNAL
    is_family = audience == Exchange.Audience.FAMILY
    if is_family and files:
        raise ValidationError(
            "Un message du côté famille part sans pièce jointe : envoyez le document "
            "à la personne."
        )
    if is_family and not request.family_accesses.accepted().exists():
        raise ValidationError(
            "Personne n'a rejoint le côté famille de ce dossier : écrivez à la "
            "personne."
        )
    if is_note and expected:
        raise ValidationError("Une note interne ne demande rien à la personne.")
    if bool(expected) != bool(expected_by):
        raise ValidationError("Dites ce que vous attendez, et avant quelle date.")
    request.require("exchange")
    exchange = _add_exchange(
        request, body, author=by, audience=audience, submission=submission
    )
    _attach(request, files, by=by, exchange=exchange, audience=audience)
    if is_note:
        record("installation.request.noted", subject=request, actor=by)
    else:
        request.note_exchange(
            request.Turn.APPLICANT, expected=expected, expected_by=expected_by
        )
        # What the person wrote has been read by whoever answers.
        request.exchanges.filter(author=None, read_at=None).update(
            read_at=timezone.now()
        )
        record("installation.request.written", subject=request, actor=by)
        letters.message(request, exchange)
        if is_family:
            family_letters.message(request, exchange)
    if next_action:
        request.plan(next_action, next_action_on)
    return exchange


@transaction.atomic
def plan_next_action(
    request: InstallationRequest, action: str, on: dt.date, *, by: User
) -> InstallationRequest:
    request = locked(request)
    request.plan(action, on)
    record(
        "installation.request.planned",
        subject=request,
        actor=by,
        data={"on": on.isoformat()},
    )
    return request


@transaction.atomic
def pause(
    request: InstallationRequest, until: dt.date, *, by: User, reason: str = ""
) -> InstallationRequest:
    """Stop the clock until a day; the reason stays between colleagues."""
    request = locked(request)
    request.pause(until, today=timezone.localdate())
    entry = record(
        "installation.request.paused",
        subject=request,
        actor=by,
        data={"until": until.isoformat()},
    )
    if reason.strip():
        _add_exchange(request, reason, author=by, audience=Exchange.Audience.INTERNAL)
    letters.paused(request, entry)
    return request


@transaction.atomic
def resume(
    request: InstallationRequest,
    *,
    by: User,
    next_action: str = "Reprendre contact",
    next_action_on: dt.date | None = None,
) -> InstallationRequest:
    request = locked(request)
    request.resume(next_action, next_action_on or answer_day())
    record("installation.request.resumed", subject=request, actor=by)
    return request


@transaction.atomic
def close(
    request: InstallationRequest, outcome: str, *, by: User, sentence: str = ""
) -> InstallationRequest:
    """End the support; the sentence is for the person, who may come back."""
    request = locked(request)
    request.require("close")
    if outcome == InstallationRequest.Outcome.SETTLED:
        settling.require_settlement(request)
    request.close(outcome, sentence)
    entry = record(
        "installation.request.closed",
        subject=request,
        actor=by,
        data={"outcome": outcome},
    )
    referrals.recall_all(request.needs.all(), by=by)
    letters.closed(request, entry)
    return request


@transaction.atomic
def reopen(
    request: InstallationRequest,
    reason: str,
    *,
    by: User,
    next_action: str = "Reprendre contact",
    next_action_on: dt.date | None = None,
) -> InstallationRequest:
    """Start again; why is written in the dossier, as a note."""
    request = locked(request)
    if not reason.strip():
        raise ValidationError("Dites pourquoi la demande est rouverte.")
    former = request.case_worker
    keeps = former is not None and former.is_active
    request.reopen(former if keeps else by, next_action, next_action_on or answer_day())
    entry = record("installation.request.reopened", subject=request, actor=by)
    _add_exchange(request, reason, author=by, audience=Exchange.Audience.INTERNAL)
    letters.reopened(request, entry)
    return request


@transaction.atomic
def mark_read(request: InstallationRequest, *, by: User) -> int:
    """What the person wrote has been seen by whoever follows the dossier."""
    if request.case_worker_id not in (None, by.pk):
        return 0
    unread = request.exchanges.filter(author=None, read_at=None)
    return unread.update(read_at=timezone.now())


# --- The person ----------------------------------------------------------------------


@transaction.atomic
def answer(
    request: InstallationRequest,
    body: str,
    *,
    by: User | None = None,
    files: Iterable = (),
    audience: str = Exchange.Audience.PUBLIC,
    family_access: FamilyAccess | None = None,
    submission: UUID | None = None,
) -> Exchange:
    """The person writes: the desk's turn, within its delay; a pause ends.

    `family_access` says who wrote, when it is somebody of the family side.
    """
    request = locked(request)
    if known := _already_written(submission):
        return known
    request.require("exchange")
    exchange = _add_exchange(
        request,
        body,
        author=None,
        audience=audience,
        family_access=family_access,
        submission=submission,
    )
    _attach(request, files, by=by, exchange=exchange)
    request.note_exchange(request.Turn.DESK)
    _bring_forward(request)
    verb = "family.written" if exchange.is_family else "request.answered"
    entry = record(f"installation.{verb}", subject=request, actor=by)
    letters.answered(request, entry, by_name=exchange.family_name)
    return exchange


@transaction.atomic
def seen_by_applicant(request: InstallationRequest) -> int:
    """The person opened the thread."""
    unread = request.exchanges.public().from_desk().filter(read_at=None)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def withdraw(
    request: InstallationRequest, *, by: User | None = None, sentence: str = ""
) -> InstallationRequest:
    """The person asks for nothing more; the desk is told."""
    request = locked(request)
    if request.withdrawn_at:
        return request
    if sentence.strip() and request.is_open:
        _add_exchange(request, sentence, author=None)
    request.withdraw()
    entry = record("installation.request.withdrawn", subject=request, actor=by)
    referrals.recall_all(request.needs.all(), by=by)
    letters.withdrawn(request, entry)
    return request


# --- What they share ------------------------------------------------------------


def answer_day() -> dt.date:
    """By when the desk has promised to answer."""
    delay = Desk.objects.current().answer_delay_days
    return workdays.add(timezone.localdate(), delay)


def _bring_forward(request: InstallationRequest) -> None:
    """Someone waits for an answer: the next action may not come later than that."""
    due = answer_day()
    if request.state == request.State.PAUSED:
        request.resume("Répondre au message", due)
    elif request.next_action_on > due:
        then = request.next_action
        request.plan(f"Répondre au message, puis : {then}"[:200], due)


def _already_written(submission: UUID | None) -> Exchange | None:
    if submission is None:
        return None
    return Exchange.objects.filter(submission=submission).first()


def _add_exchange(
    request: InstallationRequest,
    body: str,
    *,
    author: User | None,
    audience: str = Exchange.Audience.PUBLIC,
    family_access: FamilyAccess | None = None,
    submission: UUID | None = None,
) -> Exchange:
    body = body.strip()
    if not body:
        raise ValidationError("Écrivez votre message.")
    return request.exchanges.create(
        body=body,
        author=author,
        audience=audience,
        family_access=family_access,
        submission=submission,
    )


def _attach(
    request: InstallationRequest,
    files: Iterable,
    *,
    by: User | None,
    exchange: Exchange,
    audience: str = Exchange.Audience.PUBLIC,
) -> list[Attachment]:
    files = list(files)
    room = MOST_DOCUMENTS - request.attachments.count()
    if len(files) > room:
        raise ValidationError(
            f"Un dossier garde {MOST_DOCUMENTS} documents au plus : "
            f"il en reste {max(room, 0)} à joindre."
        )
    return [
        request.attachments.create(
            document=intake.receive(file, by=by),
            exchange=exchange,
            audience=audience,
            from_applicant=exchange.is_from_applicant,
        )
        for file in files
    ]
