"""What trainees say of their placements, and the calculator anyone may use."""

import datetime as dt
from decimal import Decimal

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from casework.forms import EurosField, PlainForm, capitalised
from internships.indemnities import Situation, Zone
from internships.models import Assessment, Placement, PlacementKind, PlacementSite
from territory.forms import CommuneField

LONGEST = dt.timedelta(days=366)
MARKS = [
    (1, "1, pas du tout"),
    (2, "2"),
    (3, "3"),
    (4, "4"),
    (5, "5, tout à fait"),
]


class PastDayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=_day_input(), **kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError("Cette date n’est pas encore arrivée.")
        if day and day.year < timezone.localdate().year - 10:
            raise forms.ValidationError("Cette date est trop ancienne.")
        return day


def _day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeclareForm(PlainForm, forms.ModelForm):
    """Where somebody comes, and when, without an offer of ours."""

    when_blank = {
        "kind": "Choisissez la nature du stage.",
        "first_on": "Indiquez votre premier jour.",
        "last_on": "Indiquez votre dernier jour.",
    }
    site = forms.ModelChoiceField(
        label="Terrain",
        queryset=PlacementSite.objects.none(),
        required=False,
        empty_label="Il n’est pas dans la liste",
    )
    place_name = forms.CharField(
        label="Sinon, où ?",
        help_text="« Cabinet du docteur Pujol », « service de gériatrie ».",
        max_length=150,
        required=False,
    )
    commune = CommuneField(
        label="Commune",
        help_text="Inutile si le terrain est dans la liste.",
        required=False,
    )
    first_on = forms.DateField(label="Premier jour", widget=_day_input())
    last_on = forms.DateField(label="Dernier jour", widget=_day_input())

    class Meta:
        model = Placement
        fields = ["kind", "modality", "site", "place_name", "commune"]
        labels = {"kind": "Nature du stage"}

    def __init__(self, *args, wording="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = PlacementSite.objects.active().in_order()
        self.fields["kind"].choices = [
            ("", "Choisir"),
            *capitalised(PlacementKind.choices),
        ]
        self.fields["modality"].choices = capitalised(self.fields["modality"].choices)
        if wording:
            self.fields["accepts"] = forms.BooleanField(
                label=wording,
                error_messages={
                    "required": "Lisez ce qui ne se cumule pas, puis cochez la case."
                },
            )
        self.helper.layout = self.layout()

    def layout(self):
        own = ["accepts"] if "accepts" in self.fields else []
        return Layout(
            Fieldset("Le stage", "kind", "modality"),
            Fieldset("Où", "site", "place_name", "commune"),
            Fieldset("Quand", "first_on", "last_on"),
            *([Fieldset("Avant d’enregistrer", *own)] if own else []),
        )

    def clean(self):
        cleaned = super().clean()
        site = cleaned.get("site")
        if site:
            cleaned["commune"], cleaned["place_name"] = site.commune, ""
        else:
            if not cleaned.get("place_name") and "place_name" not in self.errors:
                self.add_error(
                    "place_name",
                    "Choisissez un terrain de la liste, ou nommez le lieu.",
                )
            if not cleaned.get("commune") and "commune" not in self.errors:
                self.add_error("commune", "Indiquez la commune du stage.")
        self._clean_period(cleaned)
        return cleaned

    def _clean_period(self, cleaned):
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if not first or not last:
            return
        today = timezone.localdate()
        if last < first:
            self.add_error("last_on", "Le dernier jour vient après le premier.")
        elif last - first > LONGEST:
            self.add_error("last_on", "Un stage dure un an au plus.")
        elif abs((first - today).days) > 3 * 366:
            self.add_error("first_on", "Cette date est à plus de trois ans.")
        else:
            cleaned["period"] = DateRange(first, last + dt.timedelta(days=1))

    def _post_clean(self):
        """The period is known only once both days are: the action checks the row."""
        for name in ("kind", "modality", "site", "place_name", "commune", "period"):
            if self.cleaned_data.get(name) is not None:
                setattr(self.instance, name, self.cleaned_data[name])


class ReasonForm(PlainForm, forms.Form):
    reason = forms.CharField(
        label="Pourquoi",
        help_text="Le terrain le lit. Rien sur votre santé.",
        max_length=300,
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class CancelForm(ReasonForm):
    """Why, and whether the bed that goes with the placement is given back."""

    gives_bed_back = forms.BooleanField(
        label="Rendre aussi la chambre, ou retirer la demande de chambre",
        required=False,
        initial=True,
    )

    def __init__(self, *args, has_bed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_bed:
            del self.fields["gives_bed_back"]


class AssessmentForm(PlainForm, forms.Form):
    """Six questions, a word, the licence and whether to stay in touch."""

    comment = forms.CharField(
        label="Un mot pour le guichet",
        help_text="Lu par le guichet seul. Rien sur la santé de qui que ce soit.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    locum_licence_on = PastDayField(
        label="Licence de remplacement obtenue le",
        help_text="Si vous l’avez : le guichet peut vous proposer des remplacements.",
        required=False,
    )

    def __init__(self, *args, keep_in_touch="", **kwargs):
        super().__init__(*args, **kwargs)
        for question, sentence in Assessment.QUESTIONS.items():
            self.fields[question] = forms.TypedChoiceField(
                label=sentence,
                choices=MARKS,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez une réponse, de 1 à 5."},
            )
        if keep_in_touch:
            self.fields["keep_in_touch"] = forms.BooleanField(
                label=keep_in_touch, required=False
            )
        self.helper.layout = self.layout()

    def layout(self):
        after = ["comment", "locum_licence_on"]
        if "keep_in_touch" in self.fields:
            after.append("keep_in_touch")
        asked = [name for name in Assessment.QUESTIONS if name in self.fields]
        return Layout(Fieldset("Ce stage", *asked), Fieldset("Et ensuite", *after))

    @property
    def marks(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in Assessment.QUESTIONS}


class MonthlyEurosField(EurosField):
    """Nothing typed is nothing paid."""

    def __init__(self, **kwargs):
        super().__init__(max_value=5000, **kwargs)

    def clean(self, value):
        return super().clean(value) or Decimal("0.00")


class CalculatorForm(PlainForm, forms.Form):
    """One month of a trainee; blank is nothing."""

    kind = forms.ChoiceField(
        label="Votre stage",
        choices=[("", "Choisir"), *capitalised(PlacementKind.choices)],
        error_messages={"required": "Choisissez la nature de votre stage."},
    )
    zone = forms.ChoiceField(
        label="La commune du stage est en",
        choices=Zone.CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une zone."},
    )
    km = forms.IntegerField(
        label="Kilomètres entre votre faculté ou votre domicile et le stage",
        required=False,
        min_value=0,
        max_value=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    rent_elsewhere = MonthlyEurosField(
        label="Votre loyer si vous vous logez seul ou seule, en euros par mois"
    )
    rent_here = MonthlyEurosField(
        label="Le loyer de la chambre prêtée, en euros par mois"
    )
    allowance = MonthlyEurosField(
        label="L’indemnité de logement proposée, en euros par mois",
        help_text="Laissez vide si personne ne vous en propose.",
    )

    @property
    def situation(self) -> Situation:
        return Situation(**self.cleaned_data | {"km": self.cleaned_data["km"] or 0})
