"""Asking for the Département's own aid, and following the request."""

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

from casework.models import Receipt
from documents import piece_pages
from installation import aid_following
from installation.actions import aid_requests
from installation.forms.aid_requests import AidRequestForm, FileAidForm
from installation.models import AidRequest
from installation.wording import ten_years_attestation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_form(request):
    """Page one of two: the project; saved as a draft as it goes."""
    person = request.user.person
    draft = aid_requests.draft_of(person) or aid_requests.blank(person)
    form = AidRequestForm(
        request.POST if request.method == "POST" else None,
        # The form writes what it reads into its instance: the page keeps the real one.
        instance=copy.copy(draft),
        account_email=request.user.email,
    )
    if form.is_valid():
        aid_requests.save_draft(person, form.answers)
        return redirect("installation:aid-request-pieces")
    context = {
        "form": form,
        "draft": draft if draft.pk else None,
        "road": aid_following.form_road(1),
    }
    return render(request, "installation/aids/request_form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_pieces(request):
    """Page two: the pieces, what the law says of it, the attestation, the filing."""
    draft = aid_requests.draft_of(request.user.person)
    if draft is None or not draft.kind:
        messages.info(request, "Commencez par cette page : la suite en dépend.")
        return redirect("installation:aid-request")
    attestation = ""
    if not draft.is_for_centre:
        attestation = ten_years_attestation(draft.full_name, draft.rpps)
    form = FileAidForm(
        request.POST if request.method == "POST" else None, attestation=attestation
    )
    if form.is_valid():
        try:
            filed = aid_requests.submit(
                draft,
                by=request.user,
                is_attested=form.cleaned_data.get("is_attested", False),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"Votre demande est déposée sous le n° {filed.reference}."
            )
            return redirect(filed)
    return render(
        request, "installation/aids/request_pieces.html", _pieces_page(draft, form)
    )


def _pieces_page(draft, form) -> dict:
    return {
        "first_page_url": reverse("installation:aid-request"),
        "form": form,
        "road": aid_following.form_road(2),
        "facts": aid_following.facts(draft),
        "pieces": aid_following.pieces(draft),
        "findings": aid_following.before_filing(draft, timezone.localdate()),
    }


@never_cache
@require_POST
def piece_send(request, pk):
    """One piece, of the draft or of a request already filed."""
    mine = AidRequest.objects.of(request.user.person)
    owner = piece_pages.send(request, mine, pk, aid_requests.send_piece)
    page = (
        reverse("installation:aid-request-pieces")
        if owner.is_draft
        else owner.get_absolute_url()
    )
    return redirect(f"{page}#pieces")


@never_cache
@require_safe
def piece_document(request, pk):
    return piece_pages.read(AidRequest.objects.of(request.user.person), pk)


@require_POST
def request_discard(request):
    piece_pages.discard(request, aid_requests.draft_of(request.user.person))
    return redirect("installation:aids")


def _mine(request, reference: str) -> AidRequest:
    """Theirs, or not found: a stranger does not learn that it exists."""
    requests = AidRequest.objects.filed().of(request.user.person)
    found = requests.select_related("commune", "zoning", "person", "examiner__person")
    return get_object_or_404(found, reference=reference)


@never_cache
@require_safe
def request_detail(request, reference):
    aid_request = _mine(request, reference)
    day = timezone.localdate()
    context = {
        "asked": aid_request,
        "asked_title": "Votre demande d’aide",
        "withdraw_url": reverse("installation:aid-request-withdraw", args=[reference]),
        "badge": aid_following.badge(aid_request, day),
        "road": aid_following.road(aid_request),
        "situation": aid_following.situation(aid_request, day),
        "facts": aid_following.facts(aid_request),
        "pieces": aid_following.pieces(aid_request),
        "receipt": Receipt.objects.about(aid_request).first(),
        "remedies": aid_following.remedies_of(aid_request, day),
        "may_send": aid_request.allows("add_piece"),
        "may_withdraw": aid_request.allows("withdraw"),
    }
    return render(request, "documents/money_detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_withdraw(request, reference):
    aid_request = _mine(request, reference)
    refusal = ""
    if request.method == "POST":
        try:
            aid_requests.withdraw(aid_request, by=request.user)
        except ValidationError as error:
            refusal = error.messages[0]
        else:
            messages.success(request, "Votre demande d’aide est retirée.")
            return redirect(aid_request)
    context = {
        "asked": aid_request,
        "act_title": "Retirer ma demande d’aide",
        "refusal": refusal,
    }
    return render(request, "documents/money_withdraw.html", context)
