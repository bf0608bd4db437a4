"""What the finder asks: an address that may be kept and sent, no account."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms

from casework.forms import PastOrComingDay, PlainForm, capitalised
from installation.aid_choices import (
    Mode,
    Place,
    Plan,
    Practice,
    Sector,
    TenYears,
    practice_of,
)
from installation.eligibility import Earlier, Profile
from installation.models import AidProgramme, InstallationRequest
from territory.forms import CommuneField

MOST_DAYS = 6
MOST_EMPLOYEES = 250


def _choice(label: str, choices, *, empty: str = "", **options) -> forms.ChoiceField:
    rows = capitalised(choices.choices)
    if empty:
        rows = [("", empty), *rows]
    return forms.ChoiceField(label=label, choices=rows, **options)


class ProgrammesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, programme):
        return programme.name


class FinderForm(PlainForm, forms.Form):
    """A project in a dozen answers; three of them are enough to begin."""

    when_blank = {
        "commune": "Choisissez la commune où vous exerceriez.",
        "profession": "Choisissez votre profession.",
        "projet": "Choisissez votre projet.",
    }

    commune = CommuneField(label="Commune d’exercice")
    profession = _choice("Vous êtes", Practice, empty="Choisissez")
    projet = _choice("Vous voulez", Plan, empty="Choisissez")
    exercice = _choice(
        "Vous exercerez", Mode, empty="Je ne sais pas encore", required=False
    )
    premiere = forms.ChoiceField(
        label="Première installation libérale",
        choices=[("", "Je ne sais pas"), ("oui", "Oui"), ("non", "Non")],
        required=False,
    )
    secteur = _choice(
        "Secteur conventionnel",
        Sector,
        empty="Je ne sais pas encore",
        required=False,
        help_text="Pour les médecins.",
    )
    le = PastOrComingDay(label="Premier jour prévu")
    jours = forms.TypedChoiceField(
        label="Jours par semaine",
        choices=[("", "Je ne sais pas encore"), *((n, str(n)) for n in range(1, 7))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    lieu = _choice(
        "Lieu d’exercice", Place, empty="Je ne sais pas encore", required=False
    )
    salaries = forms.IntegerField(
        label="Salariés du cabinet",
        min_value=0,
        max_value=MOST_EMPLOYEES,
        required=False,
        help_text="0 si vous n’employez personne.",
    )
    aide_locale_le = PastOrComingDay(
        label="Aide d’une collectivité, convention signée le",
        help_text="La dernière, à l’installation ou au maintien : Département, "
        "commune, intercommunalité.",
    )
    aide_assurance_le = PastOrComingDay(
        label="Aide de l’assurance maladie, accordée le",
        help_text="La dernière, à l’installation.",
    )
    en_cours = ProgrammesField(
        label="Aides que vous avez en ce moment",
        queryset=AidProgramme.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        exclusive = AidProgramme.objects.published().exclude(excludes=None)
        self.fields["en_cours"].queryset = exclusive.distinct()
        self.fields["salaries"].widget.attrs |= {"inputmode": "numeric"}
        self.helper.layout = self.layout()

    def layout(self):
        return Layout(
            Fieldset(
                "Votre projet",
                "commune",
                Div("profession", "projet", css_class="fields"),
            ),
            # Open once something was answered: an error may stand there.
            HTML(
                f'<details class="more aid-options"{" open" * self.is_bound}>'
                "<summary>Préciser, pour une réponse plus sûre</summary>"
                '<p class="form-text">Tout est facultatif\u00a0: une réponse qui '
                "manque est signalée dans le résultat.</p>"
            ),
            Fieldset(
                "L’exercice",
                Div("exercice", "premiere", css_class="fields"),
                Div("secteur", "lieu", css_class="fields"),
                Div("le", "jours", css_class="fields"),
                "salaries",
            ),
            Fieldset(
                "Les aides déjà reçues",
                Div("aide_locale_le", "aide_assurance_le", css_class="fields"),
                Div("en_cours", css_class="choices-one"),
            ),
            HTML("</details>"),
        )

    def profile(self, registered: tuple[Earlier, ...] = ()) -> Profile:
        """The answers as the rules read them, with what our register adds."""
        said = self.cleaned_data
        declared = [
            Earlier(kind, said[name])
            for kind, name in (
                (TenYears.LOCAL, "aide_locale_le"),
                (TenYears.INSURANCE, "aide_assurance_le"),
            )
            if said[name]
        ]
        return Profile(
            commune=said["commune"].name,
            profession=said["profession"],
            mode=said["exercice"],
            plan=said["projet"],
            structure=said["lieu"],
            sector=said["secteur"],
            first_settlement={"oui": True, "non": False}.get(said["premiere"]),
            days_a_week=said["jours"],
            employees=said["salaries"],
            planned_on=said["le"],
            earlier=(*registered, *declared),
            current=frozenset(one.slug for one in said["en_cours"]),
        )


def initial_of(dossier: InstallationRequest) -> dict:
    """What a dossier has already said, so that nobody repeats it."""
    said: dict = {}
    if commune := dossier.communes.first():
        said["commune"] = commune.code
    said["profession"] = practice_of(dossier.profession, dossier.specialty)
    said["exercice"] = dossier.mode if dossier.mode in Mode.values else ""
    plans = {
        InstallationRequest.Kind.INSTALLATION: Plan.CREATION,
        InstallationRequest.Kind.LOCUM: Plan.LOCUM,
        InstallationRequest.Kind.PRACTICE_MAINTENANCE: Plan.STAY,
    }
    said["projet"] = plans.get(dossier.kind, "")
    places = [place for place in dossier.structures if place in Place.values]
    said["lieu"] = places[0] if len(places) == 1 else ""
    said["jours"] = dossier.days_a_week or ""
    return {name: value for name, value in said.items() if value}


class AttachForm(forms.Form):
    """To which of one's own dossiers the result goes."""

    dossier = forms.ModelChoiceField(
        InstallationRequest.objects.none(), to_field_name="reference", label="Dossier"
    )

    def __init__(self, *args, dossiers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dossier"].queryset = dossiers
