"""Loading national files against reading them and a bare COPY of what is kept.

A zoning of 35,000 communes × 6 professions, kept for one Département and then for the
whole of France; a FINESS of 100,000 lines. The floor reads the same file and copies
the same rows into the same table, and checks nothing.
"""

import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._database import own_database
from benchmarks._report import Row, show

RUNS = 3
COMMUNES = 35_000
ESTABLISHMENTS = 50_000  # as many lines again for their places
BUDGET = 3.0
MEMORY = 150
PREFIXES = ["zmed", "zdent", "zide", "zmk", "zsf", "zortho"]
ENDS = ("niveau", "date_arrete")
MEASURE = """
import sys
from benchmarks.imports import measure
measure(*sys.argv[1:])
"""


def main() -> int:
    with own_database(with_story=False), tempfile.TemporaryDirectory() as folder:
        import django

        django.setup()
        kept_for_france = os.environ.get("FRANCE", "yes") != "no"
        zoning = Path(folder) / "zonages.csv"
        finess = Path(folder) / "etalab_cs1100507_20260512.csv"
        write_zoning(zoning)
        write_finess(finess)
        within = table("Zoning, 35,000 × 6, one Département", "zoning", zoning)
        within &= table("FINESS, 100,000 lines, one Département", "finess", finess)
        if kept_for_france:
            found_france()
            within &= table("Zoning, 35,000 × 6, all of France", "zoning", zoning)
    return 0 if within else 1


def table(title: str, kind: str, path: Path) -> bool:
    """Each measure in a process of its own, so that its memory is its own."""
    floors, loads, again = [], [], []
    memory = kept = 0
    for _run in range(RUNS):
        seconds, _memory, kept = in_a_process("floor", kind, path)
        floors.append(seconds)
        seconds, peak, _kept = in_a_process("load", kind, path)
        loads.append(seconds)
        memory = max(memory, peak)
        seconds, peak, _kept = in_a_process("again", kind, path)
        again.append(seconds)
        memory = max(memory, peak)
    floor = statistics.median(floors)
    within = show(
        title,
        [
            Row("read + COPY", floor * 1000, detail=f"{kept:.0f} rows"),
            row("import", loads, floor, f"{memory:.0f} MB at most"),
            row("the same file again", again, floor, "nothing changes"),
        ],
    )
    return within and memory < MEMORY


def row(label: str, measured: list[float], floor: float, detail: str) -> Row:
    median = statistics.median(measured)
    return Row(label, median * 1000, median / floor, BUDGET, detail)


def in_a_process(what: str, kind: str, path: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, what, kind, path],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    return [float(number) for number in done.stdout.split()]


def measure(what: str, kind: str, path: str) -> None:
    """Seconds, peak memory in MB and rows kept, printed for the one who asked."""
    import django

    django.setup()
    from django.db import connection

    from territory.imports import finess, running, zonings
    from territory.models import HealthStructure, ImportRun, ZoneAssignment, Zoning

    if what != "again":
        ImportRun.objects.all().delete()
        ZoneAssignment.objects.all().delete()
        Zoning.objects.all().delete()
        HealthStructure.objects.filter(projects=None).delete()
    connection.ensure_connection()
    loaders = {"zoning": zonings.load, "finess": finess.load}
    begun = time.perf_counter()
    if what == "floor":
        kept = {"zoning": copy_zoning, "finess": copy_finess}[kind](Path(path))
    else:
        kept = running.run(loaders[kind], Path(path)).kept
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak, kept)


# --- The floor ------------------------------------------------------------------------


def copy_zoning(path: Path) -> int:
    """csv.reader, the rows of known communes, COPY into the same table."""
    from django.db import connection, transaction
    from django.db.backends.postgresql.psycopg_any import DateRange

    from territory.models import Commune, Departement, Zoning

    served = Departement.objects.exclude(desk=None)
    communes = dict(
        Commune.objects.filter(departement__in=served).values_list("code", "pk")
    )
    kept = 0
    with transaction.atomic():
        zonings = [
            Zoning.objects.create(
                kind=kind, region_code="" if kind == "frr" else "75", version="x",
                legal_reference="x", valid=DateRange("2025-10-30", None),
            ).pk
            for kind in list(Zoning.Kind)[:6]
        ]  # fmt: skip
        with path.open(encoding="utf-8", newline="") as file, connection.cursor() as at:
            rows = csv.reader(file)
            next(rows)
            with at.copy(
                "COPY territory_zoneassignment"
                " (zoning_id, commune_id, category_code, category_label) FROM STDIN"
            ) as copy:
                for cells in rows:
                    commune = communes.get(cells[1])
                    if commune is None:
                        continue
                    kept += 1
                    for rank, zoning in enumerate(zonings):
                        level = cells[3 + 2 * rank]
                        copy.write_row((zoning, commune, level, level))
    return kept


