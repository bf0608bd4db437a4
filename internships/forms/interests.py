"""What a student says of the places where they would like to come."""

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.html import format_html

from casework.forms import PlainForm
from internships.models import Room
from internships.wording import CONSENT_TO_HOST


class InterestForm(PlainForm, forms.Form):
    """Which wish it is, a word to the team, and who may know."""

    rank = forms.TypedChoiceField(
        label="Ce terrain est…",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’ordre de ce souhait."},
    )
    word = forms.CharField(
        label="Un mot pour l’équipe",
        help_text="Ce qui vous attire, vos dates, une question. Rien sur votre santé.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agrees = forms.BooleanField(
        label=CONSENT_TO_HOST,
        error_messages={
            "required": "Sans cet accord, le terrain ne peut pas vous répondre."
        },
    )

    NAMES = {1: "mon premier souhait", 2: "mon deuxième souhait", 3: "mon troisième"}

    def __init__(self, *args, ranks, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["rank"]
        field.choices = [(rank, self.NAMES[rank]) for rank in ranks]
        field.initial = ranks[0] if ranks else None


class AnswerForm(PlainForm, forms.Form):
    """Yes or no, by the button that was pressed, and a word to the student."""

    answer = forms.CharField(
        label="Un mot à la personne",
        help_text="Elle le lit dans le courriel. Pour un oui : qui appeler, et quand.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RoomField(forms.ModelChoiceField):
    """One row for each bed: where it is, and what it costs."""

    def label_from_instance(self, room):
        home = room.dwelling
        return format_html(
            '{}, {}<span class="choice-help">{}, {} € par mois, charges comprises'
            "</span>",
            home.name,
            room.name,
            home.commune.name,
            floatformat(room.rent, "-2"),
        )


class ConfirmForm(PlainForm, forms.Form):
    """The mutual yes, once what cannot be cumulated was read (R-33, R-34)."""

    room = RoomField(
        label="Une chambre avec ce stage",
        help_text="Elle est gardée pour vous dès maintenant ; vous la confirmez "
        "ensuite.",
        queryset=Room.objects.none(),
        required=False,
        empty_label="Sans chambre, ou plus tard",
        blank=True,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "Cette chambre vient d’être prise : choisissez-en une "
            "autre, ou confirmez sans chambre."
        },
    )
    accepts = forms.BooleanField(
        error_messages={
            "required": "Lisez ce qui ne se cumule pas, puis cochez la case."
        }
    )

    def __init__(self, *args, wording, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepts"].label = wording
        self.fields["room"].queryset = rooms
