from installation.models.exchanges import MOST_DOCUMENTS, Attachment, Exchange
from installation.models.needs import Need
from installation.models.referrals import REFERRAL_TRANSITIONS, Referral
from installation.models.requests import (
    CHILDREN_FIELDS,
    MOST_CHILDREN,
    InstallationRequest,
)
from installation.models.states import OPEN_STATES, TRANSITIONS, State

__all__ = [
    "CHILDREN_FIELDS",
    "MOST_CHILDREN",
    "MOST_DOCUMENTS",
    "OPEN_STATES",
    "REFERRAL_TRANSITIONS",
    "TRANSITIONS",
    "Attachment",
    "Exchange",
    "InstallationRequest",
    "Need",
    "Referral",
    "State",
]
