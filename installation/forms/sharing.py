"""What the person says about their needs and about who may know of them."""

from crispy_forms.layout import Layout
from django import forms

from casework.forms import PlainForm
from territory.models import Topic


class NewNeedForm(PlainForm, forms.Form):
    """One more thing to help with."""

    when_blank = {"topic": "Choisissez de quoi il s’agit."}

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label="De quoi s’agit-il ?",
        empty_label="Choisissez",
    )
    details = forms.CharField(
        label="En quelques mots",
        help_text="Ce que vous cherchez, et pour quand. Rien sur votre santé.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def layout(self):
        return Layout("topic", "details")


class QuestionForm(forms.Form):
    """Two buttons: « J'accepte » and « Je refuse »."""

    agreed = forms.TypedChoiceField(
        choices=[("oui", "J’accepte"), ("non", "Je refuse")],
        coerce=lambda value: value == "oui",
        error_messages={"required": "Choisissez l’un des deux boutons."},
    )
