"""CSV as French spreadsheets read it, computing nothing out of what people wrote."""

import csv
import io
from collections.abc import Iterable

# Before the text, so that accents are read.
MARK = "\ufeff"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Iterable[str], rows: Iterable[Iterable]) -> str:
    """Semicolons between cells; text that looks like a formula is read as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell):
    is_formula = isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA)
    return f"'{cell}" if is_formula else cell
