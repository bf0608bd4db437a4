"""The search box for communes, on the list that a form gives it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.core.management import call_command
from playwright.sync_api import expect

from territory.forms import CommuneField, CommunesField
from tests.territory.conftest import SPECIMENS

SCRIPT = SPECIMENS.parent.parent.parent / "static" / "js" / "commune-field.js"


class PlacesForm(forms.Form):
    commune = CommuneField()
    wishes = CommunesField(label="Lieux souhaités", required=False)


@pytest.fixture
def box(page, client, settings):
    """A page with both fields, its searches answered by the real view."""
    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    call_command("load_territory", "47", offline=True, verbosity=0)
    form = PlacesForm(initial={"wishes": ["47195"]})
    html = f"<!doctype html><html lang=fr><form>{form.as_p()}<button>Envoyer</button>"

    answers = {
        text: client.get(
            "/territoire/communes/", {"q": text, "groupes": "1"}
        ).content.decode()
        for text in ("st front", "agen")
    }

    def answer(route):
        asked = parse_qs(urlsplit(route.request.url).query)["q"][0]
        body = answers.get(asked, '{"results": []}')
        route.fulfill(body=body, content_type="application/json")

    page.route("http://portal.test/territoire/**", answer)
    page.route(
        "http://portal.test/",
        lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
    )
    page.route(
        "http://portal.test/static/js/commune-field.js",
        lambda route: route.fulfill(path=SCRIPT, content_type="text/javascript"),
    )
    page.goto("http://portal.test/")
    page.add_script_tag(url="http://portal.test/static/js/commune-field.js")
    return page


def sent(page):
    return page.evaluate("[...new FormData(document.forms[0])]")


def test_commune_is_found_and_chosen_by_keyboard(box):
    commune = box.get_by_role("combobox", name="Commune")

    commune.press_sequentially("st front")
    expect(commune).to_have_attribute("aria-expanded", "true")
    commune.press("ArrowDown")
    expect(box.get_by_role("option", selected=True)).to_contain_text("Saint-Front")
    commune.press("Enter")

    expect(commune).to_have_value("Saint-Front-sur-Lémance")
    expect(commune).to_have_attribute("aria-expanded", "false")
    assert sent(box)[0] == ["commune", "47242"]


def test_commune_typed_and_not_chosen_is_sent_as_typed(box):
    commune = box.get_by_role("combobox", name="Commune")

    commune.fill("Nerac")
    commune.press("Escape")

    assert sent(box)[0] == ["commune", "Nerac"]


def test_places_are_added_and_withdrawn(box):
    wishes = box.get_by_role("combobox", name="Lieux souhaités")

    wishes.fill("agen")
    box.get_by_role("option").first.click()
    box.get_by_role("button", name="Retirer Nérac").click()

    expect(wishes).to_be_focused()
    assert sent(box)[1:] == [["wishes", "200096956"], ["wishes", ""]]


def test_search_falls_back_on_the_list_in_the_page(box):
    box.route("http://portal.test/territoire/**", lambda route: route.abort())
    commune = box.get_by_role("combobox", name="Commune")

    commune.fill("nerac")
    box.get_by_role("option", name="Nérac").click()

    assert sent(box)[0] == ["commune", "47195"]
