"""The pieces of a request for money: sent, accepted, sent back, asked for, all there.

Each step locks the request first and writes the journal under `area`, the beginning
of its verbs; the journey owes the messages.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person, User
from casework import forgetting
from casework.journal import record
from casework.locking import locked
from casework.models import Entry, MoneyRequest
from documents import intake, serving
from documents.actions import discard
from documents.models import Piece

MOST_PIECES = 20


@transaction.atomic
def save_draft(
    person: Person,
    answers: Mapping,
    *,
    blank: Callable[[Person], MoneyRequest],
    pieces: Callable[[MoneyRequest], Iterable],
) -> MoneyRequest:
    """Keep what was typed, and list the pieces that go with it.

    `blank` makes a new draft; `pieces` names those to ask for, each with its code,
    label and `is_required`, in order. A file already sent is never dropped.
    """
    # One draft a person: two first pages sent at once are one.
    locked(person)
    new = blank(person)
    rows = type(new).objects.drafts().of(person)
    draft = rows.select_for_update(of=["self"], no_key=True).first() or new
    for name, value in answers.items():
        setattr(draft, name, value)
    draft.saved_at = timezone.now()
    draft.save()
    wanted = list(pieces(draft))
    codes = [piece.code for piece in wanted]
    draft.pieces.exclude(code__in=codes).filter(document=None).delete()
    for rank, piece in enumerate(wanted):
        defaults = {
            "label": piece.label,
            "is_required": piece.is_required,
            "rank": rank,
        }
        draft.pieces.update_or_create(code=piece.code, defaults=defaults)
    return draft


@transaction.atomic
def discard_draft(draft: MoneyRequest) -> None:
    """Forget a draft and its files: nothing was asked of anybody."""
    draft = locked(draft)
    if not draft.is_draft:
        raise ValidationError("Cette demande est déjà déposée : retirez-la plutôt.")
    sent = [piece.document for piece in draft.pieces.exclude(document=None)]
    draft.delete()
    for document in sent:
        discard(document, by=None)


@transaction.atomic
def send(
    request: MoneyRequest, piece: Piece, file, *, by: User, kind: str, area: str
) -> tuple[MoneyRequest, Piece, Entry | None]:
    """The person sends a piece, or sends it again; a draft leaves no trace."""
    request = locked(request)
    request.require("add_piece")
    piece = request.pieces.get(pk=piece.pk)
    former = piece.document
    if piece.state == Piece.State.ACCEPTED:
        raise ValidationError("Cette pièce est déjà acceptée.")
    piece.receive(intake.receive(file, by=by, kind=kind), timezone.localdate())
    if former:
        discard(former, by=by)
    if request.is_draft:
        return request, piece, None
    return request, piece, _record(f"{area}.piece_received", request, piece, by)


@transaction.atomic
def accept(request: MoneyRequest, piece: Piece, *, by: User, area: str) -> Piece:
    request, piece = _examined(request, piece)
    piece.accept()
    _record(f"{area}.piece_accepted", request, piece, by)
    return piece


@transaction.atomic
def reject(
    request: MoneyRequest, piece: Piece, why: str, *, by: User, area: str
) -> Piece:
    """Send a piece back: it is awaited again, and why is written beside it."""
    request, piece = _examined(request, piece)
    piece.reject(why)
    _record(f"{area}.piece_rejected", request, piece, by)
    return piece


@transaction.atomic
def ask(
    request: MoneyRequest,
    *,
    by_day: dt.date,
    by: User,
    area: str,
    more: Iterable[str] = (),
) -> tuple[MoneyRequest, list[Piece], Entry]:
    """Say what is missing and before which day; the clock waits for it (R-05)."""
    request = locked(request)
    request.require("ask_pieces")
    for label in more:
        _add(request, label)
    missing = list(request.pieces.awaited())
    if not missing:
        raise ValidationError(
            "Toutes les pièces sont là : renvoyez-en une, ou ajoutez-en une."
        )
    request.ask_pieces(on=timezone.localdate(), by_day=by_day, examiner=by)
    entry = record(
        f"{area}.pieces_asked",
        subject=request,
        actor=by,
        data={"by": by_day.isoformat(), "pieces": [piece.pk for piece in missing]},
    )
    return request, missing, entry


def _add(request: MoneyRequest, label: str) -> Piece:
    if request.pieces.count() >= MOST_PIECES:
        raise ValidationError(f"Une demande compte {MOST_PIECES} pièces au plus.")
    known = set(request.pieces.values_list("code", flat=True))
    code = next(f"autre-{n}" for n in count(1) if f"autre-{n}" not in known)
    return request.pieces.create(code=code, label=label.strip()[:150], rank=100)


@transaction.atomic
def complete(
    request: MoneyRequest, *, by: User, area: str
) -> tuple[MoneyRequest, Entry]:
    """Nothing is missing: the two months run from the day the last piece came."""
    request = locked(request)
    request.require("complete")
    awaited = list(request.pieces.awaited())
    if awaited:
        names = ", ".join(piece.label for piece in awaited)
        raise ValidationError(f"Il manque encore : {names}.")
    request.complete(on=complete_since(request), examiner=by)
    entry = record(
        f"{area}.completed",
        subject=request,
        actor=by,
        data={"on": request.complete_on.isoformat()},
    )
    return request, entry


def complete_since(request: MoneyRequest) -> dt.date:
    """The day the file became whole, whenever somebody noticed (R-04)."""
    required = request.pieces.filter(is_required=True)
    days = required.exclude(received_on=None).values_list("received_on", flat=True)
    return max([timezone.localdate(request.submitted_at), *days])


def send_back_quarantined(pieces: type[Piece], document) -> None:
    """The scanner found something: the piece is awaited again, and says why."""
    piece = pieces.objects.filter(document=document).first()
    if piece:
        piece.reject("L’antivirus a bloqué ce fichier : envoyez-en un autre.")


@transaction.atomic
def forget(request: MoneyRequest, *, area: str) -> None:
    """Empty who asked and what was sent; keep what is counted."""
    request = locked(request)
    pieces = request.pieces.exclude(document=None).select_related("document")
    for piece in pieces.filter(document__discarded_at=None):
        discard(piece.document, by=None)
    request.pieces.exclude(note="").exclude(state="rejected").update(note="")
    forgetting.forget(request)
    request.forget()
    record(f"{area}.forgotten", subject=request)


def forget_of(requests, forget: Callable[[MoneyRequest], None]) -> None:
    """All those of one person: drafts go whole, what was filed is emptied."""
    for draft in requests.drafts():
        discard_draft(draft)
    for request in requests.filed().filter(forgotten_at=None):
        forget(request)


def exported(request: MoneyRequest, noun: str, facts) -> dict:
    """What its owner may take away; `facts` as their page tells them."""
    return {
        noun: request.reference,
        "état": request.get_state_display(),
        "déposée le": request.submitted_at,
        "réponses": {title: dict(rows) for title, rows in facts},
        "pièces": [
            {"pièce": piece.label, "état": piece.get_state_display()}
            for piece in request.pieces.in_order()
        ],
        "attestation": request.attestation,
        "réponse": request.decision_text,
    }


def files(requests) -> Iterator[tuple[str, IO[bytes]]]:
    """What was sent with them, as « mes données » puts it in a folder."""
    for request in requests:
        for piece in request.pieces.exclude(document=None).select_related("document"):
            content = piece.document.is_servable and serving.opened(piece.document)
            if content:
                yield f"{request.reference}/{piece.document.name}", content


def _examined(request: MoneyRequest, piece: Piece) -> tuple[MoneyRequest, Piece]:
    request = locked(request)
    request.require("examine")
    return request, request.pieces.get(pk=piece.pk)


def _record(verb: str, request: MoneyRequest, piece: Piece, by: User) -> Entry:
    return record(verb, subject=request, actor=by, data={"piece": piece.pk})
