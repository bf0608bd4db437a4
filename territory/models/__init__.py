from .bodies import Organisation, Topic
from .contacts import Contact, ContactAbsence
from .desk import Desk
from .imports import ImportRun
from .places import Commune, CommunePopulation, Departement, Intercommunality, Match
from .structures import HealthStructure
from .zoning import ZoneAssignment, Zoning

__all__ = [
    "Commune",
    "CommunePopulation",
    "Contact",
    "ContactAbsence",
    "Departement",
    "Desk",
    "HealthStructure",
    "ImportRun",
    "Intercommunality",
    "Match",
    "Organisation",
    "Topic",
    "ZoneAssignment",
    "Zoning",
]
