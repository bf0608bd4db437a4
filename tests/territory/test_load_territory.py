import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from territory import contours, loading
from territory.models import (
    Commune,
    CommunePopulation,
    Departement,
    Desk,
    Intercommunality,
)

from .conftest import SPECIMENS


def load(code="47", **options):
    out, err = StringIO(), StringIO()
    call_command("load_territory", code, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def next_year(settings, tmp_path):
    """The files of the year after, to be edited by the test."""
    folder = tmp_path / "decoupage"
    shutil.copytree(SPECIMENS / "decoupage", folder)
    (folder / "package.json").write_text('{"version": "7.0.1"}')
    settings.DECOUPAGE_DIR = folder / "data"

    def edit(name, change):
        path = Path(settings.DECOUPAGE_DIR) / f"{name}.json"
        path.write_text(json.dumps(change(json.loads(path.read_text()))))

    return edit


def test_load_brings_the_departement_its_groups_and_its_neighbours():
    load(offline=True)

    assert Commune.objects.open().in_departement("47").count() == 13
    assert Commune.objects.open().in_departement("24").count() == 1
    assert not Commune.objects.filter(departement__code="48").exists()
    beyond = Intercommunality.objects.get(name="CC des Deux Rives")
    assert {c.departement.code for c in beyond.communes.all()} == {"47", "82"}
    assert beyond in Intercommunality.objects.in_departement("47")
    departement = Departement.objects.get(code="47")
    assert (departement.region_name, departement.division_year) == (
        "Nouvelle-Aquitaine",
        2026,
    )


def test_load_keeps_each_population_with_its_own_year():
    """communes.json carries 2023 and epci.json still 2022."""
    load(offline=True)

    agen = CommunePopulation.objects.filter(commune__code="47001")
    assert dict(agen.values_list("year", "municipal")) == {2022: 32193, 2023: 32801}


def test_load_twice_changes_nothing(contours_folder):
    first, _ = load(data=contours_folder)
    loaded_at = Departement.objects.get(code="47").loaded_at

    second, _ = load(data=contours_folder)

    assert "Rien n'a changé." not in first
    assert "Rien n'a changé." in second
    assert Departement.objects.get(code="47").loaded_at == loaded_at


def test_load_asks_the_same_number_of_queries_again(django_assert_max_num_queries):
    load(offline=True)

    with django_assert_max_num_queries(14):
        load(offline=True)


def test_load_of_the_neighbour_leaves_the_first_as_it_was():
    load("47", offline=True)

    load("48", offline=True)
    out, _ = load("47", offline=True)

    assert "Rien n'a changé." in out
    assert Commune.objects.get(code="47195").intercommunality.short_name == (
        "Albret Communauté"
    )


def test_load_updates_in_place(next_year):
    load(offline=True)
    pk = Commune.objects.get(code="47195").pk

    def rename(communes):
        return [
            c | {"nom": "Nérac-en-Albret"} if c["code"] == "47195" else c
            for c in communes
        ]

    next_year("communes", rename)
    out, _ = load(offline=True)

    nerac = Commune.objects.get(pk=pk)
    assert (nerac.name, nerac.code) == ("Nérac-en-Albret", "47195")
    assert Commune.objects.search("nerac en albret")[0] == nerac
    assert "communes : 19, dont 0 ajouts et 1 corrections" in out


def test_load_closes_a_commune_that_merged(next_year):
    load(offline=True)

    def merge(communes):
        return [
            {
                "code": "47174",
                "nom": "Moncrabeau",
                "departement": "47",
                "region": "75",
                "type": "commune-deleguee",
                "chefLieu": "47195",
            }
            if c["code"] == "47174"
            else c
            for c in communes
        ]

    next_year("communes", merge)
    out, _ = load(offline=True)
    again, _ = load(offline=True)

    moncrabeau = Commune.objects.get(code="47174")
    assert moncrabeau.merged_into.name == "Nérac"
    assert moncrabeau.closed_on == date(2027, 1, 1)
    assert "Commune fusionnée : Moncrabeau → Nérac" in out
    assert "Rien n'a changé." in again
    found = Commune.objects.open().search("moncrabeau")
    assert [commune.name for commune in found] == ["Nérac"]


def test_load_closes_what_is_gone_and_opens_what_comes_back(next_year, settings):
    load(offline=True)
    new = settings.DECOUPAGE_DIR
    next_year("communes", lambda rows: [r for r in rows if r["code"] != "47174"])

    out, _ = load(offline=True)

    assert "Commune supprimée : Moncrabeau" in out
    assert Commune.objects.get(code="47174").closed_on == date(2027, 1, 1)

    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    load(offline=True)
    settings.DECOUPAGE_DIR = new

    assert Commune.objects.get(code="47174").closed_on is None


def test_load_is_all_or_nothing(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(loading, "_prepare_desk", fail)

    with pytest.raises(RuntimeError):
        load(offline=True)

    assert not Commune.objects.exists()


@pytest.mark.parametrize(
    ("code", "court", "city"),
    [
        ("47", "tribunal administratif de Bordeaux", "47922 Agen"),
        ("48", "tribunal administratif de Nîmes", "48000 Mende"),
        ("82", "", "Hôtel du Département"),
    ],
)
def test_load_gives_a_new_departement_its_desk(code, court, city):
    load(code, offline=True)

    desk = Desk.objects.get(departement__code=code)
    assert (desk.court_name, desk.phone) == (court, "")
    assert desk.address.splitlines()[-1] == city


def test_load_never_touches_the_desk_again():
    load(offline=True)
    Desk.objects.update(service_name="Guichet santé", court_name="")

    load(offline=True)

    desk = Desk.objects.get()
    assert (desk.service_name, desk.court_name) == ("Guichet santé", "")


@pytest.mark.parametrize("code", ["99", "x", "", "\0"])
def test_load_refuses_an_unknown_code(code):
    with pytest.raises(CommandError, match="Aucun Département"):
        load(code, offline=True)


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_load_says_which_official_file_is_missing(settings, tmp_path, content):
    settings.DECOUPAGE_DIR = tmp_path / "data"
    if content is not None:
        settings.DECOUPAGE_DIR.mkdir()
        (settings.DECOUPAGE_DIR / "regions.json").write_text(content)

    with pytest.raises(CommandError, match="npm ci"):
        load(offline=True)


def test_contours_come_from_the_folder(contours_folder):
    load(data=contours_folder)

    agen = Commune.objects.get(code="47001")
    assert (agen.longitude, agen.latitude) == (0.65, 44.05)
    assert agen.contour["type"] == "Polygon"
    assert Departement.objects.get(code="47").contour["type"] == "Polygon"
    assert Commune.objects.get(code="24037").latitude == 44.85
    assert agen.populations.get(year=2018).municipal == 33012


def test_contours_once_known_are_kept_without_a_network(contours_folder):
    load(data=contours_folder)

    out, err = load()

    assert (err, "Rien n'a changé." in out) == ("", True)
    assert Commune.objects.get(code="47001").contour


@pytest.mark.parametrize("content", ["{", "[]", '{"type": "FeatureCollection"}'])
def test_contours_that_are_not_geojson_are_told(tmp_path, content):
    (tmp_path / "communes_47_x.geojson").write_text(content)

    _, err = load(data=tmp_path, offline=True)

    assert "communes_47_x.geojson n'est pas du GeoJSON." in err
    assert Commune.objects.count() > 0


def test_contours_in_a_missing_folder_are_told(tmp_path):
    _, err = load(data=tmp_path / "nowhere")

    assert "n'existe pas" in err


def test_contours_come_from_the_api(geo_api):
    load()

    nerac = Commune.objects.get(code="47195")
    assert (nerac.longitude, nerac.latitude) == (0.34, 44.13)
    assert nerac.contour["coordinates"][0][3] == [0.2, 44.12346]
    assert Commune.objects.get(code="24037").longitude == 0.49
    assert geo_api.asked[0] == "/departements/47/communes?fields=code,centre,contour"
    assert len(geo_api.asked) == 7


def test_contours_are_asked_once(geo_api):
    load()
    asked = len(geo_api.asked)

    load()
    assert len(geo_api.asked) == asked

    load(refresh_contours=True)
    assert len(geo_api.asked) == 2 * asked


def test_contours_forgive_a_server_that_stumbles(geo_api):
    geo_api.failures = [503, 429]

    _, err = load()

    assert err == ""
    assert Commune.objects.get(code="47195").contour


@pytest.mark.parametrize(
    ("failures", "body", "reason", "asked"),
    [
        ([404], None, "erreur 404", 1),
        ([500] * 3, None, "erreur 500", 3),
        ([], b"<html>", "réponse illisible", 3),
        ([], b'{"a": 1}', "réponse illisible", 3),
    ],
)
def test_contours_out_of_reach_are_told_in_a_sentence(
    geo_api, failures, body, reason, asked
):
    geo_api.failures, geo_api.body = failures, body

    out, err = load()

    assert f"{geo_api.url} ne répond pas ({reason})." in err
    assert len(err.strip().splitlines()) == 1
    assert len(geo_api.asked) == asked
    assert "communes : 19" in out


def test_contours_do_not_wait_for_a_slow_server(geo_api, monkeypatch):
    monkeypatch.setattr(contours, "TIMEOUT", 0.1)
    geo_api.stalled.set()

    _, err = load()

    assert "délai dépassé" in err


def test_contours_without_a_network_are_told():
    _, err = load()

    assert "aucune connexion" in err
    assert Commune.objects.count() > 0


def test_contours_too_big_are_refused(geo_api, monkeypatch):
    monkeypatch.setattr(contours, "LARGEST_ANSWER", 10)

    _, err = load()

    assert "trop grosse" in err
