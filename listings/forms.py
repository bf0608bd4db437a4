import datetime as dt

from django import forms
from django.db import models
from django.utils.functional import cached_property

from listings.models import SavedSearch

# What carries the reader from page to page, and is no part of what they look for.
NOT_CRITERIA = {"page"}


class ListForm(forms.Form):
    """What narrows a public list: its own page, its feeds and its alerts ask it.

    A value that means nothing is told and left out: a list never fails for it.
    """

    use_required_attribute = False

    q = forms.CharField(label="Mots", max_length=100, required=False)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput
    )

    def narrow(self, listings: models.QuerySet, day: dt.date) -> models.QuerySet:
        """Those that answer; called on a form that was asked whether it is valid."""
        words = self.value("q")
        return listings.search(words) if words else listings

    def value(self, name: str):
        """What was asked, or None: nothing, or nothing that can be understood."""
        self.errors  # noqa: B018  cleans once
        return self.cleaned_data.get(name) or None

    @cached_property
    def criteria(self) -> dict[str, str]:
        """What is looked for, as this form reads it again."""
        return {
            name: str(self.data.get(name)).strip()
            for name in self.fields
            if name not in NOT_CRITERIA and self.value(name)
        }

    @property
    def told(self) -> list[str]:
        """What is looked for, in words."""
        return [self._told(name) for name in self.criteria]

    def _told(self, name: str) -> str:
        value, field = self.value(name), self.fields[name]
        if name == "q":
            return f"« {value} »"
        if isinstance(value, dt.date):
            return f"{field.label.lower()} {value:%d/%m/%Y}"
        for code, label in getattr(field, "choices", ()):
            if str(code) == str(value):
                return str(label)
        return str(value)


class SaveSearchForm(forms.Form):
    """« Prévenez-moi »: an address, a rhythm, and a yes."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Votre courriel",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Indiquez l’adresse où vous prévenir."},
    )
    frequency = forms.ChoiceField(
        label="Rythme",
        choices=[
            (SavedSearch.Frequency.DAILY, "Chaque jour où il y a du nouveau"),
            (SavedSearch.Frequency.WEEKLY, "Une fois par semaine, le lundi"),
        ],
        initial=SavedSearch.Frequency.DAILY,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        error_messages={"required": "Cochez la case pour recevoir les alertes."}
    )

    def __init__(self, *args, person=None, wording: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = wording
        if person is not None:
            # The account's own address: nothing is typed, nothing to confirm.
            del self.fields["email"]


class StopForm(forms.Form):
    """Stopping asks for nothing; mail programs post this line by themselves."""
