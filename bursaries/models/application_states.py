"""The states of an application for a bursary, and every move between them."""

from django.db import models


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "déposée"
    INCOMPLETE = "incomplete", "incomplète"
    COMPLETE = "complete", "complète"
    TO_VOTE = "to_vote", "inscrite à une séance"
    GRANTED = "granted", "accordée"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"


# Filed and not decided: somebody owes an answer.
OPEN = (
    ApplicationState.SUBMITTED,
    ApplicationState.INCOMPLETE,
    ApplicationState.COMPLETE,
    ApplicationState.TO_VOTE,
)
_EXAMINED = frozenset(
    {ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE, ApplicationState.COMPLETE}
)

# What a move is called, from where it may be made, to where; None: the state stays.
TRANSITIONS: dict[str, tuple[str, frozenset[str], str | None]] = {
    "submit": (
        "déposer",
        frozenset({ApplicationState.DRAFT}),
        ApplicationState.SUBMITTED,
    ),
    "add_piece": (
        "joindre une pièce à",
        frozenset({ApplicationState.DRAFT, *_EXAMINED}),
        None,
    ),
    "examine": ("examiner", _EXAMINED, None),
    "ask_pieces": (
        "demander des pièces pour",
        _EXAMINED,
        ApplicationState.INCOMPLETE,
    ),
    "complete": (
        "déclarer complète",
        frozenset({ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE}),
        ApplicationState.COMPLETE,
    ),
    "ask_opinion": (
        "demander un avis sur",
        frozenset({ApplicationState.COMPLETE, ApplicationState.TO_VOTE}),
        None,
    ),
    "put_to_vote": (
        "inscrire à une séance",
        frozenset({ApplicationState.COMPLETE}),
        ApplicationState.TO_VOTE,
    ),
    # Adjourned, or taken off the agenda.
    "take_back": (
        "retirer de la séance",
        frozenset({ApplicationState.TO_VOTE}),
        ApplicationState.COMPLETE,
    ),
    "grant": (
        "accorder",
        frozenset({ApplicationState.TO_VOTE}),
        ApplicationState.GRANTED,
    ),
    "refuse": ("refuser", frozenset(OPEN), ApplicationState.REFUSED),
    "withdraw": ("retirer", frozenset(OPEN), ApplicationState.WITHDRAWN),
}

WHERE = {
    ApplicationState.DRAFT: "c'est encore un brouillon",
    ApplicationState.SUBMITTED: "personne n'a encore dit si elle est complète",
    ApplicationState.INCOMPLETE: "il y manque des pièces",
    ApplicationState.COMPLETE: "elle est complète et n'est à l'ordre du jour d'aucune "
    "séance",
    ApplicationState.TO_VOTE: "elle est inscrite à une séance",
    ApplicationState.GRANTED: "elle est accordée",
    ApplicationState.REFUSED: "elle est refusée",
    ApplicationState.WITHDRAWN: "elle est retirée",
}
