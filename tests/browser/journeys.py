"""What the journeys share: a desk on real communes, and the mail as it arrives."""

import re
from html import unescape

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client

from territory.models import Topic
from tests.accounts.factories import PersonFactory
from tests.installation.factories import desk_user
from tests.territory.conftest import SPECIMENS
from tests.territory.factories import DeskFactory, OrganisationFactory

LINK = re.compile(r"https?://localhost(?::\d+)?(/[^\s<>\")]+)")


def enter(page, base_url, user):
    """Signed in already, by the cookie alone: other journeys walk through the door."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": value, "url": base_url}])


def open_desk(settings):
    """Lot-et-Garonne as it is, partners to help, and Claire Dumas who answers."""
    settings.DECOUPAGE_DIR = SPECIMENS / "decoupage" / "data"
    call_command("load_territory", "47", data=SPECIMENS / "contours", verbosity=0)
    desk = DeskFactory()
    desk.phone = "05 36 49 12 47"
    desk.opening_hours = "du lundi au vendredi, de 8 h 30 à 17 h 30"
    desk.save()
    for name, slug in (
        ("France Travail Nérac", "partner-job"),
        ("Relais petite enfance d’Albret", "childcare"),
    ):
        OrganisationFactory(name=name).topics.add(Topic.objects.get(slug=slug))
    return desk_user(
        email="claire.dumas@example.org",
        person=PersonFactory(first_name="Claire", last_name="Dumas"),
    )


def mailed(address: str, subject: str) -> str:
    """The path behind the link of the last message to someone, by its subject."""
    for message in reversed(mail.outbox):
        if address in message.to and subject in message.subject:
            # Its token makes it the longest of the message.
            return max(LINK.findall(unescape(message.body)), key=len)
    raise AssertionError(
        f"« {subject} » for {address} is not among "
        f"{[(sent.to, sent.subject) for sent in mail.outbox]}"
    )
