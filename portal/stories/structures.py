"""The invented zonings, structures of care and projects of the demonstration.

The zones of the ARS enter through the importer, as a real file would, and say that
they are invented; FRR's are real when official files are at hand.
"""

import csv
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db.models import F

from installation.models import StructureProject
from territory.imports import running, zonings
from territory.models import Commune, HealthStructure, Organisation, Zoning

BY = "démonstration"
FILE_NAME = "donnees_fictives_zonages.csv"
ENDS = ("niveau", "date_arrete")
PREFIXES = ["zmed", "zdent", "zide", "zmk", "zsf", "zortho"]
# By rank of population: the larger a place, the better off, as a rule of thumb.
DOCTORS = [(12, "NC"), (60, "2_ZAC"), (10_000, "1_ZIP")]
OTHERS = [
    (8, "3_Intermediaire"),
    (80, "2_Sous_dotee"),
    (10_000, "1_Tres_sous_dotee"),
]
FRR = [(10, "Non classée"), (280, "FRR socle"), (10_000, "FRR+")]
NAMES = [
    "des Tilleuls", "du Pont-Vieux", "de la Halle", "des Remparts", "du Lavoir",
    "de la Fontaine", "des Platanes", "du Moulin", "de la Bastide", "des Vergers",
    "du Four-Banal", "de la Passerelle", "des Cordeliers", "du Champ-de-Foire",
]  # fmt: skip
CARRIERS = [
    ("Syndicat mixte Santé des Vallées", Organisation.Kind.OTHER),
    ("Régie publique des maisons de santé", Organisation.Kind.OTHER),
    ("Société de praticiens du Pont-Vieux", Organisation.Kind.PRACTICE),
]
PUBLIC_HOUSES, PRIVATE_HOUSES, CENTRES = 24, 3, 7
Kind, State = StructureProject.Kind, StructureProject.State


def tell(world) -> None:
    """Zones, structures and projects, unless they are there already."""
    communes = list(
        Commune.objects.open()
        .in_departement(world.departement.code)
        .select_related("departement")
        .defer("contour", "departement__contour")
        .order_by(F("population").desc(nulls_last=True), "code")
    )
    if not communes:
        return
    if not Zoning.objects.filter(kind=Zoning.Kind.ARS_DOCTORS).exists():
        _class_communes(communes, world.day)
    if not Zoning.objects.filter(kind=Zoning.Kind.FRR).exists():
        _class_for_taxes(communes)
    if not StructureProject.objects.exists():
        _help_structures(communes, world.day)


# --- Zones --------------------------------------------------------------------------


def _class_communes(communes: list[Commune], day: date) -> None:
    """A file of the real layout, with invented zones, loaded as any other."""
    decided = date(day.year - 1, 1, 1)
    ends = [f"{prefix}_{end}" for prefix in PREFIXES for end in ENDS]
    lines = [["niveau", "com_code", "com_lib", *ends]]
    for rank, commune in enumerate(communes):
        levels = [_level(DOCTORS, rank), *[_level(OTHERS, rank)] * 5]
        cells = [cell for level in levels for cell in (level, f"{decided:%d/%m/%Y}")]
        lines.append(["COM", commune.code, commune.name, *cells])
    _load(lines, ",", Zoning.objects.exclude(kind=Zoning.Kind.FRR))


def _class_for_taxes(communes: list[Commune]) -> None:
    """FRR, older than any real file: a real one takes its place."""
    header = "Classement FRR et FRR+ au 1er juillet 2024"
    lines = [["Code_insee", "Departement", "Commune", header]]
    for rank, commune in enumerate(communes):
        words = _level(
            [(10, "Non classée"), (280, "FRR socle"), (10_000, "FRR+")], rank
        )
        lines.append([commune.code, commune.departement.code, commune.name, words])
    _load(lines, ";", Zoning.objects.filter(kind=Zoning.Kind.FRR))


def _load(lines: list[list[str]], delimiter: str, made) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
                lines
            )
        running.run(zonings.load, path, by=BY)
    for zoning in made:
        zoning.version = f"{zoning.version}, données fictives"
        zoning.legal_reference = "Données fictives de la démonstration, aucun arrêté"
        zoning.save(update_fields=["version", "legal_reference"])


def _level(levels: list[tuple[int, str]], rank: int) -> str:
    return next(level for last, level in levels if rank < last)


# --- Structures and projects ----------------------------------------------------------


