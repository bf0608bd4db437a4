"""What people do with a bed that is kept for them, and what the desk does with it.

Locks: the request, then the room, then what stands on it. A bed that goes free is
offered to the next in line by another transaction, which the commit rings for.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework import references
from casework.days import said
from casework.journal import record
from casework.locking import locked
from internships import clock, housing_letters
from internships.models import (
    HousingBenefit,
    HousingRequest,
    Occupation,
    Placement,
    Room,
    Stay,
)
from internships.offering import (
    BOOKED_ONCE,
    TAKEN,
    clean,
    expire,
    free,
    hold,
    offer_freed,
    refuse_row,
    standing,
    told,
)
from internships.rent_calls import recompute
from internships.tasks import offer_bed

__all__ = [
    "TAKEN",
    "block",
    "cancel",
    "clean",
    "close_room",
    "confirm",
    "decline",
    "expire",
    "hold",
    "hold_for_placement",
    "offer_freed",
    "refuse",
    "reopen_room",
    "unblock",
    "withdraw",
]

Kind, Released = Occupation.Kind, Occupation.Released
LENT_OR_ALLOWANCE = "internships_lent_bed_or_allowance"


# --- A bed is kept -------------------------------------------------------------------


@transaction.atomic
def hold_for_placement(
    placement: Placement, *, room: Room, by: User | None = None
) -> Occupation:
    """The bed that goes with a placement, in the transaction that accepts it."""
    request = open_for_placement(placement)
    return hold(request, room, by=by)


def open_for_placement(placement: Placement) -> HousingRequest:
    """The request of its person for these days, opened if there is none."""
    open_ones = HousingRequest.objects.of(placement.person).filter(
        state=HousingRequest.State.WAITING, period__overlap=placement.period
    )
    known = open_ones.order_by("pk").first()
    if known is None:
        known = HousingRequest(
            person=placement.person,
            period=placement.period,
            wording=placement.indemnities_wording,
        )
    if known.placement_id is None:
        known.placement = placement
    save_request(known)
    return known


def save_request(request: HousingRequest) -> None:
    """Give it a number and keep it, unless these days are asked for already."""
    if not request.reference:
        today = timezone.localdate()
        request.reference = references.next_reference("housing", today)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        told(error, {"internships_one_request_at_a_time": ONE_AT_A_TIME})


ONE_AT_A_TIME = (
    "Vous avez déjà une demande de logement pour ces dates : changez ses dates, ou "
    "retirez-la d'abord."
)


# --- They answer ---------------------------------------------------------------------


@transaction.atomic
def confirm(
    request: HousingRequest, *, accepted_wording: str = "", by: User | None = None
) -> Stay:
    """The option becomes a stay, unless its time is over at this instant.

    R-33: who has not accepted yet what does not add up accepts it now.
    """
    request = locked(request)
    occupation = standing(request)
    if occupation is None:
        raise ValidationError(_gone(request), code="gone")
    occupation.confirm(clock.now())
    request.accept(accepted_wording)
    request.answer()
    room = occupation.room
    stay = Stay.objects.create(
        occupation=occupation,
        rent=room.rent,
        deposit=room.dwelling.deposit,
        terms=room.dwelling.terms,
    )
    lend(occupation)
    request.house()
    record(
        "internships.bed.confirmed",
        subject=request,
        actor=by,
        data={"room": room.pk, "stay": stay.pk},
    )
    housing_letters.confirmed(stay)
    recompute(stay)
    return stay


def lend(occupation: Occupation) -> None:
    """Write down that they are lodged; an allowance on these days refuses it (R-30)."""
    try:
        with transaction.atomic():
            HousingBenefit.objects.update_or_create(
                occupation=occupation,
                defaults={
                    "person": occupation.request.person,
                    "kind": HousingBenefit.Kind.LENT,
                    "period": occupation.period,
                },
            )
    except IntegrityError as error:
        told(error, {LENT_OR_ALLOWANCE: LENT_OR_ALLOWED})


LENT_OR_ALLOWED = (
    "Une indemnité de logement vous est déjà versée à ces dates : elle ne se cumule "
    "pas avec un logement prêté (article D. 1511-52 du CGCT). Renoncez à l'une des "
    "deux, ou changez vos dates ; le guichet vous y aide."
)


def _gone(request: HousingRequest) -> str:
    last = request.occupations.order_by("-pk").first()
    if last and last.released_because == Released.EXPIRED:
        return (
            "Cette option a expiré : la chambre a pu être proposée à quelqu'un d'autre."
        )
    return "Aucune option n'est ouverte : rien à confirmer."


@transaction.atomic
def decline(request: HousingRequest, *, by: User | None = None) -> None:
    """Not this bed: they wait for another one."""
    request = locked(request)
    occupation = standing(request, Kind.HOLD)
    if occupation is None:
        raise ValidationError("Cette option n'est plus ouverte.", code="gone")
    free_and_ring(occupation, Released.DECLINED)
    request.wait()
    request.answer()
    record(
        "internships.bed.declined",
        subject=request,
        actor=by,
        data={"room": occupation.room_id},
    )


@transaction.atomic
def still_wanted(request: HousingRequest, *, by: User | None = None) -> None:
    """They let options go, and still look for a bed: they are in line again."""
    request = locked(request)
    if not request.is_set_aside:
        raise ValidationError("Votre demande est déjà sur la liste d'attente.")
    request.answer()
    record("internships.housing.still_wanted", subject=request, actor=by)
    ring_for(request)


@transaction.atomic
def withdraw(request: HousingRequest, *, by: User | None = None) -> None:
    """They no longer ask for a bed; one they live in is left, not withdrawn."""
    request = locked(request)
    occupation = standing(request)
    stay = Stay.objects.filter(occupation=occupation).first() if occupation else None
    if stay and stay.keys_given_at and not stay.keys_returned_at:
        raise ValidationError(
            "Les clés vous ont été remises : annoncez plutôt un départ anticipé."
        )
    if occupation:
        free_and_ring(occupation, Released.WITHDRAWN)
    request.withdraw()
    record("internships.housing.withdrawn", subject=request, actor=by)
    if stay:
        housing_letters.cancelled(stay)


@transaction.atomic
def cancel(request: HousingRequest, *, reason: str, by: User) -> None:
    """The desk or the owner cannot lend it after all: they wait for another one."""
    request = locked(request)
    occupation = standing(request)
    if occupation is None:
        raise ValidationError("Aucune chambre n'est retenue.", code="gone")
    stay = Stay.objects.filter(occupation=occupation).first()
    if stay and stay.keys_given_at:
        raise ValidationError("Les clés sont remises : notez plutôt un départ.")
    if not reason.strip():
        raise ValidationError("Dites pourquoi : la personne le lira.")
    free_and_ring(occupation, Released.CANCELLED)
    request.wait()
    record(
        "internships.bed.cancelled",
        subject=request,
        actor=by,
        data={"room": occupation.room_id},
    )
    housing_letters.taken_back(occupation, reason.strip())


def free_and_ring(occupation: Occupation, because: str) -> None:
    """The bed goes free; once committed, somebody looks who could have it."""
    free(occupation, because)
    recompute_rents(occupation)
    ring(occupation.room_id)


def recompute_rents(occupation: Occupation) -> None:
    """What is called of a stay follows its days, and stops with it."""
    stay = Stay.objects.filter(occupation=occupation).first()
    if stay:
        recompute(stay)


def free_rooms(request: HousingRequest) -> list[int]:
    """Those it could have: nothing is read of the others when there is none."""
    wanted = list(request.dwellings.all())
    rooms = Room.objects.open().free(request.period)
    if wanted:
        rooms = rooms.filter(dwelling__in=wanted)
    return list(rooms.order_by("pk").values_list("pk", flat=True)[:50])


def ring_for(request: HousingRequest) -> None:
    for room in free_rooms(request):
        ring(room)


def ring(room: int) -> None:
    """A bell that is lost costs a minute: every free bed is looked at again then."""
    transaction.on_commit(partial(offer_bed.delay, room), robust=True)


@transaction.atomic
def refuse(request: HousingRequest, *, reason: str, by: User) -> None:
    """The desk says no, and why; what was kept for them goes free."""
    request = locked(request)
    occupation = standing(request, Kind.HOLD)
    if occupation:
        free_and_ring(occupation, Released.CANCELLED)
    refuse_row(request, reason, by=by)


# --- The bed itself ------------------------------------------------------------------


@transaction.atomic
def block(
    room: Room, period: DateRange, *, by: User | None = None, note: str = ""
) -> Occupation:
    """Works: nobody sleeps there on these days."""
    room = locked(room)
    occupation = Occupation(room=room, kind=Kind.MAINTENANCE, period=period, note=note)
    if period.isempty or None in (period.lower, period.upper):
        raise ValidationError("Le dernier jour doit suivre le premier.")
    try:
        with transaction.atomic():
            occupation.save()
    except IntegrityError as error:
        told(error, {BOOKED_ONCE: "Cette chambre est déjà prise à ces dates."})
    record(
        "internships.bed.blocked",
        subject=room,
        actor=by,
        data={"occupation": occupation.pk},
    )
    return occupation


@transaction.atomic
def unblock(occupation: Occupation, *, by: User | None = None) -> None:
    """The works are over, or will not be: the bed is offered again."""
    if occupation.kind != Kind.MAINTENANCE:
        raise ValidationError("Seuls des travaux se terminent ainsi.")
    free_and_ring(occupation, Released.CANCELLED)
    record(
        "internships.bed.unblocked",
        subject=occupation.room,
        actor=by,
        data={"occupation": occupation.pk},
    )


@transaction.atomic
def close_room(room: Room, *, by: User | None = None) -> Room:
    """No longer proposed; refused with the list while somebody is expected there."""
    room = locked(room)
    today = timezone.localdate(clock.now())
    coming = Occupation.objects.standing().filter(
        room=room, kind__in=[Kind.HOLD, Kind.STAY], period__endswith__gt=today
    )
    expected = [
        f"{one.request.person}, du {said(one.period.lower)} au {said(one.period.upper)}"
        for one in coming.select_related("request__person").order_by("period")
    ]
    if expected:
        raise ValidationError(
            [
                "Cette chambre est encore promise : proposez-en d'abord une autre à "
                "ces personnes.",
                *expected,
            ],
            code="expected",
        )
    room.close(today)
    record("internships.room.closed", subject=room, actor=by)
    return room


@transaction.atomic
def reopen_room(room: Room, *, by: User | None = None) -> Room:
    room = locked(room)
    room.reopen()
    record("internships.room.reopened", subject=room, actor=by)
    ring(room.pk)
    return room
