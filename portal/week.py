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
from casework.models import Task
from casework.week import Line, Section
from installation.models import InstallationRequest

ROWS_SHOWN = 40
ASIDE_SHOWN = 5
# Counters are read at a glance: beyond, the number no longer matters.
COUNTED = 100

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
    "ne vous sont pas ouverts, ni l’identité des personnes.",
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

    slug: str
    title: str
    lines: list[Line]
    empty: str
    # « depuis le » a silence began, « le » somebody comes.
    since: str = "depuis le"
    url: str = ""
    is_hidden_when_empty: bool = False

    @property
    def shown(self) -> list[Line]:
        return self.lines[:ASIDE_SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.lines) - ASIDE_SHOWN, 0)


@dataclass(frozen=True)
class Week:
    """What one person of the desk finds on a given day."""

    day: dt.date
    lines: list[Line]
    counters: list[Counter] = field(default_factory=list)
    promises: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)

    @property
    def starts_on(self) -> dt.date:
        return self.day - dt.timedelta(days=self.day.weekday())

    @property
    def ends_on(self) -> dt.date:
        return self.starts_on + dt.timedelta(days=6)

    @cached_property
    def dated(self) -> list[Line]:
        """What is due, ours or taken over; the rest waits for no day."""
        return [
            line
            for line in self.lines
            if line.section == Section.DUE or line.instead_of
        ]

    @cached_property
    def late(self) -> list[Line]:
        return [line for line in self.dated if line.due_on < self.day]

    @cached_property
    def due(self) -> list[Line]:
        return [line for line in self.dated if self.day <= line.due_on <= self.ends_on]

    @cached_property
    def own(self) -> list[Line]:
        return self.of(Section.DUE)

    @property
    def rows(self) -> list[Row]:
        return [self.row(line) for line in self.own[:ROWS_SHOWN]]

    @property
    def more(self) -> int:
        return max(len(self.own) - ROWS_SHOWN, 0)

    @property
    def covered(self) -> list[Row]:
        return [self.row(line) for line in self.of(Section.COVERED)[:ROWS_SHOWN]]

    @property
    def covered_more(self) -> int:
        return max(len(self.of(Section.COVERED)) - ROWS_SHOWN, 0)

    def of(self, section: str) -> list[Line]:
        return [line for line in self.lines if line.section == section]

    def row(self, line: Line) -> Row:
        return Row(line, *self._badge(line))

    def _badge(self, line: Line) -> tuple[str, str, str]:
        if line in self.dated and line.due_on < self.day:
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
    week = Week(day, due_lines(user, day))
    unassigned = InstallationRequest.objects.unassigned()
    queue = reverse("admin:installation_installationrequest_changelist")
    to_assign = f"{queue}?charge=personne"
    waiting, silent = week.of(Section.WAITING), week.of(Section.SILENT)
    counters = [
        Counter(len(week.late), "en retard", "late", "#a-faire"),
        Counter(len(week.due), "à faire cette semaine", "todo", "#a-faire"),
        Counter(_count(unassigned), "à attribuer", "", to_assign),
        Counter(len(waiting), "partenaires à relancer", "", "#partenaires"),
        Counter(len(silent), "sans nouvelles depuis 60 jours", "", "#silences"),
    ]
    tasks = Task.objects.select_related("owner__person")
    mine = tasks.owned_by(user, *covered_by(user, day))
    promises = mine.open().promises().order_by("due_on", "pk")
    done = tasks.filter(done_by=user, done_at__date=day).order_by("-done_at")
    asides = [
        Aside(
            "echecs",
            "Courriels non remis",
            week.of(Section.FAILED),
            "Chaque courriel est parti.",
            url=reverse("admin:casework_message_changelist") + "?state__exact=failed",
            is_hidden_when_empty=True,
        ),
        Aside(
            "partenaires",
            "Partenaires silencieux",
            waiting,
            "Aucun partenaire ne fait attendre.",
        ),
        Aside(
            "arrivees",
            "Arrivées, visites et départs",
            week.of(Section.COMING),
            "Personne n’arrive ni ne part bientôt. Une visite ou une installation "
            "datée s’affichera ici.",
            since="le",
        ),
        Aside(
            "a-attribuer",
            "À attribuer",
            _to_assign(unassigned),
            "Chaque demande ouverte a quelqu’un qui répond.",
            url=to_assign,
        ),
        Aside(
            "silences",
            "Sans nouvelles",
            silent,
            "Aucun dossier suivi n’est resté soixante jours sans échange.",
        ),
    ]
    return Week(
        day,
        week.lines,
        counters,
        list(promises[:ASIDE_SHOWN]),
        list(done[:ASIDE_SHOWN]),
        [aside for aside in asides if aside.lines or not aside.is_hidden_when_empty],
    )


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


def _to_assign(rows) -> list[Line]:
    rows = rows.order_by("to_assign_since", "pk").select_related("applicant")
    return [
        Line(
            due_on=timezone.localdate(dossier.to_assign_since),
            title=dossier.full_name,
            url=reverse(
                "admin:installation_installationrequest_change", args=[dossier.pk]
            ),
            detail=dossier.get_kind_display(),
        )
        for dossier in rows[: ASIDE_SHOWN + 1]
    ]
