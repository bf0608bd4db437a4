"""The states of a request for the Département's aid, and every move between them."""

from django.db import models


class AidState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "déposée"
    INCOMPLETE = "incomplete", "incomplète"
    COMPLETE = "complete", "complète"
    ARS_OPINION = "ars_opinion", "avis de l'ARS demandé"
    GRANTED = "granted", "accord de principe"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"


# Filed and not decided: somebody owes an answer.
AID_OPEN = (
    AidState.SUBMITTED,
    AidState.INCOMPLETE,
    AidState.COMPLETE,
    AidState.ARS_OPINION,
)

# What a move is called, from where it may be made, to where; None: the state stays.
AID_TRANSITIONS: dict[str, tuple[str, frozenset[str], str | None]] = {
    "submit": ("déposer", frozenset({AidState.DRAFT}), AidState.SUBMITTED),
    "add_piece": ("joindre une pièce à", frozenset({AidState.DRAFT, *AID_OPEN}), None),
    "examine": ("examiner", frozenset(AID_OPEN), None),
    "ask_pieces": (
        "demander des pièces pour",
        frozenset({AidState.SUBMITTED, AidState.INCOMPLETE, AidState.COMPLETE}),
        AidState.INCOMPLETE,
    ),
    "complete": (
        "déclarer complète",
        frozenset({AidState.SUBMITTED, AidState.INCOMPLETE}),
        AidState.COMPLETE,
    ),
    "request_opinion": (
        "demander l'avis de l'ARS sur",
        frozenset({AidState.COMPLETE}),
        AidState.ARS_OPINION,
    ),
    "receive_opinion": (
        "noter l'avis de l'ARS sur",
        frozenset({AidState.ARS_OPINION}),
        None,
    ),
    "grant": (
        "accorder",
        frozenset({AidState.COMPLETE, AidState.ARS_OPINION}),
        AidState.GRANTED,
    ),
    "refuse": ("refuser", frozenset(AID_OPEN), AidState.REFUSED),
    "withdraw": ("retirer", frozenset(AID_OPEN), AidState.WITHDRAWN),
}

WHERE_AID_STANDS = {
    AidState.DRAFT: "c'est encore un brouillon",
    AidState.SUBMITTED: "personne n'a encore dit si elle est complète",
    AidState.INCOMPLETE: "il y manque des pièces",
    AidState.COMPLETE: "elle est complète, l'avis de l'ARS n'est pas demandé",
    AidState.ARS_OPINION: "l'avis de l'ARS est demandé",
    AidState.GRANTED: "elle a reçu un accord de principe",
    AidState.REFUSED: "elle est refusée",
    AidState.WITHDRAWN: "elle est retirée",
}
