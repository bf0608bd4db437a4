"""Days as people say them: the last one is included."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from unfold.widgets import UnfoldAdminSingleDateWidget


class PeriodForm(forms.ModelForm):
    """A row that lasts from a first to a last day, kept as its `period`."""

    first_day = forms.DateField(
        label="Premier jour", widget=UnfoldAdminSingleDateWidget
    )
    last_day = forms.DateField(
        label="Dernier jour (compris)", widget=UnfoldAdminSingleDateWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["first_day"] = self.instance.period.lower
            self.initial["last_day"] = self.instance.period.upper - timedelta(days=1)

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last:
            if last < first:
                raise ValidationError("Le dernier jour vient avant le premier.")
            self.instance.period = DateRange(first, last + timedelta(days=1))
        return data

    def _get_validation_exclusions(self):
        # The period is not a field of the form, and its constraints must speak.
        excluded = super()._get_validation_exclusions()
        return excluded if self.errors else excluded - {"period"}
