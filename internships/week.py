"""What is due at the desk in placements and housing."""

from collections.abc import Iterator
from datetime import date

from accounts import roles
from casework.week import Line
from internships import housing_week, inventory_week, placement_week, rent_week


def lines(user, day: date) -> Iterator[Line]:
    if not roles.is_desk(user):
        return
    yield from placement_week.lines(day)
    yield from housing_week.lines(day)
    yield from inventory_week.lines(day)
    yield from rent_week.lines(day)
