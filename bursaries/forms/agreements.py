"""What a person or the desk says of an agreement."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils import timezone

from bursaries.choices import Mode, Rhythm, ZoneReference
from bursaries.models import Deed, DeedCopy, Scheme
from casework.forms import (
    DayField,
    EurosField,
    PastOrComingDay,
    PlainForm,
    capitalised,
)
from documents import filing
from documents.forms import UploadField


class CodeForm(PlainForm, forms.Form):
    """The code of the e-mail and the words agreed to."""

    when_blank = {
        "code": "Recopiez le code reçu par courriel.",
        "consent": "Cochez pour signer.",
    }

    code = forms.CharField(
        label="Le code reçu par courriel",
        help_text="Six chiffres, valables un quart d’heure.",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )
    consent = forms.BooleanField(label=filing.CONSENT)


class _DeskForm(forms.Form):
    use_required_attribute = False


class ApproveForm(_DeskForm):
    name = forms.CharField(label="Qui signe pour le Département", max_length=200)
    capacity = forms.CharField(
        label="En qualité de",
        max_length=60,
        help_text="« président du conseil départemental », « vice-présidente, par "
        "délégation »…",
    )
    email = forms.EmailField(
        label="Son courriel",
        required=False,
        help_text="Pour signer en ligne avec un code. Vide : sur papier.",
    )


class WordsForm(_DeskForm):
    title = forms.CharField(label="Titre", max_length=120)
    body = forms.CharField(
        label="Texte",
        max_length=6000,
        help_text="Une ligne vide sépare les paragraphes, « - » commence une liste, "
        "{variable} est remplacée par ce que dit la convention.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class ClauseTextForm(WordsForm):
    scheme = forms.ModelChoiceField(
        Scheme.objects.all(),
        label="Pour quelle bourse",
        required=False,
        empty_label="Toutes",
    )
    is_used = forms.BooleanField(
        label="Elle figure dans les conventions à venir", required=False, initial=True
    )


class NewClauseForm(ClauseTextForm):
    key = forms.SlugField(
        label="Nom court",
        max_length=40,
        help_text="Un mot en minuscules : « permanence », « logement ».",
    )
    field_order = ["key", "title", "body", "scheme", "is_used"]


class CommentForm(_DeskForm):
    text = forms.CharField(
        label="Remarque", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AbandonForm(_DeskForm):
    because = forms.CharField(
        label="Pourquoi", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeedDaysForm(_DeskForm):
    transmitted_on = PastOrComingDay(label="Transmise à la préfecture le")
    notified_on = PastOrComingDay(label="Notifiée à la personne le")


class CopyForm(_DeskForm):
    to = forms.ChoiceField(
        label="Envoyée à",
        choices=capitalised(DeedCopy.To.choices),
        widget=forms.RadioSelect,
    )
    sent_on = PastOrComingDay(label="Envoyée le", required=True)


class ScanForm(_DeskForm):
    scan = UploadField(
        label="L’exemplaire signé, numérisé",
        help_text="Toutes les pages, avec les signatures qui manquent.",
    )


class AmendmentForm(_DeskForm):
    """The terms an amendment may change, as they are before it."""

    purpose = forms.CharField(
        label="Objet",
        help_text="Pourquoi cet avenant, en une ou deux phrases : elles y figurent.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effective_on = DayField(label="Il prend effet le", only_future=False)
    months = forms.IntegerField(label="Mois payés", min_value=1, max_value=144)
    amounts = SimpleArrayField(
        EurosField(required=True),
        label="Montants par mois, année après année",
        delimiter=";",
        help_text="En euros, séparés par des points-virgules ; le dernier continue.",
    )
    max_total = EurosField(label="Total au plus, en euros", required=True)
    rhythm = forms.ChoiceField(
        label="Versés", choices=capitalised(Rhythm.choices), widget=forms.RadioSelect
    )
    commitment_months = forms.IntegerField(
        label="Engagement, en mois d’exercice", min_value=1, max_value=180
    )
    window_months = forms.IntegerField(
        label="Mois pour s’installer après le diplôme", min_value=1, max_value=60
    )
    days_a_week = forms.DecimalField(
        label="Jours d’exercice par semaine",
        min_value=0.5,
        max_value=6,
        decimal_places=1,
        localize=True,
    )
    modes = forms.MultipleChoiceField(
        label="Modes d’exercice",
        choices=capitalised(Mode.choices),
        widget=forms.CheckboxSelectMultiple,
    )
    zones = SimpleArrayField(
        forms.CharField(max_length=30),
        label="Zones",
        required=False,
        help_text="Séparées par des virgules. Vide : partout dans le département.",
    )
    zone_reference = forms.ChoiceField(
        label="Zonage qui compte",
        choices=capitalised(ZoneReference.choices),
        widget=forms.RadioSelect,
    )

    @classmethod
    def initial_of(cls, deed: Deed) -> dict:
        names = [name for name in cls.base_fields if name not in NOT_TERMS]
        said = {name: getattr(deed, name) for name in names}
        said["amounts"] = " ; ".join(f"{amount:f}" for amount in deed.amounts)
        return {**said, "effective_on": timezone.localdate()}

    @property
    def changes(self) -> dict:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in NOT_TERMS
        }


NOT_TERMS = {"purpose", "effective_on"}
