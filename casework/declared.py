"""The reminders that the apps declare in their `reminders.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db import models

from accounts import discovery


@dataclass(frozen=True)
class Due:
    """A fact that lasts: what it is about, since when, whom it may concern.

    `recipients` gives the addresses of each audience (LadderStep.Audience), and
    `context` the values of the message: a function when they are made for each
    address only once the message is owed, as a link is.
    """

    subject: models.Model
    since: date
    recipients: Mapping[str, Iterable[str]]
    context: Mapping | Callable[[str], Mapping] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A reminder as the portal proposes it, before staff change it."""

    offset_days: int
    audience: str
    template: str


@dataclass(frozen=True)
class Ladder:
    """What an app watches. `due(day)` names the facts that hold that day: what
    pauses or closes is no longer named, so its reminders stop."""

    key: str
    title: str
    due: Callable[[date], Iterable[Due]]
    steps: tuple[Step, ...] = ()


@cache
def ladders() -> dict[str, Ladder]:
    found: dict[str, Ladder] = {}
    for label, module in discovery.modules("reminders"):
        for ladder in getattr(module, "LADDERS", ()):
            if ladder.key in found:
                raise LookupError(f"{label}.reminders: {ladder.key} is taken.")
            found[ladder.key] = ladder
    return found
