"""FINESS as the JSON of 2026: legal entities, each with its establishments.

Read entity by entity: the whole file never stands in memory.
"""

import json
import re
from collections.abc import Iterator
from json.decoder import WHITESPACE

from .finess_rows import KINDS, Establishment, phone, place, readable, street
from .gates import Gate, Refused, day
from .places import departement_of

CHUNK = 1 << 20
LARGEST_VALUE = 64 << 20
ENTITIES = "pmej"
INACTIVE = "I"
_STAMP = re.compile(r"(20\d{2})-?(\d{2})-?(\d{2})")
_decoder = json.JSONDecoder()


def read(file, name: str, departements: set[str], gate: Gate) -> list[Establishment]:
    stamp = _STAMP.search(name)
    gate.report.data_date = day("-".join(stamp.groups())) if stamp else None
    found, seen = [], set()
    for entity in entities(file):
        for row in _established(entity):
            try:
                established = _establishment(row, gate, len(seen) + 1)
            except (AttributeError, TypeError):
                raise Refused(
                    "il n'a pas la forme du flux « Structures » de FINESS.",
                    where=f"Établissement n° {len(seen) + 1}",
                ) from None
            if established.finess in seen:
                raise Refused(
                    "il est déjà dans le fichier.",
                    where=f"Établissement {established.finess}",
                )
            seen.add(established.finess)
            if (
                established.category in KINDS
                and departement_of(established.commune) in departements
            ):
                found.append(established)
    gate.report.rows = len(seen)
    return found


def _established(entity: dict) -> list:
    rows = entity.get("ege") or []
    if not isinstance(rows, list):
        raise Refused("les établissements d'une entité ne sont pas une liste.")
    return rows


def entities(file) -> Iterator[dict]:
    """The objects of the root's « pmej », one at a time."""
    text = _Text(file)
    text.expect("{")
    reached = False
    while True:
        key = text.value()
        text.expect(":")
        if key == ENTITIES:
            reached = True
            yield from _items(text)
        else:
            text.value()
        if text.expect(",}") == "}":
            break
    if not reached:
        raise Refused(
            f"la racine n'a pas de « {ENTITIES} » : ce n'est pas le flux "
            "« Structures » de FINESS."
        )


def _items(text: "_Text") -> Iterator[dict]:
    text.expect("[")
    if text.peek() == "]":
        text.expect("]")
        return
    while True:
        item = text.value()
        if not isinstance(item, dict):
            raise Refused("une entité n'est pas un objet.", where=text.where)
        yield item
        if text.expect(",]") == "]":
            return


class _Text:
    """A JSON text read as it comes: one value, one sign at a time."""

    def __init__(self, file):
        self._file = file
        self._buffer = ""
        self._at = 0
        self._rest = b""
        self._lines = 1

    @property
    def where(self) -> int:
        return self._lines + self._buffer.count("\n", 0, self._at)

    def peek(self) -> str:
        self._skip_spaces()
        return self._buffer[self._at : self._at + 1]

    def expect(self, signs: str) -> str:
        sign = self.peek()
        if not sign:
            raise Refused("le fichier s'arrête avant la fin.", where=self.where)
        if sign not in signs:
            raise Refused(f"« {signs[0]} » était attendu ici.", where=self.where)
        self._at += 1
        return sign

    def value(self):
        """The next value, reading on until it is whole."""
        self._skip_spaces()
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._at)
            except ValueError as error:
                if len(self._buffer) - self._at > LARGEST_VALUE or not self._more():
                    raise Refused(
                        f"le JSON est coupé ou mal formé ({error}).", where=self.where
                    ) from None
                continue
            except RecursionError:
                raise Refused(
                    "le JSON est imbriqué sans fin.", where=self.where
                ) from None
            # A number may go on in the next chunk; nothing else can.
            if end < len(self._buffer) or not self._more():
                self._at = end
                return value

    def _skip_spaces(self) -> None:
        while True:
            self._at = WHITESPACE.match(self._buffer, self._at).end()
            if self._at < len(self._buffer) or not self._more():
                return

    def _more(self) -> bool:
        chunk = self._file.read(CHUNK)
        if not chunk and not self._rest:
            return False
        octets = self._rest + chunk
        # Never cut a character in two: the next chunk has its end.
        whole = octets if not chunk else octets[: _last_whole(octets)]
        self._rest = octets[len(whole) :]
        self._lines += self._buffer.count("\n", 0, self._at)
        try:
            text = whole.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self._lines + whole.count(b"\n", 0, error.start)
            raise Refused("ce n'est pas de l'UTF-8.", where=line) from None
        self._buffer = self._buffer[self._at :] + text
        self._at = 0
        self._buffer = self._buffer.removeprefix("\ufeff")
        return True


def _last_whole(octets: bytes) -> int:
    """Where the last character that may be unfinished begins."""
    for back in range(1, min(4, len(octets)) + 1):
        octet = octets[-back]
        if octet < 0x80:
            return len(octets)
        if octet >= 0xC0:
            return len(octets) - back
    return len(octets)


def _establishment(row: dict, gate: Gate, rank: int) -> Establishment:
    told = row.get("informationsGeneralesEGE") or {}
    finess = str(told.get("numFinessEge") or "").strip()
    if not finess:
        raise Refused("le numéro FINESS est vide.", where=f"Établissement n° {rank}")
    address = next(iter(row.get("adresse") or []), None) or {}
    longitude, latitude = _place(address.get("coordonneesGeographique") or {})
    return Establishment(
        finess=finess,
        category=_category(row),
        name=readable(told.get("nomEgeLong") or told.get("nomEgeCourt") or "")[:150],
        commune=str(address.get("cogCommune") or "").strip(),
        where=f"Établissement {finess}",
        address=street(
            str(address.get("numeroVoie") or ""),
            "",
            str(address.get("typeVoie") or ""),
            str(address.get("libelleVoie") or ""),
        )[:200],
        postal_code=str(address.get("codePostal") or "")[:5],
        city=readable(str(address.get("ligneAcheminement") or ""))[:80],
        phone=_phone(row.get("contact") or []),
        longitude=longitude,
        latitude=latitude,
        is_open=row.get("etatObjet") != INACTIVE,
    )


def _category(row: dict) -> str:
    """An object in the published schema, a plain code in the files seen, both keys."""
    for key in (
        "categorieEntiteGeographiqueExercice",
        "categorieentiteGeographiqueExercice",
    ):
        if found := row.get(key):
            return str(found.get("code") if isinstance(found, dict) else found)
    return ""


def _place(found: dict) -> tuple[float | None, float | None]:
    return place(
        (found.get("coordonneeX"), found.get("coordonneeY")),
        (found.get("directionLongitude"), found.get("directionLatitude")),
    )


def _phone(contacts: list) -> str:
    for contact in contacts:
        for key, value in contact.items() if isinstance(contact, dict) else []:
            if "tel" in key.lower() and isinstance(value, str) and phone(value):
                return phone(value)
    return ""
