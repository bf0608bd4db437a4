"""The two reference Départements, as INSEE, the DGCL and IGN publish them."""

import csv

import pytest
from django.db.models import Sum

from territory.models import Commune, CommunePopulation, Intercommunality

# INSEE, municipal populations in force on 1 January 2026 and before.
POPULATIONS = {
    "47": {
        2018: 331_970,
        2019: 331_271,
        2020: 330_844,
        2021: 331_229,
        2022: 332_226,
        2023: 333_602,
    },
    "48": {
        2018: 76_520,
        2019: 76_604,
        2020: 76_633,
        2021: 76_519,
        2022: 76_503,
        2023: 76_486,
    },
}


def rows(official, name):
    with (official / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize(("code", "count"), [("47", 319), ("48", 152)])
def test_communes_are_all_there(loaded, code, count):
    assert Commune.objects.in_departement(code).open().count() == count


@pytest.mark.parametrize("code", POPULATIONS)
def test_populations_add_up_to_the_published_ones(loaded, code):
    found = (
        CommunePopulation.objects.filter(commune__departement__code=code)
        .values_list("year")
        .annotate(total=Sum("municipal"))
    )

    assert dict(found) == POPULATIONS[code]


def test_every_commune_has_its_official_name_place_and_intercommunality(loaded):
    expected = {
        row["code_insee"]: (
            row["population_municipale_2023"],
            row["epci_siren"],
            sorted(row["codes_postaux"].split()),
        )
        for row in rows(loaded, "communes_47_48_cog2026.csv")
    }

    communes = Commune.objects.filter(code__in=expected).select_related(
        "intercommunality"
    )

    assert {
        commune.code: (
            str(commune.population),
            commune.intercommunality.code,
            sorted(commune.postal_codes),
        )
        for commune in communes
    } == expected


def test_intercommunalities_count_the_published_communes(loaded):
    expected = {
        (row["epci_siren"], row["departement_observe"]): int(
            row["communes_dans_departement"]
        )
        for row in rows(loaded, "epci_47_48_2026.csv")
    }

    found = {
        (code, departement): Commune.objects.open()
        .filter(intercommunality__code=code, departement__code=departement)
        .count()
        for code, departement in expected
    }

    assert found == expected
    assert Intercommunality.objects.filter(
        code__in=[code for code, _ in expected]
    ).count() == len({code for code, _ in expected})


@pytest.mark.parametrize("code", POPULATIONS)
def test_every_commune_has_its_contour(loaded, code):
    communes = Commune.objects.in_departement(code).open()

    assert list(communes.filter(contour=None)) == []
