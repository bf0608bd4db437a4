"""What the personal space lists of this journey."""

from collections.abc import Iterator

from accounts.models import Person
from casework.space import SpaceLine
from internships import (
    housing_space,
    inventory_space,
    offer_space,
    owner_space,
    placement_space,
    rent_space,
)


def lines(person: Person) -> Iterator[SpaceLine]:
    yield from placement_space.lines(person)
    yield from housing_space.lines(person)
    yield from inventory_space.lines(person)
    yield from rent_space.lines(person)
    yield from offer_space.lines(person)
    yield from owner_space.lines(person)
