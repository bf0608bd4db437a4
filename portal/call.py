"""« Nouvel appel »: a person and their request, in the minute of the call."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe
from phonenumber_field.formfields import PhoneNumberField

from accounts import roles
from accounts.actions import find_or_create_person, note_identity
from accounts.models import Person, PractitionerProfile
from casework import workdays
from installation.actions import calls
from installation.models import InstallationRequest
from territory.forms import CommunesField
from territory.models import Topic

LOOK_ALIKES_SHOWN = 5
SOMEBODY_NEW = "nouvelle"
DOSSIER = "dossier-"
SHORTEST = 3
# The next step that the sheet proposes, in working days.
USUAL_DELAY = 2


def capitalised(choices):
    return [(value, f"{label[:1].upper()}{label[1:]}") for value, label in choices]


def quick_days(today: dt.date) -> dict[str, dt.date]:
    """The days one says on the telephone; two names never mean the same day."""
    monday = today + dt.timedelta(days=7 - today.weekday())
    said = {
        "aujourd-hui": today,
        "demain": today + dt.timedelta(days=1),
        "deux-jours": workdays.add(today, USUAL_DELAY),
        "lundi": monday,
        "une-semaine": today + dt.timedelta(days=7),
        "un-mois": today + dt.timedelta(days=28),
    }
    kept: dict[str, dt.date] = {}
    # The usual delay is always offered; the others, when they are open days.
    for name in sorted(said, key=lambda name: name != "deux-jours"):
        day = said[name]
        if day not in kept.values() and (name == "aujourd-hui" or _is_open(day)):
            kept[name] = day
    return dict(sorted(kept.items(), key=lambda named: named[1]))


def _is_open(day: dt.date) -> bool:
    return workdays.is_workday(day)


_WORDS = {
    "aujourd-hui": "Aujourd’hui, {}",
    "demain": "Demain, {}",
    "deux-jours": "Deux jours ouvrés, {}",
    "lundi": "{}",
    "une-semaine": "Une semaine, {}",
    "un-mois": "Quatre semaines, {}",
}


def _said(name: str, day: dt.date) -> str:
    """« Demain, mardi 24 nov. »"""
    said = _WORDS[name].format(date_format(day, "l j N"))
    return f"{said[:1].upper()}{said[1:]}"


class CallForm(forms.Form):
    """The call sheet: a name and a way to call back are enough."""

    use_required_attribute = False

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # Chosen among the look-alikes, which the page draws by itself.
    person = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    phone = PhoneNumberField(
        label="Téléphone",
        region="FR",
        required=False,
        error_messages={
            "invalid": "Ce numéro de téléphone n’existe pas. Exemple : 05 53 00 00 00."
        },
    )
    last_name = forms.CharField(label="Nom", max_length=100)
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    email = forms.EmailField(label="Courriel", max_length=254, required=False)
    profession = forms.ChoiceField(
        label="Profession",
        choices=[
            ("", "Non précisée"),
            *capitalised(PractitionerProfile.Profession.choices),
        ],
        required=False,
    )
    channel = forms.ChoiceField(
        label="Arrivée par",
        choices=capitalised(
            (channel.value, channel.label) for channel in calls.HEADINGS
        ),
        initial=Person.Origin.PHONE,
        required=False,
    )
    kind = forms.ChoiceField(
        label="Objet",
        choices=capitalised(
            choice
            for choice in InstallationRequest.Kind.choices
            if choice[0] != InstallationRequest.Kind.QUESTION
        ),
    )
    communes = CommunesField(label="Communes évoquées", required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label="Besoins",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Notes",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lues du guichet seul. Rien qui touche à la santé.",
    )
    next_action = forms.CharField(label="Prochaine action", max_length=200)
    when = forms.ChoiceField(label="Quand", widget=forms.RadioSelect, required=False)
    next_action_on = forms.DateField(
        label="Ou un autre jour",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    take_charge = forms.BooleanField(
        label="Je suis ce dossier", required=False, initial=True
    )

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.days = quick_days(today)
        self.fields["when"].choices = [
            (name, _said(name, day)) for name, day in self.days.items()
        ]
        self.fields["topics"].queryset = Topic.objects.all()
        for name in ("phone", "last_name", "first_name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in ("phone", "email"):
            self.fields[name].requirement = "l’un ou l’autre"
        self.fields["when"].requirement = "ou un autre jour"
        self.fields["phone"].widget.attrs["autofocus"] = not self.is_bound

    @property
    def topic_groups(self) -> list[tuple[str, list]]:
        """The boxes of each track, apart."""
        boxes = {str(box.data["value"]): box for box in self["topics"].subwidgets}
        topics = self.fields["topics"].queryset
        return [
            (
                label,
                [boxes[str(topic.pk)] for topic in topics if topic.track == track],
            )
            for track, label in (
                (Topic.Track.PROFESSIONAL, "Pour exercer"),
                (Topic.Track.FAMILY, "Pour la famille"),
            )
        ]

    def clean_channel(self):
        return self.cleaned_data["channel"] or Person.Origin.PHONE

    def clean_next_action_on(self):
        day = self.cleaned_data["next_action_on"]
        if day and day < self.today:
            raise ValidationError("Cette date est passée.")
        return day

    def clean(self):
        cleaned = super().clean()
        given = {"phone", "email"} & self.errors.keys()
        if not given and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error(
                "phone", "Notez un téléphone ou un courriel, pour pouvoir répondre."
            )
        # A date that was typed is more precise than a word.
        day = cleaned.get("next_action_on") or self.days.get(cleaned.get("when", ""))
        if day is None and not {"when", "next_action_on"} & self.errors.keys():
            self.add_error("when", "Dites pour quand.")
        cleaned["next_action_on"] = day
        return cleaned


class LookAlikeForm(forms.Form):
    """What may already be known of whoever calls; half typed, it is no error."""

    person = forms.CharField(max_length=40, required=False)
    last_name = forms.CharField(max_length=100, required=False)
    first_name = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(max_length=30, required=False)
    email = forms.CharField(max_length=254, required=False)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the caller, and the dossiers their call may join."""

    person: Person
    dossiers: list[InstallationRequest]

    @property
    def value(self) -> str:
        return str(self.person.pk)

    @property
    def choices(self) -> list[tuple[str, InstallationRequest]]:
        return [(f"{DOSSIER}{dossier.pk}", dossier) for dossier in self.dossiers]


