"""A code on each page of a document to sign: a scan of it says what it is.

The code is a QR code that leads anyone to the page of the document at /verifier/;
with it goes the rank of the page, so that a lost or foreign page is noticed.
"""

import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import qrcode
from django.core.exceptions import ValidationError

from documents import apart, verifying

READING = Path(__file__).with_name("page_code_reading.py")
SECONDS = 40
_MM = 72 / 25.4
# Between the coloured strip and the text, where nothing else is printed.
SIDE, LEFT, BOTTOM = 13 * _MM, 12 * _MM, 9 * _MM
_WRITTEN = re.compile(r"/verifier/([^/?#]+)/\?page=(\d{1,3})$")


def stamp(pdf: bytes, verify_url: str) -> bytes:
    """The same pages, each with its code at the foot, outside what is read aloud."""
    stamped = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            drawn = _drawn(f"{verify_url}?page={number}")
            # Before the page: what it draws leaves its own axes behind it.
            page.contents_add(document.make_stream(drawn), prepend=True)
        document.save(stamped, deterministic_id=True)
    return stamped.getvalue()


def _drawn(text: str) -> bytes:
    """Black squares, as PDF operators: an artifact, which screen readers skip."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    rows = code.get_matrix()
    size = SIDE / len(rows)
    squares = [
        f"{LEFT + x * size:.3f} {BOTTOM + SIDE - (y + 1) * size:.3f} "
        f"{size:.3f} {size:.3f} re"
        for y, row in enumerate(rows)
        for x, is_black in enumerate(row)
        if is_black
    ]
    lines = ["q", "/Artifact BMC", "0 0 0 rg", *squares, "f", "EMC", "Q"]
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Reading:
    """The pages of a scan in order: the code and rank read on each, or nothing."""

    pages: tuple[tuple[str, int] | None, ...]

    @property
    def code(self) -> str:
        """The document that most of its pages come from; empty when none is read."""
        counted = Counter(page[0] for page in self.pages if page)
        return counted.most_common(1)[0][0] if counted else ""

    def require_whole(self, expected: int) -> None:
        """Every page of the document, once, and none of another."""
        wrong = [at for at, page in enumerate(self.pages, 1) if not self._is_ours(page)]
        if wrong:
            verb = "ne porte" if len(wrong) == 1 else "ne portent"
            raise ValidationError(
                f"{_pages(wrong)} de la copie {verb} pas le code de ce document, ou il "
                "est illisible : vérifiez que rien d'autre n'y est mêlé, et numérisez "
                "de nouveau."
            )
        ranks = Counter(page[1] for page in self.pages if page)
        missing = [rank for rank in range(1, expected + 1) if rank not in ranks]
        if missing:
            verb = "manque" if len(missing) == 1 else "manquent"
            raise ValidationError(f"{_pages(missing)} {verb} à la copie.")
        twice = sorted(rank for rank, count in ranks.items() if count > 1)
        if twice:
            verb = "est" if len(twice) == 1 else "sont"
            raise ValidationError(f"{_pages(twice)} y {verb} deux fois.")

    def _is_ours(self, page) -> bool:
        return page is not None and page[0] == self.code


def _pages(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"La page {numbers[0]}"
    *first, last = map(str, numbers)
    return f"Les pages {', '.join(first)} et {last}"


def read(content: bytes) -> Reading:
    """Look for a code on each page of a scan, in a process of its own."""
    told = apart.run(READING, content, seconds=SECONDS)
    if not told:
        raise ValidationError(
            "Cette copie ne se lit pas, ou elle compte plus de soixante pages : "
            "numérisez un seul document à la fois, en PDF."
        )
    return Reading(tuple(_found(texts) for texts in json.loads(told)))


def _found(texts: list[str]) -> tuple[str, int] | None:
    for text in texts:
        match = _WRITTEN.search(text)
        code = verifying.normalised(match[1]) if match else ""
        if code:
            return code, int(match[2])
    return None


def count_pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
