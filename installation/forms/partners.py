"""What a partner may send from its page, and the person from theirs."""

import uuid

from django import forms

from casework.forms import PlainForm
from installation.models import Referral
from territory.models import Organisation

State = Referral.State


class PartnerMessageForm(PlainForm, forms.Form):
    """A partner writes to the person it helps."""

    when_blank = {"body": "Écrivez votre message."}

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(
        label="Votre message",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Il part par courriel, sans montrer votre adresse. Rien sur la "
        "santé de qui que ce soit.",
    )
    signature = forms.CharField(
        label="Votre prénom et votre nom",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="La personne saura qui lui parle.",
    )


class ReplyForm(PlainForm, forms.Form):
    """The person writes back to a partner."""

    when_blank = {"body": "Écrivez votre message."}

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(
        label="Votre réponse",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="N’écrivez rien sur votre santé.",
    )


class DeskWordForm(PlainForm, forms.Form):
    """The desk writes to a partner, in the thread that the person reads."""

    when_blank = {"body": "Écrivez votre message."}

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(
        label="Votre message",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Le partenaire est prévenu par courriel. La personne lit ce message "
        "dans son dossier : pour un mot entre vous deux, téléphonez-lui.",
    )


class DeclineForm(PlainForm, forms.Form):
    """« Pas pour nous »: to whom to turn instead, if they know."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Qui peut aider ?",
        required=False,
        empty_label="Je ne sais pas",
    )
    note = forms.CharField(
        label="Un mot pour le guichet",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pourquoi, ou à qui s’adresser. Le guichet seul le lit.",
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.active().filter(topics=referral.need.topic_id)
        self.fields["organisation"].queryset = others.exclude(
            pk=referral.organisation_id
        )

    @property
    def said(self) -> str:
        """Both answers as the desk reads them."""
        elsewhere = self.cleaned_data["organisation"]
        see = f"Voir plutôt : {elsewhere.name}." if elsewhere else ""
        return f"{see}\n{self.cleaned_data['note']}".strip()


class EndForm(PlainForm, forms.Form):
    """« C'est terminé »: one of the three answers that are counted."""

    ACTS = {
        State.HELPED: "help",
        State.NO_HELP: "find_no_help",
        State.UNREACHABLE: "miss",
    }
    when_blank = {"outcome": "Choisissez comment cela s’est terminé."}

    outcome = forms.ChoiceField(
        label="Comment cela s’est-il terminé ?",
        choices=[
            (State.HELPED, "L’aide est apportée"),
            (State.NO_HELP, "Aucune aide n’existe pour ce besoin"),
            (State.UNREACHABLE, "La personne n’a pas pu être jointe"),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Un mot pour la personne",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui a été trouvé, ou ce qui manque. La personne et le guichet "
        "le lisent.",
    )

    @property
    def act(self) -> str:
        return self.ACTS[self.cleaned_data["outcome"]]


class DoorForm(PlainForm, forms.Form):
    """A partner without its link asks for another."""

    when_blank = {"email": "Indiquez l’adresse où vous recevez nos messages."}

    email = forms.EmailField(
        label="Votre courriel",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Celui où vous recevez nos messages.",
    )
