"""FINESS: every layout gives the same structures, and the desk's word stays."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from territory.imports import lambert93
from territory.imports.finess_rows import place, readable, street
from territory.models import HealthStructure, ImportRun

from .factories import CommuneFactory, DeskFactory, HealthStructureFactory

SPECIMENS = Path(__file__).parent / "specimens/finess"
CSV = SPECIMENS / "FICTIF_etalab-cs1100507-stock-20260512.csv"
CP1252 = SPECIMENS / "FICTIF_etalab-cs1100507-stock-20260512_cp1252.csv"
JSON = SPECIMENS / "FICTIF_finess_structures_v1.json"
HEADER = (
    "nofinesset;nofinessej;rs;rslongue;complrs;compldistrib;numvoie;typvoie;voie;"
    "compvoie;lieuditbp;region;libregion;departement;libdepartement;cog;codepostal;"
    "libelle_routage;ligneacheminement;telephone;telecopie;categetab;libcategetab;"
    "liblongcategetab;categretab;libcategretab;siret;codeape;libcodeape;mft;libmft;"
    "liblongmft;sph;libsph;numen;coordx;coordy;sourcegeocod;dategeocod;dateautor;"
    "dateouvert;datemaj"
)
AGEN, VILLENEUVE = "470999975", "470999991"


@pytest.fixture(autouse=True)
def _communes():
    DeskFactory()
    CommuneFactory(code="47001", name="Agen")
    CommuneFactory(code="47323", name="Villeneuve-sur-Lot")


def load(path, **options):
    out = StringIO()
    call_command("import_finess", path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(content, name="etalab_stock_et_20260512.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def served():
    return list(HealthStructure.objects.order_by("pk").values())


def headed(**values):
    names = HEADER.split(";")
    row = dict.fromkeys(names, "") | {
        "nofinesset": AGEN,
        "rslongue": "MAISON DE SANTE FICTIVE D AGEN",
        "departement": "47",
        "cog": "47001",
        "ligneacheminement": "47000 AGEN CEDEX 9",
        "telephone": "0536491200",
        "categetab": "603",
        "coordx": "508500.0",
        "coordy": "6347000.0",
        "dateouvert": "2015-05-01",
        "datemaj": "2026-01-02",
    }
    return ";".join((row | values).values())


def entity(**values):
    row = {
        "informationsGeneralesEGE": {
            "nomEgeLong": "MAISON DE SANTE FICTIVE D AGEN",
            "numFinessEge": AGEN,
        },
        "categorieEntiteGeographiqueExercice": {"code": "603"},
        "etatObjet": "A",
        "adresse": [
            {
                "cogCommune": "47001",
                "codePostal": "47000",
                "ligneAcheminement": "AGEN",
                "coordonneesGeographique": {
                    "coordonneeX": "508500.0",
                    "coordonneeY": "6347000.0",
                    "directionLatitude": "44.195858",
                    "directionLongitude": "0.603804",
                },
            }
        ],
        "contact": [{"telephone": "05 36 49 12 00"}],
    }
    return {"ege": [row | values]}


def text(*entities):
    return json.dumps({"version": "é" * 3, "pmej": entities, "gco": {}, "gcc": {}})


@pytest.mark.parametrize("path", [CSV, CP1252])
def test_the_sections_are_joined_whatever_the_encoding(path):
    told = load(path)

    house = HealthStructure.objects.get(finess=AGEN)
    assert (house.name, house.kind, house.commune.code) == (
        "Maison de santé fictive d'Agen",
        "health_house",
        "47001",
    )
    assert (house.address, house.postal_code, house.city) == (
        "10 avenue de l'Exemple",
        "47000",
        "Agen",
    )
    assert (house.longitude, house.latitude) == (0.603804, 44.195858)
    assert (house.opened_on, house.finess_updated_on) == (
        date(2015, 5, 1),
        date(2026, 1, 2),
    )
    assert HealthStructure.objects.count() == 2  # the hospital is in Lozère
    assert ("Windows-1252" in told) is (path is CP1252)
    assert ImportRun.objects.get().data_date == date(2026, 5, 12)


def test_the_layout_with_a_header_says_the_same(write):
    load(write(f"{HEADER}\n{headed()}\n"))

    house = HealthStructure.objects.get()
    assert (house.name, house.commune.code, house.postal_code, house.city) == (
        "Maison de santé fictive d'Agen",
        "47001",
        "47000",
        "Agen",
    )
    assert (house.phone, house.longitude) == ("0536491200", 0.603804)


def test_the_json_of_2026_says_the_same_with_its_coordinates_swapped(write):
    load(write(text(entity()), "finess_20260901.json"))

    house = HealthStructure.objects.get()
    assert (house.name, house.commune.code, house.kind, house.phone) == (
        "Maison de santé fictive d'Agen",
        "47001",
        "health_house",
        "0536491200",
    )
    assert (house.longitude, house.latitude) == (0.603804, 44.195858)


def test_the_json_specimen_reads(settings):
    CommuneFactory(
        code="48095",
        name="Mende",
        departement=DeskFactory(
            departement__code="48", departement__name="Lozère"
        ).departement,
    )

    load(JSON)

    hospital = HealthStructure.objects.get()
    assert (hospital.kind, hospital.longitude, hospital.latitude) == (
        "hospital",
        3.498,
        44.518,
    )


def test_the_json_is_read_in_pieces(write, monkeypatch):
    monkeypatch.setattr("territory.imports.finess_json.CHUNK", 7)

    load(write(text(entity(), entity(etatObjet="I") | {"ege": []}), "f.json"))

    assert HealthStructure.objects.get().name == "Maison de santé fictive d'Agen"


def test_an_inactive_establishment_is_closed(write):
    load(write(text(entity(etatObjet="I")), "finess.json"))

    assert HealthStructure.objects.get().status == "closed"


def test_the_same_file_twice_changes_nothing():
    load(CSV)
    before = served()

    assert "Rien n'a changé." in load(CSV)
    assert served() == before


def test_a_correction_survives_the_next_file(write):
    load(write(f"{HEADER}\n{headed()}\n"))
    house = HealthStructure.objects.get()
    house.name, house.phone = "MSP du Gravier", "0536491299"
    house.note_corrections()
    house.save()

    newer = headed(rslongue="MSP D AGEN", telephone="0536491201", voie="DU PIN")
    load(write(f"{HEADER}\n{newer}\n", "etalab_stock_et_20260601.csv"))

    house.refresh_from_db()
    assert (house.name, house.phone) == ("MSP du Gravier", "0536491299")
    assert house.address == "du Pin"
    assert house.imported["name"] == "MSP d'Agen"
    assert sorted(house.corrected_fields) == ["name", "phone"]


def test_a_correction_can_be_given_up_field_by_field(write):
    load(write(f"{HEADER}\n{headed()}\n"))
    house = HealthStructure.objects.get()
    house.name, house.opened_on = "MSP du Gravier", date(2016, 1, 1)
    house.note_corrections()
    house.save()

    house.take_imported("opened_on")

    house.refresh_from_db()
    assert (house.name, house.opened_on) == ("MSP du Gravier", date(2015, 5, 1))
    assert house.corrected_fields == ["name"]
    with pytest.raises(ValidationError):
        house.take_imported("opened_on")


def test_what_the_desk_typed_first_stays_its_own(write):
    typed = HealthStructureFactory(
        name="MSP du Gravier", finess=AGEN, commune=CommuneFactory(code="47001")
    )

    load(write(f"{HEADER}\n{headed()}\n"))

    typed.refresh_from_db()
    assert (typed.name, typed.phone) == ("MSP du Gravier", "0536491200")
    assert typed.corrected_fields == ["name"]


def test_a_structure_no_longer_in_the_file_is_flagged_then_found_again(write):
    load(CSV)
    only = write(CSV.read_bytes().replace(b"124;Centre", b"999;Centre"))

    told = load(only, force=True)

    gone = HealthStructure.objects.get(finess=VILLENEUVE)
    assert gone.absent_since == date(2026, 5, 12)
    assert "n'est plus dans FINESS : à vérifier." in told
    load(CSV)
    gone.refresh_from_db()
    assert gone.absent_since is None


def test_a_merged_commune_is_followed(write):
    CommuneFactory(
        code="47999", merged_into=CommuneFactory(code="47001"), name="Ancienne"
    )

    load(write(f"{HEADER}\n{headed(cog='47999')}\n"))

    assert HealthStructure.objects.get().commune.code == "47001"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("nom;ville\n", "f.csv", "Ligne 1 : ce fichier ne commence ni par"),
        (f"{HEADER[:-8]}\n", "f.csv", "colonne(s) manquante(s) : « datemaj »"),
        (
            f"{HEADER}\n{headed()}\n{headed()}\n",
            "f.csv",
            f"Ligne 3 : l'établissement {AGEN} est déjà dans le fichier.",
        ),
        (
            f"{HEADER}\n{headed(nofinesset='')}\n",
            "f.csv",
            "Ligne 2 : le numéro FINESS est vide.",
        ),
        (
            f"{HEADER}\n{headed(cog='47998')}\n",
            "f.csv",
            "Ligne 2 : la commune 47998 de l'établissement 470999975 est inconnue.",
        ),
        (f"{HEADER}\n{headed()[:-30]}", "f.csv", "champs au lieu de 42"),
        ("finess;etalab;98\n", "f.csv", "Ligne 1 : la date de l'extraction manque."),
        (CSV.read_text()[:-45], "f.csv", "champs au lieu de 6"),
        (
            "\n".join(CSV.read_text().splitlines()[:5]),
            "f.csv",
            "La section de géolocalisation n'a que 1 lignes pour 3 établissements",
        ),
        (text(entity())[:-1], "f.json", "le fichier s'arrête avant la fin"),
        (text(entity())[:200], "f.json", "Ligne 1 : le JSON est coupé"),
        (text(entity(), entity()), "f.json", "il est déjà dans le fichier."),
        ('{"autre": []}', "f.json", "la racine n'a pas de « pmej »"),
        (b'{"pmej": ["\xe9"]}', "f.json", "Ligne 1 : ce n'est pas de l'UTF-8."),
        *[
            (json.dumps({"pmej": [{"ege": ege}]}), "f.json", sentence)
            for ege, sentence in [
                ({"a": 1}, "ne sont pas une liste"),
                (["texte"], "Établissement n° 1 : il n'a pas la forme"),
                (entity(adresse={"a": 1})["ege"], "il n'a pas la forme"),
                (entity(contact=7)["ege"], "il n'a pas la forme"),
            ]
        ],
        ('{"pmej": ' + "[" * 100_000, "f.json", "imbriqué sans fin"),
        (
            f"{HEADER}\n{headed(departement='33')}\n",
            "f.csv",
            "contre 3 la dernière fois",
        ),
    ],
)
def test_a_bad_file_is_refused_whole(write, content, name, sentence):
    load(CSV)
    before = served()

    with pytest.raises(CommandError) as refusal:
        load(write(content, name))

    assert sentence in str(refusal.value)
    assert served() == before
    assert ImportRun.objects.first().state == "refused"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (text(entity()).replace(" D AGEN", "\\u0000"), "f.json"),
        (text(entity()).replace(" D AGEN", "\\ud800"), "f.json"),
        (text(entity()).replace(AGEN, AGEN * 2), "f.json"),
        (f"{HEADER}\n{headed(telephone='1' * 40)}\n", "f.csv"),
    ],
    ids=["NUL", "half a character", "a long number", "a long phone"],
)
def test_what_the_database_cannot_hold_is_refused_in_words(write, content, name):
    with pytest.raises(CommandError, match="trop long, ou contient des signes"):
        load(write(content, name))

    assert not HealthStructure.objects.exists()
    assert ImportRun.objects.get().state == "refused"


@pytest.mark.parametrize(
    ("x", "y", "degrees"),
    [
        (700_000, 6_600_000, (3.0, 46.5)),  # the origin of the projection
        (652_469.02, 6_862_035.26, (2.3522, 48.8566)),  # Paris, Hôtel de Ville
    ],
)
def test_lambert_93_becomes_degrees(x, y, degrees):
    assert lambert93.to_degrees(x, y) == degrees


def test_the_published_example_of_the_ign_is_found_again():
    """ALG0004 of NTG 71, with its own constants."""
    cone = lambert93.Cone(
        n=0.7604059656,
        c=11603796.9767,
        x_pole=600000,
        y_pole=5657616.674,
        meridian=0.04079234433,
        eccentricity=0.0824832568,
    )

    longitude, latitude = lambert93.unproject(1029705.083, 272723.849, cone)

    assert (round(longitude, 9), round(latitude, 9)) == (0.145512099, 0.872664626)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("3.498", "44.518"), ("6379000", "738000")], (3.498, 44.518)),
        ([("738000", "6379000"), ("44.518", "3.498")], (3.498, 44.518)),
        ([("508500.0", "6347000.0")], (0.603804, 44.195858)),
        ([("", ""), (None, None)], (None, None)),
        ([("-61.5", "16.2")], (None, None)),
    ],
)
def test_a_place_is_the_pair_that_falls_in_france(pairs, found):
    assert place(*pairs) == found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("MAISON DE SANTE DE L ALBRET", "Maison de santé de l'Albret"),
        ("CH AGEN-NERAC", "CH Agen-Nerac"),
        ("PHARMACIE DU MARCHE", "Pharmacie du Marche"),
        ("Maison médicale de Penne", "Maison médicale de Penne"),
        ("", ""),
    ],
)
def test_capitals_become_readable(written, read):
    assert readable(written) == read


def test_an_address_is_written_as_people_do():
    assert street("2", "B", "R", "DU TEST") == "2b rue du Test"
    assert street(place="LE BOURG") == "Le Bourg"
