from . import housing, offers, sites, stays  # noqa: F401
from .dwellings import DwellingAdmin, RoomAdmin
from .interests import InterestAdmin
from .inventories import InventoryAdmin
from .placements import AssessmentAdmin, IndemnityRateAdmin, PlacementAdmin
from .rents import IncidentAdmin, RentCallAdmin

__all__ = [
    "AssessmentAdmin",
    "DwellingAdmin",
    "IncidentAdmin",
    "IndemnityRateAdmin",
    "InterestAdmin",
    "InventoryAdmin",
    "PlacementAdmin",
    "RentCallAdmin",
    "RoomAdmin",
]
