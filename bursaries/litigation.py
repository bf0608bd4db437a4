"""« Pièces du litige »: all that a court asks for, in one file, in order."""

import io
import zipfile

from bursaries.models import BreachCase
from casework import spreadsheets
from documents import serving

# The same facts make the same bytes: no clock in the archive.
EPOCH = (2000, 1, 1, 0, 0, 0)


def bundle(case: BreachCase) -> bytes:
    """A ZIP: the summary first, then each piece with its number."""
    pieces = list(_pieces(case))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "00-sommaire.txt", _summary(case, pieces).encode())
        for name, content in pieces:
            _write(archive, name, content)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def _pieces(case: BreachCase):
    agreement = case.agreement
    number = 0
    for deed in agreement.deeds.all():
        if deed.signed_on:
            number += 1
            title = "convention" if deed.is_root else f"avenant-{deed.number}"
            yield from _file(number, title, deed.circuit.final_document)
    for proof in agreement.proofs.select_related("document").order_by("sent_at"):
        number += 1
        yield from _file(number, proof.kind, proof.document)
    number += 1
    yield f"{number:02}-versements.csv", _payments(agreement)
    number += 1
    yield f"{number:02}-demarches.csv", _steps(case)
    if case.notice:
        number += 1
        yield from _file(number, "mise-en-demeure", case.notice)
    for sheet in case.sheets.all():
        number += 1
        yield f"{number:02}-calcul-{sheet.number}.csv", _sheet(sheet)


def _file(number: int, title: str, document):
    if document.is_servable and (file := serving.opened(document)):
        with file:
            name = f"{number:02}-{title}{_extension(document.name)}"
            yield name, file.read()


def _extension(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""


def _payments(agreement) -> bytes:
    rows = [row for row in agreement.payments.all() if row.paid_on]
    return _csv(
        ["payé le", "montant", "mandat", "pour le temps depuis"],
        [[row.paid_on, row.amount, row.warrant, row.since] for row in rows],
    )


def _steps(case: BreachCase) -> bytes:
    return _csv(
        ["le", "nature", "jusqu'au", "texte", "noté le"],
        [
            [
                step.on,
                step.get_kind_display(),
                step.until or "",
                step.text,
                f"{step.noted_at:%Y-%m-%d}",
            ]
            for step in case.steps.all()
        ],
    )


def _sheet(sheet) -> bytes:
    checked = f"{sheet.checked_at:%Y-%m-%d}" if sheet.is_checked else "non"
    rows = [
        *(
            [name, value if value is not None else ""]
            for name, value in sheet.inputs.items()
        ),
        *sheet.lines,
        ["À rembourser", f"{sheet.due:.2f}"],
        ["Fait le", f"{sheet.made_at:%Y-%m-%d}"],
        ["Vérifié le", checked],
        ["Titre de recettes", sheet.title_number],
    ]
    return _csv(["donnée", "valeur"], rows)


def _csv(head: list[str], rows: list) -> bytes:
    return spreadsheets.as_csv(head, rows).encode("utf-8-sig")


def _summary(case: BreachCase, pieces: list) -> str:
    agreement = case.agreement
    lines = [
        f"Convention {agreement.reference}, {agreement.name}",
        f"Manquement : {case.get_ground_display()}, depuis le {case.since:%d/%m/%Y}",
        "",
        "Pièces :",
        *(f"  {name}" for name, _content in pieces),
    ]
    return "\r\n".join(lines) + "\r\n"
