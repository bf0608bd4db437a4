"""The states of a request, and every move between them."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "déposée"
    IN_SUPPORT = "in_support", "en accompagnement"
    PAUSED = "paused", "en pause"
    CLOSED = "closed", "close"


OPEN_STATES = (State.SUBMITTED, State.IN_SUPPORT, State.PAUSED)

# Every move a request can make: what it is called, from where, to where. A move
# that leaves the state as it is says so with None.
TRANSITIONS: dict[str, tuple[str, frozenset[str], str | None]] = {
    "submit": ("déposer", frozenset({State.DRAFT}), State.SUBMITTED),
    "take_charge": (
        "prendre en charge",
        frozenset({State.SUBMITTED}),
        State.IN_SUPPORT,
    ),
    "assign": ("confier", frozenset({State.IN_SUPPORT, State.PAUSED}), None),
    "plan": (
        "planifier la suite de",
        frozenset({State.SUBMITTED, State.IN_SUPPORT}),
        None,
    ),
    "pause": ("mettre en pause", frozenset({State.IN_SUPPORT}), State.PAUSED),
    "resume": ("reprendre", frozenset({State.PAUSED}), State.IN_SUPPORT),
    "exchange": ("écrire dans", frozenset(OPEN_STATES), None),
    "close": (
        "clore",
        frozenset({State.IN_SUPPORT, State.PAUSED}),
        State.CLOSED,
    ),
    "withdraw": ("retirer", frozenset(OPEN_STATES), State.CLOSED),
    "join": (
        "réunir à un autre dossier",
        frozenset({*OPEN_STATES, State.CLOSED}),
        State.CLOSED,
    ),
    "reopen": ("rouvrir", frozenset({State.CLOSED}), State.IN_SUPPORT),
}

# Why a move is refused: where the request stands, and what may be done instead.
WHERE_IT_STANDS = {
    State.DRAFT: "c'est encore un brouillon, qui n'a pas été envoyé",
    State.SUBMITTED: "personne ne l'a encore prise en charge",
    State.IN_SUPPORT: "elle est déjà en accompagnement",
    State.PAUSED: "elle est en pause",
    State.CLOSED: "elle est close",
}
