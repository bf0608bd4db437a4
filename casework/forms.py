from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.text import capfirst

from casework.plain_text import without_invisible_marks

WHO_IS_BLANK = {
    "first_name": "Indiquez votre prénom.",
    "last_name": "Indiquez votre nom.",
    "email": "Indiquez votre courriel : l’accusé de réception y arrive.",
}


def capitalised(choices) -> list[tuple[str, str]]:
    """Choices as rows read them: a capital first, and no row for « nothing »."""
    return [(code, capfirst(str(label))) for code, label in choices if code]


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
