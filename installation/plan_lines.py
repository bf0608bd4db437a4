"""A plan of action as its readers see it: the person, and the desk."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from casework.days import said
from casework.space import Badge
from installation import planning
from installation.models import InstallationRequest, Plan, Step, StepOwner
from installation.panels import PANELS, Panel, Place
from territory.models import Topic

# A step of the person's is « à vous de jouer » when its day is that near.
SOON = dt.timedelta(days=30)
# What the person's page shows before the whole plan.
NEXT_SHOWN = 4
_TRACKS = (
    (Topic.Track.PROFESSIONAL, "Projet professionnel"),
    (Topic.Track.FAMILY, "Projet familial"),
)


@dataclass(frozen=True)
class StepLine:
    """One row of the plan, for one reader."""

    step: Step
    badge: Badge
    detail: str
    stopped: str
    may_finish: bool
    may_undo: bool


@dataclass(frozen=True)
class TrackLines:
    title: str
    lines: Sequence[StepLine]


@dataclass(frozen=True)
class PlanLines:
    """A plan, read whole."""

    plan: Plan
    progress: planning.Progress
    tracks: Sequence[TrackLines]

    @property
    def lines(self) -> list[StepLine]:
        return [line for track in self.tracks for line in track.lines]

    @property
    def coming(self) -> list[StepLine]:
        """What comes next, whoever does it; what is stopped waits below."""
        free = [line for line in self.lines if line.step.is_remaining]
        free = [line for line in free if not line.stopped]
        return sorted(free, key=_urgency)[:NEXT_SHOWN]

    @property
    def following(self) -> str:
        """« Ensuite : …, pour le 2 mars 2027, par le guichet. »"""
        step = self.progress.following
        if step is None:
            return ""
        return f"{step.title}, pour le {said(step.due_on)}"


def _urgency(line: StepLine) -> tuple[dt.date, bool]:
    """By day; on the same one, what the person does themselves."""
    return line.step.due_on, not line.step.is_the_person_s


def of(
    request: InstallationRequest, day: dt.date, *, for_desk: bool = False
) -> PlanLines | None:
    plan = Plan.objects.filter(request=request).first()
    if plan is None:
        return None
    steps = list(plan.steps.with_list_data())
    shown = steps if for_desk else [step for step in steps if not step.is_dropped]
    may_act = request.allows("exchange")
    lines = [
        _line(step, steps, day, for_desk=for_desk, may_act=may_act)
        for step in planning.in_order(shown)
    ]
    tracks = [
        TrackLines(title, [line for line in lines if line.step.track == track])
        for track, title in _TRACKS
    ]
    return PlanLines(
        plan,
        planning.progress(steps),
        [track for track in tracks if track.lines],
    )


def _line(
    step: Step, steps: Iterable[Step], day: dt.date, *, for_desk: bool, may_act: bool
) -> StepLine:
    blocking = planning.blocker(steps, step) if step.is_remaining else None
    own = step.owner != StepOwner.DOCTOR if for_desk else step.is_the_person_s
    may_tick = may_act and (for_desk or step.is_the_person_s)
    return StepLine(
        step=step,
        badge=_badge(step, day, is_stopped=blocking is not None, own=own),
        detail=_detail(step, for_desk=for_desk),
        stopped=planning.why_stopped(blocking) if blocking else "",
        may_finish=may_tick and step.is_remaining and blocking is None,
        may_undo=may_tick and step.is_done,
    )


def _badge(step: Step, day: dt.date, *, is_stopped: bool, own: bool) -> Badge:
    if step.is_done:
        return Badge("Faite", "success", "check")
    if step.is_dropped:
        return Badge("Abandonnée", "neutral", "x")
    if is_stopped:
        return Badge("Attend une autre", "neutral", "hourglass")
    is_due = own and step.due_on <= day + SOON
    if is_due and step.is_the_person_s:
        return Badge("À vous de jouer", "you", "hand")
    if step.is_late(day):
        return Badge("En retard", "warning", "clock-alert")
    if is_due:
        return Badge("À nous", "you", "hand")
    if step.due_on <= day + SOON:
        return Badge("En cours", "run", "footprints")
    return Badge("À venir", "neutral", "calendar-days")


def _detail(step: Step, *, for_desk: bool) -> str:
    if step.is_done:
        return f"Faite le {said(timezone.localdate(step.done_at))}"
    if step.is_dropped:
        return step.dropped_because
    who = {
        StepOwner.DOCTOR: "par la personne" if for_desk else "par vous",
        StepOwner.DESK: "par le guichet",
        StepOwner.PARTNER: "par un partenaire",
    }[step.owner]
    return f"Pour le {said(step.due_on)}, {who}"


def panel(request: InstallationRequest) -> Panel | None:
    shown = of(request, timezone.localdate())
    if shown is None or not shown.progress.total:
        return None
    return Panel("installation/_panel_plan.html", {"shown": shown})


PANELS[Place.PLAN] = panel
