"""FINESS as the two CSV layouts of « etalab »: with sections, or with a header.

A national file is 100,000 lines; those of other Départements are told apart by their
bytes and never decoded.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .finess_rows import KINDS, Establishment, phone, place, readable, routing, street
from .gates import ENOUGH, Gate, Refused, day

# Overseas, FINESS has its own codes; ours are INSEE's.
OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9F": "976"}
SECTION_FIELDS = {b"structureet": 32, b"geolocalisation": 6}
# With sections: the rank of what we read, the name of the section being rank 0.
SECTION = {
    "nofinesset": 1,
    "rs": 3,
    "rslongue": 4,
    "numvoie": 7,
    "typvoie": 8,
    "voie": 9,
    "compvoie": 10,
    "lieuditbp": 11,
    "commune": 12,
    "departement": 13,
    "ligneacheminement": 15,
    "telephone": 16,
    "categetab": 18,
    "dateouv": 28,
    "datemaj": 30,
}
HEADED = {name: name for name in SECTION if name != "commune"} | {
    "commune": "cog",
    "dateouv": "dateouvert",
}
HEADED_PLACE = ("coordx", "coordy")
_STAMP = re.compile(r"(20\d{6})")


@dataclass
class Decoder:
    """UTF-8, or line by line the Windows-1252 these files were long written in."""

    fallbacks: int = 0

    def __call__(self, line: bytes) -> list[str]:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            self.fallbacks += 1
            text = line.decode("cp1252", "replace")
        return [cell.strip() for cell in text.rstrip("\r\n").split(";")]


def read(file, name: str, departements: set[str], gate: Gate) -> list[Establishment]:
    first = file.readline().removeprefix(b"\xef\xbb\xbf")
    decode = Decoder()
    theirs = {code.encode() for code in departements}
    theirs |= {code.encode() for code, ours in OVERSEAS.items() if ours in departements}
    if first.startswith(b"finess;"):
        gate.report.data_date = _announced(decode(first))
        found = _sections(file, theirs, gate, decode)
    elif b"nofinesset" in first:
        gate.report.data_date = _stamped(name)
        header = [cell.lower() for cell in decode(first)]
        found = _headed(file, header, theirs, gate, decode)
    else:
        raise Refused(
            "ce fichier ne commence ni par « finess;etalab;… » ni par un en-tête avec "
            "« nofinesset » : ce n'est pas une extraction FINESS.",
            where=1,
        )
    if decode.fallbacks:
        gate.note(
            f"{decode.fallbacks} ligne(s) en Windows-1252 plutôt qu'en UTF-8, relues "
            "comme telles."
        )
    return found


def _sections(file, departements, gate, decode) -> list[Establishment]:
    found: dict[bytes, Establishment] = {}
    seen: set[bytes] = set()
    located = 0
    for number, line in enumerate(file, 2):
        cells = line.split(b";")
        section = cells[0]
        width = SECTION_FIELDS.get(section)
        if width is None:
            if line.strip():
                _cut(gate, number, "section inconnue, ou ligne coupée")
            continue
        # A last « ; » is an empty field more: some extractions have it.
        if len(cells) != width and (len(cells) != width + 1 or cells[-1].strip()):
            _cut(gate, number, f"{len(cells)} champs au lieu de {width}")
            continue
        finess = cells[1]
        if section == b"geolocalisation":
            located += 1
            if finess in found:
                row = decode(line)
                established = found[finess]
                established.longitude, established.latitude = place((row[2], row[3]))
            continue
        if finess in seen or not finess.strip():
            _refuse_number(finess, number)
        seen.add(finess)
        if cells[13] in departements and cells[18].decode("ascii", "replace") in KINDS:
            found[finess] = _establishment(decode(line), SECTION, number)
    gate.report.rows = len(seen)
    if not located:
        gate.note("Extraction sans géolocalisation : les coordonnées restent vides.")
    elif located < ENOUGH * len(seen):
        gate.doubt(
            f"La section de géolocalisation n'a que {located} lignes pour {len(seen)} "
            "établissements : le fichier semble coupé."
        )
    return list(found.values())


def _headed(file, header, departements, gate, decode) -> list[Establishment]:
    missing = [name for name in HEADED.values() if name not in header]
    if missing:
        columns = ", ".join(f"« {name} »" for name in missing)
        raise Refused(f"colonne(s) manquante(s) : {columns}.", where=1)
    ranks = {name: header.index(column) for name, column in HEADED.items()}
    at = [header.index(name) for name in HEADED_PLACE if name in header]
    seen: set[bytes] = set()
    found = []
    departement, category = ranks["departement"], ranks["categetab"]
    for number, line in enumerate(_lines(file), 2):
        cells = line.split(b";")
        if len(cells) != len(header):
            _cut(gate, number, f"{len(cells)} champs au lieu de {len(header)}")
            continue
        finess = cells[ranks["nofinesset"]]
        if finess in seen or not finess.strip():
            _refuse_number(finess, number)
        seen.add(finess)
        if cells[departement] not in departements:
            continue
        if cells[category].decode("ascii", "replace") not in KINDS:
            continue
        row = decode(line)
        established = _establishment(row, ranks, number)
        established.commune = row[ranks["commune"]]
        if len(at) == 2:
            pair = row[at[0]], row[at[1]]
            established.longitude, established.latitude = place(pair)
        found.append(established)
    gate.report.rows = len(seen)
    return found


def _lines(file) -> Iterator[bytes]:
    for line in file:
        if stripped := line.rstrip(b"\r\n"):
            yield stripped


def _establishment(row: list[str], ranks: dict, number: int) -> Establishment:
    def cell(name):
        return row[ranks[name]]

    code, town = routing(cell("ligneacheminement"))
    departement = OVERSEAS.get(cell("departement"), cell("departement"))
    commune = cell("commune")
    digits = 5 - len(departement)
    return Establishment(
        finess=cell("nofinesset"),
        category=cell("categetab"),
        name=readable(cell("rslongue") or cell("rs"))[:150],
        commune=departement + commune[-digits:] if commune else "",
        where=number,
        address=street(
            cell("numvoie"),
            cell("compvoie") if len(cell("compvoie")) == 1 else "",
            cell("typvoie"),
            cell("voie"),
            cell("lieuditbp"),
        )[:200],
        postal_code=code,
        city=town[:80],
        phone=phone(cell("telephone")),
        opened_on=day(cell("dateouv")),
        updated_on=day(cell("datemaj")),
    )


def _refuse_number(finess: bytes, number: int) -> None:
    if not finess.strip():
        raise Refused("le numéro FINESS est vide.", where=number)
    told = finess.decode("ascii", "replace")
    raise Refused(f"l'établissement {told} est déjà dans le fichier.", where=number)


def _cut(gate: Gate, number: int, why: str) -> None:
    gate.doubt(f"{why} : la ligne ou le fichier est coupé.", where=number)


def _announced(cells: list[str]) -> dt.date:
    date = day(cells[3]) if len(cells) > 3 else None
    if date is None:
        raise Refused("la date de l'extraction manque.", where=1)
    return date


def _stamped(name: str) -> dt.date | None:
    found = _STAMP.search(name)
    return day(found[1]) if found else None
