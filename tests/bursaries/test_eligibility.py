"""The eight questions: every answer that stands in the way, with its rule."""

from dataclasses import replace

import pytest

from bursaries.eligibility import Answers, Terms, findings

TERMS = Terms("studies", ("medicine",), ("des_appro_1", "des_appro_2"), True, 60)
FINE = Answers(
    profession="medicine",
    level="des_appro_1",
    is_enrolled=True,
    is_in_eu=True,
    may_practise=True,
    cesp="never",
    has_other_commitment=False,
    is_ready=True,
)


def told(terms: Terms, answers: Answers) -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in findings(terms, answers)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({}, []),
        ({"cesp": "ended"}, []),
        ({"profession": "dentistry"}, [("R-10", "block")]),
        ({"level": "dfasm1"}, [("", "block")]),
        ({"level": "des_conso"}, [("", "block")]),
        ({"is_enrolled": False}, [("", "block")]),
        ({"is_in_eu": False}, [("", "block")]),
        ({"may_practise": False}, [("", "warn")]),
        ({"cesp": "since"}, [("R-14", "block")]),  # T-10
        ({"cesp": "before"}, [("R-14", "warn")]),
        ({"has_other_commitment": True}, [("R-15", "warn")]),
        ({"is_ready": False}, [("", "warn")]),
        (
            {"is_enrolled": False, "cesp": "since", "is_ready": False},
            [("", "block"), ("R-14", "block"), ("", "warn")],
        ),
    ],
)
def test_each_answer_is_told(answer, expected):
    assert told(TERMS, replace(FINE, **answer)) == expected


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ("dfasm1", "Cette bourse commence plus tard dans les études : revenez alors."),
        ("des_conso", "Cette bourse s’adresse à d’autres années d’études."),
    ],
)
def test_who_comes_too_early_is_told_to_come_back(level, sentence):
    [finding] = findings(TERMS, replace(FINE, level=level))

    assert finding.text == sentence


def test_a_faculty_anywhere_does_where_the_scheme_says_so():
    terms = replace(TERMS, asks_eu=False)

    assert told(terms, replace(FINE, is_in_eu=False)) == []
