import datetime as dt

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.models import PractitionerProfile
from casework.forms import PlainForm, capitalised
from installation.models import Mentor, PracticeOffer
from listings.forms import ListForm
from territory import choosing, zones
from territory.forms import CommuneField
from territory.models import (
    HealthStructure,
    Intercommunality,
    Organisation,
    Zoning,
)

ANY = ("", "Toutes")
# What a doctor or a dentist chooses a place by.
ZONINGS = [Zoning.Kind.ARS_DOCTORS, Zoning.Kind.ARS_DENTISTS, Zoning.Kind.FRR]


class OfferListForm(ListForm):
    """What narrows the list of offers, its map, its feeds and its alerts."""

    field_order = ["q", "nature", "territoire"]

    nature = forms.ChoiceField(
        label="Nature",
        choices=[ANY, *capitalised(PracticeOffer.Kind.choices)],
        required=False,
    )
    territoire = forms.ChoiceField(label="Territoire", required=False)
    exercice = forms.ChoiceField(
        label="Exercice",
        choices=[("", "Tous"), *capitalised(PracticeOffer.Mode.choices)],
        required=False,
    )
    profession = forms.ChoiceField(
        label="Profession",
        choices=[ANY, *capitalised(PractitionerProfile.Profession.choices)],
        required=False,
    )
    commune = forms.CharField(label="Commune", max_length=80, required=False)
    avant = forms.DateField(
        label="Disponible avant le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    zone = forms.ChoiceField(label="Zone", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territoire"].choices = [
            ("", "Tout le Département"),
            *choosing.group_choices(),
        ]
        self.fields["zone"].choices = [
            ANY,
            *zones.choices(ZONINGS, timezone.localdate()),
        ]

    def clean_commune(self):
        typed = self.cleaned_data["commune"].strip()
        return choosing.commune(typed) if typed else None

    def narrow(self, listings, day: dt.date):
        listings = super().narrow(listings, day)
        for name, field in (
            ("nature", "kind"),
            ("exercice", "mode"),
            ("profession", "profession"),
            ("territoire", "intercommunality__code"),
        ):
            if value := self.value(name):
                listings = listings.filter(**{field: value})
        if commune := self.value("commune"):
            listings = listings.in_commune(commune)
        if before := self.value("avant"):
            listings = listings.filter(Q(public_from=None) | Q(public_from__lte=before))
        if zone := self.value("zone"):
            listings = listings.in_zone(zone, zones.assigned(ZONINGS).on(day))
        return listings

    @property
    def has_details(self) -> bool:
        """Is something asked that the first line does not show?"""
        return any(
            self.data.get(name)
            for name in ("exercice", "profession", "commune", "avant", "zone")
        )