def copy_finess(path: Path) -> int:
    """The lines of the Département by their bytes, COPY into the same table."""
    from django.db import connection, transaction

    from territory.models import Commune

    communes = dict(
        Commune.objects.filter(departement__code="47").values_list("code", "pk")
    )
    kinds = {b"603": "health_house", b"124": "health_centre", b"620": "pharmacy"}
    found, places = {}, {}
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"structureet"):
                cells = line.split(b";", 19)
                if cells[13] == b"47" and cells[18] in kinds:
                    found[cells[1]] = cells
            elif line.startswith(b"geolocalisation"):
                cells = line.split(b";")
                if cells[1] in found:
                    places[cells[1]] = cells[2:4]
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(
            "COPY territory_healthstructure (name, sort_key, kind, status, commune_id,"
            " finess, public, address, postal_code, city, phone, longitude, latitude,"
            " imported, corrected_fields) FROM STDIN"
        ) as copy,
    ):
        for number, cells in found.items():
            name = cells[4].decode()
            code = (cells[13] + cells[12]).decode()
            copy.write_row(
                (
                    name, name, kinds[cells[18]], "open", communes[code],
                    number.decode(), False, cells[9].decode(), "47000", "Agen",
                    cells[16].decode(), 0.5, 44.2, "{}", "{}",
                )
            )  # fmt: skip
    return len(found)


# --- The files ------------------------------------------------------------------------


def write_zoning(path: Path) -> None:
    """Real codes where we have communes, invented ones elsewhere."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, quoting=csv.QUOTE_ALL)
        ends = [
            f"{name}_{end}" for name in PREFIXES for end in ("niveau", "date_arrete")
        ]
        lines.writerow(["niveau", "com_code", "com_lib", *ends])
        for rank, code in enumerate(every_code()):
            level = ("1_ZIP", "2_ZAC", "NC")[rank % 3]
            lines.writerow(
                ["COM", code, f"Commune {code}", *[level, "30/10/2025"] * len(PREFIXES)]
            )


def every_code() -> list[str]:
    """35,000 codes, those of the communes loaded among them."""
    from territory.models import Commune

    ours = list(
        Commune.objects.open()
        .filter(departement__desk__isnull=False)
        .values_list("code", flat=True)
    )
    others = [
        f"{departement:02}{number:03}"
        for departement in range(1, 96)
        if departement not in (20, 47)
        for number in range(1, 380)
    ]
    return sorted([*ours, *others[: COMMUNES - len(ours)]])


def write_finess(path: Path) -> None:
    codes = every_code()
    categories = ["603", "124", "620", "500", "209", "186"]
    with path.open("w", encoding="utf-8") as file:
        file.write("finess;etalab;98;2026-05-12\n")
        numbers = []
        for rank in range(ESTABLISHMENTS):
            code = codes[rank * 7919 % len(codes)]
            number = f"{code[:2]}{rank:07}"
            numbers.append(number)
            file.write(
                f"structureet;{number};{number};NOM {rank};MAISON DE SANTE {rank};;;"
                f"{rank % 90};R;DU TEST;;;{code[2:]};{code[:2]};DEPARTEMENT;"
                f"{code[:2]}000 VILLE;0536490000;;{categories[rank % 6]};Libelle;2207;"
                "Libelle;;8621Z;01;Tarif;;;2015-05-01;2015-05-01;2026-01-02;\n"
            )
        for number in numbers:
            file.write(place(number))


def place(number: str) -> str:
    return (
        f"geolocalisation;{number};508500.0;6347000.0;1,ATLASANTE,96,BAN,EPSG:2154"
        ";2026-05-04\n"
    )


def found_france() -> None:
    """A Département served, and its communes, for every code of the file."""
    from territory.models import Commune, Departement, Desk

    codes = every_code()
    numbers = sorted({code[:2] for code in codes})
    Departement.objects.bulk_create(
        [
            Departement(code=number, name=number, region_code="75", region_name="R")
            for number in numbers
        ],
        ignore_conflicts=True,
    )
    Departement.objects.filter(code__in=numbers).update(region_code="75")
    departements = dict(Departement.objects.values_list("code", "pk"))
    for number in numbers:
        Desk.objects.get_or_create(departement_id=departements[number])
    known = set(Commune.objects.values_list("code", flat=True))
    rows = []
    for code in codes:
        if code not in known:
            place = Commune(code=code, name=code, departement_id=departements[code[:2]])
            place.fill_keys()
            rows.append(place)
    Commune.objects.bulk_create(rows, batch_size=2000)
    # The files of one Département leave a few lines out: those communes are not here.
    Commune.objects.exclude(code__in=codes).filter(merged_into=None).exclude(
        departement__code="47"
    ).update(closed_on="2026-01-01")
