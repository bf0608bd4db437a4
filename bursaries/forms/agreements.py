"""What a person or the desk says of an agreement."""

from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField
from django.utils import timezone

from bursaries.choices import (
    Ending,
    Mode,
    ProofKind,
    Rhythm,
    SuspensionReason,
    ZoneReference,
)
from bursaries.models import Deed, DeedCopy, Scheme
from bursaries.schedule import academic_year
from bursaries.standing import Standing
from casework.forms import (
    DayField,
    EurosField,
    PastOrComingDay,
    PlainForm,
    capitalised,
)
from documents import filing
from documents.forms import UploadField
from documents.models import SigningPower
from territory.models import Commune


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


class ProofForm(PlainForm, forms.Form):
    """A paper of the agreement; the academic year of an enrolment."""

    when_blank = {"kind": "Dites quel document vous envoyez."}

    kind = forms.ChoiceField(
        label="Document", choices=[("", "Choisir"), *capitalised(ProofKind.choices)]
    )
    year = forms.TypedChoiceField(
        label="Année universitaire",
        help_text="Pour un certificat de scolarité.",
        required=False,
        coerce=int,
        empty_value=None,
    )
    upload = UploadField(label="Fichier", help_text="PDF ou photo, 10 Mo au plus.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = academic_year(timezone.localdate())
        self.fields["year"].choices = [
            ("", "Choisir"),
            *((one, f"{one}-{one + 1}") for one in (year, year + 1, year - 1)),
        ]
        self.initial.setdefault("year", year)

    def clean(self):
        said = super().clean()
        if said.get("kind") == ProofKind.ENROLMENT and not said.get("year"):
            self.add_error("year", "Dites de quelle année universitaire il s’agit.")
        return said


class DeclarationForm(PlainForm, forms.Form):
    """Nothing changed in one click; else what changed, in a few words."""

    text = forms.CharField(
        label="Ce qui a changé",
        help_text="Lieu, jours par semaine, mode d’exercice, depuis quand.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    when_blank = {"text": "Dites ce qui a changé."}


class WhatIfForm(forms.Form):
    """A day on which one would leave: nothing is kept of it."""

    use_required_attribute = False

    le = PastOrComingDay(label="Et si je partais le", required=True)


class _DeskForm(forms.Form):
    use_required_attribute = False


class ApproveForm(_DeskForm):
    power = forms.ModelChoiceField(
        SigningPower.objects.none(),
        label="Qui signe pour le Département",
        empty_label="Choisir",
        help_text="Qui le peut aujourd’hui : la direction en tient la liste, sous "
        "« Signataires ».",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        able = SigningPower.objects.on(timezone.localdate())
        self.fields["power"].queryset = able


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


class AcceptForm(_DeskForm):
    """What the desk reads on the paper; each field only where it has a use."""

    is_repeated = forms.BooleanField(label="L’année est redoublée", required=False)
    diploma_on = PastOrComingDay(label="Diplôme obtenu le", required=True)

    def __init__(self, *args, proof, **kwargs):
        super().__init__(*args, **kwargs)
        if proof.kind != ProofKind.ENROLMENT:
            del self.fields["is_repeated"]
        if proof.kind != ProofKind.DIPLOMA:
            del self.fields["diploma_on"]


class RejectForm(_DeskForm):
    note = forms.CharField(
        label="Ce qui ne va pas", help_text="La personne le lit.", max_length=300
    )


class SuspensionForm(_DeskForm):
    since = PastOrComingDay(label="Depuis le", required=True)
    until = PastOrComingDay(
        label="Reprise le", help_text="Vide tant qu’elle n’est pas connue."
    )
    reason = forms.ChoiceField(
        label="Motif",
        choices=capitalised(SuspensionReason.choices),
        widget=forms.RadioSelect,
    )


class OnForm(_DeskForm):
    on = PastOrComingDay(label="Le", required=True)


def _communes():
    """Those of the Département as they are today."""
    mine = Commune.objects.open().in_departement(settings.DEPARTEMENT)
    return mine.order_by("sort_key")


class PlaceForm(_DeskForm):
    commune = forms.ModelChoiceField(
        Commune.objects.none(), label="Commune", empty_label="Choisir"
    )
    name = forms.CharField(label="Lieu", required=False, max_length=150)
    mode = forms.ChoiceField(
        label="Mode d’exercice",
        choices=capitalised(Mode.choices),
        widget=forms.RadioSelect,
    )
    days_a_week = forms.DecimalField(
        label="Jours par semaine",
        min_value=0.5,
        max_value=6,
        decimal_places=1,
        localize=True,
    )
    since = PastOrComingDay(label="Premier jour d’exercice", required=True)
    in_spite_because = forms.CharField(
        label="Pourquoi passer outre le zonage",
        help_text="Seulement si la commune n’est pas dans une zone acceptée.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = _communes()


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


class RegisterForm(forms.Form):
    """What the register is narrowed to; empty, everything."""

    bourse = forms.ModelChoiceField(
        Scheme.objects.order_by("rank", "name"),
        label="Bourse",
        required=False,
        empty_label="Toutes",
    )
    annee = forms.IntegerField(
        label="Signées en", required=False, min_value=2000, max_value=2100
    )
    etat = forms.ChoiceField(label="État", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        over = [(key, label.capitalize()) for key, label in Ending.choices]
        stands = [
            (key, label.capitalize())
            for key, label in Standing.choices
            if key not in {Standing.TO_SIGN, Standing.ENDED}
        ]
        self.fields["etat"].choices = [("", "Tous"), *stands, ("Terminées", over)]
