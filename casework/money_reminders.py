"""Requests for money whose time runs out, or whose pieces do not come."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import DIRECTION
from casework.audience import desk_addresses
from casework.clock import ALERT_DAYS
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep, MoneyRequest
from casework.money_letters import MoneyLetters

Audience = LadderStep.Audience


def running_out(
    model: type[MoneyRequest], letters: MoneyLetters, days: int
) -> Callable[[date], Iterator[Due]]:
    """Silence will be a refusal within so many days (R-04)."""

    def due(day: date) -> Iterator[Due]:
        requests = model.objects.on_the_clock().filter(
            implicit_refusal_on__lte=day + timedelta(days=days),
            implicit_refusal_on__gte=day,
        )
        desk, heads = desk_addresses(), _heads()
        for request in requests.with_list_data().order_by("implicit_refusal_on", "pk"):
            yield Due(
                request,
                request.implicit_refusal_on - timedelta(days=days),
                {Audience.DESK: desk, Audience.HEAD: heads},
                letters.about(request),
            )

    return due


def pieces_awaited(
    model: type[MoneyRequest], letters: MoneyLetters
) -> Callable[[date], Iterator[Due]]:
    """The person was told what is missing, and time passes."""

    def due(day: date) -> Iterator[Due]:
        requests = model.objects.filter(
            state="incomplete", pieces_asked_on__lte=day, pieces_by__gte=day
        )
        for request in requests.with_list_data().order_by("pk"):
            if not request.pieces.awaited().exists():
                continue
            yield Due(
                request,
                request.pieces_asked_on,
                {Audience.PERSON: [request.person.email or request.email]},
                {
                    **letters.to_person_context(request),
                    "avant_le": request.pieces_by,
                },
            )

    return due


def ladders(
    model: type[MoneyRequest], letters: MoneyLetters, noun: str, *, pieces: tuple
) -> list[Ladder]:
    """The three that every request for money has.

    `noun` is « demande d'aide »; `pieces` holds the days after which the person is
    reminded of what is missing.
    """
    first, last = ALERT_DAYS
    prefix, silence = letters.prefix, f"{letters.prefix}-reminder-silence"
    awaited = f"{prefix}-reminder-pieces"
    return [
        Ladder(
            key=f"{prefix}-silence",
            title=f"{noun.capitalize()} à {first} jours du rejet implicite",
            due=running_out(model, letters, first),
            steps=(Step(0, Audience.DESK, silence),),
        ),
        Ladder(
            key=f"{prefix}-silence-near",
            title=f"{noun.capitalize()} à {last} jours du rejet implicite",
            due=running_out(model, letters, last),
            steps=(Step(0, Audience.DESK, silence), Step(0, Audience.HEAD, silence)),
        ),
        Ladder(
            key=f"{prefix}-pieces",
            title=f"Pièces d’une {noun} qui n’arrivent pas",
            due=pieces_awaited(model, letters),
            steps=tuple(Step(days, Audience.PERSON, awaited) for days in pieces),
        ),
    ]


def _heads() -> list[str]:
    heads = User.objects.in_role(DIRECTION).filter(is_staff=True)
    return list(heads.order_by("email").values_list("email", flat=True))
