"""What a person sends about their plan, a visit, and their installation."""

import datetime as dt

from django import forms
from django.utils import timezone

from casework.forms import PlainForm, capitalised
from documents.forms import UploadsField
from installation.models import FollowUp, Settlement
from territory.forms import CommuneField
from territory.models import HealthStructure


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StepDoneForm(PlainForm, forms.Form):
    note = forms.CharField(
        label="Une précision",
        max_length=300,
        required=False,
        help_text="Un numéro, une date, qui vous a répondu. Rien sur votre santé.",
    )
    files = UploadsField(label="Joindre la preuve", required=False)

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > 1:
            raise forms.ValidationError("Joignez un seul fichier à une étape.")
        return files


class OtherDayForm(PlainForm, forms.Form):
    wanted = forms.CharField(
        label="Quels jours vous conviennent ?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="« Un lundi de janvier », « pas avant le 10 ».",
        error_messages={"required": "Dites quels jours vous conviennent."},
    )


class SettlementForm(PlainForm, forms.ModelForm):
    """Where somebody practises, and since when."""

    when_blank = {
        "first_day_on": "Indiquez votre premier jour d’exercice.",
        "mode": "Choisissez comment vous exercez.",
        "days_a_week": "Indiquez un nombre de jours, de 1 à 7.",
    }
    commune = CommuneField(label="Commune d’exercice")

    class Meta:
        model = Settlement
        fields = [
            "commune",
            "address",
            "structure",
            "mode",
            "first_day_on",
            "days_a_week",
        ]
        widgets = {
            "first_day_on": day_input(),
            "mode": forms.RadioSelect,
            "days_a_week": forms.NumberInput(
                attrs={"inputmode": "numeric", "min": 1, "max": 7}
            ),
        }
        labels = {
            "address": "Adresse du cabinet",
            "first_day_on": "Premier jour d’exercice",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        structure = self.fields["structure"]
        places = HealthStructure.objects.open().exclude(kind="pharmacy")
        structure.queryset = places.order_by("sort_key")
        structure.required = False
        structure.empty_label = "Aucune, ou pas dans la liste"
        structure.label = "Structure"
        self.fields["mode"].choices = capitalised(Settlement.Mode.choices)

    def clean_first_day_on(self):
        day = self.cleaned_data["first_day_on"]
        today = timezone.localdate()
        if abs((day - today).days) > 3660:
            raise forms.ValidationError("Cette date est à plus de dix ans.")
        return day

    @property
    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PresenceForm(forms.Form):
    """« Toujours là ? »: the button that was pressed, and a day for those who left."""

    answer = forms.ChoiceField(choices=FollowUp.Answer)
    left_on = forms.DateField(
        label="Vous n’y exercez plus depuis le", required=False, widget=day_input()
    )

    def clean_left_on(self):
        day = self.cleaned_data["left_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Cette date n’est pas encore arrivée.")
        if day and day < dt.date(2000, 1, 1):
            raise forms.ValidationError("Cette date est trop ancienne.")
        return day
