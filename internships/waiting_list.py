"""Those who wait for a bed and the beds there are, read at once and ranked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from internships import allocation, scoring
from internships.allocation import Bed, Wish
from internships.models import (
    HousingRequest,
    Occupation,
    Placement,
    Room,
    ScoreWeight,
    Semester,
    SiteDistance,
)
from territory import zones

LET_GO = (Occupation.Released.EXPIRED, Occupation.Released.DECLINED)


@dataclass(frozen=True)
class Waiting:
    """A request that waits, with its points and what it would take."""

    request: HousingRequest
    score: scoring.Score
    wish: Wish
    # The day from which beds are offered by themselves; the desk alone allots before.
    opens_on: dt.date | None = None

    @property
    def is_offered_by_itself(self) -> bool:
        """Not before that day, nor to those who let two options go without a word."""
        return self.opens_on is None and not self.request.is_set_aside


@dataclass(frozen=True)
class WaitingList:
    """All who wait, the first in line first, before the beds they may get."""

    waiting: list[Waiting]
    beds: list[Bed]

    @cached_property
    def rooms(self) -> dict[int, Room]:
        rooms = Room.objects.select_related("dwelling__commune")
        return rooms.in_bulk([bed.room for bed in self.beds])

    @cached_property
    def _by_request(self) -> dict[int, Waiting]:
        return {one.request.pk: one for one in self.waiting}

    def of(self, request: HousingRequest) -> Waiting | None:
        return self._by_request.get(request.pk)

    def place_of(self, request: HousingRequest) -> int | None:
        """Their place among those whose days meet theirs: 1 is the first."""
        mine = self.of(request)
        if mine is None:
            return None
        before = self.waiting[: self.waiting.index(mine)]
        return 1 + sum(
            one.wish.start < mine.wish.end and mine.wish.start < one.wish.end
            for one in before
        )

    def proposals(self, request: HousingRequest) -> list[allocation.Proposal]:
        one = self.of(request)
        return allocation.proposals(one.wish, self.beds) if one else []

    def best(self, request: HousingRequest) -> allocation.Proposal | None:
        one = self.of(request)
        return allocation.best(one.wish, self.beds) if one else None


def read(
    day: dt.date, *, rooms: Iterable[int] | None = None, with_beds: bool = True
) -> WaitingList:
    """In a constant number of queries, however many wait and however many beds."""
    return WaitingList(ranked(day), read_beds(day, rooms) if with_beds else [])


def ranked(day: dt.date) -> list[Waiting]:
    requests = (
        HousingRequest.objects.waiting()
        .filter(period__endswith__gt=day)
        .select_related("person", "placement__site", "placement__semester")
        .prefetch_related("dwellings")
    )
    first_day = OuterRef("period__startswith")
    earlier = Placement.objects.kept().filter(
        person=OuterRef("person"), period__startswith__lt=first_day
    )
    requests = requests.annotate(came_before=Exists(earlier))
    semesters = list(Semester.objects.filter(period__endswith__gt=day))
    weights = dict(
        ScoreWeight.objects.on(day).order_by().values_list("criterion", "points")
    )
    let_go = defaultdict(set)
    gone = Occupation.objects.filter(
        released_because__in=LET_GO, request__state=HousingRequest.State.WAITING
    )
    for request, room in gone.values_list("request", "room"):
        let_go[request].add(room)
    found = [
        _waiting(request, day, semesters, weights, frozenset(let_go[request.pk]))
        for request in requests
    ]
    return sorted(found, key=lambda one: one.wish.rank)


def _waiting(request, day, semesters, weights, let_go) -> Waiting:
    semester = _semester(request, semesters)
    score = scoring.score(
        facts(request, day),
        weights,
        seed=semester.draw_seed if semester else "",
        number=request.pk,
    )
    opens_on = semester.beds_from if semester else None
    return Waiting(
        request,
        score,
        wish(request, day, rank=score.rank, let_go=let_go),
        opens_on if opens_on and opens_on > day else None,
    )


def wish(
    request: HousingRequest,
    day: dt.date,
    *,
    rank: tuple = (),
    let_go: frozenset[int] = frozenset(),
) -> Wish:
    """What a request would take from that day; not the rooms it let go."""
    placement = request.placement
    return Wish(
        request=request.pk,
        start=max(request.period.lower, day),
        end=request.period.upper,
        rank=rank,
        dwellings=frozenset(home.pk for home in request.dwellings.all()),
        for_two=request.for_two,
        children=request.children,
        has_car=request.has_car,
        has_animal=request.has_animal,
        needs_accessible=request.needs_accessible,
        site=placement.site_id if placement else None,
        commune=placement.commune_id if placement else None,
        let_go=let_go,
    )


def facts(request: HousingRequest, day: dt.date) -> scoring.Facts:
    """What is counted of it that day; `came_before` is annotated."""
    placement = request.placement
    site = placement.site if placement else None
    return scoring.Facts(
        in_priority_zone=bool(placement) and zones.is_priority(placement.zone_code),
        faculty_minutes=site.faculty_minutes if site else None,
        has_family=request.for_two or request.children > 0,
        is_first_placement=bool(placement) and not request.came_before,
        weeks_waited=max((day - request.created_at.date()).days, 0) // 7,
    )


def _semester(request: HousingRequest, semesters: list[Semester]) -> Semester | None:
    if request.placement and request.placement.semester:
        return request.placement.semester
    first = request.period.lower
    return next((one for one in semesters if first in one.period), None)


def read_beds(day: dt.date, rooms: Iterable[int] | None = None) -> list[Bed]:
    """The beds proposed, with what stands there from that day."""
    found = Room.objects.open().select_related("dwelling").order_by("pk")
    standing = Occupation.objects.standing().filter(period__endswith__gt=day)
    if rooms is not None:
        rooms = list(rooms)
        found, standing = found.filter(pk__in=rooms), standing.filter(room__in=rooms)
    taken = defaultdict(list)
    for room, period in standing.order_by("period").values_list("room", "period"):
        taken[room].append((period.lower, period.upper))
    how = dict(SiteDistance.Means.choices)
    minutes = defaultdict(dict)
    distances = SiteDistance.objects.order_by("-minutes")
    for dwelling, site, time, means in distances.values_list(
        "dwelling", "site", "minutes", "means"
    ):
        minutes[dwelling][site] = (time, str(how[means]))
    return [
        Bed(
            room=room.pk,
            dwelling=room.dwelling_id,
            commune=room.dwelling.commune_id,
            rent=room.rent,
            buffer_days=room.dwelling.buffer_days,
            for_two=room.for_two,
            is_accessible=room.is_accessible,
            accepts_children=room.dwelling.accepts_children,
            accepts_animals=room.dwelling.accepts_animals,
            needs_car=room.dwelling.needs_car,
            minutes=minutes[room.dwelling_id],
            taken=taken[room.pk],
        )
        for room in found
    ]
