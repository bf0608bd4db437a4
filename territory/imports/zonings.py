"""Zonings by commune: Atlasanté's file of the ARS zones, the DGCL's of FRR.

A zone is imported, never computed. Each decree makes a version; the version before
ends the day before it begins.
"""

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format

from territory import categories
from territory.models import ImportRun, Zoning

from .gates import ENOUGH, Gate, Refused, Report, day, undecodable_line
from .places import Places, departement_of, names

Source = ImportRun.Source
Kind = Zoning.Kind

# The prefix of Atlasanté's two columns for each profession.
ARS_COLUMNS = {
    Kind.ARS_DOCTORS: "zmed",
    Kind.ARS_DENTISTS: "zdent",
    Kind.ARS_NURSES: "zide",
    Kind.ARS_PHYSIOS: "zmk",
    Kind.ARS_MIDWIVES: "zsf",
    Kind.ARS_SPEECH_THERAPISTS: "zortho",
}
ONLY_COMMUNES = "COM"
_CODE = re.compile(r"(?:\d\d|2[AB])\d{3}")
_MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip


@dataclass
class Version:
    """The zones one decree gives, as the file has them."""

    kind: str
    region_code: str
    reference: str  # with {date} where the decree's goes
    date: dt.date | None = None
    date_line: int = 0
    zones: dict[int, str] = field(default_factory=dict)  # commune key → category

    @property
    def label(self) -> str:
        return date_format(self.date, "j F Y")

    @property
    def legal_reference(self) -> str:
        return self.reference.replace("{date}", self.label)[:300]


