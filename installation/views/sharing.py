"""What whoever asked decides about their needs: one more, and who may be told."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Consent
from installation import shared_fields, sharing
from installation.actions import needs, referrals
from installation.forms.sharing import NewNeedForm, QuestionForm
from installation.models import Need, Referral
from installation.views.dossier import for_its_owner
from installation.wording import consent_to_share


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def need_add(request, dossier):
    form = NewNeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            needs.add(
                dossier,
                form.cleaned_data["topic"],
                details=form.cleaned_data["details"],
                source=Need.Source.PERSON,
                by=_user(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est noté : le guichet s’en occupe.")
            return redirect(f"{dossier.get_absolute_url()}#besoins")
    context = {"dossier": dossier, "form": form}
    return render(request, "installation/need_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def sharing_question(request, dossier, pk):
    """« Oui » sends what the desk had prepared; « non » keeps it at the desk."""
    question = get_object_or_404(sharing.questions(dossier), pk=pk)
    question.need.request = dossier
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        agreed = form.cleaned_data["agreed"]
        try:
            referrals.answer_question(question, agreed=agreed, by=_user(request))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                f"Merci : {question.organisation} est prévenu."
                if agreed
                else "C’est noté : rien n’est transmis.",
            )
            return redirect(f"{dossier.get_absolute_url()}#besoins")
    codes = shared_fields.fields_for(question.need.topic)
    context = {
        "dossier": dossier,
        "question": question,
        "form": form,
        "fields": shared_fields.preview(question.need, codes),
        "wording": consent_to_share(question.organisation),
    }
    return render(request, "installation/sharing_question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def sharing_withdraw(request, dossier, organisation):
    """The partner reads nothing more from this moment on (R-50)."""
    consents = dossier.applicant.consents.active().select_related("organisation")
    consent = consents.filter(
        purpose=Consent.Purpose.SHARE_PROFILE, organisation=organisation
    ).first()
    if consent is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        referrals.withdraw_consent(
            dossier.applicant, consent.organisation, by=_user(request)
        )
        messages.success(
            request, f"C’est fait : {consent.organisation} ne voit plus rien."
        )
        return redirect(f"{dossier.get_absolute_url()}#qui-voit-quoi")
    running = Referral.objects.running().filter(
        consent=consent, need__request__applicant=dossier.applicant
    )
    context = {
        "dossier": dossier,
        "consent": consent,
        "running": running.select_related("need__topic"),
    }
    return render(request, "installation/sharing_withdraw.html", context)


def _user(request):
    return request.user if request.user.is_authenticated else None
