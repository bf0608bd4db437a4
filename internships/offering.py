"""A bed kept for whoever comes first, and what time does to it.

Locks: the request, then the room, then what stands on it. Nothing is remembered of
what was freed: a bed is owed when it is free and somebody who waits could take it, so
that a worker killed between an expiry and the next offer loses nothing.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework.days import said
from casework.journal import record
from casework.locking import locked
from internships import clock, housing_letters, waiting_list
from internships.allocation import Wish, shared_out
from internships.models import (
    HousingBenefit,
    HousingRequest,
    MoveQuestion,
    Occupation,
    Room,
)

Kind, Released = Occupation.Kind, Occupation.Released
TAKEN = "Cette chambre vient d'être prise à ces dates."
BOOKED_ONCE = "internships_a_bed_is_booked_once"


@transaction.atomic
def hold(
    request: HousingRequest,
    room: Room,
    *,
    by: User | None = None,
    period: DateRange | None = None,
    is_told: bool = True,
) -> Occupation:
    """Keep a bed for them, with its days of cleaning, until they confirm.

    Fewer days of cleaning than the dwelling asks for, after one stay, are for those
    who run it to decide: nothing shortens them by itself.
    """
    request, room = locked(request), locked(room)
    now = clock.now()
    period = period or request.period
    check_days(period, timezone.localdate(now))
    if not room.is_open or not room.dwelling.is_open:
        raise ValidationError("Cette chambre n'est plus proposée.", code="closed")
    request.hold()
    occupation = Occupation(
        room=room,
        kind=Kind.HOLD,
        period=period,
        request=request,
        expires_at=_expiry(room.dwelling.hold_days, period, now),
    )
    place(occupation)
    record(
        "internships.bed.held",
        subject=request,
        actor=by,
        data={"room": room.pk, "occupation": occupation.pk},
    )
    if is_told:
        housing_letters.offered(occupation)
    return occupation


def check_days(period: DateRange, today: dt.date) -> None:
    if period.isempty or period.lower is None or period.upper is None:
        raise ValidationError("Indiquez le jour d'arrivée et de départ.")
    if period.upper <= today:
        raise ValidationError("Ces dates sont passées.", code="past")


def _expiry(days: int, period: DateRange, now: dt.datetime) -> dt.datetime:
    """The end of the last day to confirm: never after the day before they arrive,
    and tomorrow at least."""
    today = timezone.localdate(now)
    last = min(today + dt.timedelta(days=days), period.lower - dt.timedelta(days=1))
    last = max(last, today + dt.timedelta(days=1))
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min)
    return midnight.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def place(occupation: Occupation) -> None:
    """Write it with its cleaning after it; whatever stands there already refuses it."""
    try:
        with transaction.atomic():
            occupation.save()
    except IntegrityError as error:
        told(error, {BOOKED_ONCE: TAKEN})
    clean(occupation)


def clean(occupation: Occupation) -> None:
    """Keep the days of cleaning that follow it, as many as the dwelling asks for."""
    days = occupation.room.dwelling.buffer_days
    begins = occupation.period.upper
    ends = begins + dt.timedelta(days=days)
    following = Occupation.objects.over(DateRange(begins, ends))
    following = following.filter(room=occupation.room).exclude(follows=occupation)
    coming = following.order_by("period").first()
    if coming is not None:
        raise ValidationError(
            f"Le ménage prend {days} jours dans ce logement, et la chambre est "
            f"prise à partir du {said(coming.period.lower)}.",
            code="cleaning",
        )
    if begins < ends:
        Occupation.objects.create(
            room=occupation.room,
            kind=Kind.BUFFER,
            period=DateRange(begins, ends),
            follows=occupation,
        )


def told(error: IntegrityError, sentences: dict[str, str]) -> None:
    """The refusal of a constraint in words; any other error is one of ours."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name not in sentences:
        raise error
    raise ValidationError(sentences[name], code="taken") from error


def standing(request: HousingRequest, *kinds: str) -> Occupation | None:
    """What is kept for them, the room and the row locked in that order."""
    kept = Occupation.objects.standing().filter(request=request)
    if kinds:
        kept = kept.filter(kind__in=kinds)
    occupation = kept.first()
    if occupation is None:
        return None
    locked(occupation.room)
    occupation = locked(occupation)
    return occupation if occupation.is_standing else None


def free(occupation: Occupation, because: str) -> None:
    """The bed goes free, in the caller's transaction, and they are lodged no more."""
    locked(occupation.room)
    occupation = locked(occupation)
    occupation.release(because, clock.now())
    HousingBenefit.objects.filter(occupation=occupation).delete()
    for question in MoveQuestion.objects.asked().about(occupation):
        question.close(MoveQuestion.State.DROPPED, clock.now())


# --- Time passes ---------------------------------------------------------------------


def expire() -> int:
    """Free the beds of the options whose time is over; how many were freed.

    One transaction each, and the same clock as `confirm`, read under the same lock:
    whoever has it first is right.
    """
    due = Occupation.objects.expired(clock.now()).order_by("expires_at", "pk")
    return sum(_expire(occupation) for occupation in due.select_related("request"))


@transaction.atomic
def _expire(occupation: Occupation) -> bool:
    request = locked(occupation.request)
    occupation = standing(request, Kind.HOLD)
    if occupation is None or occupation.expires_at > clock.now():
        return False
    free(occupation, Released.EXPIRED)
    request.let_expire()
    record(
        "internships.bed.expired", subject=request, data={"room": occupation.room_id}
    )
    housing_letters.expired(occupation)
    return True


def offer_freed(room: Room | int | None = None) -> list[Occupation]:
    """Give each free bed to the first in line whom it suits; no room: all of them.

    Nothing is remembered of what was freed: a bed is owed when it is free and
    somebody who waits could take it. Run twice, or by two workers, it gives once.
    """
    rooms = None if room is None else [getattr(room, "pk", room)]
    given: list[Occupation] = []
    refused: set[tuple[int, int]] = set()
    if not HousingRequest.objects.waiting().exists():
        return given
    while True:
        found = waiting_list.read(timezone.localdate(clock.now()), rooms=rooms)
        wishes = [one.wish for one in found.waiting if one.is_offered_by_itself]
        before = len(refused)
        for proposal in shared_out(wishes, found.beds, refused=frozenset(refused)):
            wish, bed = proposal.wish, proposal.bed
            try:
                given.append(_give(wish, bed.room))
            except (ValidationError, HousingRequest.DoesNotExist):
                # Somebody was quicker: whoever comes next is looked for again.
                refused.add((wish.request, bed.room))
                break
        if len(refused) == before:
            return given


def _give(wish: Wish, room: int) -> Occupation:
    return hold(
        HousingRequest(pk=wish.request),
        Room(pk=room),
        period=DateRange(wish.start, wish.end),
    )


def close_past(day: dt.date) -> int:
    """Those who waited until the last of their days: nobody leaves them hoping."""
    over = HousingRequest.objects.waiting().filter(period__endswith__lte=day)
    return sum(_close_past(request, day) for request in over.order_by("pk"))


@transaction.atomic
def _close_past(request: HousingRequest, day: dt.date) -> bool:
    request = locked(request)
    is_waiting = request.state == HousingRequest.State.WAITING
    if not is_waiting or request.period.upper > day:
        return False
    refuse_row(request, "Aucune chambre ne s'est libérée à vos dates.", by=None)
    return True


def refuse_row(request: HousingRequest, reason: str, *, by: User | None) -> None:
    request.refuse(reason)
    record("internships.housing.refused", subject=request, actor=by)
    housing_letters.refused(request)
