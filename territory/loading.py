"""Bring the official places into the database: match on the code, delete nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from territory.contours import Contours
from territory.decoupage import Decoupage, DepartementRow
from territory.models import (
    Commune,
    CommunePopulation,
    Departement,
    Desk,
    Intercommunality,
)
from territory.naming import group_short_name
from territory.neighbours import NEIGHBOURS
from territory.sorting import sort_key

BATCH = 1000

# What the desk of the two reference Départements says before anyone edits it.
DESKS = {
    "47": {
        "brand": "#5d2350",
        "accent": "#f6bb3b",
        "court_name": "tribunal administratif de Bordeaux",
        "address": "Hôtel du Département\n1633 avenue du Général-Leclerc\n47922 Agen",
    },
    "48": {
        "brand": "#124a63",
        "accent": "#f2c744",
        "court_name": "tribunal administratif de Nîmes",
        "address": "Hôtel du Département\n4 rue de la Rovère\n48000 Mende",
    },
}


@dataclass
class Report:
    """What a loading did: for each kind of row, how many were created and so on."""

    counts: dict[str, Counter] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(
            counter["created"] or counter["updated"] for counter in self.counts.values()
        )


@transaction.atomic
def load(code: str, decoupage: Decoupage, contours: Contours) -> Report:
    """Load a Département, its intercommunalités whole and its neighbours' communes."""
    report = Report()
    covered = {code, *NEIGHBOURS.get(code, ())}
    beyond = {
        member for group in decoupage.groups_touching(code) for member in group.members
    }
    rows = [
        row
        for row in decoupage.communes.values()
        if row.departement in covered or row.code in beyond
    ]
    members = {
        member: group.code
        for group in decoupage.groups.values()
        for member in group.members
    }
    groups = [
        decoupage.groups[group]
        for group in {members.get(row.code) for row in rows} - {None}
    ]

    departements = _load_departements(
        [decoupage.departements[found] for found in {row.departement for row in rows}],
        decoupage.year,
        contours,
        report,
    )
    intercommunalities = _load_intercommunalities(groups, contours, report)

    wanted = {}
    for row in rows:
        group = members.get(row.code)
        wanted[row.code] = {
            "name": row.name,
            "former_names": row.former_names,
            "postal_codes": row.postal_codes,
            "departement_id": departements[row.departement].pk,
            "intercommunality_id": intercommunalities[group].pk if group else None,
            "population": row.population,
            "merged_into_id": None,
            "closed_on": None,
            **_drawn(row.code, contours),
        }
    communes = _load_communes(wanted, report)
    _close_communes(code, covered, decoupage, departements, communes, report)
    _load_populations(decoupage, contours, communes, report)
    _prepare_desk(departements[code], decoupage)
    if report.changed:
        Departement.objects.filter(code=code).update(loaded_at=timezone.now())
    return report


def _load_departements(
    rows: list[DepartementRow], year: int, contours: Contours, report: Report
) -> dict[str, Departement]:
    wanted = {
        row.code: {
            "name": row.name,
            "tncc": row.tncc,
            "region_code": row.region_code,
            "region_name": row.region_name,
            "division_year": year,
            **_contour(contours.departements.get(row.code)),
        }
        for row in rows
    }
    return _upsert(Departement, wanted, report, "départements")


def _load_intercommunalities(
    groups, contours: Contours, report: Report
) -> dict[str, Intercommunality]:
    wanted = {
        group.code: {
            "name": group.name,
            "kind": group.kind,
            "sort_key": sort_key(group_short_name(group.name)),
            **_contour(contours.intercommunalities.get(group.code)),
        }
        for group in groups
    }
    return _upsert(Intercommunality, wanted, report, "intercommunalités")


def _load_communes(wanted: dict[str, dict], report: Report) -> dict[str, Commune]:
    for code, values in wanted.items():
        keyed = Commune(
            code=code,
            name=values["name"],
            former_names=values["former_names"],
            postal_codes=values["postal_codes"],
        )
        keyed.fill_keys()
        values |= {"sort_key": keyed.sort_key, "search_key": keyed.search_key}
    return _upsert(Commune, wanted, report, "communes")


