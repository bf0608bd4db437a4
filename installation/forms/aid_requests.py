"""What is asked of whoever wants the Département's aid to settle."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import rpps
from accounts.forms import IDENTITY_WIDGETS
from casework.forms import (
    WHO_IS_BLANK,
    EurosField,
    PastOrComingDay,
    PlainForm,
    capitalised,
    require_who,
)
from installation import aid_rules
from installation.aid_choices import Mode, Practice
from installation.models import AidRequest
from territory.forms import CommuneField


class AidRequestForm(PlainForm, forms.ModelForm):
    """The project and who asks; a draft may hold less than a request."""

    when_blank = WHO_IS_BLANK | {
        "address": "Indiquez votre adresse : numéro et rue, ou lieu-dit.",
        "postal_code": "Indiquez votre code postal.",
        "city": "Indiquez votre ville.",
        "kind": "Choisissez l’aide que vous demandez.",
        "profession": "Choisissez votre profession.",
        "mode": "Choisissez un exercice.",
        "first_day_on": "Indiquez le premier jour prévu, même s’il peut bouger.",
        "commitment_months": "Dites pendant combien de mois vous vous engagez.",
        "project": "Présentez votre projet en quelques mots.",
        "amount_asked": "Indiquez le montant que vous demandez.",
    }

    commune = CommuneField(
        label="Commune d’exercice",
        error_messages={"required": "Choisissez la commune où vous exercerez."},
    )
    first_day_on = PastOrComingDay(label="Premier jour prévu", required=True)
    amount_asked = EurosField(label="Montant demandé, en euros")
    budget = EurosField(label="Budget total du projet, en euros")
    previous_on = PastOrComingDay(label="Dernière aide locale, signée le")
    de_minimis = EurosField(
        label="Aides de minimis reçues depuis trois ans, en euros",
        help_text="Si vous en avez reçu : le total ne dépasse pas 300 000 € sur trois "
        "ans (règlement UE 2023/2831).",
    )

    class Meta:
        model = AidRequest
        fields = [
            "first_name",
            "last_name",
            "email",
            "phone",
            "address",
            "postal_code",
            "city",
            "profession",
            "rpps",
            "beneficiary",
            "centre_name",
            "kind",
            "commune",
            "mode",
            "first_day_on",
            "days_a_week",
            "commitment_months",
            "amount_asked",
            "budget",
            "project",
            "previous_on",
            "previous_from",
            "other_aids",
            "de_minimis",
        ]
        widgets = IDENTITY_WIDGETS | {
            "beneficiary": forms.RadioSelect,
            "kind": forms.RadioSelect,
            "mode": forms.RadioSelect,
            "project": forms.Textarea(attrs={"rows": 5}),
            "other_aids": forms.Textarea(attrs={"rows": 3}),
            "commitment_months": forms.NumberInput(
                attrs={"min": aid_rules.LEAST_MONTHS, "inputmode": "numeric"}
            ),
        }
        labels = {
            "beneficiary": "Vous demandez pour",
            "kind": "L’aide que vous demandez",
            "mode": "Vous exercerez",
            "project": "Votre projet",
            "commitment_months": "Engagement d’exercice dans la zone, en mois",
            "previous_from": "Avec quelle collectivité",
            "other_aids": "Autres aides reçues ou demandées pour ce projet",
            "days_a_week": "Jours par semaine",
        }
        help_texts = {
            "email": "L’accusé de réception et nos réponses y arrivent.",
            "rpps": "Onze chiffres, sur votre carte CPS ou e-CPS.",
            "centre_name": "Si vous demandez pour un centre de santé.",
            "commitment_months": "Trois ans au moins : 36 mois (article R. 1511-45 du "
            "CGCT).",
            "project": "Le lieu, l’équipe, les patients, le calendrier. Rien sur votre "
            "santé.",
            "other_aids": "Qui, combien, quand.",
        }

    def __init__(self, *args, account_email: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("profession", "kind", "mode", "project"):
            self.fields[name].required = True
        require_who(self, account_email)
        self.fields["profession"].choices = [
            ("", "Choisissez"),
            *capitalised(
                choice for choice in Practice.choices if choice[0] != Practice.STUDENT
            ),
        ]
        for name, choices in (
            ("kind", AidRequest.Kind.choices),
            ("mode", Mode.choices),
            ("beneficiary", AidRequest.Beneficiary.choices),
        ):
            self.fields[name].choices = capitalised(choices)
        self.fields["days_a_week"].widget.attrs |= {"min": 1, "max": 6}
        self.fields["amount_asked"].requirement = "obligatoire pour une somme"
        self.fields["centre_name"].requirement = "obligatoire pour un centre"

    def layout(self):
        return Layout(
            Fieldset(
                "L’aide",
                Div("kind", css_class="choices-one"),
                "beneficiary",
                "centre_name",
                Div("amount_asked", "budget", css_class="fields"),
            ),
            Fieldset(
                "Le projet",
                "commune",
                Div("profession", "rpps", css_class="fields"),
                "mode",
                Div("first_day_on", "days_a_week", css_class="fields"),
                "commitment_months",
                "project",
            ),
            Fieldset(
                "Les aides déjà reçues",
                HTML(
                    '<p class="form-text">Une aide à l’installation ou au maintien, '
                    "signée avec une commune, une intercommunalité, un Département ou "
                    "une Région, ferme ce droit pendant dix ans.</p>"
                ),
                Div("previous_on", "previous_from", css_class="fields"),
                "other_aids",
                "de_minimis",
            ),
            Fieldset(
                "Vous",
                Div("first_name", "last_name", css_class="fields"),
                Div("email", "phone", css_class="fields"),
                "address",
                Div("postal_code", "city", css_class="fields"),
            ),
        )

    def clean_rpps(self):
        number = "".join(self.cleaned_data["rpps"].split())
        if number and not rpps.is_valid(number):
            raise ValidationError(rpps.REFUSAL)
        return number

    def clean_first_day_on(self):
        day = self.cleaned_data["first_day_on"]
        today = timezone.localdate()
        if day and not today.year - 1 <= day.year <= today.year + 5:
            raise ValidationError(
                "Indiquez un premier jour proche : d’hier à cinq ans d’ici."
            )
        return day

    def clean_previous_on(self):
        day = self.cleaned_data["previous_on"]
        if day and day > timezone.localdate():
            raise ValidationError("Cette signature est à venir : vérifiez la date.")
        return day

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        is_centre = cleaned.get("beneficiary") == AidRequest.Beneficiary.HEALTH_CENTRE
        if is_centre:
            if kind and kind not in aid_rules.KINDS_FOR_CENTRES:
                self.add_error(
                    "kind",
                    "Un centre de santé peut demander une aide à l’investissement ou "
                    "des locaux (article R. 1511-44 du CGCT).",
                )
            if not cleaned.get("centre_name") and "centre_name" not in self.errors:
                self.add_error("centre_name", "Indiquez le nom du centre de santé.")
        elif "centre_name" in cleaned:
            cleaned["centre_name"] = ""
        flat = AidRequest.Kind.FLAT_PRACTICE_BONUS
        if kind == flat and cleaned.get("mode") == Mode.SALARIED:
            self.add_error(
                "kind",
                "La prime d’exercice forfaitaire est réservée aux professionnels "
                "libéraux (article R. 1511-44 du CGCT).",
            )
        is_money = kind in {
            AidRequest.Kind.INVESTMENT_OR_RUNNING_COSTS,
            AidRequest.Kind.INSTALLATION_BONUS,
            flat,
        }
        is_blank = not cleaned.get("amount_asked") and "amount_asked" not in self.errors
        if is_money and is_blank:
            self.add_error("amount_asked", self.when_blank["amount_asked"])
        return cleaned

    @property
    def answers(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class FileAidForm(PlainForm, forms.Form):
    """The last tick before the request leaves."""

    is_attested = forms.BooleanField(
        label="", error_messages={"required": "Cochez l’attestation pour déposer."}
    )
    is_exact = forms.BooleanField(
        label="J’ai relu ma demande, elle est exacte.",
        error_messages={"required": "Cochez cette case pour déposer votre demande."},
    )

    def __init__(self, *args, attestation: str, **kwargs):
        super().__init__(*args, **kwargs)
        if attestation:
            self.fields["is_attested"].label = attestation
        else:
            del self.fields["is_attested"]
            self.helper.layout = self.layout()
