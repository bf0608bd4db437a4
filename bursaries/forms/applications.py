"""What is asked of whoever applies for a bursary."""

import datetime as dt

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms import IDENTITY_WIDGETS
from bursaries.choices import Cesp, Profession, StudyLevel
from bursaries.models import BursaryApplication, SchemeVersion
from casework.forms import (
    WHO_IS_BLANK,
    EurosField,
    PastOrComingDay,
    PlainForm,
    capitalised,
    require_who,
)


class MonthField(forms.DateField):
    """A month, as its first day: « 2027-01 » from the browser, « 01/2027 » by hand."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m", "%m/%Y", "%Y-%m-%d"],
            widget=forms.DateInput(
                attrs={"type": "month", "placeholder": "2027-01"}, format="%Y-%m"
            ),
            **kwargs,
        )
        self.error_messages["invalid"] = "Écrivez un mois et une année : 01/2027."

    def clean(self, value):
        day = super().clean(value)
        return day and day.replace(day=1)


class SchemeChoice(forms.ModelChoiceField):
    """One bursary among those open today; its address names it."""

    def __init__(self, **kwargs):
        super().__init__(
            SchemeVersion.objects.none(), to_field_name="scheme__slug", **kwargs
        )

    def label_from_instance(self, version):
        return version.scheme.name

    def prepare_value(self, value):
        return value.scheme.slug if isinstance(value, SchemeVersion) else value


class ApplicationForm(PlainForm, forms.ModelForm):
    """The studies, the project and who asks; a draft may hold less."""

    when_blank = WHO_IS_BLANK | {
        "version": "Choisissez la bourse que vous demandez.",
        "address": "Indiquez votre adresse : numéro et rue, ou lieu-dit.",
        "postal_code": "Indiquez votre code postal.",
        "city": "Indiquez votre ville.",
        "profession": "Choisissez vos études.",
        "level": "Choisissez votre année d’études.",
        "faculty": "Indiquez votre faculté.",
        "diploma_on": "Indiquez le diplôme prévu, même s’il peut bouger.",
        "starts_on": "Indiquez le premier mois demandé.",
        "months": "Dites pour combien de mois vous demandez la bourse.",
        "project": "Présentez votre projet en quelques mots.",
    }

    version = SchemeChoice(
        label="La bourse",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Cette bourse n’est plus ouverte."},
    )
    diploma_on = PastOrComingDay(
        label="Fin des études, prévue le",
        required=True,
        help_text="Thèse ou diplôme : la date la plus probable.",
    )
    starts_on = MonthField(
        label="Premier mois demandé", help_text="Le mois et l’année : 01/2027."
    )
    others_monthly = EurosField(
        label="Leur montant par mois, en euros",
        help_text="Toutes collectivités réunies : commune, intercommunalité, région.",
        max_digits=7,
    )

    class Meta:
        model = BursaryApplication
        fields = [
            "version",
            "profession",
            "level",
            "faculty",
            "is_enrolled",
            "is_in_eu",
            "may_practise",
            "diploma_on",
            "starts_on",
            "months",
            "others_from",
            "others_monthly",
            "cesp",
            "has_other_commitment",
            "project",
            "first_name",
            "last_name",
            "email",
            "phone",
            "address",
            "postal_code",
            "city",
        ]
        widgets = IDENTITY_WIDGETS | {
            "cesp": forms.RadioSelect,
            "project": forms.Textarea(attrs={"rows": 6}),
            "months": forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
        }
        labels = {
            "profession": "Vos études",
            "level": "Votre année, en ce moment",
            "faculty": "Votre faculté",
            "is_enrolled": "Je suis à la faculté cette année universitaire",
            "is_in_eu": "Ma faculté est dans l’Union européenne ou l’Espace économique "
            "européen",
            "may_practise": "Mon diplôme permettra d’exercer en France",
            "months": "Nombre de mois demandés",
            "others_from": "Autres aides reçues pour ces mois",
            "cesp": "Avez-vous signé un contrat d’engagement de service public "
            "(CESP) ?",
            "has_other_commitment": "J’ai un autre engagement d’exercice, ou une autre "
            "bourse",
            "project": "Votre projet professionnel",
        }
        help_texts = {
            "email": "L’accusé de réception et nos réponses y arrivent.",
            "others_from": "De qui : commune, intercommunalité, région. Laissez vide "
            "si vous n’en recevez pas.",
            "project": "Ce qui vous attire ici, l’exercice que vous imaginez, le "
            "calendrier. Rien sur votre santé.",
        }

    def __init__(self, *args, account_email: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        day = timezone.localdate()
        open_today = SchemeVersion.objects.on(day).select_related("scheme")
        self.fields["version"].queryset = open_today.order_by(
            "scheme__rank", "scheme__name"
        )
        for name in (
            "profession",
            "level",
            "faculty",
            "starts_on",
            "months",
            "project",
        ):
            self.fields[name].required = True
        require_who(self, account_email)
        for name, choices in (("profession", Profession), ("level", StudyLevel)):
            self.fields[name].choices = [
                ("", "Choisir"),
                *capitalised(choices.choices),
            ]
        self.fields["cesp"].choices = capitalised(Cesp.choices)

    def layout(self):
        return Layout(
            Fieldset("La bourse", Div("version", css_class="choices-one")),
            Fieldset(
                "Vos études",
                Div("profession", "level", css_class="fields"),
                Div("faculty", "diploma_on", css_class="fields"),
                "is_enrolled",
                "is_in_eu",
                "may_practise",
            ),
            Fieldset(
                "Ce que vous demandez",
                Div("starts_on", "months", css_class="fields"),
                Div("others_from", "others_monthly", css_class="fields"),
                HTML('{% include "bursaries/applications/_projection_slot.html" %}'),
            ),
            Fieldset("Vos engagements", "cesp", "has_other_commitment"),
            Fieldset("Votre projet", "project"),
            Fieldset(
                "Vous",
                Div("first_name", "last_name", css_class="fields"),
                Div("email", "phone", css_class="fields"),
                "address",
                Div("postal_code", "city", css_class="fields"),
            ),
        )

    def clean_starts_on(self):
        month, today = self.cleaned_data["starts_on"], timezone.localdate()
        if not today.replace(day=1) <= month <= today + dt.timedelta(days=730):
            raise ValidationError(
                "Choisissez un mois à venir, ou celui-ci, dans les deux ans."
            )
        return month

    def clean_others_monthly(self):
        return self.cleaned_data["others_monthly"] or 0

    def clean(self):
        cleaned = super().clean()
        version, months = cleaned.get("version"), cleaned.get("months")
        if version and months and months > version.max_months:
            self.add_error(
                "months", f"Cette bourse est versée {version.max_months} mois au plus."
            )
        if cleaned.get("others_monthly") and not cleaned.get("others_from"):
            self.add_error("others_from", "Dites de qui vient cette aide.")
        return cleaned

    @property
    def answers(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProjectionForm(forms.Form):
    """What the estimate needs, as it is being typed: no word about what is missing."""

    version = SchemeChoice()
    starts_on = MonthField()
    months = forms.IntegerField(min_value=1, max_value=144)
    others_monthly = EurosField(max_digits=7)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        versions = SchemeVersion.objects.on(timezone.localdate())
        self.fields["version"].queryset = versions.select_related("scheme")


class FileApplicationForm(PlainForm, forms.Form):
    """The last ticks before the application leaves."""

    is_attested = forms.BooleanField(
        label="", error_messages={"required": "Cochez l’attestation pour déposer."}
    )
    is_aware = forms.BooleanField(
        error_messages={"required": "Cochez cette case pour déposer votre demande."},
    )
    is_exact = forms.BooleanField(
        label="J’ai relu ma demande, elle est exacte.",
        error_messages={"required": "Cochez cette case pour déposer votre demande."},
    )

    def __init__(self, *args, attestation: str, commitment: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_attested"].label = attestation
        self.fields["is_aware"].label = (
            f"J’ai compris ce que la bourse demande en retour : {commitment} "
            "d’exercice, ou le remboursement de ce que j’aurai reçu."
        )
