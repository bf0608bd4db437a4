"""May somebody ask for this bursary? Eight answers, told with their rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from bursaries.choices import Cesp, LegalBasis, Profession, StudyLevel
from casework.findings import Finding, Severity

CESP_ARTICLE = "article R. 631-24 du code de l’éducation"


@dataclass(frozen=True)
class Terms:
    """What a version asks of whoever applies."""

    legal_basis: str
    professions: tuple[str, ...]
    levels: tuple[str, ...]
    asks_eu: bool
    commitment_months: int


@dataclass(frozen=True)
class Answers:
    """What somebody says of themselves, before any account."""

    profession: str
    level: str
    is_enrolled: bool
    is_in_eu: bool
    may_practise: bool
    cesp: str
    has_other_commitment: bool
    is_ready: bool


def findings(terms: Terms, answers: Answers) -> list[Finding]:
    """All that stands in the way, not the first; nothing found, one may apply."""
    return [
        *_studies(terms, answers),
        *_enrolment(terms, answers),
        *cesp(terms.legal_basis, answers.cesp),
        *_commitments(answers),
    ]


def _studies(terms: Terms, answers: Answers) -> Iterator[Finding]:
    if answers.profession not in terms.professions:
        known = dict(Profession.choices)
        named = ", ".join(str(known[code]) for code in terms.professions)
        yield Finding(
            "R-10",
            Severity.BLOCK,
            f"Cette bourse concerne d’autres études : {named}.",
            "article L. 1511-8, II du CGCT"
            if terms.legal_basis == LegalBasis.STUDIES
            else "",
        )
    elif answers.level not in terms.levels:
        order = [level.value for level in StudyLevel]
        later = [
            order.index(level) > order.index(answers.level) for level in terms.levels
        ]
        text = "Cette bourse s’adresse à d’autres années d’études."
        if all(later):
            text = "Cette bourse commence plus tard dans les études : revenez alors."
        yield Finding("", Severity.BLOCK, text)


def _enrolment(terms: Terms, answers: Answers) -> Iterator[Finding]:
    if not answers.is_enrolled:
        yield Finding(
            "",
            Severity.BLOCK,
            "Il faut être inscrit ou inscrite à la faculté cette année universitaire.",
        )
    if terms.asks_eu and not answers.is_in_eu:
        yield Finding(
            "",
            Severity.BLOCK,
            "La faculté doit être dans l’Union européenne ou l’Espace économique "
            "européen.",
        )
    if not answers.may_practise:
        yield Finding(
            "",
            Severity.WARN,
            "Le diplôme doit permettre d’exercer en France : parlons-en avant que vous "
            "demandiez.",
        )


def cesp(legal_basis: str, standing: str) -> Iterator[Finding]:
    """No bursary beside the State's own contract (R-14)."""
    if standing == Cesp.SINCE:
        yield Finding(
            "R-14",
            Severity.BLOCK,
            "Un contrat d’engagement de service public en cours ne se cumule avec "
            "aucun contrat de même nature.",
            CESP_ARTICLE,
        )
    elif standing == Cesp.BEFORE:
        yield Finding(
            "R-14",
            Severity.WARN,
            "Votre contrat d’engagement de service public est antérieur à la règle "
            "actuelle de non-cumul : le guichet vérifie avec vous ce qu’il permet.",
            CESP_ARTICLE,
        )


def _commitments(answers: Answers) -> Iterator[Finding]:
    if answers.has_other_commitment:
        yield Finding(
            "R-15",
            Severity.WARN,
            "Vous avez déjà un engagement de même nature : montrez-nous son contrat, "
            "deux engagements ne se servent pas en même temps.",
        )
    if not answers.is_ready:
        yield Finding(
            "",
            Severity.WARN,
            "L’engagement est long : ne signez pas sans en avoir parlé. Appelez-nous, "
            "cela n’engage à rien.",
        )
