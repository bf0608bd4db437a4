"""What people do in this journey: a module for each kind of row.

Those of the request itself, the dossier, are at hand without naming their module.
"""

from .drafts import (
    blank,
    change_kind,
    discard_draft,
    save_step,
    send_resume_link,
    start,
)
from .filing import ask_for_callback, register, submit
from .requests import (
    answer,
    assign,
    close,
    mark_read,
    pause,
    plan_next_action,
    reopen,
    resume,
    seen_by_applicant,
    take_charge,
    withdraw,
    write,
)

__all__ = [
    "answer",
    "ask_for_callback",
    "assign",
    "blank",
    "change_kind",
    "close",
    "discard_draft",
    "mark_read",
    "pause",
    "plan_next_action",
    "register",
    "reopen",
    "resume",
    "save_step",
    "seen_by_applicant",
    "send_resume_link",
    "start",
    "submit",
    "take_charge",
    "withdraw",
    "write",
]