def _close_communes(
    code: str,
    covered: Iterable[str],
    decoupage: Decoupage,
    departements: dict[str, Departement],
    communes: dict[str, Commune],
    report: Report,
) -> None:
    """Point what was merged to its successor and close what is gone.

    A commune seen open by an earlier loading stops on the 1 January of these files;
    the day of an older merger is not in them and stays unknown.
    """
    known = {
        commune.code: commune
        for commune in Commune.objects.filter(departement__code__in=covered)
        .exclude(code__in=communes)
        .defer("contour")
    }
    day = date(decoupage.year, 1, 1)
    wanted = {}
    for former in decoupage.former.values():
        before = known.pop(former.code, None)
        successor = communes.get(former.merged_into)
        if successor is None or (before is None and former.departement != code):
            continue
        was_open = before is not None and before.merged_into_id is None
        closed_on = (before.closed_on or day) if was_open else None
        if before is not None and not was_open:
            closed_on = before.closed_on
        if was_open:
            report.merged.append(f"{before.name} → {successor.name}")
        keyed = Commune(code=former.code, name=former.name)
        keyed.fill_keys()
        wanted[former.code] = {
            "name": former.name,
            "sort_key": keyed.sort_key,
            "search_key": keyed.search_key,
            "departement_id": departements[former.departement].pk,
            "intercommunality_id": successor.intercommunality_id,
            "merged_into_id": successor.pk,
            "closed_on": closed_on,
        }
    for commune in known.values():
        if commune.merged_into_id is None and commune.closed_on is None:
            report.closed.append(commune.name)
            wanted[commune.code] = {"closed_on": day}
    _upsert(Commune, wanted, report, "communes anciennes")


def _load_populations(
    decoupage: Decoupage,
    contours: Contours,
    communes: dict[str, Commune],
    report: Report,
) -> None:
    wanted = {
        (communes[code].pk, year): municipal
        for (code, year), municipal in contours.populations.items()
        if code in communes
    }
    group_year = decoupage.group_population_year
    for group in decoupage.groups.values():
        for code, municipal in group.members.items():
            if code in communes and municipal is not None:
                wanted[communes[code].pk, group_year] = municipal
    for code, commune in communes.items():
        municipal = decoupage.communes[code].population
        if municipal is not None:
            wanted[commune.pk, decoupage.population_year] = municipal

    existing = {
        (row.commune_id, row.year): row
        for row in CommunePopulation.objects.filter(commune__in=communes.values())
    }
    created, updated = [], []
    for (commune_id, year), municipal in wanted.items():
        row = existing.get((commune_id, year))
        if row is None:
            created.append(
                CommunePopulation(commune_id=commune_id, year=year, municipal=municipal)
            )
        elif row.municipal != municipal:
            row.municipal = municipal
            updated.append(row)
    CommunePopulation.objects.bulk_create(created, batch_size=BATCH)
    CommunePopulation.objects.bulk_update(updated, ["municipal"], batch_size=BATCH)
    report.counts["populations"] = Counter(
        created=len(created),
        updated=len(updated),
        unchanged=len(wanted) - len(created) - len(updated),
    )


def _prepare_desk(departement: Departement, decoupage: Decoupage) -> None:
    """Give a new Département a desk to edit; never touch one that exists."""
    row = decoupage.departements[departement.code]
    chief_town = decoupage.communes.get(row.chief_town)
    address = "Hôtel du Département"
    if chief_town:
        postal_code = next(iter(chief_town.postal_codes), "")
        address = f"{address}\n{postal_code} {chief_town.name}".strip()
    council = f"Département {departement.with_de}"
    defaults = {"address": address} | DESKS.get(departement.code, {})
    Desk.objects.get_or_create(
        departement=departement,
        defaults={
            "publication_director": (
                "La présidente ou le président du conseil départemental "
                f"{departement.with_de}"
            ),
            "dpo_contact": (
                "Délégué ou déléguée à la protection des données, "
                f"{council}\n{defaults['address']}"
            ),
            "accessibility_contact": f"{council}\n{defaults['address']}",
            **defaults,
        },
    )


def _drawn(code: str, contours: Contours) -> dict:
    """Only what these contours know: a loading without them erases no outline."""
    known = _contour(contours.communes.get(code))
    if code in contours.points:
        known["longitude"], known["latitude"] = contours.points[code]
    return known


def _contour(geometry: dict | None) -> dict:
    return {"contour": geometry} if geometry else {}


def _upsert(
    model: type[models.Model], wanted: dict[str, dict], report: Report, label: str
) -> dict[str, models.Model]:
    """Create or correct the rows by code, in bulk; the rows by code."""
    rows = {row.code: row for row in model.objects.filter(code__in=wanted)}
    created, updated, touched = [], [], set()
    for code, values in wanted.items():
        row = rows.get(code)
        if row is None:
            rows[code] = model(code=code, **values)
            created.append(rows[code])
            continue
        stale = {name for name, value in values.items() if getattr(row, name) != value}
        if stale:
            for name in stale:
                setattr(row, name, values[name])
            updated.append(row)
            touched |= stale
    model.objects.bulk_create(created, batch_size=BATCH)
    if updated:
        fields = sorted(name.removesuffix("_id") for name in touched)
        model.objects.bulk_update(updated, fields, batch_size=BATCH)
    report.counts[label] = Counter(
        created=len(created),
        updated=len(updated),
        unchanged=len(wanted) - len(created) - len(updated),
    )
    return rows
