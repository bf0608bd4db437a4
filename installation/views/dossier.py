"""The dossier, for whoever asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from accounts import limits
from casework import links
from documents import serving
from installation import actions, archive, drafts, panels, presentation, recap, turns
from installation.forms import (
    MessageForm,
    WithdrawForm,
)
from installation.letters import COMPLETE, FOLLOW
from installation.models import InstallationRequest


def find(request, reference: str, *, with_receipt: bool = False):
    """The dossier if it is theirs, by account or by link; else None."""
    dossiers = InstallationRequest.objects.filed().select_related(
        "applicant", "case_worker__person"
    )
    dossier = dossiers.filter(reference=reference).first()
    if dossier is None:
        return None
    person = drafts.person_of(request)
    if person and dossier.applicant_id == person.pk:
        return dossier
    if with_receipt and dossier.pk in drafts.filed(request):
        return dossier
    # The links of a dossier that joined another one have followed.
    opened = {dossier.pk, dossier.merged_into_id} & followed(request)
    return dossier if opened else None


def followed(request) -> set[int]:
    """The dossiers that the links of our letters opened for this visitor."""
    return links.scoped(request, FOLLOW) | links.scoped(request, COMPLETE)


def mine(request, reference: str) -> InstallationRequest:
    """The dossier, or not found: a stranger does not learn that it exists."""
    dossier = find(request, reference)
    if dossier is None:
        raise Http404
    return dossier


def for_its_owner(view):
    """A visitor without a link signs in first; whatever the reference."""

    @login_not_required
    @never_cache
    def wrapped(request, reference, *args, **kwargs):
        known = request.user.is_authenticated or followed(request)
        if not known:
            return redirect_to_login(request.path)
        dossier = mine(request, reference)
        if dossier.merged_into_id:
            return redirect(dossier.merged_into)
        return view(request, dossier, *args, **kwargs)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def dossier_detail(request, dossier):
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.require_pace(request, "message")
            actions.answer(
                dossier,
                form.cleaned_data["body"],
                by=request.user if request.user.is_authenticated else None,
                files=form.cleaned_data["files"],
                submission=form.cleaned_data["submission"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre message est parti.")
            return redirect(f"{dossier.get_absolute_url()}#echanges")
    if request.method == "GET":
        actions.seen_by_applicant(dossier)
    return render(request, "installation/dossier_detail.html", _page(dossier, form))


def _page(dossier, form) -> dict:
    in_charge = presentation.in_charge(dossier, timezone.localdate())
    return {
        "dossier": dossier,
        "form": form,
        "heading": presentation.heading(dossier),
        "badge": presentation.badge(dossier),
        "situation": presentation.situation(dossier, in_charge),
        "road": presentation.road(dossier),
        "in_charge": in_charge,
        "thread": presentation.thread(dossier),
        "documents": presentation.documents(dossier),
        "facts": recap.facts(dossier),
        "may_write": dossier.allows("exchange"),
        "turns": turns.of([dossier]),
        "panels": panels.of(dossier),
    }


@require_safe
@for_its_owner
def dossier_document(request, dossier, pk):
    attachments = dossier.attachments.public().select_related("document")
    return serving.attachment(get_object_or_404(attachments, pk=pk).document)


@require_safe
@for_its_owner
def dossier_archive(request, dossier):
    return FileResponse(
        archive.write(dossier),
        as_attachment=True,
        filename=f"{dossier.reference}.zip",
        content_type="application/zip",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def dossier_withdraw(request, dossier):
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(
                dossier,
                by=request.user if request.user.is_authenticated else None,
                sentence=form.cleaned_data["sentence"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre demande est retirée.")
            return redirect(dossier)
    context = {"dossier": dossier, "form": form}
    return render(request, "installation/dossier_withdraw.html", context)
