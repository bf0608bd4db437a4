"""The pages for those who already practise here: help to stay, a departure."""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone

from casework.forms import capitalised
from installation.forms.steps import PractisedStep, StepForm, TopicsMixin
from installation.models import MOST_PATIENTS, InstallationRequest, RequestDetails
from territory.forms import CommuneField, CommunesField
from territory.models import Topic

Mode = InstallationRequest.Mode


class DayInput(forms.DateInput):
    """A day, in the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DatedAheadMixin:
    """A day to come; what is wanted for yesterday is wanted for today."""

    def clean_planned_on(self):
        day = self.cleaned_data["planned_on"]
        today = timezone.localdate()
        if day and day < today:
            raise forms.ValidationError(
                f"Cette date est passée. Choisissez à partir du {today:%d/%m/%Y}."
            )
        if day and day.year > today.year + 20:
            raise forms.ValidationError("Cette date est à plus de vingt ans.")
        return day


class OnePlaceMixin:
    """One commune, where the practice, the post or the project is."""

    def start_from_place(self):
        if self.instance.pk:
            self.initial["place"] = self.instance.communes.first()

    @property
    def answers(self):
        place = self.cleaned_data["place"]
        return super().answers | {
            "communes": [place] if place else [],
            "intercommunalities": [],
        }


class CurrentPracticeStep(OnePlaceMixin, PractisedStep):
    """What a doctor of the Département practises today, and where."""

    when_blank = {
        "profession": "Choisissez votre profession.",
        "mode": "Choisissez comment vous exercez.",
        "place": "Choisissez la commune de votre cabinet.",
    }
    place = CommuneField(label="Commune d’exercice")

    class Meta(PractisedStep.Meta):
        labels = {"mode": "Vous exercez"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mode = self.fields["mode"]
        mode.choices = [row for row in mode.choices if row[0] != Mode.UNKNOWN]
        self.fields["days_a_week"].choices = [
            ("", "Non précisé"),
            *self.fields["days_a_week"].choices[1:],
        ]
        self.start_from_place()

    def layout(self):
        return Layout(
            Fieldset("Votre métier", "profession", "specialty", "rpps"),
            Fieldset("Votre exercice ici", "place", "mode", "days_a_week"),
        )

    @property
    def answers(self):
        # Whoever asks from here practises here: not to be asked as well.
        return super().answers | {"situation": "settled"}


class MaintenanceStep(TopicsMixin, StepForm):
    """What a practice needs to go on."""

    track = Topic.Track.PROFESSIONAL
    when_blank = {
        "helps": "Choisissez au moins une aide.",
        "since": "Dites depuis quand, à peu près.",
    }
    helps = forms.MultipleChoiceField(
        label="Ce qu’il vous faudrait",
        choices=capitalised(RequestDetails.Help.choices),
        widget=forms.CheckboxSelectMultiple,
    )
    since = forms.ChoiceField(
        label="La difficulté dure",
        choices=capitalised(RequestDetails.Since.choices),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = InstallationRequest
        fields = ["topics", "message"]
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "message": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"message": "Votre situation en quelques mots"}
        help_texts = {
            "message": "Ce qui pèse, ce que vous avez déjà essayé. Rien sur votre "
            "santé ni celle de vos patients.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare_topics("Ce que nous pouvons regarder avec vous")
        # What the first question does not say already, and whoever is here can use.
        topics = self.fields["topics"]
        topics.queryset = topics.queryset.filter(slug__in=["aids", "mentor"])

    def layout(self):
        return Layout(
            Fieldset("L’aide attendue", "helps", "since"),
            Fieldset("Pour avancer", "topics", "message"),
        )

    @property
    def answers(self):
        return super().answers | {"topics": self.merged_topics()}


class SuccessionStep(DatedAheadMixin, StepForm):
    """A departure, what it leaves, and how far it may be told."""

    when_blank = {
        "premises": "Choisissez une réponse, ou « je ne sais pas encore ».",
        "is_confidential": "Dites si nous pouvons parler de votre départ.",
    }
    planned_on = forms.DateField(
        label="Date de départ prévue",
        required=False,
        widget=DayInput,
        help_text="Même approximative. Sans date, laissez vide : nous en parlerons.",
    )
    patients = forms.IntegerField(
        label="Patients qui vous ont choisi comme médecin traitant",
        min_value=1,
        max_value=MOST_PATIENTS,
        required=False,
        help_text="Un ordre de grandeur suffit.",
    )
    premises = forms.ChoiceField(
        label="Vos locaux",
        choices=capitalised(RequestDetails.Premises.choices),
        widget=forms.RadioSelect,
    )
    is_confidential = forms.TypedChoiceField(
        label="Pouvons-nous parler de votre départ ?",
        choices=[
            ("non", "Oui, aux candidats et aux partenaires"),
            ("oui", "Pas encore : que rien ne permette de me reconnaître"),
        ],
        coerce=lambda answer: answer == "oui",
        widget=forms.RadioSelect,
        empty_value=None,
    )

    class Meta:
        model = InstallationRequest
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 5})}
        labels = {"message": "Ce que vous souhaitez pour la suite"}
        help_texts = {
            "message": "Un successeur, un départ progressif, un cumul avec la "
            "retraite : ce qui compte pour vous.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        discreet = self.initial["is_confidential"]
        if discreet is not None:
            self.initial["is_confidential"] = "oui" if discreet else "non"

    def layout(self):
        return Layout(
            Fieldset("Votre départ", "planned_on", "is_confidential"),
            Fieldset("Ce que vous laissez", "patients", "premises"),
            Fieldset("Pour avancer", "message"),
        )


class OtherStep(StepForm):
    """Whatever no other page asks."""

    when_blank = {"message": "Dites-nous ce qu’il vous faut, en quelques mots."}
    places = CommunesField(label="Lieux concernés", required=False)

    class Meta:
        model = InstallationRequest
        fields = ["profession", "specialty", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        labels = {"message": "Votre demande", "profession": "Votre profession"}
        help_texts = {"message": "Rien sur votre santé ni celle de vos proches."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].required = True
        professions = self.fields["profession"]
        professions.choices = [
            ("", "Non précisée"),
            *capitalised(professions.choices),
        ]
        if self.instance.pk:
            self.initial["places"] = [
                *self.instance.intercommunalities.all(),
                *self.instance.communes.all(),
            ]

    def layout(self):
        return Layout(
            Fieldset("Votre demande", "message", "places"),
            Fieldset(
                "Votre métier",
                Div("profession", "specialty", css_class="fields"),
            ),
        )

    @property
    def answers(self):
        places = self.cleaned_data["places"]
        return super().answers | {
            "communes": places.communes if places else [],
            "intercommunalities": places.intercommunalities if places else [],
        }
