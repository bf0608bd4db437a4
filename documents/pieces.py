"""The pieces of a request as a page lists them."""

from collections.abc import Callable, Iterable

from documents.forms import PieceForm
from documents.models import Piece

# Label, look and icon of the badge in each state.
BADGES = {
    Piece.State.AWAITED: ("Attendue", "neutral", "hourglass"),
    Piece.State.RECEIVED: ("Reçue", "info", "inbox"),
    Piece.State.ACCEPTED: ("Acceptée", "success", "check"),
    Piece.State.REJECTED: ("À refaire", "you", "hand"),
}


def lines(
    pieces: Iterable[Piece],
    *,
    url: Callable[[int], str],
    send_url: Callable[[int], str],
) -> list[dict]:
    """Each with its badge, its document and, unless it is accepted, its form.

    `url` and `send_url` say where a piece is read and sent, from its key.
    """
    told = []
    for piece in pieces:
        label, look, icon = BADGES[piece.state]
        document = piece.document
        is_settled = piece.state == Piece.State.ACCEPTED
        told.append(
            {
                "piece": piece,
                "badge": {"label": label, "look": look, "icon": icon},
                "document": document,
                "detail": document.state_sentence if document else "",
                "url": url(piece.pk),
                "send_url": send_url(piece.pk),
                "form": None if is_settled else PieceForm(piece=piece),
            }
        )
    return told
