"""What the personal space lists, all journeys alike: the shape of a line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Badge:
    """Where something stands, in a word; yellow (`you`) when the reader must act."""

    label: str
    look: str
    icon: str = ""


@dataclass(frozen=True)
class SpaceLine:
    """One dossier of a person; `task` says what is expected of them, if anything."""

    title: str
    url: str
    detail: str
    badge: Badge
    task: str = ""
    task_detail: str = ""
    task_action: str = ""
    # A task of a dossier that has its own line is not one dossier more.
    is_listed: bool = True
