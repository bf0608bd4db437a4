"""Incidents: told by who lives there, answered by who owns it or by the desk."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import limits, roles
from documents import serving
from internships import owners
from internships.actions import incidents as actions
from internships.forms.incidents import AssignForm, IncidentForm, WordForm
from internships.models import Dwelling, Incident, IncidentMessage, IncidentPhoto

A_PAGE = 50
Side = IncidentMessage.Side
LOOKS = {
    Incident.State.OPEN: ("you", "hand"),
    Incident.State.IN_PROGRESS: ("info", "clock"),
    Incident.State.CLOSED: ("success", "check"),
}


def managed(user):
    """What a person answers: of their dwellings, or of all for the desk."""
    incidents = Incident.objects.with_list_data()
    if roles.is_desk(user):
        return incidents
    return incidents.managed_by(user.person, timezone.localdate())


def _readable(user):
    mine = Incident.objects.of(user.person).values("pk")
    found = Q(pk__in=mine) | Q(pk__in=managed(user).order_by().values("pk"))
    return Incident.objects.with_list_data().filter(found)


def _line(incident: Incident) -> dict:
    look, icon = LOOKS[incident.state]
    return {
        "incident": incident,
        "look": look,
        "icon": icon,
        "is_danger": incident.is_open and incident.urgency == Incident.Urgency.DANGER,
    }


@never_cache
@require_safe
def incidents_mine(request):
    person = request.user.person
    rows = Incident.objects.of(person).with_list_data().order_by("-reported_at", "-pk")
    context = {
        "lines": [_line(incident) for incident in rows[:100]],
        "may_report": actions.homes(person, timezone.localdate()).exists(),
    }
    return render(request, "internships/incidents/mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def incident_new(request):
    homes = actions.homes(request.user.person, timezone.localdate())
    if not homes:
        raise Http404
    is_sent = request.method == "POST"
    form = IncidentForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        homes=homes,
    )
    if is_sent and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            limits.require_pace(request, "incident")
            incident = actions.report(said.pop("home"), by=request.user, **said)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est signalé : le propriétaire est prévenu.")
            return redirect(incident)
    return render(request, "internships/incidents/new.html", {"form": form})


@never_cache
@require_safe
def incidents(request):
    """Those of the dwellings one runs; the open ones first."""
    if not roles.is_desk(request.user):
        own = Dwelling.objects.managed_by(request.user.person, timezone.localdate())
        if not own.exists():
            raise Http404
    rows = managed(request.user)
    shows_closed = request.GET.get("etat") == "clos"
    closed = Incident.State.CLOSED
    rows = rows.filter(state=closed) if shows_closed else rows.exclude(state=closed)
    page = Paginator(rows.in_queue_order(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [_line(incident) for incident in page],
        "shows_closed": shows_closed,
    }
    return render(request, "internships/incidents/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def incident_detail(request, pk):
    """Its story, and one word to add: sent alone, or to close, or to reopen."""
    incident = get_object_or_404(_readable(request.user), pk=pk)
    day = timezone.localdate()
    side = _side(request.user, incident)
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.require_pace(request, "incident")
            done = _act(request, incident, side, form.cleaned_data["body"], day)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(incident)
    members = owners.members(incident.dwelling.owner, day)
    context = {
        **_line(incident),
        "form": form,
        "side": side,
        "is_manager": side != Side.OCCUPANT,
        "may_write": incident.is_open,
        "may_reopen": side == Side.OCCUPANT and incident.may_reopen(day),
        "photos": incident.photos.select_related("document"),
        "thread": _thread(incident, side),
        "assign_form": AssignForm(
            members=members, initial={"person": incident.assigned_to}
        ),
    }
    return render(request, "internships/incidents/detail.html", context)


def _act(request, incident, side: str, body: str, day) -> str:
    """Do what the button says; the sentence that tells it is done."""
    then = request.POST.get("then", "")
    if then == "close" and side != Side.OCCUPANT:
        actions.close(incident, body, side=side, by=request.user)
        return "L’incident est clos, et la personne prévenue."
    if then == "reopen" and side == Side.OCCUPANT:
        actions.reopen(incident, body, day=day, by=request.user)
        return "L’incident est rouvert, et le propriétaire prévenu."
    actions.answer(incident, body, side=side, by=request.user)
    return "Votre message est envoyé."


@never_cache
@require_POST
def incident_assign(request, pk):
    incident = get_object_or_404(managed(request.user), pk=pk)
    day = timezone.localdate()
    members = owners.members(incident.dwelling.owner, day)
    form = AssignForm(request.POST, members=members)
    try:
        if not form.is_valid():
            raise ValidationError("Choisissez qui s’en occupe.")
        person = form.cleaned_data["person"]
        actions.assign(incident, person, day=day, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "C’est noté.")
    return redirect(incident)


@never_cache
@require_safe
def incident_photo(request, pk, photo):
    incident = get_object_or_404(_readable(request.user), pk=pk)
    rows = IncidentPhoto.objects.filter(incident=incident).select_related("document")
    return serving.attachment(get_object_or_404(rows, pk=photo).document)


def _side(user, incident: Incident) -> str:
    """Who lives there writes as such, even when they also act for the owner."""
    if incident.reporter_id == user.person_id:
        return Side.OCCUPANT
    day = timezone.localdate()
    if owners.acts_for(user.person, incident.dwelling.owner_id, day):
        return Side.OWNER
    return Side.DESK


def _thread(incident: Incident, side: str) -> list[dict]:
    rows = incident.messages.select_related("author__person")
    return [
        {
            "kind": "mine" if message.side == side else "theirs",
            "author": _author(incident, message),
            "at": message.created_at,
            "text": message.body,
        }
        for message in rows
    ]


def _author(incident: Incident, message: IncidentMessage) -> str:
    name = message.author.get_full_name()
    if message.side == Side.OWNER:
        return f"{name}, {incident.dwelling.owner.name}"
    if message.side == Side.DESK:
        return f"{name}, guichet"
    return name
