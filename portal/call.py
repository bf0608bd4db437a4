"""« Nouvel appel »: a person and their request, in the minute of the call."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from phonenumber_field.formfields import PhoneNumberField

from accounts import roles
from accounts.actions import find_or_create_person
from accounts.models import Person, PractitionerProfile
from casework import workdays
from installation import actions
from installation.models import InstallationRequest
from territory.forms import CommunesField

LOOK_ALIKES_SHOWN = 5
SOMEBODY_NEW = "nouvelle"
SHORTEST = 3


class CallForm(forms.Form):
    """The call sheet: a name and a way to call back are enough."""

    use_required_attribute = False

    person = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.ChoiceField(label="Titre", choices=Person.Title, required=False)
    last_name = forms.CharField(label="Nom", max_length=100)
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    phone = PhoneNumberField(
        label="Téléphone",
        region="FR",
        required=False,
        error_messages={
            "invalid": "Ce numéro de téléphone n’existe pas. Exemple : 05 53 00 00 00."
        },
    )
    email = forms.EmailField(label="Courriel", max_length=254, required=False)
    kind = forms.ChoiceField(
        label="Objet de l’appel",
        choices=[
            choice
            for choice in InstallationRequest.Kind.choices
            if choice[0] != InstallationRequest.Kind.QUESTION
        ],
    )
    profession = forms.ChoiceField(
        label="Profession",
        choices=[("", "Non précisée"), *PractitionerProfile.Profession.choices],
        required=False,
    )
    specialty = forms.CharField(label="Spécialité", max_length=100, required=False)
    communes = CommunesField(label="Communes évoquées", required=False)
    message = forms.CharField(
        label="Ce qui est demandé",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les mots de la personne. Rien qui touche à la santé.",
    )
    next_action = forms.CharField(label="Ce qui est promis", max_length=200)
    next_action_on = forms.DateField(
        label="Pour le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    take_charge = forms.BooleanField(
        label="Je prends la demande en charge", required=False, initial=True
    )

    def clean_next_action_on(self):
        day = self.cleaned_data["next_action_on"]
        if day < timezone.localdate():
            raise ValidationError("Cette date est passée.")
        return day

    def clean(self):
        cleaned = super().clean()
        given = {"phone", "email"} & self.errors.keys()
        if not given and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error(
                "phone", "Notez un téléphone ou un courriel, pour pouvoir répondre."
            )
        return cleaned


class LookAlikeForm(forms.Form):
    """What may already be known of whoever calls; half typed, it is no error."""

    last_name = forms.CharField(max_length=100, required=False)
    first_name = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(max_length=30, required=False)
    email = forms.CharField(max_length=254, required=False)


@require_http_methods(["GET", "POST"])
def call_new(request):
    """Note a call. When people look like the caller, ask who it is first."""
    _desk_only(request)
    form = CallForm(
        request.POST if request.method == "POST" else None,
        initial={
            "next_action": "Rappeler",
            "next_action_on": workdays.add(timezone.localdate(), 2),
        },
    )
    candidates = []
    if request.method == "POST" and form.is_valid():
        candidates = _look_alikes(form.cleaned_data)
        person = _chosen(form.cleaned_data["person"], candidates)
        if person or not candidates or form.cleaned_data["person"] == SOMEBODY_NEW:
            try:
                dossier = _register(person, form.cleaned_data, by=request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"L’appel est noté : {dossier.reference}.")
                return redirect(
                    "admin:installation_installationrequest_change", dossier.pk
                )
    context = {
        **admin.site.each_context(request),
        "title": "Nouvel appel",
        "form": form,
        "candidates": candidates,
        "must_choose": bool(candidates) and not form.errors,
        "somebody_new": SOMEBODY_NEW,
    }
    return TemplateResponse(request, "gestion/call.html", context)


@require_safe
def look_alikes(request):
    """The people who look like the caller, while the sheet is being filled."""
    _desk_only(request)
    form = LookAlikeForm(request.GET)
    candidates = _look_alikes(form.cleaned_data) if form.is_valid() else []
    context = {"candidates": candidates, "somebody_new": SOMEBODY_NEW}
    return TemplateResponse(request, "gestion/_look_alikes.html", context)


def _desk_only(request) -> None:
    if not roles.is_desk(request.user):
        raise PermissionDenied


def _look_alikes(said: dict) -> list[Person]:
    """By number, then by address, then by name: the surest first."""
    name = f"{said.get('first_name', '')} {said.get('last_name', '')}"
    found: dict[int, Person] = {}
    for text in (str(said.get("phone") or ""), said.get("email", ""), name):
        if len(text.strip()) < SHORTEST:
            continue
        people = Person.objects.search(text).in_order()[:LOOK_ALIKES_SHOWN]
        found |= {person.pk: person for person in people if person.pk not in found}
    return list(found.values())[:LOOK_ALIKES_SHOWN]


def _chosen(choice: str, candidates: list[Person]) -> Person | None:
    return next((one for one in candidates if str(one.pk) == choice), None)


@transaction.atomic
def _register(person: Person | None, said: dict, *, by) -> InstallationRequest:
    names = ("title", "first_name", "last_name")
    identity = {name: said[name] for name in names}
    phone = str(said["phone"] or "")
    if person is None:
        person = find_or_create_person(
            email=said["email"],
            phone=phone,
            origin=Person.Origin.PHONE,
            **identity,
        )
    answers = {
        name: said[name]
        for name in ("profession", "specialty", "communes", "message")
        if said[name]
    }
    if phone:
        answers["phone"] = phone
    return actions.register(
        person,
        by=by,
        kind=said["kind"],
        answers=answers,
        take_charge=said["take_charge"],
        next_action=said["next_action"],
        next_action_on=said["next_action_on"],
    )
