"""« Ma semaine » on one sheet of paper: what does not fit is counted, never hidden."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import roles
from casework.week import Line, Section
from documents import rendering
from portal import week as gathering
from portal.week import Week

# What an A4 page holds under its heading; each part takes a title of its own.
PAGE_ROWS = 41
TITLE_ROWS = 2


@dataclass(frozen=True)
class Part:
    """One list of the sheet, cut where the page ends."""

    title: str
    lines: list[Line]
    more: int = 0
    shows_who: bool = True


def parts_of(week: Week) -> list[tuple[str, list[Line]]]:
    late, due = set(week.late), set(week.due)
    own = week.of(Section.DUE)
    return [
        ("En retard", [line for line in own if line in late]),
        ("Cette semaine", [line for line in own if line in due]),
        ("Absences et relève", week.of(Section.COVERED)),
        ("Partenaires silencieux", week.of(Section.WAITING)),
        ("Arrivées, visites et départs", week.of(Section.COMING)),
        ("Sans nouvelles depuis 60 jours", week.of(Section.SILENT)),
        ("Courriels non remis", week.of(Section.FAILED)),
    ]


def share(counts: list[int], rows: int) -> list[int]:
    """How many lines each list shows: one more each in turn, while there is room."""
    shown = [0] * len(counts)
    while rows > 0:
        hungry = [n for n, count in enumerate(counts) if shown[n] < count]
        if not hungry:
            break
        for n in hungry[:rows]:
            shown[n] += 1
        rows -= len(hungry)
    return shown


def fit(week: Week, rows: int = PAGE_ROWS) -> tuple[list[Part], list[str]]:
    """The lists as the page holds them, and the titles of those that are empty."""
    found = parts_of(week)
    full = [(title, lines) for title, lines in found if lines]
    # A title, and perhaps the line that counts the rest.
    room = rows - len(full) * TITLE_ROWS
    shown = share([len(lines) for _title, lines in full], room)
    parts = [
        Part(title, lines[:count], len(lines) - count)
        for (title, lines), count in zip(full, shown, strict=True)
    ]
    return parts, [title for title, lines in found if not lines]


def pdf(week: Week, user) -> bytes:
    parts, empty = fit(week)
    context = {
        "week": week,
        "parts": parts,
        "empty": empty,
        "name": user.get_full_name(),
    }
    return rendering.pdf("portal/pdf/week.html", context)


@require_safe
def week_sheet(request):
    """The sheet to print on Monday morning."""
    if not roles.is_desk(request.user):
        raise PermissionDenied
    day = timezone.localdate()
    week = gathering.gather(request.user, day)
    response = HttpResponse(pdf(week, request.user), content_type="application/pdf")
    name = f"semaine-{week.starts_on:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
