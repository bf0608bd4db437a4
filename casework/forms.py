from collections.abc import Mapping
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from casework import typography
from casework.plain_text import is_name, is_postal_code, without_invisible_marks

WHO_IS_BLANK = {
    "first_name": "Indiquez votre prénom.",
    "last_name": "Indiquez votre nom.",
    "email": "Indiquez votre courriel : l’accusé de réception y arrive.",
}


def capitalised(choices) -> list[tuple[str, str]]:
    """Choices as rows read them: a capital first, and no row for « nothing »."""
    return [(code, capfirst(str(label))) for code, label in choices if code]


class EurosField(forms.DecimalField):
    """An amount as it is typed: « 12 500,50 € »."""

    def __init__(self, **kwargs):
        options = {"min_value": 0, "max_digits": 11, "decimal_places": 2} | kwargs
        super().__init__(**{"required": False} | options)
        self.widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off"}
        )
        self.error_messages |= {
            "invalid": "Écrivez un montant en euros, par exemple 12 500.",
            "max_digits": "Ce montant est trop grand.",
        }

    def prepare_value(self, value):
        return typography.figure(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.replace("€", "").split()).replace(",", ".")
        return super().to_python(value)


class PastOrComingDay(forms.DateField):
    """A day in the browser's own picker, within a lifetime."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )
        self.error_messages["invalid"] = "Cette date n’existe pas."

    def clean(self, value):
        day = super().clean(value)
        if day and not 1970 <= day.year <= 2060:
            raise forms.ValidationError("Vérifiez l’année de cette date.")
        return day


class DayField(forms.DateField):
    """A day, in the browser's own picker."""

    def __init__(self, *, only_future=True, **kwargs):
        self.only_future = only_future
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )

    def clean(self, value):
        day = super().clean(value)
        today = timezone.localdate()
        if day and self.only_future and day < today:
            raise forms.ValidationError(
                f"Cette date est passée. Choisissez à partir du {today:%d/%m/%Y}."
            )
        if day and day.year > today.year + 10:
            raise forms.ValidationError("Cette date est à plus de dix ans.")
        return day


class PlainForm(forms.BaseForm):
    """A form whose text is read as it is seen, and laid out by the page."""

    # What to do about an answer left blank, field by field.
    when_blank: Mapping[str, str] = {}

    def __init__(self, data=None, *args, **kwargs):
        data = without_invisible_marks(data) if data is not None else None
        super().__init__(data, *args, **kwargs)
        for name, sentence in self.when_blank.items():
            self.fields[name].error_messages["required"] = sentence
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(*self.fields)


def require_who(form: forms.ModelForm, account_email: str) -> None:
    """Names that are names, a whole address, and the e-mail of the account if any."""
    for name in ("first_name", "last_name", "email", "address", "postal_code", "city"):
        form.fields[name].required = True
    for name in ("first_name", "last_name", "city"):
        form.fields[name].validators.append(is_name)
    form.fields["postal_code"].validators.append(is_postal_code)
    if account_email:
        form.fields["email"].disabled = True
        form.initial["email"] = account_email
        form.fields["email"].help_text = "L’adresse de votre compte."
