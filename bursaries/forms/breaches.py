"""What the desk says of an agreement that is not kept."""

from django import forms
from django.utils import timezone

from bursaries.choices import Ground, Outcome
from bursaries.models import BreachStep
from casework.forms import EurosField, PastOrComingDay, capitalised


class _Form(forms.Form):
    use_required_attribute = False


def _text(label: str, **more) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=2000, widget=area, **more)


class OpenForm(_Form):
    ground = forms.ChoiceField(
        label="Ce qui ne paraît pas tenu",
        choices=capitalised(Ground.choices),
        widget=forms.RadioSelect,
    )
    since = PastOrComingDay(label="Depuis le", required=True)


class StepForm(_Form):
    on = PastOrComingDay(label="Le", required=True)
    kind = forms.ChoiceField(
        label="Nature",
        choices=capitalised(BreachStep.Kind.choices),
        widget=forms.RadioSelect,
    )
    text = _text("Ce qui s’est dit")
    until = PastOrComingDay(label="Délai jusqu’au", help_text="Pour un délai accordé.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())


class NoticeForm(_Form):
    text = _text(
        "Les faits et les échanges",
        help_text="Ils figurent dans la lettre, avec la base légale et le délai.",
    )


class SpreadForm(_Form):
    count = forms.IntegerField(label="Nombre de mensualités", min_value=1)
    first_on = PastOrComingDay(label="La première avant le", required=True)


class TitleForm(_Form):
    number = forms.CharField(label="Numéro du titre de recettes", max_length=40)
    on = PastOrComingDay(label="Émis le", required=True)


class ReceiptForm(_Form):
    on = PastOrComingDay(label="Reçu le", required=True)
    amount = EurosField(
        label="Montant", required=True, min_value=None, help_text="Négatif si rejeté."
    )
    note = forms.CharField(label="Référence", max_length=60, required=False)


class CloseForm(_Form):
    outcome = forms.ChoiceField(
        label="Comment",
        choices=[
            choice
            for choice in capitalised(Outcome.choices)
            if choice[0] != Outcome.REPAID
        ],
        widget=forms.RadioSelect,
    )
    text = _text(
        "Pourquoi", help_text="Pour une libération, le numéro de la délibération."
    )
