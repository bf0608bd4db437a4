from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms

from accounts import rpps
from accounts.forms import IDENTITY_WIDGETS
from accounts.models import Person
from casework.forms import WHO_IS_BLANK, PlainForm, capitalised
from casework.plain_text import is_name, is_postal_code
from installation.models import (
    CHILDREN_FIELDS,
    MOST_CHILDREN,
    InstallationRequest,
    RequestDetails,
)
from territory.choosing import Places
from territory.forms import CommunesField
from territory.models import Topic

# What a page may ask that belongs to one kind of request.
DETAILS = {field.name for field in RequestDetails._meta.fields} - {"request"}


class StepForm(PlainForm, forms.ModelForm):
    """One page of the request; `answers` is what the draft keeps of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if asked := self.fields.keys() & DETAILS:
            details = getattr(self.instance, "details", None) or RequestDetails()
            for name in asked:
                field = RequestDetails._meta.get_field(name)
                self.initial.setdefault(name, field.value_from_object(details))

    @property
    def answers(self) -> dict:
        kept = self.cleaned_data.keys() & {
            field.name for field in InstallationRequest._meta.get_fields()
        }
        said = {name: self.cleaned_data[name] for name in kept}
        if details := self.cleaned_data.keys() & DETAILS:
            said["details"] = {name: self.cleaned_data[name] for name in details}
        return said


class IdentityStep(StepForm):
    NO_TITLE = "none"

    # Nothing is chosen for anybody: « sans titre » is an answer like the others.
    title = forms.ChoiceField(
        label="Titre",
        choices=[*capitalised(Person.Title.choices), (NO_TITLE, "Sans titre")],
        widget=forms.RadioSelect,
        required=False,
    )
    when_blank = WHO_IS_BLANK | {
        "address": "Indiquez votre adresse : numéro et rue, ou lieu-dit.",
        "postal_code": "Indiquez votre code postal.",
        "city": "Indiquez votre ville.",
    }

    class Meta:
        model = InstallationRequest
        fields = [
            "title",
            "first_name",
            "last_name",
            "email",
            "phone",
            "address",
            "postal_code",
            "city",
        ]
        widgets = IDENTITY_WIDGETS
        help_texts = {
            "email": "L’accusé de réception et nos réponses y arrivent.",
            "phone": "Pour vous appeler plutôt que de vous écrire.",
        }

    def __init__(self, *args, account_email: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "email", "address"):
            self.fields[name].required = True
        for name in ("postal_code", "city"):
            self.fields[name].required = True
        for name in ("first_name", "last_name", "city"):
            self.fields[name].validators.append(is_name)
        self.fields["postal_code"].validators.append(is_postal_code)
        self.fields["phone"].error_messages["invalid"] = (
            "Ce numéro de téléphone n’existe pas. Exemple : 05 53 00 00 00."
        )
        if self.instance.pk and not self.instance.title:
            self.initial["title"] = self.NO_TITLE
        if account_email:
            self.fields["email"].disabled = True
            self.initial["email"] = account_email
            self.fields["email"].help_text = "L’adresse de votre compte."

    def layout(self):
        return Layout(
            Fieldset(
                "Qui êtes-vous",
                "title",
                Div("first_name", "last_name", css_class="fields"),
            ),
            Fieldset(
                "Comment vous joindre",
                Div("email", "phone", css_class="fields"),
                "address",
                Div("postal_code", "city", css_class="fields"),
            ),
        )

    def clean_title(self):
        title = self.cleaned_data["title"]
        return "" if title == self.NO_TITLE else title


class PractisedStep(StepForm):
    """What somebody practises; for whoever is settled as for whoever looks."""

    days_a_week = forms.TypedChoiceField(
        label="Jours par semaine",
        choices=[("", "Je ne sais pas encore"), *((n, str(n)) for n in range(1, 7))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    rpps = forms.CharField(
        label="Numéro RPPS",
        max_length=40,
        required=False,
        help_text="Onze chiffres, sur votre carte CPS ou e-CPS.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = InstallationRequest
        fields = ["profession", "specialty", "rpps", "mode", "days_a_week"]
        widgets = {"profession": forms.RadioSelect, "mode": forms.RadioSelect}
        help_texts = {"specialty": "Par exemple : médecine générale, pédiatrie."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("profession", "mode"):
            field = self.fields[name]
            field.required = True
            field.choices = capitalised(field.choices)
        self.fields["specialty"].requirement = "obligatoire pour un médecin"

    def clean_rpps(self):
        number = "".join(self.cleaned_data["rpps"].split())
        if number and not rpps.is_valid(number):
            raise forms.ValidationError(rpps.REFUSAL)
        return number

    def clean(self):
        cleaned = super().clean()
        is_doctor = cleaned.get("profession") == "doctor"
        if is_doctor and "specialty" not in self.errors and not cleaned["specialty"]:
            self.add_error(
                "specialty",
                "Indiquez votre spécialité, par exemple « médecine générale ».",
            )
        return cleaned


class PracticeStep(PractisedStep):
    """What somebody practises today, and what they look for."""

    when_blank = {
        "profession": "Choisissez votre profession.",
        "situation": "Choisissez votre situation actuelle.",
        "mode": "Choisissez un exercice, ou « je ne sais pas encore ».",
    }

    class Meta(PractisedStep.Meta):
        fields = [*PractisedStep.Meta.fields, "situation"]
        labels = {"mode": "Vous voulez exercer"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        situations = self.fields["situation"]
        situations.required = True
        situations.choices = [("", "Choisissez"), *capitalised(situations.choices)]

    def layout(self):
        return Layout(
            Fieldset(
                "Votre métier",
                "profession",
                Div("specialty", "situation", css_class="fields"),
                "rpps",
            ),
            Fieldset("L’exercice que vous cherchez", "mode", "days_a_week"),
        )


class TopicsMixin:
    """The help asked for, one track of topics at a time; the other one is kept."""

    track = ""

    def prepare_topics(self, label: str):
        topics = Topic.objects.filter(track=self.track)
        field = self.fields["topics"]
        field.queryset = topics
        field.label = label
        field.required = False
        if self.instance.pk:
            self.initial["topics"] = [
                topic
                for topic in self.instance.topics.all()
                if topic.track == self.track
            ]

    def merged_topics(self) -> list[Topic]:
        others = (
            self.instance.topics.exclude(track=self.track) if self.instance.pk else []
        )
        return [*others, *self.cleaned_data["topics"]]


class ProjectStep(TopicsMixin, StepForm):
    track = Topic.Track.PROFESSIONAL
    when_blank = {
        "horizon": "Choisissez une échéance, ou « je ne sais pas encore ».",
    }

    places = CommunesField(label="Lieux qui vous attirent", required=False)
    places_unknown = forms.BooleanField(
        label="Je ne sais pas encore où", required=False
    )
    structures = forms.MultipleChoiceField(
        label="Avec qui exercer",
        choices=capitalised(InstallationRequest.Structure.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = InstallationRequest
        fields = ["horizon", "structures", "topics", "message"]
        widgets = {
            "horizon": forms.RadioSelect,
            "topics": forms.CheckboxSelectMultiple,
            "message": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            "horizon": "Quand",
            "message": "Votre projet en quelques mots",
        }
        help_texts = {
            "message": "Ce qui compte pour vous. Rien sur votre santé ni celle de "
            "vos proches.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["horizon"].required = True
        self.fields["horizon"].choices = capitalised(
            InstallationRequest.Horizon.choices
        )
        self.fields["places"].requirement = "facultatif si vous ne savez pas"
        self.prepare_topics("Ce que nous pouvons préparer avec vous")
        if self.instance.pk:
            places = Places(
                list(self.instance.communes.all()),
                list(self.instance.intercommunalities.all()),
            )
            self.initial["places"] = places
            answered = self.instance.step_reached > 3
            self.initial["places_unknown"] = answered and not places

    def layout(self):
        return Layout(
            Fieldset("L’échéance", "horizon"),
            Fieldset("Les lieux", "places", "places_unknown", "structures"),
            Fieldset("Pour avancer", "topics", "message"),
        )

    def clean_structures(self):
        chosen = self.cleaned_data["structures"]
        unknown = InstallationRequest.Structure.UNKNOWN
        if unknown in chosen and len(chosen) > 1:
            raise forms.ValidationError(
                "Choisissez des lieux d’exercice, ou « je ne sais pas encore »."
            )
        return chosen

    def clean(self):
        cleaned = super().clean()
        places, unknown = cleaned.get("places"), cleaned.get("places_unknown")
        if "places" not in self.errors:
            if places and unknown:
                self.add_error(
                    "places_unknown", "Choisissez des lieux, ou cochez cette case."
                )
            elif not places and not unknown:
                self.add_error(
                    "places",
                    "Choisissez au moins un lieu, ou cochez « Je ne sais pas encore "
                    "où ».",
                )
        return cleaned

    @property
    def answers(self):
        places = self.cleaned_data["places"] or Places()
        return super().answers | {
            "topics": self.merged_topics(),
            "communes": places.communes,
            "intercommunalities": places.intercommunalities,
        }


class LocumStep(ProjectStep):
    """The same page in the words of whoever replaces a colleague for a while."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["horizon"].label = "À partir de quand"
        self.fields["message"].label = "Vos disponibilités en quelques mots"
        self.fields["message"].help_text = (
            "Les jours, les semaines ou les mois qui vous conviennent, et si vous avez "
            "besoin d’un logement."
        )
        self.prepare_topics("Ce qui vous aiderait à venir")

    def layout(self):
        return Layout(
            Fieldset("Vos disponibilités", "horizon", "message"),
            Fieldset("Les lieux", "places", "places_unknown", "structures"),
            Fieldset("Pour avancer", "topics"),
        )


