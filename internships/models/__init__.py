from .benefits import HousingBenefit
from .calendars import CalendarFeed
from .dwellings import Dwelling, DwellingPhoto, Room, SiteDistance
from .incidents import Incident, IncidentMessage, IncidentPhoto
from .indemnities import IndemnityRate
from .interests import Interest
from .inventories import (
    Inventory,
    InventoryLine,
    InventoryPhoto,
    InventoryTemplateLine,
)
from .kinds import Modality, PlacementKind, Supervision
from .moving import MoveQuestion
from .occupations import Occupation, Stay
from .offers import OfferPhoto, PlacementOffer
from .placements import Assessment, Placement
from .rents import RentCall, RentPayment
from .requests import HousingRequest
from .semesters import Semester
from .sites import PlacementSite, Supervisor
from .weights import ScoreWeight

__all__ = [
    "Assessment",
    "CalendarFeed",
    "Dwelling",
    "DwellingPhoto",
    "HousingBenefit",
    "HousingRequest",
    "Incident",
    "IncidentMessage",
    "IncidentPhoto",
    "IndemnityRate",
    "Interest",
    "Inventory",
    "InventoryLine",
    "InventoryPhoto",
    "InventoryTemplateLine",
    "Modality",
    "MoveQuestion",
    "Occupation",
    "OfferPhoto",
    "Placement",
    "PlacementKind",
    "PlacementOffer",
    "PlacementSite",
    "RentCall",
    "RentPayment",
    "Room",
    "ScoreWeight",
    "Semester",
    "SiteDistance",
    "Stay",
    "Supervision",
    "Supervisor",
]
