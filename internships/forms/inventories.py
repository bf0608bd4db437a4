import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from casework.forms import PlainForm
from documents import filing
from documents.forms import UploadField, UploadsField
from internships.models import InventoryLine
from internships.models.inventories import PHOTOS_A_LINE, LineKind


def _label(words: str, line: InventoryLine) -> str:
    """What the line is stands above; whoever hears the field alone is told too."""
    return format_html('{}<span class="visually-hidden">, {}</span>', words, line.label)


class LineForm(PlainForm, forms.ModelForm):
    """One line, as it is looked at; nothing has to be said yet."""

    class Meta:
        model = InventoryLine
        fields = ["condition", "reading", "count", "remark"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        line = self.instance
        fields = {
            LineKind.ITEM: "condition",
            LineKind.METER: "reading",
            LineKind.KEYS: "count",
        }
        for name in set(fields.values()) - {fields[line.kind]}:
            del self.fields[name]
        value = self.fields[fields[line.kind]]
        value.label = _label(str(value.label).capitalize(), line)
        # A draft may leave it; the document is made once it is said.
        value.requirement = "à remplir"
        if line.kind == LineKind.ITEM:
            value.choices = [("", "À dire")] + [
                (code, label.capitalize())
                for code, label in InventoryLine.Condition.choices
            ]
        else:
            value.min_value = Decimal(0)
            value.error_messages["invalid"] = "Écrivez un nombre."
            # A field for numbers would refuse the comma of the meter.
            value.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            value.localize = value.widget.is_localized = True
        self.fields["remark"].label = _label("Remarque", line)

    @property
    def value(self):
        """The one field that says the line."""
        return self[next(iter(self.fields))]


class AddLineForm(PlainForm, forms.Form):
    when_blank = {"label": "Dites ce qu’on regarde : « Table de nuit »."}

    label = forms.CharField(label="Un autre élément de cette pièce", max_length=100)


class PhotosForm(PlainForm, forms.Form):
    when_blank = {"line": "Dites ce que montrent les photos."}

    line = forms.ModelChoiceField(
        label="Ce que montrent les photos", queryset=InventoryLine.objects.none()
    )
    photos = UploadsField(
        label="Photos",
        max_files=PHOTOS_A_LINE,
        help_text=f"{PHOTOS_A_LINE} au plus pour un élément (JPEG, PNG, HEIC).",
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
        self.fields["line"].label_from_instance = lambda line: line.label


class FinishForm(PlainForm, forms.Form):
    when_blank = {
        "done_on": "Indiquez le jour de l’état des lieux.",
        "owner_name": "Indiquez le nom de la personne qui signe pour le propriétaire.",
    }

    done_on = forms.DateField(
        label="Fait le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner_name = forms.CharField(
        label="Qui signe pour le propriétaire",
        help_text="Prénom et nom.",
        max_length=150,
    )
    remark = forms.CharField(
        label="Observations",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_owner_name(self):
        name = self.cleaned_data["owner_name"].strip()
        if not re.search(r"\w{2}", name):
            raise ValidationError("Écrivez un prénom et un nom.")
        return name

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError("Ce jour n’est pas encore venu.")
        return day


class SpotSignatureForm(PlainForm, forms.Form):
    """The person types their name themselves, and ticks."""

    when_blank = {
        "typed_name": "Écrivez votre prénom et votre nom.",
        "consent": "Cochez pour signer.",
    }

    typed_name = forms.CharField(
        label="Votre prénom et votre nom",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent = forms.BooleanField(label=filing.CONSENT)


class CodeSignatureForm(PlainForm, forms.Form):
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


class CorrectionForm(PlainForm, forms.Form):
    when_blank = {"correction": "Dites ce qui n’est pas juste."}

    correction = forms.CharField(
        label="Ce qui n’est pas juste",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ScanForm(PlainForm, forms.Form):
    scan = UploadField(
        label="L’exemplaire signé, numérisé ou photographié",
        help_text="Imprimez le document, signez-le à deux, puis joignez-le ici.",
    )