@require_http_methods(["GET", "POST"])
def call_new(request):
    """Note a call. When people look like the caller, ask who it is first."""
    _desk_only(request)
    today = timezone.localdate()
    form = CallForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={
            "submission": uuid.uuid4(),
            "next_action": "Rappeler",
            "when": "deux-jours",
        },
    )
    candidates = []
    if request.method == "POST":
        candidates = _look_alikes(form.data)
    if form.is_valid():
        choice = form.cleaned_data["person"]
        person, dossier = _chosen(choice, candidates)
        if person or not candidates or choice == SOMEBODY_NEW:
            try:
                dossier = _note(person, dossier, form.cleaned_data, by=request.user)
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
        "chosen": form.data.get("person", "") if form.is_bound else "",
        "must_choose": bool(candidates) and not form.errors,
        "somebody_new": SOMEBODY_NEW,
    }
    return TemplateResponse(request, "gestion/call.html", context)


@require_safe
def look_alikes(request):
    """The people who look like the caller, while the sheet is being filled."""
    _desk_only(request)
    form = LookAlikeForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    context = {
        "candidates": _look_alikes(said),
        "chosen": said.get("person", ""),
        "somebody_new": SOMEBODY_NEW,
    }
    return TemplateResponse(request, "gestion/_look_alikes.html", context)


def _desk_only(request) -> None:
    if not roles.is_desk(request.user):
        raise PermissionDenied


def _look_alikes(said) -> list[Candidate]:
    """By number, then by address, then by name: the surest first."""
    name = f"{said.get('first_name', '')} {said.get('last_name', '')}"
    open_dossiers = Prefetch(
        "installation_requests",
        InstallationRequest.objects.open().select_related("case_worker__person"),
        to_attr="open_dossiers",
    )
    found: dict[int, Person] = {}
    for text in (said.get("phone", ""), said.get("email", ""), name):
        text = str(text).strip()[:254]
        if len(text) < SHORTEST or len(found) >= LOOK_ALIKES_SHOWN:
            continue
        people = Person.objects.search(text).in_order().prefetch_related(open_dossiers)
        for person in people[:LOOK_ALIKES_SHOWN]:
            found.setdefault(person.pk, person)
    people = list(found.values())[:LOOK_ALIKES_SHOWN]
    return [Candidate(person, person.open_dossiers) for person in people]


def _chosen(
    choice: str, candidates: list[Candidate]
) -> tuple[Person | None, InstallationRequest | None]:
    """Whoever was chosen on the page, and the dossier their call goes to."""
    for candidate in candidates:
        if choice == candidate.value:
            return candidate.person, None
        for value, dossier in candidate.choices:
            if choice == value:
                return candidate.person, dossier
    return None, None


@transaction.atomic
def _note(
    person: Person | None, dossier: InstallationRequest | None, said: dict, *, by
) -> InstallationRequest:
    phone = str(said["phone"] or "")
    identity = {
        "first_name": said["first_name"],
        "last_name": said["last_name"],
        "email": said["email"],
        "phone": phone,
    }
    if person is None:
        person = find_or_create_person(origin=said["channel"], **identity)
    else:
        person = note_identity(person, **identity)
    outcome = {
        name: said[name]
        for name in (
            "channel",
            "topics",
            "note",
            "take_charge",
            "next_action",
            "next_action_on",
            "submission",
        )
    }
    if dossier is not None:
        return calls.join(dossier, by=by, **outcome)
    answers = {"profession": said["profession"]} if said["profession"] else {}
    if phone:
        answers["phone"] = phone
    if places := said["communes"]:
        answers["communes"] = places.communes
        answers["intercommunalities"] = places.intercommunalities
    return calls.take(person, by=by, kind=said["kind"], answers=answers, **outcome)