class FamilyStep(TopicsMixin, StepForm):
    track = Topic.Track.FAMILY
    when_blank = {"wants_family_help": "Répondez par oui ou par non."}

    wants_family_help = forms.TypedChoiceField(
        label="Voulez-vous une aide pour ceux qui viennent avec vous ?",
        choices=[("oui", "Oui"), ("non", "Non, pas maintenant")],
        coerce=lambda answer: answer == "oui",
        widget=forms.RadioSelect,
        empty_value=None,
    )

    class Meta:
        model = InstallationRequest
        fields = [
            "wants_family_help",
            "household",
            *CHILDREN_FIELDS,
            "topics",
            "partner_occupation",
        ]
        widgets = {
            "household": forms.RadioSelect,
            "topics": forms.CheckboxSelectMultiple,
        }
        labels = {
            "household": "Vous venez",
            "children_under_3": "Moins de 3 ans",
            "children_3_5": "De 3 à 5 ans",
            "children_6_10": "De 6 à 10 ans",
            "children_11_15": "De 11 à 15 ans",
            "children_16_plus": "16 ans ou plus",
            "partner_occupation": "Métier recherché",
        }
        help_texts = {
            "partner_occupation": "Par exemple « infirmière » ou « comptable »."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = "obligatoire si vous demandez notre aide"
        self.fields["household"].requirement = asked
        self.fields["household"].choices = capitalised(
            InstallationRequest.Household.choices
        )
        for name in CHILDREN_FIELDS:
            field = self.fields[name]
            field.required = False
            field.widget.attrs |= {"min": 0, "max": MOST_CHILDREN}
        self.prepare_topics("Ce que nous cherchons pour vous")
        self.fields["topics"].requirement = asked
        self.fields[
            "partner_occupation"
        ].requirement = "obligatoire pour chercher un emploi"
        if "wants_family_help" in self.fields and (
            self.instance.wants_family_help is not None
        ):
            wanted = self.instance.wants_family_help
            self.initial["wants_family_help"] = "oui" if wanted else "non"

    def layout(self):
        title = HTML('<p class="form-label" id="enfants">Enfants qui viennent</p>')
        counts = HTML(
            '<p class="form-text">Ni prénoms ni dates de naissance : le nombre suffit '
            "pour chercher une place.</p>"
        )
        return Layout(
            Fieldset("Notre aide", "wants_family_help"),
            Fieldset(
                "Votre foyer",
                "household",
                Div(
                    title,
                    Div(*CHILDREN_FIELDS, css_class="fields"),
                    counts,
                    role="group",
                    aria_labelledby="enfants",
                ),
            ),
            Fieldset("Vos besoins", "topics", "partner_occupation"),
        )

    def clean(self):
        cleaned = super().clean()
        for name in CHILDREN_FIELDS:
            count = cleaned.get(name) or 0
            if count > MOST_CHILDREN:
                self.add_error(name, f"Indiquez un nombre de 0 à {MOST_CHILDREN}.")
            cleaned[name] = count
        if cleaned.get("wants_family_help"):
            self._check_answers(cleaned)
        elif "wants_family_help" in cleaned:
            # What was typed before saying no is not kept.
            for name in ("household", "partner_occupation"):
                cleaned[name] = ""
                self.errors.pop(name, None)
            for name in CHILDREN_FIELDS:
                cleaned[name] = 0
                self.errors.pop(name, None)
            cleaned["topics"] = []
            self.errors.pop("topics", None)
        return cleaned

    def _check_answers(self, cleaned):
        if "household" not in self.errors and not cleaned.get("household"):
            self.add_error("household", "Dites qui vient avec vous.")
        if "topics" not in self.errors and not cleaned.get("topics"):
            self.add_error("topics", "Choisissez au moins une aide, ou répondez non.")
        slugs = {topic.slug for topic in cleaned.get("topics") or []}
        wants_job = "partner-job" in slugs
        if (
            wants_job
            and "partner_occupation" not in self.errors
            and not cleaned["partner_occupation"]
        ):
            self.add_error(
                "partner_occupation",
                "Indiquez le métier recherché, par exemple « infirmière » ou "
                "« comptable ».",
            )
        if cleaned.get("household", "").endswith("children"):
            counted = sum(cleaned[name] for name in CHILDREN_FIELDS)
            wrong = any(name in self.errors for name in CHILDREN_FIELDS)
            if not counted and not wrong:
                self.add_error(
                    CHILDREN_FIELDS[0],
                    "Indiquez combien d’enfants viennent, par tranche d’âge.",
                )

    @property
    def answers(self):
        return super().answers | {"topics": self.merged_topics()}
