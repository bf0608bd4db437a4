from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms

from casework.forms import PlainForm
from casework.plain_text import is_name
from installation.forms.dossier import MessageForm
from installation.forms.steps import FamilyStep
from installation.models import CHILDREN_FIELDS


class InviteForm(PlainForm, forms.Form):
    """Who is invited to the family side, and where to write."""

    when_blank = {
        "name": "Indiquez le prénom et le nom de la personne.",
        "email": "Indiquez son courriel : l’invitation y arrive.",
    }
    name = forms.CharField(label="Prénom et nom", max_length=100, validators=[is_name])
    email = forms.EmailField(
        label="Son courriel",
        max_length=254,
        help_text="Son adresse à elle ou à lui, pas la vôtre.",
    )

    def layout(self):
        return Layout(Div("name", "email", css_class="fields"))


class FamilyMessageForm(MessageForm):
    """A message without documents: the family side holds none."""

    files = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.required, body.requirement = True, ""
        body.error_messages["required"] = "Écrivez votre message."
        body.help_text = "Rien sur la santé de vos proches."

    def clean(self):
        return self.cleaned_data


class FamilyForm(FamilyStep):
    """What the family looks for, said again; asking is answering yes."""

    when_blank = {
        "household": "Dites qui vient.",
        "topics": "Choisissez au moins une aide.",
    }
    wants_family_help = None

    class Meta(FamilyStep.Meta):
        fields = ["household", *CHILDREN_FIELDS, "topics", "partner_occupation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("household", "topics"):
            self.fields[name].required = True
            self.fields[name].requirement = ""

    def layout(self):
        title = HTML('<p class="form-label" id="enfants">Enfants</p>')
        counts = HTML(
            '<p class="form-text">Ni prénoms ni dates de naissance : le nombre suffit '
            "pour chercher une place.</p>"
        )
        children = Div(
            title,
            Div(*CHILDREN_FIELDS, css_class="fields"),
            counts,
            role="group",
            aria_labelledby="enfants",
        )
        return Layout(
            Fieldset("Votre foyer", "household", children),
            Fieldset("Vos besoins", "topics", "partner_occupation"),
        )

    def clean(self):
        cleaned = super().clean()
        self._check_answers(cleaned)
        return cleaned
