from . import housing, offers, sites  # noqa: F401
from .dwellings import DwellingAdmin, RoomAdmin
from .interests import InterestAdmin
from .inventories import InventoryAdmin
from .placements import AssessmentAdmin, IndemnityRateAdmin, PlacementAdmin

__all__ = [
    "AssessmentAdmin",
    "DwellingAdmin",
    "IndemnityRateAdmin",
    "InterestAdmin",
    "InventoryAdmin",
    "PlacementAdmin",
    "RoomAdmin",
]
