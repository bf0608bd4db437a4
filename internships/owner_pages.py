"""What an owner's pages say of their dwellings: names are theirs to read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from internships.models import Dwelling, Inventory, Occupation

# How far ahead arrivals and departures are told.
AHEAD = dt.timedelta(days=45)


@dataclass(frozen=True)
class Move:
    """Somebody arrives, or leaves, one of these days."""

    day: dt.date
    arrives: bool
    occupation: Occupation
    missing: list[str]


def standing(dwellings: Iterable[Dwelling], day: dt.date) -> list[dict]:
    """Each dwelling with its rooms counted: one query more for all of them."""
    dwellings = list(dwellings)
    taken = set(
        Occupation.objects.standing()
        .filter(room__dwelling__in=dwellings, period__contains=day)
        .values_list("room_id", flat=True)
    )
    lines = []
    for home in dwellings:
        beds = [room for room in home.rooms.all() if room.is_open]
        lines.append(
            {
                "dwelling": home,
                "count": len(beds),
                "free": sum(room.pk not in taken for room in beds),
            }
        )
    return lines


def room_lines(dwelling: Dwelling, day: dt.date) -> list[dict]:
    """Its rooms, those that are lent first, with what stands there today."""
    now = {
        occupation.room_id: occupation
        for occupation in Occupation.objects.standing()
        .filter(room__dwelling=dwelling, period__contains=day)
        .select_related("request__person")
    }
    rooms = sorted(dwelling.rooms.all(), key=lambda room: (not room.is_open, room.pk))
    return [{"room": room, "now": now.get(room.pk)} for room in rooms]


def moves(dwellings: Iterable[Dwelling], day: dt.date) -> list[Move]:
    """Arrivals and departures to come, the nearest first, and what each one lacks."""
    until = day + AHEAD
    soon = Q(period__startswith__gte=day, period__startswith__lt=until) | Q(
        period__endswith__gte=day, period__endswith__lt=until
    )
    rows = (
        Occupation.objects.stays()
        .filter(soon, room__dwelling__in=list(dwellings))
        .select_related("room__dwelling", "request__person", "stay")
    )
    found = []
    for one in rows:
        for when, arrives in ((one.period.lower, True), (one.period.upper, False)):
            if day <= when < until:
                found.append(Move(when, arrives, one, missing(one, arrives=arrives)))
    return sorted(found, key=lambda move: (move.day, not move.arrives))


def missing(occupation: Occupation, *, arrives: bool = True) -> list[str]:
    """What still has to be done before the keys change hands (R-35)."""
    stay = getattr(occupation, "stay", None)
    if stay is None:
        return []
    if arrives and stay.keys_given_at is None:
        steps = (
            (stay.insurance_checked_at, "attestation d’assurance à vérifier"),
            (stay.entry_signed_at, "état des lieux d’entrée à signer"),
        )
    elif arrives:
        steps = ()
    else:
        steps = (
            (stay.exit_signed_at, "état des lieux de sortie à signer"),
            (stay.keys_returned_at, "clés à reprendre"),
        )
    found = [words for done, words in steps if done is None]
    if arrives and stay.insurance_id is None and not stay.is_insured:
        found[:1] = ["attestation d’assurance à recevoir"] if found else []
    return found


def inventories_of(occupation: Occupation) -> list[dict]:
    """The entry and the exit: how each one stands, and whether both compare."""
    stay = getattr(occupation, "stay", None)
    if stay is None:
        return []
    begun = {one.kind: one for one in stay.inventories.all()}
    found = []
    for moment, kind in Inventory.WORDS.items():
        inventory = begun.get(kind)
        is_exit = kind == Inventory.Kind.EXIT
        found.append(
            {
                "title": Inventory(stay=stay, kind=kind).title,
                "moment": moment,
                "inventory": inventory,
                "compares": is_exit and inventory is not None,
            }
        )
    return found
