"""Asking for a bursary, and following the application."""

import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from bursaries import application_following as following
from bursaries import reading
from bursaries.actions import applications
from bursaries.forms.applications import (
    ApplicationForm,
    FileApplicationForm,
    ProjectionForm,
)
from bursaries.models import BursaryApplication, SchemeVersion
from bursaries.wording import attestation
from casework.models import Receipt
from documents import piece_pages


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_form(request):
    """Page one of two: studies and project; saved as a draft as it goes."""
    person = request.user.person
    if filed := applications.open_of(person):
        messages.info(request, "Vous avez déjà une demande en cours : la voici.")
        return redirect(filed)
    draft = applications.draft_of(person) or applications.blank(person)
    if not SchemeVersion.objects.on(timezone.localdate()).exists():
        messages.info(request, "Aucune bourse n’est ouverte aujourd’hui.")
        return redirect("bursaries:schemes")
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        # The form writes what it reads into its instance: the page keeps the real one.
        instance=copy.copy(draft),
        initial=_chosen(request, draft),
        account_email=request.user.email,
    )
    if form.is_valid():
        applications.save_draft(person, form.answers)
        return redirect("bursaries:application-pieces")
    context = {
        "form": form,
        "draft": draft if draft.pk else None,
        "road": following.form_road(1),
        "estimate": following.estimate(draft, timezone.localdate()),
    }
    return render(request, "bursaries/applications/form.html", context)


def _chosen(request, draft: BursaryApplication) -> dict:
    """The bursary that the address names, or the draft's; the address says `bourse`."""
    if slug := request.GET.get("bourse", ""):
        return {"version": slug[:60]}
    return {"version": draft.scheme.slug} if draft.version_id else {}


@never_cache
@require_safe
def estimate(request):
    """What is typed so far comes to; nothing is recorded."""
    form = ProjectionForm(request.GET)
    found = None
    if form.is_valid():
        said = form.cleaned_data
        draft = BursaryApplication(
            version=said["version"],
            starts_on=said["starts_on"],
            months=said["months"],
            others_monthly=said["others_monthly"] or 0,
        )
        found = following.estimate(draft, timezone.localdate())
    context = {"estimate": found}
    return render(request, "bursaries/applications/_projection.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_pieces(request):
    """Page two: the documents, what the law says of it, the attestation, the filing."""
    draft = applications.draft_of(request.user.person)
    if draft is None:
        messages.info(request, "Commencez par cette page : la suite en dépend.")
        return redirect("bursaries:application")
    form = FileApplicationForm(
        request.POST if request.method == "POST" else None,
        attestation=attestation(draft),
        commitment=reading.duration(draft.version.commitment_months),
    )
    if form.is_valid():
        try:
            filed = applications.submit(
                draft, by=request.user, is_attested=form.cleaned_data["is_attested"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"Votre demande est déposée sous le n° {filed.reference}."
            )
            return redirect(filed)
    day = timezone.localdate()
    context = {
        "first_page_url": reverse("bursaries:application"),
        "form": form,
        "road": following.form_road(2),
        "facts": following.facts(draft),
        "pieces": following.pieces(draft),
        "findings": following.before_filing(draft, day),
        "estimate": following.estimate(draft, day),
    }
    return render(request, "bursaries/applications/pieces.html", context)


@never_cache
@require_POST
def piece_send(request, pk):
    """One piece, of the draft or of an application already filed."""
    mine = BursaryApplication.objects.of(request.user.person)
    owner = piece_pages.send(request, mine, pk, applications.send_piece)
    page = (
        reverse("bursaries:application-pieces")
        if owner.is_draft
        else owner.get_absolute_url()
    )
    return redirect(f"{page}#pieces")


@never_cache
@require_safe
def piece_document(request, pk):
    return piece_pages.read(BursaryApplication.objects.of(request.user.person), pk)


@require_POST
def application_discard(request):
    piece_pages.discard(request, applications.draft_of(request.user.person))
    return redirect("bursaries:schemes")


def _mine(request, reference: str) -> BursaryApplication:
    """Theirs, or not found: a stranger does not learn that it exists."""
    mine = BursaryApplication.objects.filed().of(request.user.person)
    return get_object_or_404(mine.with_list_data(), reference=reference)


@never_cache
@require_safe
def application_detail(request, reference):
    application = _mine(request, reference)
    day = timezone.localdate()
    context = {
        "asked": application,
        "asked_title": "Votre demande de bourse",
        "withdraw_url": reverse("bursaries:application-withdraw", args=[reference]),
        "badge": following.badge(application, day),
        "road": following.road(application),
        "situation": following.situation(application, day),
        "facts": following.facts(application),
        "pieces": following.pieces(application),
        "estimate": following.estimate(application, day),
        "receipt": Receipt.objects.about(application).first(),
        "remedies": following.remedies_of(application, day),
        "may_send": application.allows("add_piece"),
        "may_withdraw": application.allows("withdraw"),
    }
    return render(request, "bursaries/applications/detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request, reference):
    application = _mine(request, reference)
    refusal = ""
    if request.method == "POST":
        try:
            applications.withdraw(application, by=request.user)
        except ValidationError as error:
            refusal = error.messages[0]
        else:
            messages.success(request, "Votre demande de bourse est retirée.")
            return redirect(application)
    context = {
        "asked": application,
        "act_title": "Retirer ma demande de bourse",
        "refusal": refusal,
    }
    return render(request, "documents/money_withdraw.html", context)
