"""The plan, the visits and the installation, for whoever asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from casework import links
from installation import drafts, settlement_lines, visit_lines, visit_sheet
from installation.actions import plans, settlements, visits
from installation.following_letters import PRESENT, STILL_HERE
from installation.forms.following import (
    OtherDayForm,
    PresenceForm,
    SettlementForm,
    StepDoneForm,
)
from installation.models import FollowUp, Settlement, Step
from installation.views.dossier import followed, for_its_owner

PAGE = ["GET", "HEAD", "POST"]


def _who(request):
    return request.user if request.user.is_authenticated else None


def _back(dossier, section: str):
    return redirect(f"{dossier.get_absolute_url()}#{section}")


# --- Steps -----------------------------------------------------------------------


def _step(dossier, pk) -> Step:
    """Theirs to tick; the others are read on the page, and that is all."""
    rows = Step.objects.kept().filter(plan__request=dossier, owner="doctor")
    return get_object_or_404(rows.select_related("plan"), pk=pk)


@require_http_methods(PAGE)
@for_its_owner
def step_finish(request, dossier, pk):
    """The page of a step: what it asks, a word and a file if there is one."""
    step = _step(dossier, pk)
    posted = request.method == "POST"
    form = StepDoneForm(
        request.POST if posted else None, request.FILES if posted else None
    )
    if posted and form.is_valid():
        files = form.cleaned_data["files"]
        try:
            plans.finish_step(
                step,
                by=_who(request),
                note=form.cleaned_data["note"],
                file=files[0] if files else None,
                from_person=True,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"C’est noté : {step.title}.")
            return _back(dossier, "plan")
    context = {"dossier": dossier, "step": step, "form": form}
    return render(request, "installation/step_finish.html", context)


@require_POST
@for_its_owner
def step_undo(request, dossier, pk):
    step = _step(dossier, pk)
    try:
        plans.undo_step(step, by=_who(request), from_person=True)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"À refaire : {step.title}.")
    return _back(dossier, "plan")


# --- Visits ----------------------------------------------------------------------


def _visit(dossier, pk):
    return get_object_or_404(dossier.visits.shown().with_programme(), pk=pk)


@require_http_methods(PAGE)
@for_its_owner
def visit_detail(request, dossier, pk):
    """The programme; the form asks for another day."""
    visit = _visit(dossier, pk)
    form = OtherDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            visits.ask_other(visit, form.cleaned_data["wanted"], by=_who(request))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre souhait est transmis au guichet.")
            return _back(dossier, "visites")
    context = {
        "dossier": dossier,
        "line": visit_lines.line(visit),
        "hosts": [stop.meets for stop in visit.stops.all() if stop.email],
        "form": form,
    }
    return render(request, "installation/visit_detail.html", context)


@require_POST
@for_its_owner
def visit_confirm(request, dossier, pk):
    visit = _visit(dossier, pk)
    try:
        visits.confirm(visit, by=_who(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Votre venue est confirmée. À bientôt.")
    return _back(dossier, "visites")


@require_safe
@for_its_owner
def visit_programme(request, dossier, pk):
    visit = _visit(dossier, pk)
    return visit_sheet.response(visit)


# --- The installation -----------------------------------------------------------------


@require_http_methods(PAGE)
@for_its_owner
def settlement_declare(request, dossier):
    known = settlement_lines.of(dossier)
    if not settlement_lines.may_declare(dossier) or (known and known.is_validated):
        raise Http404
    form = SettlementForm(
        request.POST if request.method == "POST" else None,
        instance=known or Settlement(request=dossier),
        initial=None if known else settlement_lines.guessed(dossier),
    )
    if form.is_valid():
        try:
            settlements.declare(dossier, form.said, by=_who(request), from_person=True)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "Votre installation est déclarée. Le guichet la vérifie."
            )
            return _back(dossier, "installation")
    context = {"dossier": dossier, "form": form}
    return render(request, "installation/settlement_declare.html", context)


@require_http_methods(PAGE)
@login_not_required
@never_cache
def presence(request, pk):
    """« Toujours là ? »: shown to who holds the link or owns the dossier."""
    follow_up = _asked(request, pk)
    settlement = follow_up.settlement
    form = PresenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            settlements.answer(follow_up, by=_who(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(reverse("installation:presence", args=[pk]))
    context = {
        "follow_up": follow_up,
        "settlement": settlement,
        "form": form,
        "choices": FollowUp.Answer.choices,
    }
    return render(request, "installation/presence.html", context)


def _asked(request, pk) -> FollowUp:
    rows = FollowUp.objects.select_related("settlement__request", "settlement__commune")
    follow_up = get_object_or_404(rows.defer("settlement__commune__contour"), pk=pk)
    dossier = follow_up.settlement.request
    person = drafts.person_of(request)
    held = links.scoped(request, PRESENT) | links.scoped(request, STILL_HERE)
    is_theirs = person is not None and dossier.applicant_id == person.pk
    if not (is_theirs or pk in held or dossier.pk in followed(request)):
        raise Http404
    return follow_up
