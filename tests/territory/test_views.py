from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from territory.admin.desk import DeskForm
from territory.models import Desk

from .factories import DeskFactory

SEARCH = "/territoire/communes/"


def search(client, **query):
    return client.get(SEARCH, query)


def picture(kind="PNG", size=(20, 10)):
    drawn = BytesIO()
    Image.new("RGB", size, "#5d2350").save(drawn, kind)
    return drawn.getvalue()


@pytest.mark.usefixtures("lot_et_garonne")
def test_search_answers_visitors(client):
    response = search(client, q="st front")

    assert response.json() == {
        "results": [
            {
                "value": "47242",
                "label": "Saint-Front-sur-Lémance",
                "detail": "47500 · Fumel Vallée du Lot",
            }
        ]
    }
    assert "public" in response["Cache-Control"]


@pytest.mark.usefixtures("lot_et_garonne")
def test_search_tells_under_which_name_a_commune_was_known(client):
    (sos,) = search(client, q="gueyze").json()["results"]

    assert sos["detail"] == "47170 · Albret Communauté · réunit Gueyze, Meylan"


@pytest.mark.usefixtures("lot_et_garonne")
def test_search_offers_whole_groups_when_asked(client):
    without = search(client, q="albret").json()["results"]
    with_groups = search(client, q="albret", groupes="1").json()["results"]

    assert [place["value"] for place in without] == []
    assert with_groups == [
        {
            "value": "200068948",
            "label": "Albret Communauté (toute l'intercommunalité)",
            "detail": "communauté de communes",
        }
    ]


@pytest.mark.usefixtures("lot_et_garonne")
@pytest.mark.parametrize("text", ["47", "a"])
def test_search_costs_one_query(client, text, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = search(client, q=text)

    assert len(response.json()["results"]) <= 8


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x" * 81}, {"q": "a\0b"}])
def test_search_refuses_what_is_no_question(client, query):
    assert search(client, **query).status_code == 400


@pytest.mark.parametrize("text", ["💊", "\u202e", "%_'\"\\", "zzzz"])
def test_search_finds_nothing_in_nonsense(client, text):
    assert search(client, q=text).json() == {"results": []}


def test_search_only_reads(client):
    assert client.post(SEARCH, {"q": "nerac"}).status_code == 405


def test_logo_is_not_found_without_one(client):
    DeskFactory()

    assert client.get(reverse("territory:desk-logo")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")]
)
def test_logo_is_served_as_the_picture_it_is(client, kind, media_type):
    desk = DeskFactory()
    form = desk_form(desk, logo=picture(kind))
    assert form.is_valid(), form.errors
    form.save()

    response = client.get(reverse("territory:desk-logo"))

    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        media_type,
        "nosniff",
    )
    assert Image.open(BytesIO(response.content)).size == (20, 10)
    assert Desk.objects.current().has_logo


def test_logo_can_be_withdrawn(client):
    desk = DeskFactory(logo=picture(), logo_media_type="image/png")

    form = desk_form(desk, without_logo="on")
    assert form.is_valid(), form.errors
    form.save()

    assert client.get(reverse("territory:desk-logo")).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n'est pas une image"),
        (picture()[:40], "n'est pas une image"),
        (picture("GIF"), "n'est pas une image"),
        (picture(size=(2001, 1)), "2001 × 1 pixels"),
        (b"x" * 200_001, "pèse 200 ko"),
    ],
)
def test_logo_refused_in_a_sentence(content, sentence):
    form = desk_form(DeskFactory(), logo=content)

    assert sentence in form.errors["logo_file"][0]


def test_desk_refuses_colours_that_cannot_be_read(monkeypatch):
    sentence = "Le texte sur l'accent est trop peu contrasté (3,8 pour 4,5 demandés)."
    monkeypatch.setattr(
        "territory.admin.desk.contrast_failures", lambda *pair: [sentence]
    )

    form = desk_form(DeskFactory())

    assert form.errors == {"accent": [sentence]}


def test_desk_refuses_what_is_no_colour():
    form = desk_form(DeskFactory(), brand="prune")

    assert list(form.errors) == ["brand"]


def desk_form(desk, logo=None, **changes):
    values = {name: getattr(desk, name) for name in DeskForm.Meta.fields}
    data = {name: "" if value is None else value for name, value in values.items()}
    data |= changes
    files = {"logo_file": SimpleUploadedFile("logo.png", logo)} if logo else {}
    return DeskForm(data, files, instance=desk)
