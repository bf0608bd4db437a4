"""The aids: the catalogue, the finder and the page of each of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from installation import aid_presentation, drafts
from installation.actions import aids
from installation.aid_choices import TenYears
from installation.eligibility import Earlier
from installation.forms.aids import AttachForm, FinderForm
from installation.models import AidProgramme, InstallationRequest, LocalAidRecord
from territory import zones


@login_not_required
@require_safe
def finder(request):
    """The catalogue; with a commune and a profile, the answer for each aid."""
    form = FinderForm(request.GET if _asks(request) else None)
    found = answer(form, drafts.person_of(request)) if form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "catalogue": _catalogue() if found is None else [],
        "dossiers": _own_dossiers(request),
        "query": request.GET.urlencode(),
        "not_a_decision": aid_presentation.NOT_A_DECISION,
    }
    return render(request, "installation/aids/finder.html", context)


def _asks(request) -> bool:
    """A link from elsewhere may carry words of its own: only answers count."""
    return any(name in FinderForm.base_fields for name in request.GET)


def _own_dossiers(request):
    person = drafts.person_of(request)
    if person is None:
        return InstallationRequest.objects.none()
    return InstallationRequest.objects.open().of(person).order_by("-submitted_at")


def _catalogue() -> list[dict]:
    day = timezone.localdate()
    programmes = AidProgramme.objects.published().on(day).with_conditions()
    natures: dict[str, list] = {}
    for programme in programmes:
        badge = aid_presentation.standing(programme, day)
        own = natures.setdefault(programme.get_nature_display(), [])
        own.append({"programme": programme, "badge": badge})
    return [{"title": title, "lines": lines} for title, lines in natures.items()]


def answer(form: FinderForm, person) -> dict:
    """The answers of a valid form, as the page shows them and a dossier keeps them."""
    day = timezone.localdate()
    commune = form.cleaned_data["commune"]
    profile = form.profile(registered(person))
    found = zones.of(commune, day)
    lines = [
        aid_presentation.line(one, day) for one in aids.answers(profile, found, day)
    ]
    return {
        "commune": commune,
        "day": day,
        "lines": lines,
        "groups": aid_presentation.grouped(lines),
        "zonings": aid_presentation.zonings(found, profile.profession),
        "recap": aid_presentation.recap(form),
    }


def registered(person) -> tuple[Earlier, ...]:
    """What our own register holds of somebody (R-21)."""
    if person is None:
        return ()
    records = LocalAidRecord.objects.of(person)
    return tuple(
        Earlier(TenYears.LOCAL, record.signed_on, is_registered=True)
        for record in records
    )


@require_POST
def review_attach(request):
    """« Joindre à mon dossier »: the answers come with the address, as they were."""
    form = FinderForm(request.GET)
    chosen = AttachForm(request.POST, dossiers=_own_dossiers(request))
    back = f"{reverse('installation:aids')}?{request.GET.urlencode()}"
    if not (form.is_valid() and chosen.is_valid()):
        messages.error(request, "Ce résultat n’a pas pu être joint : recommencez.")
        return redirect(back)
    dossier = chosen.cleaned_data["dossier"]
    found = answer(form, drafts.person_of(request))
    try:
        aids.keep_review(
            dossier,
            commune=found["commune"],
            shown=snapshot(found),
            query=request.GET.urlencode(),
            by=request.user,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(back)
    messages.success(request, f"Le résultat est joint au dossier {dossier.reference}.")
    return redirect(f"{dossier.get_absolute_url()}#aides")


def snapshot(found: dict) -> dict:
    return {
        "answers": found["recap"],
        "results": found["lines"],
        "zonings": found["zonings"],
    }


@login_not_required
@require_safe
def programme(request, slug):
    day = timezone.localdate()
    programmes = AidProgramme.objects.published().with_conditions()
    shown = get_object_or_404(programmes.select_related("review_owner"), slug=slug)
    context = {
        "programme": shown,
        "badge": aid_presentation.standing(shown, day),
        "is_overdue": shown.is_overdue(day),
        "is_over": not AidProgramme.objects.on(day).filter(pk=shown.pk).exists(),
        "conditions": aid_presentation.conditions(shown),
        "amounts": aid_presentation.amounts(shown),
        "excludes": shown.excludes.published(),
        "not_a_decision": aid_presentation.NOT_A_DECISION,
    }
    return render(request, "installation/aids/programme.html", context)
