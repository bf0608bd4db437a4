"""Who comes first when there are fewer beds than people: points, each explained.

Pure: the facts and the weights in force are given. What the criteria may be is code,
since it reads the request; what each is worth is a dated row that staff edit.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange

from internships.models import ScoreWeight

Criterion = ScoreWeight.Criterion

# Beyond these minutes the faculty is far.
FAR = 60
MOST_WEEKS = 10

# The first rows, in the order of the charter: nothing outweighs a priority zone.
DEFAULTS = {
    Criterion.PRIORITY_ZONE: 40,
    Criterion.FAR_FACULTY: 20,
    Criterion.FAMILY: 15,
    Criterion.FIRST_PLACEMENT: 10,
    Criterion.WAITING_WEEK: 1,
}
FIRST_DAY = dt.date(2026, 1, 1)


@dataclass(frozen=True)
class Facts:
    """What is counted of a request."""

    in_priority_zone: bool = False
    faculty_minutes: int | None = None
    has_family: bool = False
    is_first_placement: bool = False
    weeks_waited: int = 0


@dataclass(frozen=True)
class Line:
    label: str
    points: int

    def __str__(self):
        return f"{self.label} : {counted(self.points)}"


@dataclass(frozen=True)
class Score:
    """The points of a request, and the draw that parts it from its equals."""

    lines: tuple[Line, ...]
    draw: str

    @property
    def total(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def rank(self) -> tuple[int, str]:
        """The smallest comes first."""
        return -self.total, self.draw

    @property
    def draw_said(self) -> str:
        return (
            "À égalité, le tirage décide : l'empreinte SHA-256 de la graine du "
            "semestre et du numéro de la demande, la plus petite d'abord. La vôtre "
            f"commence par {self.draw[:8]}."
        )


def score(facts: Facts, weights: Mapping[str, int], *, seed: str, number: int) -> Score:
    """The points of each criterion that is met, then the place in the draw."""
    weeks = min(facts.weeks_waited, MOST_WEEKS)
    is_far = facts.faculty_minutes is not None and facts.faculty_minutes > FAR
    met = {
        Criterion.PRIORITY_ZONE: (facts.in_priority_zone, "stage en zone prioritaire"),
        Criterion.FAR_FACULTY: (is_far, "faculté à plus d'une heure"),
        Criterion.FAMILY: (facts.has_family, "en couple ou avec des enfants"),
        Criterion.FIRST_PLACEMENT: (
            facts.is_first_placement,
            "premier stage dans le département",
        ),
        Criterion.WAITING_WEEK: (
            weeks,
            f"{weeks} semaine{'s' * (weeks > 1)} d'attente",
        ),
    }
    lines = [
        Line(label, int(times) * weights[criterion])
        for criterion, (times, label) in met.items()
        if times and weights.get(criterion)
    ]
    return Score(tuple(lines), draw(seed, number))


def draw(seed: str, number: int) -> str:
    """Known to nobody before the request exists, the same for whoever checks."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def counted(points: int) -> str:
    return f"{points} point{'s' * (points > 1)}"


def settle(using="default", **_signal) -> None:
    """After a migration: the first rows of a criterion that never had one."""
    rows = ScoreWeight.objects.using(using)
    settled = set(rows.order_by().values_list("criterion", flat=True).distinct())
    rows.bulk_create(
        ScoreWeight(
            criterion=criterion, points=points, period=DateRange(FIRST_DAY, None)
        )
        for criterion, points in DEFAULTS.items()
        if criterion not in settled
    )
