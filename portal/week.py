"""« Ma semaine »: what the apps say is due, on the back-office's first page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from accounts import discovery, roles
from accounts.models import ConsistencyRun
from casework.actions import covered_by
from casework.models import Message, Task
from casework.week import Line
from installation.models import InstallationRequest

ROWS_SHOWN = 40
ASIDE_SHOWN = 5
# Counters are read at a glance: beyond, the number no longer matters.
COUNTED = 100
SILENCE = dt.timedelta(days=60)

# The words of the desk: label, look and icon. A late line says so whatever its state.
LATE = ("En retard", "danger", "clock-alert")
BADGES = {
    "you": ("À nous", "you", "hand"),
    "new": ("Nouvelle", "info", "inbox"),
    "run": ("En cours", "run", "footprints"),
    "wait": ("Attente", "neutral", "hourglass"),
    "paused": ("Suspendue", "neutral", "pause"),
    "blocked": ("Bloqué", "warning", "circle-alert"),
}

# What the first page says to those who follow no dossier.
LEADS = {
    roles.FINANCES: "Une demande d’installation ne porte pas d’argent : ces dossiers "
    "ne vous sont pas ouverts. Vous consultez les personnes et les organismes.",
    roles.COMMUNICATION: "Vous tenez les mots du portail : ses messages, et la façon "
    "dont le guichet se présente. Les dossiers ne vous sont pas ouverts.",
    roles.ELUS: "Aucune donnée de personne ne vous est ouverte, c’est une règle du "
    "portail. Ce qui est public se lit sur le site.",
}


@dataclass(frozen=True)
class Counter:
    number: int
    label: str
    tone: str = ""
    url: str = ""

    @property
    def shown(self) -> str:
        return f"{COUNTED} et plus" if self.number >= COUNTED else str(self.number)


@dataclass(frozen=True)
class Row:
    """A line as the table shows it."""

    line: Line
    label: str
    look: str
    icon: str


@dataclass(frozen=True)
class Aside:
    """A short list beside the table, and what to say when it is empty."""

    title: str
    lines: list[Line]
    empty: str


@dataclass(frozen=True)
class Week:
    """What one person of the desk finds on a given day."""

    day: dt.date
    lines: list[Line]
    counters: list[Counter] = field(default_factory=list)
    promises: list[Task] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)

    @property
    def starts_on(self) -> dt.date:
        return self.day - dt.timedelta(days=self.day.weekday())

    @property
    def ends_on(self) -> dt.date:
        return self.starts_on + dt.timedelta(days=6)

    @cached_property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.due_on < self.day]

    @cached_property
    def due(self) -> list[Line]:
        return [line for line in self.lines if self.day <= line.due_on <= self.ends_on]

    @property
    def rows(self) -> list[Row]:
        return [Row(line, *self._badge(line)) for line in self.lines[:ROWS_SHOWN]]

    @property
    def more(self) -> int:
        return max(len(self.lines) - ROWS_SHOWN, 0)

    def _badge(self, line: Line) -> tuple[str, str, str]:
        if line.due_on < self.day:
            return LATE
        return BADGES.get(line.state, BADGES["run"])


def lines(user, day: dt.date) -> Iterator[Line]:
    """What last night's check found; accounts, which keeps it, knows no week."""
    if not user.has_perm("accounts.view_consistencyrun"):
        return
    run = ConsistencyRun.objects.order_by("-ran_at").first()
    if run is None or not run.findings:
        return
    count = len(run.findings)
    yield Line(
        due_on=day,
        title="Un constat du contrôle de nuit est à lever"
        if count == 1
        else f"{count} constats du contrôle de nuit sont à lever",
        url=reverse("admin:accounts_consistencyrun_change", args=[run.pk]),
        detail=run.findings[0]["finding"],
        state="blocked",
        counter="findings",
    )


def due_lines(user, day: dt.date) -> list[Line]:
    """Ask every app that has a `week.py` what is due, the oldest first."""
    lines = [
        line
        for _label, module in discovery.modules("week")
        if hasattr(module, "lines")
        for line in module.lines(user, day)
    ]
    return sorted(lines, key=lambda line: (line.due_on, line.title))


def gather(user, day: dt.date) -> Week:
    """The whole page, at a cost that does not grow with the dossiers."""
    lines = due_lines(user, day)
    week = Week(day, lines)
    queue = reverse("admin:installation_installationrequest_changelist")
    unassigned = InstallationRequest.objects.unassigned()
    before = timezone.now() - SILENCE
    silent = InstallationRequest.objects.running().filter(last_exchange_at__lt=before)
    failed = Message.objects.failed()
    failures = reverse("admin:casework_message_changelist") + "?state__exact=failed"
    counters = [
        Counter(len(week.late), "en retard", "late", "#a-faire"),
        Counter(len(week.due), "à faire cette semaine", "todo", "#a-faire"),
        Counter(_count(unassigned), "à attribuer", "", f"{queue}?charge=personne"),
        Counter(_count(failed), "courriels non remis", "", failures),
        Counter(_count(silent), "sans nouvelles depuis 60 jours", "", "#silences"),
    ]
    promises = Task.objects.open().promises()
    mine = promises.owned_by(user, *covered_by(user, day)).order_by("due_on", "pk")
    asides = [
        Aside(
            "À attribuer",
            _dossiers(unassigned.order_by("to_assign_since", "pk"), "to_assign_since"),
            "Chaque demande ouverte a quelqu’un qui répond.",
        ),
        Aside(
            "Sans nouvelles",
            _dossiers(silent.order_by("last_exchange_at", "pk"), "last_exchange_at"),
            "Aucun dossier suivi n’est resté soixante jours sans échange.",
        ),
    ]
    return Week(day, lines, counters, list(mine[:ASIDE_SHOWN]), asides)


def dashboard(request, context: dict) -> dict:
    """What the first page of the back-office shows to this reader."""
    if not roles.is_desk(request.user):
        lead = [LEADS[role] for role in LEADS if roles.has_role(request.user, role)]
        return context | {"title": "Le guichet", "lead": lead}
    week = gather(request.user, timezone.localdate())
    here = context["sidebar_navigation"][0]["items"][0]
    here["badge"] = len(week.late) + len(week.due)
    here |= {"badge_variant": "accent", "badge_label": "choses à faire"}
    return context | {"title": "Ma semaine", "week": week}


def _count(rows) -> int:
    return rows.order_by().values("pk")[:COUNTED].count()


def _dossiers(rows, since: str) -> list[Line]:
    return [
        Line(
            due_on=timezone.localdate(getattr(dossier, since)),
            title=dossier.full_name,
            url=reverse(
                "admin:installation_installationrequest_change", args=[dossier.pk]
            ),
            detail=dossier.get_kind_display(),
        )
        for dossier in rows.select_related("applicant")[:ASIDE_SHOWN]
    ]
