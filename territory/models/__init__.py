from .bodies import HealthStructure, Organisation, Topic
from .desk import Desk
from .places import Commune, CommunePopulation, Departement, Intercommunality, Match
from .zoning import ZoneAssignment, Zoning

__all__ = [
    "Commune",
    "CommunePopulation",
    "Departement",
    "Desk",
    "HealthStructure",
    "Intercommunality",
    "Match",
    "Organisation",
    "Topic",
    "ZoneAssignment",
    "Zoning",
]
