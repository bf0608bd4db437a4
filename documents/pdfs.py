"""PDFs: read in a process of their own, so that a trap catches only that process."""

from pathlib import Path

from django.core.exceptions import ValidationError

from documents import apart, archives

INSPECTION = Path(__file__).with_name("pdf_inspection.py")
SECONDS = 12
# Readers look for the end mark in the last kilobyte.
TAIL = 1024

SENTENCES = {
    "damaged": (
        "Ce PDF est incomplet ou abîmé. Enregistrez-le de nouveau et réessayez."
    ),
    "locked": (
        "Ce PDF est protégé par un mot de passe. Déposez une copie sans protection."
    ),
    "active": (
        "Ce PDF contient un programme (script ou lancement d'application). "
        "Imprimez-le en PDF et déposez la copie."
    ),
    "attached": (
        "Ce PDF contient des fichiers joints. Déposez-les un par un, et le PDF "
        "sans eux."
    ),
    "polyglot": archives.POLYGLOT,
}


def looks_like(content: bytes) -> bool:
    return b"%PDF-" in content[:TAIL] and not archives.looks_like(content)


def check(content: bytes) -> None:
    """Refuse a PDF that is cut, locked, double or able to act."""
    if not content.startswith(b"%PDF-") or archives.is_hidden_in(content):
        _refuse("polyglot")
    if b"%%EOF" not in content[-TAIL:]:
        _refuse("damaged")
    verdict = _inspect(content)
    if verdict != "sound":
        _refuse(verdict)


def _inspect(content: bytes) -> str:
    verdict = apart.run(INSPECTION, content, seconds=SECONDS)
    return verdict if verdict == "sound" or verdict in SENTENCES else "damaged"


def _refuse(code: str) -> None:
    raise ValidationError(SENTENCES[code], code=code)
