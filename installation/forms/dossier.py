import uuid

from crispy_forms.layout import Div, Layout
from django import forms

from accounts.forms import IDENTITY_WIDGETS
from casework.forms import WHO_IS_BLANK, PlainForm, capitalised
from casework.plain_text import is_name
from documents.forms import UploadsField
from installation.models import InstallationRequest


class CallbackForm(PlainForm, forms.ModelForm):
    """« Une question, être rappelé ou rappelée »."""

    when_blank = WHO_IS_BLANK | {
        "phone": "Indiquez le numéro où vous rappeler.",
        "subject": "Choisissez sur quoi porte votre question.",
        "message": "Écrivez votre question, en quelques mots.",
    }
    submission = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = InstallationRequest
        fields = ["first_name", "last_name", "email", "phone", "subject", "message"]
        widgets = IDENTITY_WIDGETS | {
            "subject": forms.Select,
            "message": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"subject": "Votre question porte sur", "message": "Votre question"}
        help_texts = {
            "email": "L’accusé de réception y arrive tout de suite.",
            "message": "Quelques mots suffisent, avec vos heures préférées. Rien sur "
            "votre santé.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        for name in ("first_name", "last_name"):
            self.fields[name].validators.append(is_name)
        self.fields["submission"].initial = uuid.uuid4
        subjects = InstallationRequest.Subject.choices
        self.fields["subject"].choices = [("", "Choisissez"), *capitalised(subjects)]
        self.fields["phone"].error_messages["invalid"] = (
            "Ce numéro de téléphone n’existe pas. Exemple : 05 53 00 00 00."
        )

    def layout(self):
        return Layout(
            "submission",
            Div("first_name", "last_name", css_class="fields"),
            Div("phone", "email", css_class="fields"),
            "subject",
            "message",
        )

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MessageForm(PlainForm, forms.Form):
    """What a person writes in their dossier, with files."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(
        label="Votre message",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="N’envoyez aucun document médical : il serait supprimé.",
    )
    files = UploadsField(label="Joindre des documents", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].requirement = "obligatoire sans document"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["body"].strip():
            if cleaned["files"]:
                cleaned["body"] = "Documents joints."
            else:
                self.add_error("body", "Écrivez votre message.")
        return cleaned


class WithdrawForm(PlainForm, forms.Form):
    sentence = forms.CharField(
        label="Un mot pour nous",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui vous a fait changer d’avis nous aide à mieux faire.",
    )


class SubjectForm(forms.Form):
    """What a link says the question is about."""

    sujet = forms.ChoiceField(choices=InstallationRequest.Subject)


class KindForm(forms.Form):
    """What is asked of the desk, as a link or a card says it."""

    nature = forms.ChoiceField(choices=InstallationRequest.Kind)
