"""Requests for aid whose time runs out, or whose pieces do not come."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import DIRECTION
from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from casework.receipts import ALERT_DAYS
from installation import aid_letters
from installation.models import AidRequest, AidState

Audience = LadderStep.Audience


def running_out(days: int) -> Callable[[date], Iterator[Due]]:
    """Silence will be a refusal within so many days (R-04)."""

    def due(day: date) -> Iterator[Due]:
        requests = AidRequest.objects.on_the_clock().filter(
            implicit_refusal_on__lte=day + timedelta(days=days),
            implicit_refusal_on__gte=day,
        )
        desk, heads = desk_addresses(), _heads()
        for request in requests.with_list_data().order_by("implicit_refusal_on", "pk"):
            yield Due(
                request,
                request.implicit_refusal_on - timedelta(days=days),
                {Audience.DESK: desk, Audience.HEAD: heads},
                aid_letters.about(request),
            )

    return due


def pieces_awaited(day: date) -> Iterator[Due]:
    """The person was told what is missing, and time passes."""
    requests = AidRequest.objects.filter(
        state=AidState.INCOMPLETE, pieces_asked_on__lte=day, pieces_by__gte=day
    )
    for request in requests.with_list_data().order_by("pk"):
        if not request.pieces.awaited().exists():
            continue
        yield Due(
            request,
            request.pieces_asked_on,
            {Audience.PERSON: [request.person.email or request.email]},
            {
                **aid_letters.to_person_context(request),
                "avant_le": request.pieces_by,
            },
        )


def _heads() -> list[str]:
    heads = User.objects.in_role(DIRECTION).filter(is_staff=True)
    return list(heads.order_by("email").values_list("email", flat=True))


_FIRST, _LAST = ALERT_DAYS
_SILENCE = "installation.aid-reminder-silence"

LADDERS = [
    Ladder(
        key="installation.aid-silence",
        title=f"Demande d’aide à {_FIRST} jours du rejet implicite",
        due=running_out(_FIRST),
        steps=(Step(0, Audience.DESK, _SILENCE),),
    ),
    Ladder(
        key="installation.aid-silence-near",
        title=f"Demande d’aide à {_LAST} jours du rejet implicite",
        due=running_out(_LAST),
        steps=(Step(0, Audience.DESK, _SILENCE), Step(0, Audience.HEAD, _SILENCE)),
    ),
    Ladder(
        key="installation.aid-pieces",
        title="Pièces d’une demande d’aide qui n’arrivent pas",
        due=pieces_awaited,
        steps=(Step(8, Audience.PERSON, "installation.aid-reminder-pieces"),),
    ),
]
