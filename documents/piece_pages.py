"""What a person does with the pieces of a request: send one, read it, drop a draft."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from casework.models import MoneyRequest
from documents import examining, serving
from documents.forms import PieceForm


def send(request, mine, pk: int, act: Callable) -> MoneyRequest:
    """Take one file among `mine`, and say what became of it; return its request.

    `act` takes the request, the piece, the file and `by`.
    """
    owner, piece = _found(mine, pk)
    form = PieceForm(request.POST, request.FILES, piece=piece)
    if not form.is_valid():
        messages.error(request, f"{piece.label} : {form.errors['file'][0]}")
        return owner
    try:
        act(owner, piece, form.cleaned_data["file"], by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"Reçu : {piece.label}.")
    return owner


def read(mine, pk: int):
    """The file of one piece, to whoever sent it."""
    _owner, piece = _found(mine, pk)
    if piece.document is None:
        raise Http404
    return serving.attachment(piece.document)


def _found(mine, pk: int):
    owner = get_object_or_404(mine, pieces__pk=pk)
    pieces = owner.pieces.select_related("document")
    return owner, get_object_or_404(pieces, pk=pk)


def discard(request, draft: MoneyRequest | None) -> None:
    """Drop a draft, if there still is one, and say so."""
    if draft is None:
        return
    try:
        examining.discard_draft(draft)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Votre brouillon est effacé.")
