"""What the constraints cannot say of placements and housing."""

from collections.abc import Iterator

from internships import (
    housing_checks,
    inventory_checks,
    placement_checks,
    rent_checks,
)


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    yield from placement_checks.checks()
    yield from housing_checks.checks()
    yield from inventory_checks.checks()
    yield from rent_checks.checks()
