"""Zonings: read whole or refused whole, with the line and the reason."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from territory.models import ImportRun, ZoneAssignment, Zoning

from .factories import CommuneFactory, DeskFactory, ZoningFactory

SPECIMEN = Path(__file__).parent / "specimens/zonings/FICTIF_atlasante_zonages.csv"
PREFIXES = ["zmed", "zdent", "zide", "zmk", "zsf", "zortho"]
HEADER = ["niveau", "com_code", "com_lib"] + [
    f"{prefix}_{end}" for prefix in PREFIXES for end in ("niveau", "date_arrete")
]
FRR_HEADER = "Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;"
CODES = ["47001", "47157", "47195", "47310", "47323"]


def line(code, level="1_ZIP", day="30/10/2025", niveau="COM", **others):
    cells = {"zmed": (level, day), **others}
    row = [niveau, code, "Commune"]
    for prefix in PREFIXES:
        row += cells.get(prefix, ("", ""))
    return row


def text(rows, header=HEADER):
    return "".join(
        ",".join(f'"{cell}"' for cell in row) + "\n" for row in [header, *rows]
    )


@pytest.fixture
def write(tmp_path):
    def write(content, name="zonages.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return path

    return write


@pytest.fixture(autouse=True)
def _communes():
    """Five communes of Lot-et-Garonne, and its desk."""
    DeskFactory()
    for code in CODES:
        CommuneFactory(code=code, name=f"Commune {code}")


def load(path, **options):
    out = StringIO()
    call_command("import_zoning", path, stdout=out, **options)
    return out.getvalue()


def zones(kind="ars_doctors", day=date(2026, 11, 23)):
    assigned = ZoneAssignment.objects.of_kind(kind).on(day)
    return dict(assigned.values_list("commune__code", "category_code"))


def everything():
    """All that is served, to compare before and after a refusal."""
    return (
        list(Zoning.objects.order_by("pk").values()),
        list(ZoneAssignment.objects.order_by("pk").values()),
    )


def test_atlasante_makes_a_version_for_each_profession_with_a_decree(write):
    rows = [
        line(code, zdent=("1_Tres_sous_dotee", "01/01/2024"), zide=("NC", ""))
        for code in CODES
    ]

    told = load(write(text(rows)))

    assert zones() == dict.fromkeys(CODES, "ZIP")
    assert zones("ars_dentists") == dict.fromkeys(CODES, "TRES_SOUS_DOTEE")
    zoning = Zoning.objects.get(kind="ars_doctors")
    assert (zoning.version, zoning.region_code, zoning.valid.lower) == (
        "30 octobre 2025",
        "75",
        date(2025, 10, 30),
    )
    assert "Arrêté de l'ARS Nouvelle-Aquitaine du 30 octobre 2025" in (
        zoning.legal_reference
    )
    label = ZoneAssignment.objects.of_kind("ars_dentists").first().category_label
    assert label == "zone très sous-dotée"
    assert "zonage ARS infirmiers : aucune date d'arrêté" in told


def test_the_specimen_reads_when_forced():
    load(SPECIMEN, force=True)

    assert zones() == {"47001": "ZAC"}


def test_frr_is_national_and_dated_by_its_header(write):
    words = ["Non classée", "FRR socle", "FRR+", "FRR bénéficiaire", "FRR socle"]
    rows = [
        f"{code};47;Nom;{word};" for code, word in zip(CODES, words, strict=True)
    ] + ["48001;48;Albaret;FRR+;"]

    load(write("\r\n".join([FRR_HEADER, *rows, ""])))

    assert zones("frr") == {
        "47001": "NC",
        "47157": "FRR",
        "47195": "FRR+",
        "47310": "FRR_BENEFICIAIRE",
        "47323": "FRR",
    }
    zoning = Zoning.objects.get(kind="frr")
    assert (zoning.region_code, zoning.valid.lower) == ("", date(2025, 7, 10))


def test_a_new_decree_ends_the_version_before_the_day_before(write):
    load(write(text([line(code) for code in CODES])))

    load(write(text([line(code, "2_ZAC", "03/02/2026") for code in CODES])))

    assert zones(day=date(2026, 2, 2)) == dict.fromkeys(CODES, "ZIP")
    assert zones(day=date(2026, 2, 3)) == dict.fromkeys(CODES, "ZAC")


def test_the_same_file_twice_changes_nothing(write):
    path = write(text([line(code) for code in CODES]))
    load(path)
    before = everything()

    told = load(path)

    assert "Rien n'a changé." in told
    assert everything() == before
    states = ImportRun.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["done", "unchanged"]


def test_a_corrected_file_of_the_same_decree_corrects_in_place(write):
    load(write(text([line(code) for code in CODES])))

    load(write(text([line("47001", "2_ZAC"), *[line(code) for code in CODES[1:]]])))

    assert zones()["47001"] == "ZAC"
    assert Zoning.objects.count() == 1
    assert ImportRun.objects.first().updated == 1


def test_a_dry_run_writes_nothing(write):
    told = load(write(text([line(code) for code in CODES])), dry_run=True)

    assert "5 gardées" in told
    assert "rien n'a été écrit" in told
    assert everything() == ([], [])
    assert not ImportRun.objects.exists()


def test_a_merged_commune_gives_its_zone_to_its_successor(write):
    nerac = CommuneFactory(code="47195")
    CommuneFactory(code="47116", name="Gueyze", merged_into=nerac)
    others = [line(code) for code in CODES if code != "47195"]

    load(write(text([line("47116", "2_ZAC"), *others])))

    assert zones()["47195"] == "ZAC"


def test_the_successor_s_own_line_wins_and_the_other_is_told(write):
    CommuneFactory(
        code="47116", name="Gueyze", merged_into=CommuneFactory(code="47195")
    )

    told = load(write(text([line("47116", "2_ZAC"), *[line(code) for code in CODES]])))

    assert zones()["47195"] == "ZIP"
    assert "Ligne 2 : 47116 a fusionné dans 47195, qui garde la sienne" in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            text([*[line(code) for code in CODES], line("47999")]),
            "Ligne 7 : la commune 47999 est inconnue.",
        ),
        (
            text([line(code)[:-1] for code in CODES], HEADER[:-1]),
            "Ligne 1 : colonne manquante : « zortho_date_arrete ».",
        ),
        (
            text([*[line(code) for code in CODES], line("47001")]),
            "Ligne 7 : la commune 47001 est déjà en ligne 2.",
        ),
        (
            text([line(code) for code in CODES[:2]]),
            "Le fichier ne classe que 2 des 5 communes du Département 47",
        ),
        (
            text([*[line(code) for code in CODES], line("")]),
            "Ligne 7 : le code de la commune est vide.",
        ),
        (
            text([*[line(code) for code in CODES], line("47A01")]),
            "Ligne 7 : « 47A01 » n'est pas un code INSEE.",
        ),
        (
            text([line("47001", day="01/01/2026"), *[line(c) for c in CODES[1:]]]),
            "Ligne 3 : zonage ARS médecins : l'arrêté est du 30/10/2025, mais du "
            "01/01/2026 en ligne 2, pour la même région.",
        ),
        (
            text([line("47001", day="31/02/2026"), *[line(c) for c in CODES[1:]]]),
            "Ligne 2 : « 31/02/2026 » n'est pas une date.",
        ),
        (
            text([line(code) for code in CODES])[:-20],
            "Ligne 6 : le fichier s'arrête au milieu d'une ligne",
        ),
        (
            text([line(code) for code in CODES]).rsplit(",", 5)[0] + "\n",
            "Ligne 6 : 10 colonnes au lieu de 15",
        ),
        ("commune,zone\n47001,ZIP\n", "Ligne 1 : ni la colonne « com_code »"),
        (text([line("75056", niveau="REG")]), "aucune ligne de commune"),
        ("", "Ligne 1 : le fichier est vide"),
        (
            "\n".join([FRR_HEADER, *[f"{code};47;N;ZRR;" for code in CODES], ""]),
            "Ligne 2 : classement « ZRR » inconnu",
        ),
        (
            "\n".join([FRR_HEADER, *[f"{code};47;N;FRR+;" for code in CODES]])[:-1],
            "Ligne 6 : 4 colonnes au lieu de 5 : la ligne est coupée.",
        ),
        (
            "Code_insee;Commune;Classement FRR\n47001;Agen;FRR+\n",
            "Ligne 1 : l'en-tête « Classement FRR » ne dit pas à quelle date",
        ),
    ],
)
def test_a_bad_file_is_refused_whole(write, content, sentence):
    load(write(text([line(code, day="01/10/2025") for code in CODES])))
    before = everything()

    with pytest.raises(CommandError) as refusal:
        load(write(content))

    assert sentence in str(refusal.value)
    assert everything() == before
    run = ImportRun.objects.first()
    assert (run.state, run.messages) == (
        "refused",
        [str(refusal.value.__cause__)],
    )


def test_windows_1252_is_refused_with_its_line(write):
    rows = [[*line(code)[:2], "Nérac", *line(code)[3:]] for code in CODES]

    with pytest.raises(CommandError, match="Ligne 2 : ce n'est pas de l'UTF-8"):
        load(write(text(rows), encoding="cp1252"))


def test_an_older_decree_than_the_one_in_force_is_refused(write):
    load(write(text([line(code) for code in CODES])))

    with pytest.raises(CommandError, match="plus ancien"):
        load(write(text([line(code, day="01/10/2025") for code in CODES])))

    with pytest.raises(CommandError, match="est plus récente"):
        load(write(text([line(code, day="01/10/2025") for code in CODES])), force=True)


def test_a_file_with_fewer_lines_than_the_last_is_refused_unless_forced(write):
    elsewhere = [line(f"33{number:03}") for number in range(1, 20)]
    load(write(text([line(code) for code in CODES] + elsewhere)))
    shorter = write(text([line(code, day="01/01/2026") for code in CODES]))

    with pytest.raises(CommandError, match="5 lignes, contre 24 la dernière fois"):
        load(shorter)

    assert "Forcé." in load(shorter, force=True)
    assert Zoning.objects.filter(kind="ars_doctors").count() == 2


def test_a_version_typed_by_the_desk_is_recognised(write):
    typed = ZoningFactory(version="30 octobre 2025", kind="ars_doctors")

    load(write(text([line(code) for code in CODES])))

    assert Zoning.objects.get() == typed
    assert zones() == dict.fromkeys(CODES, "ZIP")
