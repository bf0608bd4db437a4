"""What anyone may read of the rooms: never a name, never an address."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from internships import planning
from internships.models import Dwelling, DwellingPhoto, Occupation, Room, SiteDistance
from internships.planning import Span, State

NBSP = "\u00a0"
# A stay worth asking for, in days, in the sentence above the table.
LONG_ENOUGH = 60

ICONS = {
    State.FREE: "bed-single",
    State.HOLD: "hourglass",
    State.STAY: "lock",
    State.WORKS: "settings",
    State.CLEANING: "brush-cleaning",
}
TITLES = {
    State.STAY: "Occupée",
    State.WORKS: "Travaux",
    State.CLEANING: "Ménage",
    State.PAST: "Passé",
}


@dataclass(frozen=True)
class Slot:
    """A cell of the table: a state in words, and what to ask for when it is free."""

    state: State
    width: int
    title: str
    detail: str
    icon: str
    query: str = ""


@dataclass(frozen=True)
class Line:
    """A room, and its semester."""

    room: Room
    facts: list[tuple[str, str]]
    photo: DwellingPhoto | None
    slots: list[Slot]
    free: list[Slot]
    longest: int


@dataclass(frozen=True)
class Group:
    dwelling: Dwelling
    lines: list[Line]


def day_said(day: dt.date) -> str:
    """« 1er janv. »: the year is that of the semester."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{date_format(day, 'N')}"


def open_rooms():
    """With all that their line says, in a constant number of queries."""
    distances = SiteDistance.objects.select_related("site").order_by("minutes")
    photos = DwellingPhoto.objects.select_related("document")
    rooms = Room.objects.open().select_related("dwelling__commune", "dwelling__owner")
    return (
        rooms.defer("dwelling__commune__contour")
        .prefetch_related(
            Prefetch("dwelling__distances", distances),
            Prefetch("dwelling__photos", photos),
        )
        .in_order()
    )


def near(rooms, *, commune=None, group=None):
    """In a place, or from where one reaches a site of it."""
    if commune is not None:
        reached = {"site__commune": commune}
        there = Q(dwelling__commune=commune)
    else:
        reached = {"site__commune__intercommunality": group}
        there = Q(dwelling__commune__intercommunality=group)
    ways = SiteDistance.objects.filter(dwelling=OuterRef("dwelling"), **reached)
    return rooms.filter(there | Exists(ways))


def taken(rooms: Iterable[Room], starts_on: dt.date, ends_on: dt.date):
    """What stands on each of these beds, by room: one query."""
    rows = Occupation.objects.standing().filter(
        room__in=[room.pk for room in rooms], period__overlap=(starts_on, ends_on)
    )
    found = defaultdict(list)
    values = rows.values_list("room_id", "period", "kind", "expires_at")
    for room, period, kind, expires_at in values:
        found[room].append(
            planning.Taken(period.lower, period.upper, State(kind), expires_at)
        )
    return found


def groups(
    rooms: Sequence[Room], starts_on: dt.date, ends_on: dt.date, today: dt.date
) -> list[Group]:
    """The rooms by dwelling, each with its semester, in the order they came."""
    columns = planning.half_months(starts_on, ends_on)
    standing = taken(rooms, starts_on, ends_on)
    found: dict[int, Group] = {}
    for room in rooms:
        spans = planning.spans(standing[room.pk], starts_on, ends_on, today)
        group = found.setdefault(room.dwelling_id, Group(room.dwelling, []))
        group.lines.append(_line(room, spans, columns))
    return list(found.values())


def _line(room: Room, spans: list[Span], columns) -> Line:
    bounds = columns[0].starts_on, columns[-1].ends_on
    free = [span for span in spans if span.state == State.FREE]
    return Line(
        room=room,
        facts=facts(room),
        photo=first_photo(room.dwelling),
        slots=[slot(cell, room, bounds) for cell in planning.cells(spans, columns)],
        free=[_free(span, room, bounds, 1) for span in free],
        longest=planning.longest_free(spans),
    )


def first_photo(dwelling: Dwelling) -> DwellingPhoto | None:
    """The first that may be shown; read with the rooms."""
    shown = (photo for photo in dwelling.photos.all() if photo.document.is_servable)
    return next(shown, None)


def facts(room: Room) -> list[tuple[str, str]]:
    """What one looks at first, an icon and words each."""
    home, found = room.dwelling, []
    for way in home.distances.all()[:1]:
        on_foot = way.means == SiteDistance.Means.FOOT
        icon = "footprints" if on_foot else "car"
        means = (
            "" if way.means == SiteDistance.Means.CAR else f" {way.get_means_display()}"
        )
        found.append((icon, f"Stage à {way.minutes}{NBSP}min{means}"))
    if Dwelling.Equipment.FIBRE in home.equipment:
        found.append(("wifi", "Fibre"))
    if room.for_two:
        found.append(("users", "Couple"))
    if home.accepts_animals:
        found.append(("paw-print", "Animal accepté"))
    if room.is_accessible:
        found.append(("accessibility", "Accessible"))
    return found


def slot(cell: planning.Cell, room: Room, bounds) -> Slot:
    if len(cell.spans) > 1:
        first, last = cell.spans[0], cell.spans[-1]
        return Slot(
            State.STAY, cell.width, "Selon les jours", _dates(first.starts_on, last), ""
        )
    span = cell.spans[0]
    if span.state == State.FREE:
        return _free(span, room, bounds, cell.width)
    whole = (span.starts_on, span.ends_on) == bounds
    detail = "tout le semestre" if whole else _dates(span.starts_on, span)
    title = TITLES.get(span.state, "")
    if span.state == State.HOLD:
        title = f"Option jusqu’au {hold_said(span.source)}"
    return Slot(span.state, cell.width, title, detail, ICONS.get(span.state, ""))


def hold_said(expires_at: dt.datetime) -> str:
    """« 30 novembre »: the day the option ends, in Paris."""
    day = timezone.localdate(expires_at)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{date_format(day, 'F')}"


def _free(span: Span, room: Room, bounds, width: int) -> Slot:
    whole = (span.starts_on, span.ends_on) == bounds
    rent = f"{room.rent.normalize():f}".replace(".", ",")
    dates = _dates(span.starts_on, span)
    return Slot(
        State.FREE,
        width,
        "Libre tout le semestre" if whole else "Libre",
        f"{dates}, {rent}{NBSP}€ par mois" if whole else dates,
        ICONS[State.FREE],
        urlencode(
            {
                "chambre": room.pk,
                "du": span.starts_on.isoformat(),
                "au": span.ends_on.isoformat(),
            }
        ),
    )


def _dates(starts_on: dt.date, last: Span) -> str:
    if starts_on == last.last_on:
        return day_said(starts_on)
    return f"{day_said(starts_on)} – {day_said(last.last_on)}"


def sees_address(dwelling: Dwelling, person, day: dt.date) -> bool:
    """Who manages it, and whoever a bed is kept for there."""
    if person is None:
        return False
    mine = Occupation.objects.standing().filter(
        room__dwelling=dwelling, request__person=person, period__endswith__gt=day
    )
    managed = Dwelling.objects.managed_by(person, day).filter(pk=dwelling.pk)
    return mine.exists() or managed.exists()