def load(path: Path, *, forced: bool = False) -> Report:
    """Check the whole file, then write what has changed; inside a transaction."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _load(lines, forced)
    except UnicodeDecodeError as error:
        raise undecodable_line(path, error) from None
    except csv.Error as error:
        raise Refused(
            f"le fichier s'arrête au milieu d'une ligne, ou ses guillemets ne se "
            f"ferment pas ({error}).",
            where=_last_line(path),
        ) from None


def _load(lines, forced: bool) -> Report:
    first = lines.readline()
    if not first.strip():
        raise Refused("le fichier est vide, ou commence par une ligne vide.", where=1)
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    by_name = {name.lower(): rank for rank, name in enumerate(header)}
    if "com_code" in by_name or "niveau" in by_name:
        return _load_ars(reader, by_name, len(header), forced)
    if "code_insee" in by_name:
        return _load_frr(reader, by_name, header, forced)
    raise Refused(
        "ni la colonne « com_code » (Atlasanté) ni la colonne « Code_insee » (FRR) "
        "ne sont dans l'en-tête : ce fichier n'est pas un zonage que nous lisons.",
        where=1,
    )


# --- The two layouts ----------------------------------------------------------------


def _load_ars(reader, by_name, width, forced) -> Report:
    wanted = ["niveau", "com_code"]
    for prefix in ARS_COLUMNS.values():
        wanted += [f"{prefix}_niveau", f"{prefix}_date_arrete"]
    _require(by_name, wanted)
    report = Report(Source.ATLASANTE)
    gate, places = Gate(report, forced), Places()
    level, code_at = by_name["niveau"], by_name["com_code"]
    columns = [
        (kind, by_name[f"{prefix}_niveau"], by_name[f"{prefix}_date_arrete"])
        for kind, prefix in ARS_COLUMNS.items()
    ]
    found: dict[tuple[str, str], Version] = {}
    dates: dict[str, dt.date | None] = {}
    codes: dict[str, str] = {}
    rows = _rows(reader, width, code_at, level)
    compared = [level_at for _kind, level_at, _date_at in columns]
    for line, row, code, key in _kept(rows, compared, places, gate):
        departement = places.departements[departement_of(code)]
        for kind, level_at, date_at in columns:
            words = row[level_at]
            if not words:
                continue
            version = found.get((kind, departement.region_code))
            if version is None:
                reference = (
                    f"Arrêté de l'ARS {departement.region_name} du {{date}} (Atlasanté)"
                )
                version = Version(kind, departement.region_code, reference)
                found[kind, departement.region_code] = version
            written = row[date_at]
            if written:
                if written not in dates:
                    dates[written] = day(written)
                _date(version, dates[written], written, line)
            if words not in codes:
                codes[words] = categories.of_ars(words)
            version.zones[key] = codes[words]
    return _write(found.values(), gate)


def _load_frr(reader, by_name, header, forced) -> Report:
    classed_at = next(
        (rank for name, rank in by_name.items() if name.startswith("classement frr")),
        None,
    )
    if classed_at is None:
        raise Refused("la colonne « Classement FRR… » manque.", where=1)
    report = Report(Source.FRR)
    gate, places = Gate(report, forced), Places()
    date = _day_in_words(header[classed_at])
    if date is None:
        raise Refused(
            f"l'en-tête « {header[classed_at]} » ne dit pas à quelle date le "
            "classement est arrêté.",
            where=1,
        )
    title = header[classed_at]
    version = Version(Kind.FRR, "", f"{title} (CGI, art. 44 quindecies A ; DGCL)", date)
    rows = _rows(reader, len(header), by_name["code_insee"])
    for line, row, _code, key in _kept(rows, [classed_at], places, gate):
        category = categories.of_frr(row[classed_at])
        if category is None:
            raise Refused(
                f"classement « {row[classed_at]} » inconnu : la DGCL a changé ses "
                "catégories, signalez-le.",
                where=line,
            )
        version.zones[key] = category
    return _write([version], gate)


# --- Line by line -------------------------------------------------------------------


def _rows(reader, width, code_at, level_at=None) -> Iterator[tuple[int, list, str]]:
    for row in reader:
        if len(row) != width:
            if not row:
                continue
            raise Refused(
                f"{len(row)} colonnes au lieu de {width} : la ligne est coupée.",
                where=reader.line_num + 1,
            )
        if level_at is not None and row[level_at] != ONLY_COMMUNES:
            continue
        yield reader.line_num + 1, row, row[code_at]


def _kept(
    rows, compared: list[int], places: Places, gate: Gate
) -> Iterator[tuple[int, list, str, int]]:
    """The lines of our communes: those of today first, the merged ones follow.

    A merged commune gives its zone to its successor when the file does not name the
    successor itself; two merged communes that disagree are told in the report.
    """
    seen: dict[str, int] = {}
    ours = tuple(places.departements)
    merged: list[tuple[int, list, str]] = []
    # Of a commune that others joined, what its line says; of the others, nothing.
    taken: dict[str, tuple[str, list] | None] = {}
    for line, row, code in rows:
        if not code.strip():
            raise Refused("le code de la commune est vide.", where=line)
        if code in seen:
            raise Refused(
                f"la commune {code} est déjà en ligne {seen[code]}.", where=line
            )
        seen[code] = line
        if not code.startswith(ours):
            continue
        if not _CODE.fullmatch(code):
            raise Refused(f"« {code} » n'est pas un code INSEE.", where=line)
        if code not in places:
            continue
        if not places.is_open(code):
            merged.append((line, row, code))
            continue
        gate.report.kept += 1
        taken[code] = (code, row) if code in places.successors else None
        yield line, row, code, places.current(code)[1]
    gate.report.rows = len(seen)
    if not seen:
        raise Refused("le fichier n'a aucune ligne de commune.")
    for line, row, code in merged:
        current = places.current(code)
        if current is None:
            gate.doubt(
                f"la commune {code} est inconnue. Rechargez les communes "
                "(load_territory), ou vérifiez l'année du fichier.",
                where=line,
            )
            continue
        successor, key = current
        gate.report.kept += 1
        if successor not in taken:
            taken[successor] = (code, row)
            yield line, row, successor, key
        elif any(row[at] != taken[successor][1][at] for at in compared):
            other, _row = taken[successor]
            kept = "la sienne" if other == successor else f"celle de {other}"
            gate.note(
                f"Ligne {line} : {code} a fusionné dans {successor}, qui garde "
                f"{kept} ; les deux différaient."
            )
    _whole(taken, places, gate)


def _whole(taken: dict, places: Places, gate: Gate) -> None:
    """A Département that the file leaves half out was cut on its way."""
    for departement, communes in places.open_codes().items():
        missing = [code for code in communes if code not in taken]
        if len(communes) - len(missing) < ENOUGH * len(communes):
            gate.doubt(
                f"Le fichier ne classe que {len(communes) - len(missing)} des "
                f"{len(communes)} communes du Département {departement} : il semble "
                "coupé."
            )
        elif missing:
            gate.note(f"Communes absentes du fichier : {names(missing)}.")


def _date(version: Version, date: dt.date | None, written: str, line: int) -> None:
    if date is None:
        raise Refused(f"« {written} » n'est pas une date.", where=line)
    if version.date is None:
        version.date, version.date_line = date, line
    elif version.date != date:
        raise Refused(
            f"{Kind(version.kind).label} : l'arrêté est du {date:%d/%m/%Y}, mais du "
            f"{version.date:%d/%m/%Y} en ligne {version.date_line}, pour la même "
            "région.",
            where=line,
        )


def _require(by_name: dict, wanted: list[str]) -> None:
    missing = [name for name in wanted if name not in by_name]
    if missing:
        columns = ", ".join(f"« {name} »" for name in missing)
        many = "s" if len(missing) > 1 else ""
        raise Refused(f"colonne{many} manquante{many} : {columns}.", where=1)


def _day_in_words(text: str) -> dt.date | None:
    """« Classement FRR et FRR+ au 10 juillet 2025 »."""
    found = re.search(r"(\d{1,2})(?:er)? (\w+) (\d{4})", text.lower())
    if not found or found[2] not in _MONTHS:
        return None
    try:
        return dt.date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def _last_line(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


# --- What is written ----------------------------------------------------------------


def _write(versions, gate: Gate) -> Report:
    report = gate.report
    dated = [version for version in versions if version.date]
    if dated:
        report.data_date = max(version.date for version in dated)
    gate.compare(ImportRun.objects.latest_served(report.source))
    for version in versions:
        if version.date is None:
            gate.note(
                f"{Kind(version.kind).label} : aucune date d'arrêté dans le fichier, "
                "zonage laissé de côté."
            )
    if not dated:
        raise Refused("aucun zonage daté pour les communes du Département.")
    kept = defaultdict(dict)
    for version in dated:
        kept[_version(version, report).pk].update(version.zones)
    _assign(kept, report)
    return report


def _version(version: Version, report: Report) -> Zoning:
    """The row of this decree, made when it is new; the one before ends then."""
    rows = Zoning.objects.filter(kind=version.kind, region_code=version.region_code)
    known = rows.filter(version=version.label).first()
    known = known or rows.filter(valid__startswith=version.date).first()
    if known is not None:
        return known
    later = rows.filter(valid__startswith__gt=version.date).first()
    if later is not None:
        raise Refused(
            f"{Kind(version.kind).label} : le fichier est du "
            f"{version.date:%d/%m/%Y}, alors que la version « {later.version} » en "
            "vigueur est plus récente."
        )
    for previous in rows.on(version.date):
        previous.valid = DateRange(previous.valid.lower, version.date)
        previous.save(update_fields=["valid"])
        report.messages.append(
            f"{previous} : close la veille du {date_format(version.date, 'j F Y')}."
        )
    report.created += 1
    return Zoning.objects.create(
        kind=version.kind,
        region_code=version.region_code,
        version=version.label,
        legal_reference=version.legal_reference,
        valid=DateRange(version.date, None),
    )


def _assign(kept: dict[int, dict[int, str]], report: Report) -> None:
    """Every zone at once, through a table that lasts as long as the transaction."""
    labels = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE staged_zone (zoning_id bigint, commune_id bigint, "
            "category_code text, category_label text) ON COMMIT DROP"
        )
        with cursor.copy("COPY staged_zone FROM STDIN") as copy:
            for zoning, zones in kept.items():
                for commune, code in zones.items():
                    if code not in labels:
                        labels[code] = categories.label(code)
                    copy.write_row((zoning, commune, code, labels[code]))
        cursor.execute(
            "WITH written AS ("
            " INSERT INTO territory_zoneassignment AS kept"
            " (zoning_id, commune_id, category_code, category_label)"
            " SELECT * FROM staged_zone"
            " ON CONFLICT (zoning_id, commune_id) DO UPDATE"
            " SET category_code = excluded.category_code,"
            "     category_label = excluded.category_label"
            " WHERE (kept.category_code, kept.category_label)"
            " IS DISTINCT FROM (excluded.category_code, excluded.category_label)"
            " RETURNING (xmax = 0) AS is_new)"
            " SELECT is_new, count(*) FROM written GROUP BY is_new"
        )
        counts = Counter(dict(cursor.fetchall()))
        cursor.execute("DROP TABLE staged_zone")
    report.created += counts[True]
    report.updated += counts[False]
