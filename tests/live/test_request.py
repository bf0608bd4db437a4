"""A doctor's request, from the form to the desk, while servers are being killed."""

import html
import re

import pytest
import requests

from tests.accounts.factories import PASSWORD
from tests.live.stack import wait_until

ANSWERS = [
    {
        "first_name": "Inès",
        "last_name": "Caubet",
        "email": "ines@example.org",
        "address": "2 rue des Tanneurs",
        "postal_code": "33000",
        "city": "Bordeaux",
    },
    {
        "profession": "doctor",
        "specialty": "médecine générale",
        "situation": "locum",
        "mode": "liberal",
    },
    {"kind": "installation", "horizon": "year", "places_unknown": "on"},
    {"wants_family_help": "non"},
    {"is_exact": "on"},
]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


class Visitor:
    """A browser without scripts: it follows links and sends forms."""

    def __init__(self, base: str):
        self.base = base
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        response = self.session.get(self.base + path, timeout=30)
        assert response.status_code == 200, (path, response.status_code)
        return response

    def post(self, path: str, answers: dict) -> requests.Response:
        """Send the form of a page, with what the page itself put in it."""
        hidden = HIDDEN.findall(self.get(path).text)
        known = {name: html.unescape(value) for name, value in hidden}
        response = self.session.post(
            self.base + path,
            data=known | answers,
            headers={"Referer": self.base + path},
            timeout=30,
        )
        assert response.status_code == 200, (path, response.status_code)
        return response


@pytest.fixture
def portal(stack):
    return stack.web()


def test_a_request_survives_a_dead_broker_and_a_dead_worker(stack, sink, portal):
    stack.run_module("tests.live.seed")
    doctor, desk = Visitor(portal), Visitor(portal)
    stack.kill_broker()

    for number, answers in enumerate(ANSWERS, start=1):
        receipt = doctor.post(f"/installation/demande/{number}/", answers)
    reference = re.search(r"BD47-\d{4}-\d{4}", receipt.text)[0]
    assert sink.recipients == []

    stack.restart_servers()
    stack.workers()
    stack.sweep()
    wait_until(lambda: sink.copies["ines@example.org"] == 1, "the receipt")

    desk.post(
        "/compte/connexion/", {"login": "claire@example.org", "password": PASSWORD}
    )
    [(pk,)] = stack.sql("select id from installation_installationrequest")
    stack.kill_workers()
    desk.post(f"/gestion/installation/installationrequest/{pk}/prendre-en-charge/", {})
    stack.workers()
    stack.sweep()

    wait_until(lambda: sink.copies["ines@example.org"] == 2, "the name of the referent")
    assert stack.sql(
        "select reference, state from installation_installationrequest"
    ) == [(reference, "in_support")]
    wait_until(lambda: stack.states().keys() == {"sent"}, "every message")
    assert max(sink.copies.values()) == sink.copies["ines@example.org"]
    assert len(set(sink.message_ids)) == len(sink.message_ids)
