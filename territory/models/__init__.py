from .bodies import HealthStructure, Organisation, Topic
from .desk import Desk
from .places import Commune, CommunePopulation, Departement, Intercommunality
from .zoning import ZoneAssignment, Zoning

__all__ = [
    "Commune",
    "CommunePopulation",
    "Departement",
    "Desk",
    "HealthStructure",
    "Intercommunality",
    "Organisation",
    "Topic",
    "ZoneAssignment",
    "Zoning",
]
