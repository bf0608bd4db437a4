"""The states of a published offer, and every move between them."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "à relire"
    PUBLISHED = "published", "publiée"
    REFUSED = "refused", "à corriger"
    EXPIRED = "expired", "expirée"
    WITHDRAWN = "withdrawn", "retirée"


# Every move a listing can make: what it is called, from where, to where.
TRANSITIONS: dict[str, tuple[str, frozenset[str], str]] = {
    # A published one that its author changes is read again before it shows.
    "submit": (
        "envoyer",
        frozenset({State.DRAFT, State.REFUSED, State.PUBLISHED, State.EXPIRED}),
        State.SUBMITTED,
    ),
    "publish": ("publier", frozenset({State.SUBMITTED}), State.PUBLISHED),
    "refuse": (
        "renvoyer à corriger",
        frozenset({State.SUBMITTED, State.PUBLISHED}),
        State.REFUSED,
    ),
    "confirm": (
        "confirmer",
        frozenset({State.PUBLISHED, State.EXPIRED}),
        State.PUBLISHED,
    ),
    "expire": ("laisser expirer", frozenset({State.PUBLISHED}), State.EXPIRED),
    "withdraw": (
        "retirer",
        frozenset(
            {
                State.DRAFT,
                State.SUBMITTED,
                State.PUBLISHED,
                State.REFUSED,
                State.EXPIRED,
            }
        ),
        State.WITHDRAWN,
    ),
}

# What an author may still change; a listing withdrawn is written anew.
EDITABLE = frozenset(State.values) - {State.WITHDRAWN}

# Why a move is refused: where the listing stands.
WHERE_IT_STANDS = {
    State.DRAFT: "c'est encore un brouillon, qui n'a pas été envoyé",
    State.SUBMITTED: "le guichet ne l'a pas encore relue",
    State.PUBLISHED: "elle est déjà en ligne",
    State.REFUSED: "elle est à corriger",
    State.EXPIRED: "elle a expiré",
    State.WITHDRAWN: "elle est retirée",
}
