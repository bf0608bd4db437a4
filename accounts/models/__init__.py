from accounts.models.consents import Consent
from accounts.models.pairs import DistinctPair
from accounts.models.people import ContactPoint, Membership, Person
from accounts.models.profiles import PractitionerProfile, StudentProfile
from accounts.models.retention import (
    ArchiveVisa,
    ConsistencyRun,
    PurgeAggregate,
    PurgeNotice,
)
from accounts.models.users import User

__all__ = [
    "ArchiveVisa",
    "Consent",
    "ConsistencyRun",
    "ContactPoint",
    "DistinctPair",
    "Membership",
    "Person",
    "PractitionerProfile",
    "PurgeAggregate",
    "PurgeNotice",
    "StudentProfile",
    "User",
]
