"""What becomes of an interest: each decision is one transaction.

Locks are taken in one order, offer, then interests by their keys: the seats of an
offer are counted under its lock. Beds come last, in the action that holds them.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import Person, User
from casework.journal import record
from casework.locking import locked
from internships import interest_letters as letters
from internships.actions import holds, placements
from internships.models import Interest, Placement, PlacementOffer, Room, Semester
from internships.models.interests import MOST

FULL = "Toutes les places de ce stage sont prises."
THREE_ALREADY = (
    "Vous avez déjà trois terrains en vue pour ce semestre : retirez-en un, depuis "
    "votre espace."
)


def free_ranks(person: Person, semester: Semester) -> list[int]:
    """The wishes this person may still make for a semester."""
    open_ones = Interest.objects.of(person).open().filter(semester=semester)
    taken = set(open_ones.values_list("rank", flat=True))
    return [rank for rank in range(1, MOST + 1) if rank not in taken]


def seats_left(offer: PlacementOffer) -> int:
    return offer.seats - Interest.objects.confirmed().filter(offer=offer).count()


@transaction.atomic
def show(
    offer: PlacementOffer,
    person: Person,
    *,
    rank: int,
    wording: str,
    word: str = "",
    by: User | None = None,
) -> Interest:
    """The student would like to come: the host gets their name and numbers."""
    person = locked(person)  # three wishes, whatever is pressed at once
    offer = locked(offer)
    if not offer.is_published:
        raise ValidationError("Cette offre n'est plus en ligne.")
    if seats_left(offer) < 1:
        raise ValidationError(FULL, code="full")
    free = free_ranks(person, offer.semester)
    if not free:
        raise ValidationError(THREE_ALREADY)
    if rank not in free:
        raise ValidationError("Ce vœu est déjà pris par un autre terrain.")
    interest = Interest(
        offer=offer,
        semester=offer.semester,
        person=person,
        rank=rank,
        word=word.strip(),
        wording=wording,
    )
    interest.validate_constraints()
    interest.save()
    _record("shown", interest, by)
    letters.received(interest)
    return interest


@transaction.atomic
def accept(interest: Interest, *, answer: str = "", by: User | None = None) -> Interest:
    """The host would be glad: the student has the last word."""
    interest = locked(interest)
    if interest.state == Interest.State.SENT and seats_left(interest.offer) < 1:
        raise ValidationError(FULL, code="full")
    interest.accept(answer)
    _record("accepted", interest, by)
    letters.accepted(interest)
    return interest


@transaction.atomic
def decline(
    interest: Interest, *, answer: str = "", by: User | None = None
) -> Interest:
    """The host cannot, this time: the student looks elsewhere."""
    interest = locked(interest)
    interest.decline(answer)
    _record("declined", interest, by)
    letters.declined(interest)
    return interest


@transaction.atomic
def confirm(
    interest: Interest,
    *,
    accepted_wording: str,
    room: Room | None = None,
    by: User | None = None,
) -> Placement:
    """The mutual yes: a placement opens, with a bed if one was chosen, or nothing.

    The other wishes of the person for that semester are released; so are those of
    others, once the last seat is taken. Each is told once.
    """
    offer = locked(interest.offer)
    touched = _locked_open(
        Q(offer=offer) | Q(person=interest.person_id, semester=interest.semester_id)
    )
    others = [one for one in touched if one.pk != interest.pk]
    interest = next((one for one in touched if one.pk == interest.pk), None) or locked(
        interest
    )
    if interest.state != Interest.State.CONFIRMED and seats_left(offer) < 1:
        raise ValidationError(FULL, code="full")
    interest.confirm()
    _record("confirmed", interest, by)
    placement = placements.open_for(interest, accepted_wording=accepted_wording, by=by)
    is_full = seats_left(offer) < 1
    own = [one for one in others if one.person_id == interest.person_id]
    crowded = [one for one in others if one not in own and is_full]
    _release([*own, *crowded], because="chosen", by=by)
    if room is not None:
        holds.hold_for_placement(placement, room=room, by=by)
    letters.confirmed(interest, placement, own)
    for one in own:
        letters.released_host(one)
    for one in crowded:
        letters.released(one, FULL)
    return placement


@transaction.atomic
def withdraw(interest: Interest, *, by: User | None = None) -> Interest:
    """The student no longer thinks of it: the host is told."""
    interest = locked(interest)
    interest.withdraw()
    _record("withdrawn", interest, by)
    letters.withdrawn(interest)
    return interest


@transaction.atomic
def release_of(offer: PlacementOffer) -> list[Interest]:
    """The offer has gone: nobody waits for its answer any more."""
    offer = locked(offer)
    released = _locked_open(Q(offer=offer))
    _release(released, because="offer_gone", by=None)
    for interest in released:
        letters.released(interest, "Cette offre n'est plus en ligne.")
    return released


def _locked_open(condition: Q) -> list[Interest]:
    """Those still open, in one order, as they are once nobody else decides on them."""
    rows = Interest.objects.open().filter(condition).order_by("pk")
    return list(rows.select_for_update(no_key=True))


def _release(interests: Iterable[Interest], *, because: str, by: User | None) -> None:
    for interest in interests:
        interest.release()
        _record("released", interest, by, because=because)


def _record(happened: str, interest: Interest, by: User | None, **data):
    return record(
        f"internships.interest.{happened}",
        subject=interest,
        actor=by,
        data={"offer": interest.offer_id, **data},
    )
