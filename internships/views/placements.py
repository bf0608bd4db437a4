"""Placements: mine, those that come to a host, the assessment, the calculator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import consents, limits
from accounts.models import Consent
from casework import links
from internships import housing_lines, indemnities, placement_letters
from internships.actions import placements as actions
from internships.forms.placements import (
    AssessmentForm,
    CalculatorForm,
    CancelForm,
    DeclareForm,
)
from internships.interest_lines import badge, placement_badge
from internships.models import (
    Assessment,
    HousingRequest,
    IndemnityRate,
    Interest,
    Placement,
)
from internships.wording import CONSENT_TO_KEEP_IN_TOUCH

PAGE = ["GET", "HEAD", "POST"]


def _posted(request):
    return request.POST if request.method == "POST" else None


# --- The student ---------------------------------------------------------------------


@never_cache
@require_safe
def my_placements(request):
    """« Mes stages »: the wishes and what became of them, then the placements."""
    person, day = request.user.person, timezone.localdate()
    interests = Interest.objects.of(person).exclude(state=Interest.State.CONFIRMED)
    interests = interests.with_list_data().order_by("closed_at", "rank", "-pk")
    placements = Placement.objects.of(person).with_list_data()
    context = {
        "interests": [
            {"interest": interest, "badge": badge(interest)}
            for interest in interests[:50]
        ],
        "placements": [
            {"placement": placement, "badge": placement_badge(placement, day)}
            for placement in placements[:50]
        ],
        "beds": [
            {"asked": asked, "badge": housing_lines.badge(asked)}
            for asked in HousingRequest.objects.of(person).order_by("-period")[:20]
        ],
    }
    return render(request, "internships/my_placements.html", context)


@never_cache
@require_http_methods(PAGE)
def placement_declare(request):
    """« Je viens en stage »: known to the desk, without an offer."""
    wording = indemnities.wording("", timezone.localdate())
    person = request.user.person
    form = DeclareForm(
        _posted(request), instance=Placement(person=person), wording=wording
    )
    if form.is_valid():
        try:
            limits.require_pace(request, "placement")
            placement = actions.declare(
                form.instance, accepted_wording=wording, by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est noté : nous savons que vous venez.")
            return redirect(placement)
    return render(request, "internships/placement_declare.html", {"form": form})


def _mine(request, pk) -> Placement:
    mine = Placement.objects.of(request.user.person).with_list_data()
    return get_object_or_404(mine, pk=pk)


@never_cache
@require_safe
def placement_detail(request, pk):
    placement = _mine(request, pk)
    day = timezone.localdate()
    is_over = placement.period.upper <= day
    context = {
        "placement": placement,
        "badge": placement_badge(placement, day),
        "housing": placement.housing_requests.order_by("-pk").first(),
        "is_over": is_over,
        "may_cancel": placement.is_kept and not is_over,
        "may_assess": placement.is_kept and is_over,
        "has_assessed": Assessment.objects.filter(placement=placement).exists(),
    }
    return render(request, "internships/placement_detail.html", context)


@never_cache
@require_http_methods(PAGE)
def placement_cancel(request, pk):
    placement = _mine(request, pk)
    if not placement.is_kept or placement.period.upper <= timezone.localdate():
        raise Http404
    has_bed = actions.beds_of(placement).exists()
    form = CancelForm(_posted(request), has_bed=has_bed)
    if form.is_valid():
        try:
            actions.cancel(placement, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre stage est annulé.")
            return redirect("internships:my-placements")
    context = {"placement": placement, "form": form}
    return render(request, "internships/placement_cancel.html", context)


@login_not_required
@never_cache
@require_http_methods(PAGE)
def assessment(request, pk):
    """The six questions, from the space or from the e-mailed link."""
    placement = _assessed(request, pk)
    person = placement.person
    known = Assessment.objects.filter(placement=placement).first()
    in_touch = consents.active(person, Consent.Purpose.KEEP_IN_TOUCH)
    form = AssessmentForm(
        _posted(request),
        initial=_known(placement, known),
        keep_in_touch="" if in_touch else CONSENT_TO_KEEP_IN_TOUCH,
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.assess(
                placement,
                form.marks,
                comment=said["comment"],
                locum_licence_on=said["locum_licence_on"],
                keep_in_touch=said.get("keep_in_touch", False),
                by=request.user if request.user.is_authenticated else None,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Merci : votre bilan est enregistré.")
            return redirect("internships:assessment", pk)
    context = {"placement": placement, "form": form, "known": known}
    return render(request, "internships/assessment.html", context)


def _known(placement: Placement, known: Assessment | None) -> dict:
    said = {"locum_licence_on": placement.locum_licence_on}
    if known:
        said |= {name: getattr(known, name) for name in Assessment.QUESTIONS}
        said["comment"] = known.comment
    return said


def _assessed(request, pk) -> Placement:
    """Over, and theirs: signed in, or by the link of the message."""
    over = Placement.objects.over(timezone.localdate()).with_list_data()
    placement = get_object_or_404(over, pk=pk)
    user = request.user
    is_theirs = user.is_authenticated and user.person == placement.person
    if not is_theirs and pk not in links.scoped(request, placement_letters.SCOPE):
        raise Http404
    return placement


# --- The host ------------------------------------------------------------------------


@never_cache
@require_safe
def arrivals(request):
    """« Qui arrive »: the trainees of the bodies one acts for, from now on."""
    day = timezone.localdate()
    rows = Placement.objects.received_by(request.user.person, day)
    rows = rows.filter(period__endswith__gt=day).with_list_data()
    lines = [
        {
            "placement": placement,
            "badge": placement_badge(placement, day),
            "may_note": placement.period.lower <= day and not placement.arrived_at,
        }
        for placement in rows.order_by("period", "pk")[:200]
    ]
    return render(request, "internships/arrivals.html", {"lines": lines})


@never_cache
@require_POST
def placement_arrive(request, pk):
    received = Placement.objects.received_by(request.user.person, timezone.localdate())
    placement = get_object_or_404(received, pk=pk)
    try:
        actions.note_arrival(placement, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"C’est noté : {placement.person} est là.")
    return redirect("internships:arrivals")


# --- Anybody -------------------------------------------------------------------------


@login_not_required
@require_safe
def calculator(request):
    """What the CHU pays, what a lent room or an allowance makes of it (R-33, R-34)."""
    day = timezone.localdate()
    rates = indemnities.rates_on(day)
    paid = indemnities.amounts(rates)
    form = CalculatorForm(request.GET or None)
    options = []
    if form.is_valid():
        options = indemnities.compare(form.situation, paid)
    context = {
        "form": form,
        "options": options,
        "best": indemnities.best(options) if options else None,
        "rates": [rates[kind] for kind in IndemnityRate.Kind if kind in rates],
        "ceiling": indemnities.ceiling(paid),
    }
    return render(request, "internships/indemnities.html", context)
