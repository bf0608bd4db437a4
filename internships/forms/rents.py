from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

from casework.forms import PlainForm, capitalised
from internships.models import RentCall, RentPayment


class RentListForm(forms.Form):
    """What narrows the list of an owner; what means nothing narrows nothing."""

    STATES = [
        ("", "Tous"),
        ("retard", "En retard"),
        ("a-payer", "À payer"),
        ("payes", "Payés"),
    ]

    etat = forms.ChoiceField(label="État", choices=STATES, required=False)
    mois = forms.DateField(label="Mois", input_formats=["%Y-%m"], required=False)

    def narrow(self, calls, day):
        self.is_valid()
        state = self.cleaned_data.get("etat", "")
        if state == "retard":
            calls = calls.late(day)
        elif state == "a-payer":
            calls = calls.unpaid()
        elif state == "payes":
            calls = calls.settled()
        if month := self.cleaned_data.get("mois"):
            calls = calls.filter(month=month)
        return calls


class PaymentForm(PlainForm, forms.Form):
    """Money received, as it is written down."""

    amount = forms.DecimalField(
        label="Montant reçu, en euros",
        max_digits=8,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(Decimal("0.01"), "Indiquez un montant.")],
        help_text="Une partie suffit : le reste demeure à payer.",
    )
    paid_on = forms.DateField(
        label="Reçu le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    means = forms.ChoiceField(
        label="Moyen",
        choices=capitalised(RentPayment.Means.choices),
        widget=forms.RadioSelect,
    )

    when_blank = {
        "amount": "Indiquez le montant reçu.",
        "paid_on": "Indiquez le jour où vous l'avez reçu.",
    }

    def __init__(self, *args, call: RentCall, day, **kwargs):
        self.day = day
        initial = {
            "amount": call.balance,
            "paid_on": day,
            "means": RentPayment.Means.TRANSFER,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def clean_paid_on(self):
        paid_on = self.cleaned_data["paid_on"]
        if paid_on > self.day:
            raise ValidationError("Ce jour n'est pas encore venu.")
        return paid_on
