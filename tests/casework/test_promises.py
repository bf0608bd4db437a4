from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import promises

# A Monday.
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Je vous rappelle le 12.", date(2026, 12, 12)),
        ("Je vous rappelle le 26 au matin.", date(2026, 11, 26)),
        ("Je vous rappelle le 1er décembre.", date(2026, 12, 1)),
        ("Nous vous envoyons le bail avant le 12 mars.", date(2027, 3, 12)),
        ("J’appelle la mairie demain.", date(2026, 11, 24)),
        ("J'envoie le dossier après-demain.", date(2026, 11, 25)),
        ("Je vous envoie la liste avant vendredi.", date(2026, 11, 27)),
        ("Je reviens vers vous lundi.", date(2026, 11, 30)),
        ("Je reviens vers vous la semaine prochaine.", date(2026, 12, 4)),
        ("Je vous écris d’ici la fin de la semaine.", date(2026, 11, 27)),
        ("Je vous tiens au courant fin du mois.", date(2026, 11, 30)),
        ("On vous confirme le 12/03.", date(2027, 3, 12)),
        ("On vous confirme le 2/12/2026.", date(2026, 12, 2)),
        ("Nous vous rappelons dans deux jours ouvrés.", date(2026, 11, 25)),
        ("Nous vous rappellerons dans 3 semaines.", date(2026, 12, 14)),
        ("Je vais vous proposer trois lieux jeudi.", date(2026, 11, 26)),
        ("Je lui transmets votre CV aujourd’hui.", DAY),
        ("Je vous rappelle le mardi 1er.", date(2026, 12, 1)),
    ],
)
def test_a_promise_names_its_day(sentence, day):
    (promise,) = promises.find(sentence, DAY)

    assert promise == promises.Promise(sentence, day)


@pytest.mark.parametrize(
    "sentence",
    [
        "La mairie vous rappelle le 12.",
        "Pouvez-vous venir lundi ?",
        "Je vous rappelle le 12 ?",
        "Je vous rappelle bientôt.",
        "Je ne vous rappelle pas lundi.",
        "Elle a signé le 12 mars.",
        "Je vous rappelle le 31/02.",
        "Je vous appelle au 05 53 00 00 00.",
        "Je vous ai envoyé le bail le 12/11/2026.",
        "",
    ],
)
def test_other_sentences_promise_nothing(sentence):
    assert promises.find(sentence, DAY) == []


def test_several_promises_are_found_in_their_order():
    text = (
        "Bonjour,\nMerci pour votre appel. Je vous envoie le bail avant vendredi.\n"
        "Je vous rappelle le 12. Bonne semaine !"
    )

    found = promises.find(text, DAY)

    assert [(one.sentence, one.due_on.day) for one in found] == [
        ("Je vous envoie le bail avant vendredi.", 27),
        ("Je vous rappelle le 12.", 12),
    ]


def test_what_introduces_a_promise_is_left_out():
    found = promises.find("Appel : il hésite : je vous rappelle le 12.", DAY)

    assert [one.sentence for one in found] == ["Je vous rappelle le 12."]


def test_a_long_sentence_is_cut_at_a_word():
    (promise,) = promises.find(f"Je vous rappelle lundi {'encore ' * 60}", DAY)

    assert (len(promise.sentence) <= 200, promise.sentence[-2:]) == (True, " …")


@given(st.text(max_size=200), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read(text, day):
    assert all(one.due_on >= day for one in promises.find(text, day))
