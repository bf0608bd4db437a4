"""The eight questions of eligibility: an address that may be kept, no account."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from bursaries.choices import Cesp, Profession, StudyLevel
from bursaries.eligibility import Answers
from casework.forms import PlainForm, capitalised
from casework.typography import unbreakable


def _yes_or_no(label: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=unbreakable(label),
        help_text=help_text,
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda answer: answer == "oui",
        widget=forms.RadioSelect,
    )


class EligibilityForm(PlainForm, forms.Form):
    """Eight answers; nothing of them is kept."""

    use_required_attribute = False
    when_blank = {
        "etudes": "Choisissez vos études.",
        "annee": "Choisissez votre année d’études.",
        "inscription": "Dites si vous êtes à la faculté cette année.",
        "europe": "Dites où se trouve votre faculté.",
        "diplome": "Dites si votre diplôme permettra d’exercer en France.",
        "cesp": "Dites où vous en êtes avec ce contrat.",
        "autre": "Dites si vous avez un autre engagement.",
        "pret": "Dites si vous êtes d’accord pour cette durée.",
    }

    etudes = forms.ChoiceField(
        label="Vos études", choices=[("", "Choisir"), *capitalised(Profession.choices)]
    )
    annee = forms.ChoiceField(
        label="Votre année, en ce moment",
        choices=[("", "Choisir"), *capitalised(StudyLevel.choices)],
    )
    inscription = _yes_or_no("Êtes-vous à la faculté cette année universitaire ?")
    europe = _yes_or_no(
        "Votre faculté est-elle dans l’Union européenne ?",
        "Ou dans l’Espace économique européen : Islande, Liechtenstein, Norvège.",
    )
    diplome = _yes_or_no(
        "Votre diplôme permettra-t-il d’exercer en France ?",
        "C’est le cas de tout diplôme français, et de ceux que l’Union reconnaît.",
    )
    cesp = forms.ChoiceField(
        label=unbreakable(
            "Avez-vous signé un contrat d’engagement de service public (CESP) ?"
        ),
        choices=capitalised(Cesp.choices),
        widget=forms.RadioSelect,
    )
    autre = _yes_or_no(
        "Avez-vous un autre engagement d’exercice, ou une autre bourse ?",
        "Avec une commune, une intercommunalité, un Département, un hôpital.",
    )
    pret = _yes_or_no("")

    def __init__(self, *args, commitment: str, **kwargs):
        super().__init__(*args, **kwargs)
        question = f"Êtes-vous d’accord pour exercer {commitment} dans le département ?"
        self.fields["pret"].label = unbreakable(question)

    def layout(self):
        return Layout(
            Fieldset("Vos études", "etudes", "annee", "inscription", "europe"),
            Fieldset("Et après", "diplome", "cesp", "autre", "pret"),
        )

    @property
    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(
            profession=given["etudes"],
            level=given["annee"],
            is_enrolled=given["inscription"],
            is_in_eu=given["europe"],
            may_practise=given["diplome"],
            cesp=given["cesp"],
            has_other_commitment=given["autre"],
            is_ready=given["pret"],
        )
