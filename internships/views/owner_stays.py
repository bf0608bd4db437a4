"""A stay as its owner runs it: insurance, keys, deposit, cleaning."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents import serving
from internships.actions import dwellings, stays
from internships.forms.stays import (
    CleaningForm,
    DepositBackForm,
    JustYesForm,
    PastDayForm,
    RefusalForm,
)
from internships.models import Occupation, Stay
from internships.views.owners import mine

PAGE = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Step:
    """What is done with a stay: what its page says, what it asks, what it does."""

    title: str
    lead: str
    button: str
    done: str
    do: Callable
    form: type = JustYesForm


STEPS = {
    "assurance": Step(
        "Accepter l’attestation d’assurance",
        "Elle nomme la personne et le logement, et couvre les dates du séjour.",
        "Accepter l’attestation",
        "L’attestation est acceptée.",
        stays.check_insurance,
    ),
    "assurance-refusee": Step(
        "Demander une autre attestation",
        "La personne reçoit vos mots et en envoie une autre.",
        "Demander une autre attestation",
        "La personne est prévenue.",
        stays.refuse_insurance,
        RefusalForm,
    ),
    "cles": Step(
        "Remettre les clés",
        "Après l’attestation d’assurance et l’état des lieux d’entrée signé.",
        "Les clés sont remises",
        "C’est noté : les clés sont remises.",
        stays.give_keys,
    ),
    "cles-rendues": Step(
        "Reprendre les clés",
        "",
        "Les clés sont rendues",
        "C’est noté : les clés sont rendues.",
        stays.take_keys_back,
    ),
    "depot": Step(
        "Noter le dépôt de garantie reçu",
        "",
        "Noter le dépôt",
        "Le dépôt de garantie est noté.",
        stays.receive_deposit,
        PastDayForm,
    ),
    "depot-rendu": Step(
        "Rendre le dépôt de garantie",
        "Après l’état des lieux de sortie et les clés.",
        "Noter le dépôt rendu",
        "C’est noté : le dépôt est rendu.",
        stays.return_deposit,
        DepositBackForm,
    ),
}


def _stay(request, pk) -> Stay:
    rows = Stay.objects.current().with_list_data()
    rows = rows.filter(occupation__room__dwelling__in=mine(request))
    return get_object_or_404(rows, occupation=pk)


@never_cache
@require_http_methods(PAGE)
def my_stay_step(request, pk, step):
    """One thing done with a stay; what the rules refuse is told (R-35)."""
    stay, asked = _stay(request, pk), STEPS.get(step)
    if asked is None:
        raise Http404
    form = asked.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked.do(stay, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, asked.done)
            return redirect("internships:my-occupation", pk)
    return _page(request, form, asked.title, stay.occupation, asked.lead, asked.button)


@never_cache
@require_safe
def my_stay_insurance(request, pk):
    """The proof as it was sent."""
    stay = _stay(request, pk)
    if stay.insurance is None:
        raise Http404
    return serving.attachment(stay.insurance)


@never_cache
@require_http_methods(PAGE)
def my_cleaning(request, pk):
    """More days of cleaning after a stay than the dwelling asks for, or fewer."""
    rows = Occupation.objects.standing().exclude(request=None).with_list_data()
    occupation = get_object_or_404(rows, pk=pk, room__dwelling__in=mine(request))
    form = CleaningForm(
        request.POST if request.method == "POST" else None,
        initial={"days": occupation.cleaning_days},
    )
    if form.is_valid():
        try:
            dwellings.set_cleaning(
                occupation, form.cleaned_data["days"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error("days", refusal)
        else:
            messages.success(request, "C’est noté : le planning suit.")
            return redirect("internships:my-occupation", pk)
    title = "Jours de ménage après ce séjour"
    return _page(request, form, title, occupation, "", "Enregistrer")


def _page(request, form, title, occupation, lead, button):
    context = {
        "form": form,
        "title": title,
        "occupation": occupation,
        "lead": lead,
        "button": button,
    }
    return render(request, "internships/owner_step.html", context)
