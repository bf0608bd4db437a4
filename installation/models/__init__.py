from installation.models.aid_pieces import AidPiece
from installation.models.aid_requests import AidRequest
from installation.models.aid_states import (
    AID_OPEN,
    AID_TRANSITIONS,
    AidState,
)
from installation.models.aids import AidProgramme, AidReview, AidZone
from installation.models.details import MOST_PATIENTS, RequestDetails
from installation.models.exchanges import MOST_DOCUMENTS, Attachment, Exchange
from installation.models.family import FamilyAccess
from installation.models.local_aids import LocalAidRecord
from installation.models.need_rules import NeedRule
from installation.models.needs import Need
from installation.models.offers import Interest, PracticeOffer
from installation.models.pairings import (
    PAIRING_TRANSITIONS,
    Introduction,
    Mentor,
    Mentorship,
    PairingState,
)
from installation.models.plans import Plan, PlanTemplateStep, Step, StepOwner
from installation.models.projects import PROJECT_TRANSITIONS, StructureProject
from installation.models.referral_messages import ReferralMessage
from installation.models.referrals import REFERRAL_TRANSITIONS, Referral
from installation.models.requests import (
    CHILDREN_FIELDS,
    MOST_CHILDREN,
    InstallationRequest,
)
from installation.models.settlements import (
    PROOFS,
    FollowUp,
    Settlement,
    SettlementState,
)
from installation.models.sharing import SharingQuestion
from installation.models.states import OPEN_STATES, TRANSITIONS, State
from installation.models.visits import VISIT_TRANSITIONS, Visit, VisitState, VisitStop

__all__ = [
    "AID_OPEN",
    "AID_TRANSITIONS",
    "CHILDREN_FIELDS",
    "MOST_CHILDREN",
    "MOST_DOCUMENTS",
    "MOST_PATIENTS",
    "OPEN_STATES",
    "PAIRING_TRANSITIONS",
    "PROJECT_TRANSITIONS",
    "PROOFS",
    "REFERRAL_TRANSITIONS",
    "TRANSITIONS",
    "VISIT_TRANSITIONS",
    "AidPiece",
    "AidProgramme",
    "AidRequest",
    "AidReview",
    "AidState",
    "AidZone",
    "Attachment",
    "Exchange",
    "FamilyAccess",
    "FollowUp",
    "InstallationRequest",
    "Interest",
    "Introduction",
    "LocalAidRecord",
    "Mentor",
    "Mentorship",
    "Need",
    "NeedRule",
    "PairingState",
    "Plan",
    "PlanTemplateStep",
    "PracticeOffer",
    "Referral",
    "ReferralMessage",
    "RequestDetails",
    "Settlement",
    "SettlementState",
    "SharingQuestion",
    "State",
    "Step",
    "StepOwner",
    "StructureProject",
    "Visit",
    "VisitState",
    "VisitStop",
]
