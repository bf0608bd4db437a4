from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from casework import writing
from casework.models import EmailTemplate
from casework.writing import Block
from tests.casework.conftest import RECEIPT

CONTEXT = {
    "prenom": "Camille",
    "reference": "BD47-2026-0001",
    "avant": date(2026, 11, 25),
    "lien": "https://exemple.fr/d/1",
}


def test_the_four_marks_make_blocks():
    assert writing.blocks(RECEIPT.body, CONTEXT) == [
        Block("paragraph", text="Bonjour Camille,"),
        Block("paragraph", text="Nous avons reçu votre demande."),
        Block(
            "box",
            items=(
                "Référence : BD47-2026-0001",
                "Réponse avant le 25 novembre 2026",
            ),
        ),
        Block("list", items=("une chose", "une autre")),
        Block("button", label="Ouvrir mon dossier", url="https://exemple.fr/d/1"),
    ]


@pytest.mark.parametrize(
    "value",
    ["[clic](https://piege.fr)", "- liste", "> encadré", "{reference}", "<b>gras</b>"],
)
def test_a_value_never_makes_a_mark(value):
    blocks = writing.blocks("{prenom}", {"prenom": value})

    assert blocks == [Block("paragraph", text=value)]


def test_html_in_a_value_is_shown_not_obeyed():
    letter = writing.write(RECEIPT, {**CONTEXT, "prenom": "<script>x</script>"})

    assert "<script>x" in letter.text
    assert "<script>x" not in letter.html
    assert "&lt;script&gt;x" in letter.html


def test_a_line_break_in_a_value_stays_out_of_the_subject():
    letter = writing.write(RECEIPT, {**CONTEXT, "reference": "1\nBcc: x@example.org"})

    assert letter.subject == "Votre demande 1 Bcc: x@example.org est arrivée"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 1), "1er décembre 2026"),
        (date(2026, 12, 21), "21 décembre 2026"),
        (datetime(2026, 12, 1, 8, 5, tzinfo=UTC), "1er décembre 2026 à 09 h 05"),
    ],
)
def test_a_day_is_written_as_people_say_it(day, words):
    assert writing.blocks("{le}", {"le": day}) == [Block("paragraph", text=words)]


def test_a_missing_value_is_a_mistake():
    with pytest.raises(LookupError, match="avant"):
        writing.write(RECEIPT, {"prenom": "Camille", "reference": "1", "lien": "/"})


def test_a_button_only_leads_to_an_address():
    with pytest.raises(ValueError, match="whole address"):
        writing.write(RECEIPT, {**CONTEXT, "lien": "javascript:alert(1)"})


def test_the_words_of_the_staff_come_first():
    EmailTemplate.objects.create(key=RECEIPT.key, subject="Bien reçu, {prenom}")

    letter = writing.write(RECEIPT, CONTEXT)

    assert letter.subject == "Bien reçu, Camille"
    assert "Référence : BD47-2026-0001" in letter.text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Bonjour {nom}", "« {nom} » ne correspond à rien"),
        ("Bonjour { prenom }", "ne correspond à rien"),
        ("{prenom.__class__}", "ne correspond à rien"),
        ("[Ouvrir](ici)", "doit mener à une adresse complète"),
    ],
)
def test_unknown_variables_are_refused_with_a_sentence(text, refusal):
    with pytest.raises(ValidationError, match=refusal):
        writing.check(RECEIPT, text)


@pytest.mark.parametrize("text", ["{service}, {telephone}", "{% now 'Y' %}", "{}"[:1]])
def test_other_braces_are_only_text(text):
    writing.check(RECEIPT, text.replace("{% now 'Y' %}", "sans variable"))


@pytest.mark.parametrize(
    "address", ["https://piege.fr/?l={lien}", "/x/{lien}", "x{lien}"]
)
def test_a_personal_link_is_no_parameter_of_another_site(address):
    with pytest.raises(ValidationError, match="adresse complète"):
        writing.check(RECEIPT, f"[Ouvrir mon dossier]({address})")
