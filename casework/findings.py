"""What a rule says of a request: how firmly, in words, and by which article.

BLOCK: the step cannot be done. WARN: an officer may go on, with a written reason.
INFO: to be known. `rule` is its number in the catalogue (R-xx), or the article's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.days import said


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    rule: str
    severity: Severity
    text: str
    article: str = ""

    @property
    def sentence(self) -> str:
        if not self.article:
            return self.text
        return f"{self.text.rstrip('.')} ({self.article})."


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity == Severity.BLOCK]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity == Severity.WARN]


def awaited(pieces: Iterable[str]) -> Iterator[Finding]:
    """Nothing is decided while a piece is missing (R-05)."""
    if names := ", ".join(pieces):
        yield Finding(
            "R-05",
            Severity.BLOCK,
            f"Le dossier est incomplet. Il manque : {names}.",
            "article L. 114-5 du CRPA",
        )


def silence(refusal_on: date | None, day: date) -> Iterator[Finding]:
    """Until when an answer is owed, or since when silence means no (R-04)."""
    if refusal_on is None:
        return
    is_late = refusal_on < day
    if is_late:
        text = f"Sans réponse au {said(refusal_on)}, la demande est réputée rejetée. "
        text += "Une décision expresse reste possible."
    else:
        text = f"Sans réponse avant le {said(refusal_on)}, la demande sera réputée "
        text += "rejetée."
    severity = Severity.WARN if is_late else Severity.INFO
    yield Finding("R-04", severity, text, "article L. 231-4, 3° du CRPA")
