import pytest
from django.core.exceptions import ValidationError

from casework.plain_text import is_name


@pytest.mark.parametrize(
    "name",
    [
        "Inès",
        "Ine\u0300s",
        "Marie-Claude",
        "O'Neil",
        "d’Arcangues",
        "Le Passage",
        "St. Martin",
    ],
)
def test_a_name_has_marks_between_its_letters(name):
    assert is_name(name) is None


@pytest.mark.parametrize(
    "name", ["", "-", "Anne2", "http://piege.fr", "a@b.fr", "Inès\nBcc: x", "Inès\n"]
)
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValidationError):
        is_name(name)
