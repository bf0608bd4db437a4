"""The pages for a structure or a commune: who writes, a post, a project."""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings

from casework.forms import capitalised
from installation.forms.present import DatedAheadMixin, DayInput, OnePlaceMixin
from installation.forms.steps import IdentityStep, StepForm
from installation.models import InstallationRequest, RequestDetails
from territory.forms import CommuneField
from territory.models import HealthStructure

Mode = InstallationRequest.Mode
# Where somebody may be looked for, among the structures we know.
EMPLOYERS = (
    HealthStructure.Kind.HEALTH_HOUSE,
    HealthStructure.Kind.HEALTH_CENTRE,
    HealthStructure.Kind.HOSPITAL,
    HealthStructure.Kind.PRACTICE,
    HealthStructure.Kind.SECONDARY_PRACTICE,
)


class ContactStep(IdentityStep):
    """Whoever writes for a structure: the law asks who they are all the same."""

    when_blank = IdentityStep.when_blank | {
        "function": "Indiquez votre fonction, par exemple « coordinatrice ».",
        "address": "Indiquez l’adresse où vous écrire.",
    }
    function = forms.CharField(
        label="Votre fonction",
        max_length=100,
        help_text="Par exemple : maire, coordinatrice, médecin gérant.",
    )

    def layout(self):
        return Layout(
            Fieldset(
                "Qui êtes-vous",
                "title",
                Div("first_name", "last_name", css_class="fields"),
                "function",
            ),
            Fieldset(
                "Comment vous joindre",
                Div("email", "phone", css_class="fields"),
                "address",
                Div("postal_code", "city", css_class="fields"),
            ),
        )


class VacancyStep(DatedAheadMixin, OnePlaceMixin, StepForm):
    """A post that a structure has to fill."""

    when_blank = {
        "wanted_profession": "Choisissez la profession recherchée.",
        "mode": "Choisissez l’exercice que vous proposez.",
    }
    structure = forms.ModelChoiceField(
        HealthStructure.objects.none(),
        label="Votre structure",
        required=False,
        empty_label="Elle n’est pas dans la liste",
    )
    body_name = forms.CharField(
        label="Son nom, si elle n’est pas dans la liste",
        max_length=150,
        required=False,
    )
    place = CommuneField(label="Commune du poste", required=False)
    wanted_profession = forms.ChoiceField(
        label="Vous cherchez",
        choices=capitalised(
            RequestDetails._meta.get_field("wanted_profession").choices
        ),
        widget=forms.RadioSelect,
    )
    wanted_specialty = forms.CharField(
        label="Spécialité", max_length=100, required=False
    )
    planned_on = forms.DateField(
        label="À pourvoir à partir du",
        required=False,
        widget=DayInput,
        help_text="Vide si le poste est libre dès maintenant.",
    )
    days_a_week = forms.TypedChoiceField(
        label="Jours par semaine",
        choices=[("", "À convenir"), *((n, str(n)) for n in range(1, 7))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = InstallationRequest
        fields = ["mode", "days_a_week", "message"]
        widgets = {
            "mode": forms.RadioSelect,
            "message": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"mode": "Exercice proposé", "message": "Le poste en quelques mots"}
        help_texts = {
            "message": "L’équipe, le secrétariat, le logement : ce qui donne envie de "
            "venir.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = HealthStructure.objects.filter(
            commune__departement__code=settings.DEPARTEMENT, kind__in=EMPLOYERS
        ).exclude(status=HealthStructure.Status.CLOSED)
        self.fields["mode"].required = True
        self.fields["mode"].choices = [
            row
            for row in capitalised(self.fields["mode"].choices)
            if row[0] != Mode.UNKNOWN
        ]
        self.fields["place"].requirement = "obligatoire hors de la liste"
        self.fields["body_name"].requirement = "obligatoire hors de la liste"
        self.start_from_place()

    def layout(self):
        return Layout(
            Fieldset("La structure", "structure", "body_name", "place"),
            Fieldset(
                "Le poste",
                "wanted_profession",
                "wanted_specialty",
                "mode",
                Div("days_a_week", "planned_on", css_class="fields"),
                "message",
            ),
        )

    def clean(self):
        cleaned = super().clean()
        if structure := cleaned.get("structure"):
            cleaned["place"], cleaned["body_name"] = structure.commune, ""
            return cleaned
        if "body_name" not in self.errors and not cleaned.get("body_name"):
            self.add_error(
                "body_name", "Choisissez votre structure, ou écrivez son nom."
            )
        if "place" not in self.errors and not cleaned.get("place"):
            self.add_error("place", "Choisissez la commune du poste.")
        return cleaned


class StructureProjectStep(DatedAheadMixin, OnePlaceMixin, StepForm):
    """A structure that does not exist yet."""

    when_blank = {
        "project": "Choisissez ce que vous voulez monter.",
        "carrier": "Choisissez qui porte le projet.",
        "body_name": "Indiquez le nom de la commune, de l’équipe ou de l’organisme.",
        "place": "Choisissez la commune du projet.",
        "stage": "Choisissez où en est le projet.",
    }
    project = forms.ChoiceField(
        label="Vous voulez monter",
        choices=capitalised(RequestDetails.Project.choices),
        widget=forms.RadioSelect,
    )
    carrier = forms.ChoiceField(
        label="Le projet est porté par",
        choices=capitalised(RequestDetails.Carrier.choices),
        widget=forms.RadioSelect,
    )
    body_name = forms.CharField(label="Nom du porteur", max_length=150)
    place = CommuneField(label="Commune du projet")
    stage = forms.ChoiceField(
        label="Aujourd’hui, c’est",
        choices=capitalised(RequestDetails.Stage.choices),
        widget=forms.RadioSelect,
    )
    planned_on = forms.DateField(
        label="Ouverture visée",
        required=False,
        widget=DayInput,
        help_text="Même approximative.",
    )

    class Meta:
        model = InstallationRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 5})}
        labels = {"message": "Le projet en quelques mots"}
        help_texts = {
            "message": "Les professionnels pressentis, les locaux, ce qui vous "
            "manque pour avancer.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_from_place()

    def layout(self):
        return Layout(
            Fieldset("Le projet", "project", "stage", "planned_on"),
            Fieldset("Qui et où", "carrier", "body_name", "place"),
            Fieldset("Pour avancer", "message"),
        )