def _help_structures(communes: list[Commune], day: date) -> None:
    """Houses and centres in service, pharmacies around, and two projects under way."""
    carriers = [_carrier(*told) for told in CARRIERS]
    total = PUBLIC_HOUSES + PRIVATE_HOUSES + CENTRES
    for rank in range(total):
        commune = communes[rank % len(communes)]
        name = NAMES[rank % len(NAMES)]
        opened = day.replace(day=1) - timedelta(days=200 + 97 * rank)
        if rank < PUBLIC_HOUSES + PRIVATE_HOUSES:
            kind, label = Kind.HEALTH_HOUSE, "Maison de santé"
        else:
            kind, label = Kind.HEALTH_CENTRE, "Centre de santé"
            commune = communes[(rank * 5) % min(len(communes), 40)]
        public = not PUBLIC_HOUSES <= rank < PUBLIC_HOUSES + PRIVATE_HOUSES
        structure = _structure(f"{label} {name}", kind, commune, rank, opened, public)
        voted = Decimal(40_000 + 7_500 * (rank % 9)) if public else None
        StructureProject.objects.create(
            name=structure.name,
            kind=kind,
            is_public=public,
            carrier=carriers[rank % 2 if public else 2],
            commune=commune,
            structure=structure,
            state=State.OPEN,
            opened_on=opened,
            **_grant(voted, opened - timedelta(days=500), rank, paid=voted),
        )
    for rank, commune in enumerate(communes[:40]):
        if rank % 2 == 0:
            label = f"Pharmacie {NAMES[(rank * 3) % len(NAMES)]}"
            _structure(label, "pharmacy", commune, rank + 40, None, False)
    _structure(
        f"Centre hospitalier {communes[0].with_de}",
        "hospital",
        communes[0],
        90,
        None,
        True,
    )
    _two_under_way(communes, day, carriers[0])


def _two_under_way(communes: list[Commune], day: date, carrier) -> None:
    """One that works, one being studied; and what else the council helps."""
    told = [
        (Kind.HEALTH_HOUSE, "Maison de santé de la Gare", 29, State.WORKS, 180_000),
        (Kind.HEALTH_HOUSE, "Maison de santé du Belvédère", 33, State.STUDIED, None),
        (Kind.SECONDARY_PRACTICE, "Cabinet secondaire de la Place", 46, State.VOTED,
         24_000),
        (Kind.DWELLINGS, "Quatre logements d’internes", 3, State.WORKS, 96_000),
        (Kind.E_HEALTH, "Cabine de téléconsultation accompagnée", 58, State.IDEA, None),
        (Kind.NURSE_TRAINING, "Une infirmière formée en pratique avancée", 21,
         State.STUDIED, None),
    ]  # fmt: skip
    for rank, (kind, name, place, state, voted) in enumerate(told):
        amount = Decimal(voted) if voted else None
        half = amount / 2 if amount and state == State.WORKS else None
        StructureProject.objects.create(
            name=name,
            kind=kind,
            carrier=carrier,
            commune=communes[place % len(communes)],
            state=state,
            planned_on=date(day.year + 1, 9, 1) if voted else None,
            notes="Données fictives.",
            **_grant(amount, day - timedelta(days=150), 60 + rank, paid=half),
        )


def _carrier(name: str, kind: str) -> Organisation:
    """Invented; not a partner of the desk, so that nobody is sent to it."""
    carrier, _created = Organisation.objects.get_or_create(
        name=name, kind=kind, defaults={"is_active": False}
    )
    return carrier


def _grant(voted, day: date, rank: int, *, paid) -> dict:
    if voted is None:
        return {}
    return {
        "deliberation_number": f"{day.year}-CP-{100 + rank}",
        "deliberation_on": day,
        "amount_voted": voted,
        "amount_paid": paid or Decimal(0),
    }


def _structure(name, kind, commune, rank, opened, public) -> HealthStructure:
    """Near the middle of its commune, never twice at the same spot."""
    place = {}
    if commune.longitude is not None:
        place = {
            "longitude": round(commune.longitude + 0.006 * (rank % 5 - 2), 6),
            "latitude": round(commune.latitude + 0.004 * (rank % 3 - 1), 6),
        }
    return HealthStructure.objects.create(
        name=name,
        kind=kind,
        status=HealthStructure.Status.OPEN,
        commune=commune,
        public=public,
        address=f"{rank + 1} rue {NAMES[(rank + 5) % len(NAMES)]}",
        postal_code=next(iter(commune.postal_codes), ""),
        city=commune.name,
        phone=f"05364913{rank % 100:02}",
        opened_on=opened,
        **place,
    )
