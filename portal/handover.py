"""The hand-over booklet: what a stand-in needs, dossier by dossier, on paper."""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import roles
from casework.models import Absence, Task
from documents import rendering
from installation.models import Exchange, InstallationRequest, Referral, Visit

# The booklet is carried: enough of the last words to know where things stand.
EXCERPT = 280


@dataclass
class Sheet:
    """One dossier, as somebody takes it over without having followed it."""

    dossier: InstallationRequest
    tasks: list[Task] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    latest: Exchange | None = None

    @property
    def excerpt(self) -> str:
        text = " ".join(self.latest.body.split()) if self.latest else ""
        return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class Due:
    """Something to do before the return."""

    on: dt.date
    what: str
    who: str


@dataclass(frozen=True)
class Booklet:
    absence: Absence
    sheets: list[Sheet]
    # Tasks that belong to no dossier.
    tasks: list[Task]

    @property
    def due(self) -> list[Due]:
        """What falls due before the return, late things included."""
        found = [Due(task.due_on, task.title, "") for task in self.tasks]
        for sheet in self.sheets:
            dossier, name = sheet.dossier, sheet.dossier.full_name
            found.append(Due(dossier.next_action_on, dossier.next_action, name))
            found += [Due(visit.day, "Visite", name) for visit in sheet.visits]
            found += [Due(task.due_on, task.title, name) for task in sheet.tasks]
        back_on = self.absence.period.upper
        return sorted(
            (one for one in found if one.on < back_on),
            key=lambda one: (one.on, one.who, one.what),
        )


def gather(absence: Absence) -> Booklet:
    """Every open dossier of whoever is away, in a number of queries that is fixed."""
    dossiers = (
        InstallationRequest.objects.open()
        .filter(case_worker=absence.user)
        .with_list_data()
        .prefetch_related("communes", "intercommunalities")
        .in_queue_order()
    )
    sheets = {dossier.pk: Sheet(dossier) for dossier in dossiers}
    kind = ContentType.objects.get_for_model(InstallationRequest)
    others = []
    # A task of the dossier is its follower's business, whoever of them it names.
    for task in Task.objects.open().filter(content_type=kind, object_id__in=sheets):
        sheets[task.object_id].tasks.append(task)
    for task in Task.objects.open().filter(owner=absence.user):
        if not (task.content_type_id == kind.pk and task.object_id in sheets):
            others.append(task)
    referrals = Referral.objects.running().with_list_data()
    for referral in referrals.filter(need__request__in=sheets):
        sheets[referral.need.request_id].referrals.append(referral)
    visits = Visit.objects.upcoming().filter(request__in=sheets)
    within = {"day__gte": absence.period.lower, "day__lt": absence.period.upper}
    for visit in visits.filter(**within).order_by("day"):
        sheets[visit.request_id].visits.append(visit)
    latest = (
        Exchange.objects.filter(request__in=sheets)
        .order_by("request", "-created_at", "-pk")
        .distinct("request")
        .select_related("author__person")
    )
    for exchange in latest:
        sheets[exchange.request_id].latest = exchange
    return Booklet(absence, list(sheets.values()), others)


def pdf(absence: Absence) -> bytes:
    return rendering.pdf("portal/pdf/handover.html", {"booklet": gather(absence)})


@require_safe
def booklet(request, pk):
    """The booklet of one absence, for the desk alone."""
    if not roles.is_desk(request.user):
        raise PermissionDenied
    rows = Absence.objects.select_related("user__person", "stand_in__person")
    absence = get_object_or_404(rows, pk=pk)
    response = HttpResponse(pdf(absence), content_type="application/pdf")
    name = f"releve-{absence.period.lower:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
