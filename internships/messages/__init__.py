"""The messages of this journey: a module for each kind of row."""

from internships.messages import (
    dwellings,
    housing,
    incidents,
    interests,
    inventories,
    offers,
    placements,
    rents,
)

TEMPLATES = [
    *dwellings.TEMPLATES,
    *housing.TEMPLATES,
    *offers.TEMPLATES,
    *inventories.TEMPLATES,
    *interests.TEMPLATES,
    *placements.TEMPLATES,
    *rents.TEMPLATES,
    *incidents.TEMPLATES,
]
