"""FINESS: the structures of care of our Départements, whatever the file's layout.

Matched on the FINESS number, corrected in place, never deleted: a structure that a new
file no longer has is flagged. What the desk has corrected stays.
"""

from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from territory.models import HealthStructure, ImportRun
from territory.sorting import search_key, sort_key

from . import finess_csv, finess_json
from .finess_rows import KINDS, Establishment
from .gates import Gate, Refused, Report
from .places import Places

BATCH = 500
FROM_FINESS = HealthStructure.FROM_FINESS
WRITTEN = [
    *(name.removesuffix("_id") for name in FROM_FINESS),
    "sort_key",
    "finess_updated_on",
    "imported",
    "corrected_fields",
    "absent_since",
]


def load(path: Path, *, forced: bool = False) -> Report:
    """Check the whole file, then write what has changed; inside a transaction."""
    report = Report(ImportRun.Source.FINESS)
    gate, places = Gate(report, forced), Places()
    with path.open("rb") as file:
        start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
        file.seek(0)
        layout = finess_json if start[:1] in (b"{", b"[") else finess_csv
        establishments = layout.read(file, path.name, set(places.departements), gate)
    found = {}
    for row in establishments:
        commune = places.current(row.commune)
        if commune is None:
            gate.doubt(
                f"la commune {row.commune or '(vide)'} de l'établissement "
                f"{row.finess} est inconnue.",
                where=row.where,
            )
            continue
        found[row.finess] = _values(row, commune[1])
    report.kept = len(found)
    gate.compare(ImportRun.objects.latest_served(report.source))
    if not found:
        raise Refused("aucune structure de soins du Département dans ce fichier.")
    _write(found, places, gate)
    return report


def _values(row: Establishment, commune: int) -> dict:
    return {
        "name": row.name,
        "kind": KINDS[row.category],
        "status": row.status,
        "commune_id": commune,
        "address": row.address,
        "postal_code": row.postal_code,
        "city": row.city,
        "phone": row.phone,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "opened_on": row.opened_on,
        "finess_updated_on": row.updated_on,
    }


def _write(found: dict[str, dict], places: Places, gate: Gate) -> None:
    report = gate.report
    rows = HealthStructure.objects.filter(
        Q(finess__in=found)
        | Q(commune__departement__code__in=places.departements) & ~Q(imported={})
    )
    known = {row.finess: row for row in rows if row.finess}
    created, updated = [], []
    for number, values in found.items():
        row = known.get(number) or HealthStructure(finess=number)
        if not _update(row, values):
            continue
        (updated if row.pk else created).append(row)
    day = report.data_date or timezone.localdate()
    for number, row in known.items():
        if number not in found and row.absent_since is None:
            row.absent_since = day
            updated.append(row)
            gate.note(f"{row} ({number}) n'est plus dans FINESS : à vérifier.")
    _tell_look_alikes(created, gate)
    HealthStructure.objects.bulk_create(created, batch_size=BATCH)
    HealthStructure.objects.bulk_update(updated, WRITTEN, batch_size=BATCH)
    report.created, report.updated = len(created), len(updated)


def _update(row: HealthStructure, values: dict) -> bool:
    """Put what FINESS says in the row, corrected fields apart; has it changed?"""
    said = {name: row.as_imported(name, values[name]) for name in FROM_FINESS}
    same = row.imported == said and row.finess_updated_on == values["finess_updated_on"]
    if row.pk and same and row.absent_since is None:
        return False
    if row.pk and not row.imported:
        # Typed by the desk before FINESS knew of it: what it wrote is its own.
        row.corrected_fields = [
            name
            for name in FROM_FINESS
            if getattr(row, name) not in (None, "", values[name])
        ]
    for name in FROM_FINESS:
        if name not in row.corrected_fields:
            setattr(row, name, values[name])
    row.imported = said
    row.corrected_fields = [
        name for name in row.corrected_fields if name in row.differences
    ]
    row.finess_updated_on = values["finess_updated_on"]
    row.absent_since = None
    row.sort_key = sort_key(row.name)
    return True


def _tell_look_alikes(created: list[HealthStructure], gate: Gate) -> None:
    """The desk may have typed one of them, without its number."""
    typed = {
        (row.commune_id, row.kind, search_key(row.name)): row
        for row in HealthStructure.objects.filter(finess=None)
    }
    for row in created:
        twin = typed.get((row.commune_id, row.kind, search_key(row.name)))
        if twin:
            gate.note(
                f"{row} ({row.finess}) ressemble à une structure saisie par le "
                "guichet : donnez-lui ce numéro, puis retirez l'autre."
            )
