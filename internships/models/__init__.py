from .benefits import HousingBenefit
from .dwellings import Dwelling, DwellingPhoto, Room, SiteDistance
from .interests import Interest
from .kinds import Modality, PlacementKind, Supervision
from .occupations import Occupation, Stay
from .offers import OfferPhoto, PlacementOffer
from .placements import Assessment, Placement
from .requests import HousingRequest
from .semesters import Semester
from .sites import PlacementSite, Supervisor
from .weights import ScoreWeight

__all__ = [
    "Assessment",
    "Dwelling",
    "DwellingPhoto",
    "HousingBenefit",
    "HousingRequest",
    "Interest",
    "Modality",
    "Occupation",
    "OfferPhoto",
    "Placement",
    "PlacementKind",
    "PlacementOffer",
    "PlacementSite",
    "Room",
    "ScoreWeight",
    "Semester",
    "SiteDistance",
    "Stay",
    "Supervision",
    "Supervisor",
]
