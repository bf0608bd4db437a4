"""Read the official division of France as published on npm for each 1 January.

Names, codes and populations come from @etalab/decoupage-administratif, which
carries the INSEE, DGCL and La Poste files. Pure: files in, plain rows out.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Version 6 of the package is the division of 1 January 2026.
_YEAR_OF_VERSION_ZERO = 2020
# A population comes into force three years after its reference year.
_POPULATION_DELAY = 3


class MissingDecoupage(Exception):
    """The official files are not where they should be; the message says so."""


@dataclass(frozen=True)
class DepartementRow:
    code: str
    name: str
    tncc: int
    region_code: str
    region_name: str
    chief_town: str


@dataclass(frozen=True)
class CommuneRow:
    code: str
    name: str
    departement: str
    postal_codes: list[str]
    population: int | None
    former_names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FormerCommuneRow:
    code: str
    name: str
    departement: str
    merged_into: str


@dataclass(frozen=True)
class GroupRow:
    code: str
    name: str
    kind: str
    members: dict[str, int | None]  # commune code → population of that file


@dataclass(frozen=True)
class Decoupage:
    """France on one 1 January."""

    year: int
    departements: dict[str, DepartementRow]
    communes: dict[str, CommuneRow]
    former: dict[str, FormerCommuneRow]
    groups: dict[str, GroupRow]

    @property
    def population_year(self) -> int:
        return self.year - _POPULATION_DELAY

    @property
    def group_population_year(self) -> int:
        """The reference year of `epci.json`, which may lag behind `communes.json`.

        In version 6 it still carries 2022 beside 2023: the two files agree on
        every commune when they are of one vintage, and differ by a year if not.
        """
        agrees = all(
            population == self.communes[code].population
            for group in self.groups.values()
            for code, population in group.members.items()
            if code in self.communes
        )
        return self.population_year if agrees else self.population_year - 1

    def groups_touching(self, departement: str) -> Iterator[GroupRow]:
        """The intercommunalités with at least one commune there, whole."""
        for group in self.groups.values():
            if any(
                self.communes[code].departement == departement
                for code in group.members
                if code in self.communes
            ):
                yield group


def read(folder: Path) -> Decoupage:
    regions = {row["code"]: row["nom"] for row in _rows(folder, "regions")}
    departements = {
        row["code"]: DepartementRow(
            code=row["code"],
            name=row["nom"],
            tncc=row.get("typeLiaison") or 0,
            region_code=row["region"],
            region_name=regions.get(row["region"], row["nom"]),
            chief_town=row.get("chefLieu", ""),
        )
        for row in _rows(folder, "departements")
    }
    current, former = [], {}
    former_names = defaultdict(list)
    for row in _rows(folder, "communes"):
        if row["type"] == "commune-actuelle":
            current.append(row)
        elif row["type"] in {"commune-deleguee", "commune-associee"}:
            former_names[row["chefLieu"]].append(row["nom"])
            if row["code"] != row["chefLieu"]:
                former[row["code"]] = FormerCommuneRow(
                    code=row["code"],
                    name=row["nom"],
                    departement=row["departement"],
                    merged_into=row["chefLieu"],
                )
    communes = {
        row["code"]: CommuneRow(
            code=row["code"],
            name=row["nom"],
            departement=row["departement"],
            postal_codes=sorted(row.get("codesPostaux", [])),
            population=row.get("population"),
            former_names=sorted(
                name for name in former_names[row["code"]] if name != row["nom"]
            ),
        )
        for row in current
    }
    groups = {
        row["code"]: GroupRow(
            code=row["code"],
            name=row["nom"],
            kind=row["type"],
            members={
                member["code"]: member.get("populationMunicipale")
                for member in row["membres"]
            },
        )
        for row in _rows(folder, "epci")
    }
    return Decoupage(_year(folder), departements, communes, former, groups)


def _rows(folder: Path, name: str) -> list[dict]:
    try:
        return json.loads((folder / f"{name}.json").read_text("utf-8"))
    except FileNotFoundError:
        raise MissingDecoupage(
            f"Le découpage administratif manque ({folder / name}.json) : "
            "lancez « npm ci »."
        ) from None
    except ValueError:
        raise MissingDecoupage(
            f"Le fichier {folder / name}.json est abîmé : "
            "supprimez node_modules et lancez « npm ci »."
        ) from None


def _year(folder: Path) -> int:
    try:
        package = json.loads((folder.parent / "package.json").read_text("utf-8"))
        return _YEAR_OF_VERSION_ZERO + int(package["version"].split(".")[0])
    except (OSError, ValueError, KeyError):
        raise MissingDecoupage(
            f"La version du découpage est inconnue ({folder.parent}/package.json) : "
            "lancez « npm ci »."
        ) from None
