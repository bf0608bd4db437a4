"""What people do with a request for a bed: file it, move its days, stay longer.

Locks: the request, then the room, then what stands on it.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework import receipts
from casework.days import said
from casework.journal import record
from casework.locking import locked
from internships import clock, housing_letters
from internships.actions.holds import (
    free_and_ring,
    free_rooms,
    lend,
    recompute_rents,
    ring,
    ring_for,
    save_request,
)
from internships.models import (
    Dwelling,
    HousingRequest,
    MoveQuestion,
    Occupation,
    Stay,
)
from internships.offering import (
    BOOKED_ONCE,
    check_days,
    offer_freed,
    standing,
    told,
)

Kind, Released = Occupation.Kind, Occupation.Released
TITLE = "Logement pendant un stage"


def submit(
    request: HousingRequest, *, dwellings: Iterable[Dwelling] = (), by: User | None
) -> Occupation | None:
    """File it, then look at once for a bed: the option it got, if any.

    Whoever comes first in line is served, and it may be somebody else.
    """
    _file(request, list(dwellings), by)
    for room in free_rooms(request):
        offer_freed(room)
    return Occupation.objects.holds().filter(request=request).first()


@transaction.atomic
def _file(request: HousingRequest, dwellings: list[Dwelling], by: User | None) -> None:
    check_days(request.period, timezone.localdate())
    save_request(request)
    request.dwellings.set(dwellings)
    receipt = receipts.issue(
        request,
        to_person=request.person,
        title=TITLE,
        financial=False,
        received_at=request.created_at,
    )
    record("internships.housing.filed", subject=request, actor=by)
    housing_letters.filed(request, receipt)


@transaction.atomic
def change_dates(
    request: HousingRequest,
    period: DateRange,
    *,
    gives_bed_up: bool = False,
    by: User | None = None,
) -> HousingRequest:
    """Other days: in the same bed if it is free, else only by giving it up."""
    request = locked(request)
    occupation = standing(request)
    check_days(period, timezone.localdate(clock.now()))
    stay = _stay(occupation)
    if stay and stay.keys_given_at:
        raise ValidationError(
            "Vous avez les clés : annoncez un départ anticipé, ou demandez à rester."
        )
    set_period(request, period)
    entry = record("internships.housing.changed", subject=request, actor=by)
    if occupation is None:
        ring_for(request)
    elif gives_bed_up:
        free_and_ring(occupation, Released.MOVED)
        request.wait()
    else:
        move(occupation, period)
        housing_letters.changed(occupation, entry)
    return request


@transaction.atomic
def leave_early(
    request: HousingRequest, on: dt.date, *, by: User | None = None
) -> HousingRequest:
    """The day they leave comes sooner: the days after it are offered again."""
    request = locked(request)
    occupation = standing(request, Kind.STAY)
    if occupation is None:
        raise ValidationError("Aucune chambre n'est confirmée.", code="gone")
    period = occupation.period
    if on < timezone.localdate(clock.now()):
        raise ValidationError("Ce jour est passé : indiquez le jour de départ à venir.")
    if on >= period.upper:
        raise ValidationError(f"Votre départ est déjà prévu le {said(period.upper)}.")
    if on <= period.lower:
        raise ValidationError(
            "Vous partiriez avant d'être arrivé : retirez plutôt votre demande."
        )
    shorter = DateRange(period.lower, on)
    move(occupation, shorter)
    set_period(request, shorter)
    entry = record("internships.stay.left", subject=request, actor=by)
    housing_letters.changed(occupation, entry)
    ring(occupation.room_id)
    return request


def move(occupation: Occupation, period: DateRange) -> None:
    """Other days in the same bed; a lent bed is noted and paid for those days too."""
    try:
        with transaction.atomic():
            occupation.move(period)
    except IntegrityError as error:
        told(error, {BOOKED_ONCE: ELSEWHERE})
    if occupation.kind == Kind.STAY:
        lend(occupation)
        recompute_rents(occupation)


ELSEWHERE = (
    "Votre chambre n'est pas libre à ces dates. Gardez vos dates, ou renoncez à cette "
    "chambre pour en attendre une autre."
)


def set_period(request: HousingRequest, period: DateRange) -> None:
    try:
        with transaction.atomic():
            request.set_period(period)
            for question in request.move_questions.asked():
                question.close(MoveQuestion.State.DROPPED, clock.now())
    except IntegrityError as error:
        told(
            error,
            {
                "internships_one_request_at_a_time": (
                    "Vous avez déjà une autre demande pour ces dates."
                )
            },
        )


def _stay(occupation: Occupation | None) -> Stay | None:
    return Stay.objects.filter(occupation=occupation).first() if occupation else None
