"""The planning: rooms by weeks of a semester, for their owner and for the desk."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from internships import planning
from internships.forms.dwellings import PlanningForm
from internships.models import Dwelling, Occupation, Room
from internships.planning import Span, State
from internships.rooms import day_said, hold_said
from internships.views.owners import mine

WORDS = {
    State.FREE: "Libre",
    State.PAST: "Passé",
    State.STAY: "Séjour",
    State.WORKS: "Travaux",
    State.CLEANING: "Ménage",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A cell: its state in words, whose it is, its days, and where it leads."""

    state: State
    width: int
    title: str
    days: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    room: Room
    bars: list[Bar]


@never_cache
@require_safe
def my_planning(request):
    dwellings = list(mine(request))
    if not dwellings:
        raise Http404
    context = page(request, dwellings)
    return render(request, "internships/owner_planning.html", context)


def page(request, dwellings: list[Dwelling]) -> dict:
    """What both planning pages show, narrowed as the address asks."""
    day = timezone.localdate()
    form = PlanningForm(request.GET, dwellings=dwellings, day=day)
    semester = form.semester
    context = {"form": form, "semester": semester, "today": day}
    if semester is None:
        return context
    starts_on, ends_on = semester.period.lower, semester.period.upper
    columns = planning.weeks(starts_on, ends_on)
    rows = grid(_asked(form, dwellings), columns, day, form.value("etat"))
    return context | {
        "rows": rows,
        "columns": columns,
        "months": planning.months(columns),
        "states": _summary(rows),
    }


def _asked(form, dwellings) -> list[Room]:
    homes = {home.pk: home for home in dwellings}
    asked, code = form.value("logement"), form.value("commune")
    kept = [
        home.pk
        for home in dwellings
        if (not asked or home.pk == asked) and (not code or home.commune.code == code)
    ]
    rooms = list(Room.objects.filter(dwelling__in=kept, closed_on=None).order_by("pk"))
    for room in rooms:
        room.dwelling = homes[room.dwelling_id]
    order = {pk: rank for rank, pk in enumerate(homes)}
    return sorted(rooms, key=lambda room: (order[room.dwelling_id], room.pk))


def grid(rooms: list[Room], columns, day: dt.date, state: str | None = None):
    """A row for each room, read in one query; `state` keeps those that show it."""
    starts_on, ends_on = columns[0].starts_on, columns[-1].ends_on
    standing = _standing(rooms, starts_on, ends_on)
    rows = []
    for room in rooms:
        spans = planning.spans(standing[room.pk], starts_on, ends_on, day)
        if state and not any(span.state == state for span in spans):
            continue
        cells = planning.cells(spans, columns)
        rows.append(Row(room, [_bar(room, cell) for cell in cells]))
    return rows


def _standing(rooms, starts_on, ends_on):
    rows = (
        Occupation.objects.standing()
        .filter(room__in=rooms, period__overlap=(starts_on, ends_on))
        .values_list(
            "pk",
            "room_id",
            "period",
            "kind",
            "expires_at",
            "follows_id",
            "note",
            "request__person__first_name",
            "request__person__last_name",
        )
    )
    found = defaultdict(list)
    for pk, room, period, kind, expires_at, follows, note, first, last in rows:
        whose = f"{first} {last}" if last else note
        source = (follows or pk, expires_at, whose)
        found[room].append(
            planning.Taken(period.lower, period.upper, State(kind), source)
        )
    return found


def _bar(room: Room, cell: planning.Cell) -> Bar:
    span = cell.spans[0]
    title = " ; ".join(_title(one) for one in cell.spans)
    last = cell.spans[-1]
    days = f"{day_said(span.starts_on)} – {day_said(last.last_on)}"
    if span.starts_on == last.last_on:
        days = day_said(span.starts_on)
    return Bar(span.state, cell.width, title, days, _url(room, span))


def _title(span: Span) -> str:
    if span.source is None:
        return WORDS[span.state]
    _pk, expires_at, whose = span.source
    words = WORDS.get(span.state) or f"Option jusqu’au {hold_said(expires_at)}"
    return f"{words}, {whose}" if whose else words


# Addresses are read once: a grid has a thousand bars.
def _url(room: Room, span: Span) -> str:
    if span.state == State.PAST:
        return ""
    if span.source:
        path = _pattern("internships:my-occupation")
        return path.replace("/0/", f"/{span.source[0]}/")
    query = urlencode({"du": span.starts_on, "au": span.ends_on})
    path = _pattern("internships:my-maintenance-new").replace("/0/", f"/{room.pk}/")
    return f"{path}?{query}"


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[0])


def _summary(rows: list[Row]) -> dict[str, int]:
    """How many rooms have something to ask for, and how many an option."""
    shown = {"free": 0, "hold": 0}
    for row in rows:
        states = {bar.state for bar in row.bars}
        for name in shown:
            shown[name] += State(name) in states
    return shown