class OfferForm(PlainForm, forms.ModelForm):
    """An offer as its author writes it."""

    use_required_attribute = False
    when_blank = {
        "title": "Donnez un titre : « Cabinet de médecine générale à reprendre ».",
        "summary": "Dites l’essentiel en une phrase : elle paraît dans la liste.",
        "commune": "Choisissez la commune où l’on exerce.",
        "kind": "Choisissez ce que vous proposez.",
        "mode": "Choisissez l’exercice proposé.",
        "profession": "Choisissez la profession cherchée.",
        "contact_name": "Dites qui joindre.",
        "contact_email": "Indiquez un courriel : nous y demandons tous les soixante "
        "jours si l’offre tient toujours.",
    }

    commune = CommuneField()

    class Meta:
        model = PracticeOffer
        fields = [
            "kind",
            "is_confidential",
            "title",
            "summary",
            "body",
            "profession",
            "specialty",
            "mode",
            "commune",
            "structure",
            "available_from",
            "available_until",
            "days_a_week",
            "terms",
            "equipment",
            "software",
            "team",
            "housing",
            "organisation",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_is_public",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "mode": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 6}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "available_from": forms.DateInput(
                attrs={"type": "date"}, format="%Y-%m-%d"
            ),
            "available_until": forms.DateInput(
                attrs={"type": "date"}, format="%Y-%m-%d"
            ),
            "contact_phone": forms.TextInput(
                attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
            ),
        }
        labels = {
            "kind": "Vous proposez",
            "is_confidential": "Que ma succession reste confidentielle",
            "summary": "L’essentiel en une phrase",
            "organisation": "Au nom de",
            "contact_is_public": "Montrer ces coordonnées sur la page de l’offre",
        }

    def __init__(self, *args, person, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "mode"):
            field = self.fields[name]
            field.choices = capitalised(field.choices)
        professions = self.fields["profession"]
        professions.choices = [("", "Choisissez"), *capitalised(professions.choices)]
        organisations = Organisation.objects.active().filter(
            memberships__in=person.memberships.on(day)
        )
        self._offer("organisation", organisations.distinct(), "Moi-même")
        self._offer(
            "structure",
            HealthStructure.objects.exclude(status=HealthStructure.Status.CLOSED),
            "Aucune, ou pas dans la liste",
        )
        self.fields["structure"].label = "Maison ou centre de santé"
        if not organisations.exists():
            del self.fields["organisation"]
            self.helper.layout = self.layout()

    def _offer(self, name: str, rows, empty: str) -> None:
        self.fields[name].queryset = rows
        self.fields[name].empty_label = empty

    def layout(self):
        organisation = ["organisation"] * ("organisation" in self.fields)
        return Layout(
            Fieldset("Ce que vous proposez", "kind", "is_confidential"),
            Fieldset("L’annonce", "title", "summary", "body"),
            Fieldset(
                "L’exercice",
                Div("profession", "specialty", css_class="fields"),
                "mode",
                Div("commune", "structure", css_class="fields"),
                Div("available_from", "available_until", css_class="fields"),
                Div("days_a_week", "terms", css_class="fields"),
            ),
            Fieldset("Sur place", "equipment", "software", "team", "housing"),
            Fieldset(
                "Qui joindre",
                *organisation,
                "contact_name",
                Div("contact_email", "contact_phone", css_class="fields"),
                "contact_is_public",
            ),
        )

    def clean(self):
        cleaned = super().clean()
        is_secret = cleaned.get("is_confidential")
        if is_secret and cleaned.get("kind") not in (None, "succession"):
            self.add_error("is_confidential", "Seule une succession peut l’être.")
        if is_secret and cleaned.get("contact_is_public"):
            self.add_error(
                "contact_is_public",
                "Une succession confidentielle ne montre aucune coordonnée.",
            )
        return cleaned


class InterestForm(PlainForm, forms.Form):
    """« Ça m’intéresse », with a word and, or not, one's name to the author."""

    word = forms.CharField(
        label="Un mot, si vous voulez",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par le guichet. Rien sur votre santé.",
    )
    shares_contact = forms.BooleanField(required=False)

    def __init__(self, *args, wording: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shares_contact"].label = wording


class MentorForm(PlainForm, forms.ModelForm):
    """A doctor says when, where and for what they accept to welcome."""

    use_required_attribute = False
    when_blank = {
        "themes": "Choisissez au moins un thème.",
        "availability": "Dites quand l’on peut vous joindre.",
        "intercommunality": "Choisissez votre territoire.",
    }

    themes = forms.MultipleChoiceField(
        label="Ce que vous pouvez partager",
        choices=capitalised(Mentor.Theme.choices),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Mentor
        fields = [
            "themes",
            "availability",
            "intercommunality",
            "most_at_once",
            "introduction",
            "is_active",
        ]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "availability": "Vos disponibilités",
            "intercommunality": "Votre territoire",
            "introduction": "Vous, en quelques mots",
            "is_active": "J’accueille en ce moment",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["intercommunality"]
        codes = [code for code, _label in choosing.group_choices()]
        field.queryset = Intercommunality.objects.filter(code__in=codes).defer(
            "contour"
        )
        field.empty_label = "Choisissez"
