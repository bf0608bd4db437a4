from .bodies import OrganisationAdmin, TopicAdmin
from .contacts import ContactAdmin
from .desk import DeskAdmin
from .imports import ImportRunAdmin
from .places import CommuneAdmin, DepartementAdmin, IntercommunalityAdmin
from .structures import HealthStructureAdmin
from .zonings import ZoneAssignmentAdmin, ZoningAdmin

__all__ = [
    "CommuneAdmin",
    "ContactAdmin",
    "DepartementAdmin",
    "DeskAdmin",
    "HealthStructureAdmin",
    "ImportRunAdmin",
    "IntercommunalityAdmin",
    "OrganisationAdmin",
    "TopicAdmin",
    "ZoneAssignmentAdmin",
    "ZoningAdmin",
]
