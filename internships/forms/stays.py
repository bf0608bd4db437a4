"""What is asked of whoever runs a stay: a reason, a day, a sum."""

from decimal import Decimal

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from casework.forms import PlainForm

LONGEST_CLEANING = 30


class JustYesForm(PlainForm, forms.Form):
    """Nothing is asked: it is done."""


class RefusalForm(PlainForm, forms.Form):
    use_required_attribute = False
    when_blank = {"reason": "Dites pourquoi : la personne le lira."}

    reason = forms.CharField(
        label="Pourquoi",
        help_text="« Elle ne nomme pas le logement » : la personne le lit.",
        max_length=300,
    )


class PastDayForm(PlainForm, forms.Form):
    use_required_attribute = False
    when_blank = {"on": "Indiquez le jour."}

    on = forms.DateField(
        label="Le jour",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Cette date n’existe pas : vérifiez le jour et le mois."
        },
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore arrivé.")
        return day


class DepositBackForm(PastDayForm):
    """When it was given back, what was kept of it and why."""

    when_blank = PastDayForm.when_blank | {"kept": "Rien de retenu : indiquez 0."}

    kept = forms.DecimalField(
        label="Somme retenue, en euros",
        min_value=0,
        max_digits=7,
        decimal_places=2,
        initial=Decimal(0),
    )
    because = forms.CharField(
        label="Pourquoi",
        help_text="Seulement si une somme est retenue : « carreau cassé ».",
        max_length=300,
        required=False,
    )

    def layout(self):
        return Layout(Div("on", "kept", css_class="fields"), "because")


class CleaningForm(PlainForm, forms.Form):
    use_required_attribute = False
    when_blank = {"days": "Indiquez un nombre de jours : 0 s’il n’en faut pas."}

    days = forms.IntegerField(
        label="Jours de ménage après le départ",
        help_text="La chambre n’est proposée à personne pendant ces jours.",
        min_value=0,
        max_value=LONGEST_CLEANING,
    )
