import re
from math import isclose
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from territory import geometry, maps, treemaps
from territory.models import Commune, Departement
from territory.treemaps import Rectangle

from .factories import CommuneFactory, DepartementFactory

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


@pytest.fixture
def departement(lot_et_garonne):
    return Departement.objects.get(code="47")


def test_map_is_a_picture_with_a_title_and_a_description(departement):
    svg = parsed(maps.departement_map(departement))

    texts = {child.get("id"): child.text for child in svg if child.get("id")}
    assert svg.get("role") == "img"
    assert texts == {
        "carte-47-titre": "Carte du Département de Lot-et-Garonne",
        "carte-47-description": (
            "Le contour du Département, ses 6 communes et ses 5 intercommunalités. "
            "Principales villes : Agen, Villeneuve-sur-Lot, Marmande, Le Passage, "
            "Nérac, Penne-d'Agenais."
        ),
    }
    assert svg.get("aria-labelledby") == " ".join(texts)


@pytest.mark.parametrize("drawing", [maps.departement_map, maps.treemap])
@pytest.mark.parametrize("wide", [True, False])
def test_drawings_hold_classes_and_no_colour(departement, drawing, wide):
    svg = drawing(departement, wide=wide)

    assert not re.search(r"style=|fill=|stroke=|#[0-9a-f]{3,6}|<script", svg)
    assert "map-1" in svg
    assert "map-2" in svg


def test_map_draws_the_outer_limit_once(departement):
    svg = parsed(maps.departement_map(departement))

    (limit,) = [
        path for path in svg.iter(f"{SVG}path") if path.get("class") == "map-limit"
    ]
    assert limit.get("d").count("M") == 1
    assert limit.get("d").endswith("z")


def test_map_counts_places_on_bornes(departement):
    nerac = Commune.objects.get(code="47195")
    nowhere = Commune.objects.get(code="47302")

    svg = maps.departement_map(
        departement, pins=[maps.Pin(nerac, 3), maps.Pin(nowhere, 1)]
    )

    assert svg.count('class="map-pin"') == 1
    assert '<text class="map-pin-count" y="-10">3</text>' in svg
    assert "Bornes : Nérac (3)." in svg
    assert svg.count(">Nérac</text>") == 1


def test_map_needs_contours():
    departement = DepartementFactory()
    CommuneFactory()

    assert maps.departement_map(departement) is None


def test_map_is_drawn_once_for_each_loading(departement, django_assert_num_queries):
    first = maps.departement_map(departement)

    with django_assert_num_queries(0):
        assert maps.departement_map(departement) == first
    departement.loaded_at = timezone.now()
    with django_assert_num_queries(1):
        maps.departement_map(departement)


def test_drawings_escape_names(departement):
    Commune.objects.filter(code="47001").update(name="<b>Agen&Co")

    assert "<b>" not in maps.departement_map(departement)
    assert "<b>" not in maps.treemap(departement)


def test_treemap_shows_every_commune_with_its_people(departement):
    svg = parsed(maps.treemap(departement))

    titles = [title.text for title in svg.iter(f"{SVG}title")][1:]
    assert len(titles) == 13 + 6
    assert "Nérac : 6\u00a0992 habitants" in titles


def test_treemap_needs_people():
    CommuneFactory(population=None)

    assert maps.treemap(DepartementFactory()) is None


@pytest.mark.parametrize(
    "numbers", [[1], [6, 6, 4, 3, 2, 2, 1], [1000, 1, 1], [1] * 50, [5, 0.001]]
)
def test_squarify_keeps_areas_and_fills_the_frame(numbers):
    frame = Rectangle(10, 20, 300, 200)

    cells = treemaps.squarify(numbers, frame)

    total = frame.width * frame.height
    for number, cell in zip(numbers, cells, strict=True):
        assert isclose(
            cell.width * cell.height, total * number / sum(numbers), rel_tol=1e-6
        )
        assert cell.x >= frame.x - 1e-6
        assert cell.y >= frame.y - 1e-6
        assert cell.x + cell.width <= frame.x + frame.width + 1e-6
        assert cell.y + cell.height <= frame.y + frame.height + 1e-6


def square(x, y):
    ring = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
    return [tuple((float(a), float(b)) for a, b in ring)]


def test_mesh_draws_a_shared_border_once():
    mesh = geometry.Mesh({"west": square(0, 0), "east": square(1, 0)})

    shared = mesh.lines(lambda owners: len(owners) == 2, 0.001)
    outer = mesh.lines(lambda owners: len(owners) == 1, 0.001)

    assert [set(line) for line in shared] == [{(1.0, 0.0), (1.0, 1.0)}]
    assert len(outer) == 1
    assert outer[0][0] == outer[0][-1]


def test_mesh_joins_the_shapes_of_a_group():
    shapes = {"a": square(0, 0), "b": square(1, 0), "c": square(2, 0)}
    mesh = geometry.Mesh(shapes)

    outlines = mesh.outlines({"a": 1, "b": 1, "c": 2}, 0.001)

    assert {group: len(rings) for group, rings in outlines.items()} == {1: 1, 2: 1}
    assert mesh.border_lengths({"a": 1, "b": 1, "c": 2}) == {frozenset({1, 2}): 1.0}


def test_mesh_keeps_an_enclave():
    ring = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    enclave = square(4, 4)
    mesh = geometry.Mesh({"around": [ring, *enclave], "inside": enclave})

    outlines = mesh.outlines({"around": 1, "inside": 2}, 0.001)

    assert {group: len(rings) for group, rings in outlines.items()} == {1: 2, 2: 1}


def test_two_colours_part_a_ring_of_four():
    borders = {frozenset(pair): 1.0 for pair in ("ab", "bc", "cd", "da")}

    colours = geometry.two_colours(borders, "abcd")

    assert all(len({colours[name] for name in pair}) == 2 for pair in borders)


def test_simplify_drops_what_does_not_stray():
    line = ((0.0, 0.0), (1.0, 0.0001), (2.0, 0.0), (2.0, 1.0))

    assert geometry.simplify(line, 0.001) == ((0.0, 0.0), (2.0, 0.0), (2.0, 1.0))
