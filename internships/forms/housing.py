"""What is asked of whoever wants a bed, and of whoever has one."""

import datetime as dt

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from casework.forms import PlainForm
from documents.forms import UploadField
from internships.models import Dwelling, HousingRequest

LONGEST = dt.timedelta(days=400)
NO_NIGHT = "Le départ est le jour de l’arrivée : il faut au moins une nuit."
REVERSED = "Le départ est avant l’arrivée : vérifiez les deux dates."


class ComingDay(forms.DateField):
    """A day in the browser's own picker, today or later, within three years."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)
        self.error_messages["invalid"] = (
            "Cette date n’existe pas : vérifiez le jour et le mois."
        )

    def clean(self, value):
        day, today = super().clean(value), timezone.localdate()
        if day and day < today:
            raise forms.ValidationError("Ce jour est déjà passé.")
        if day and day.year > today.year + 3:
            raise forms.ValidationError("Vérifiez l’année de cette date.")
        return day


class DatesForm(PlainForm, forms.Form):
    """The day they arrive and the day they leave; nights are in between."""

    when_blank = {
        "arrival": "Indiquez le jour de votre arrivée.",
        "departure": "Indiquez le jour de votre départ.",
    }
    arrival = ComingDay(label="Arrivée")
    departure = ComingDay(label="Départ")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("arrival"), cleaned.get("departure")
        if not (start and end):
            return cleaned
        if end == start:
            self.add_error(
                "departure",
                "Le départ est le jour de l’arrivée : il faut au moins une nuit.",
            )
        elif end < start:
            self.add_error(
                "departure", "Le départ est avant l’arrivée : vérifiez les deux dates."
            )
        elif end - start > LONGEST:
            self.add_error("departure", "Une demande couvre treize mois au plus.")
        else:
            cleaned["period"] = DateRange(start, end)
        return cleaned


class ChangeDatesForm(DatesForm):
    gives_bed_up = forms.BooleanField(
        label="Si ma chambre n’est pas libre à ces dates, j’y renonce et j’en attends "
        "une autre",
        required=False,
    )

    def __init__(self, *args, has_bed, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_bed:
            del self.fields["gives_bed_up"]


class HousingRequestForm(DatesForm, forms.ModelForm):
    """Dates, who comes, and where: one page."""

    when_blank = DatesForm.when_blank | {
        "purpose": "Dites ce qui vous amène : le guichet en tient compte.",
        "accepts": "Lisez ce qui ne se cumule pas, puis cochez la case.",
    }
    dwellings = forms.ModelMultipleChoiceField(
        label="Logements souhaités",
        help_text="Aucun coché : toute chambre qui se libère vous est proposée.",
        queryset=Dwelling.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accepts = forms.BooleanField()

    class Meta:
        model = HousingRequest
        fields = [
            "purpose",
            "for_two",
            "children",
            "has_car",
            "has_animal",
            "needs_accessible",
            "word",
        ]
        labels = {
            "purpose": "Ce qui vous amène",
            "for_two": "Je viens en couple",
            "children": "Enfants qui viennent",
            "has_car": "J’ai une voiture",
            "has_animal": "Je viens avec un animal",
            "needs_accessible": "J’ai besoin d’un logement accessible en fauteuil",
            "word": "Ce qu’il faut savoir",
        }
        widgets = {
            "word": forms.Textarea(attrs={"rows": 3}),
            "children": forms.NumberInput(attrs={"min": 0, "max": 9}),
        }

    def __init__(self, *args, wording, placement=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.placement, self.wording = placement, wording
        self.fields["dwellings"].queryset = (
            Dwelling.objects.open().in_order().select_related("commune")
        )
        self.fields["children"].required = False
        self.fields["children"].max_value = 9
        self.fields["accepts"].label = wording
        if placement:
            del self.fields["purpose"]
        else:
            self.fields["purpose"].required = True
        self.helper.layout = self.layout()

    def layout(self):
        names = [name for name in ("purpose",) if name in self.fields]
        return Layout(
            Fieldset(
                "Vos dates",
                Div("arrival", "departure", css_class="field-row"),
                *names,
            ),
            Fieldset(
                "Qui vient",
                "for_two",
                "children",
                "has_car",
                "has_animal",
                "needs_accessible",
            ),
            Fieldset("Où", "dwellings", "word"),
            Fieldset("Avant d’envoyer", "accepts"),
        )

    def clean_children(self):
        children = self.cleaned_data.get("children") or 0
        if children > 9:
            raise forms.ValidationError("Vérifiez le nombre d’enfants.")
        return children

    def clean(self):
        cleaned = super().clean()
        if "period" in cleaned:
            self.instance.period = cleaned["period"]
        self.instance.placement = self.placement
        self.instance.wording = self.wording
        return cleaned

    def _get_validation_exclusions(self):
        # The constraints on its days are told by the action, in the page's words.
        return super()._get_validation_exclusions() | {"period"}


class LeaveForm(PlainForm, forms.Form):
    when_blank = {"on": "Indiquez le jour de votre départ."}
    on = ComingDay(label="Nouveau jour de départ")


class ExtendForm(PlainForm, forms.Form):
    when_blank = {"until": "Indiquez jusqu’à quel jour vous voudriez rester."}
    until = ComingDay(label="Rester jusqu’au")


class ConfirmForm(PlainForm, forms.Form):
    """Yes to a bed, once what does not add up with it is accepted."""

    when_blank = {"accepts": "Lisez ce qui ne se cumule pas, puis cochez la case."}
    accepts = forms.BooleanField()

    def __init__(self, *args, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepts"].label = wording
        if not wording:
            del self.fields["accepts"]


class InsuranceForm(PlainForm, forms.Form):
    when_blank = {"file": "Choisissez votre attestation d’assurance habitation."}
    file = UploadField(label="Attestation d’assurance habitation")
