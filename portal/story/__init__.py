"""The story the demonstration tells: invented people, real communes, known days.

A day is counted from today (−61: sixty-one days ago). A place is a rank among the
communes of the Département, the most populated being 0, so that the story suits
any Département.
"""

from .desk import ABSENCES, DESK_PHONE, PARTNERS, PROMISES
from .dossiers import DOSSIERS
from .words import Dossier, Event

__all__ = [
    "ABSENCES",
    "DESK_PHONE",
    "DOSSIERS",
    "PARTNERS",
    "PROMISES",
    "Dossier",
    "Event",
]
