"""Searches that are kept: asked for, confirmed, told once, stopped."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import consents
from accounts.models import Consent
from casework import delivery, links
from casework.models import Message
from installation.listings import OFFERS
from listings import actions, alerts
from listings.models import SavedSearch
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.offer_factories import OfferFactory

TUESDAY = dt.date(2026, 11, 24)
MONDAY = dt.date(2026, 11, 30)


def search_of(person=None, *, frequency="daily", **criteria):
    person = person or PersonFactory()
    return actions.save_search(OFFERS, criteria, frequency=frequency, person=person)


def new_offer(**options):
    return OfferFactory(published=True, published_at=timezone.now(), **options)


def test_a_visitor_confirms_the_address_before_anything_is_sent(client):
    url = reverse("listings:alert-new", args=["offres"])
    posted = {"email": "lea@example.org", "frequency": "daily", "consent": "on"}

    client.post(f"{url}?nature=locum", posted)
    search = SavedSearch.objects.get()
    new_offer(kind="locum", available_from=TUESDAY)
    told_before = alerts.run(TUESDAY)
    token = links.issue("listings.search", search, to_email=search.email)
    client.post(reverse("casework:link", args=[token]))

    search.refresh_from_db()
    assert (search.criteria, search.state) == ({"nature": "locum"}, "active")
    assert told_before == 0
    assert Message.objects.first().is_secret


def test_an_alert_needs_a_yes(client):
    url = reverse("listings:alert-new", args=["offres"])

    response = client.post(url, {"email": "lea@example.org", "frequency": "daily"})

    assert "Cochez la case" in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_asking_for_alerts_to_one_address_is_limited(client):
    url = reverse("listings:alert-new", args=["offres"])
    posted = {"email": "lea@example.org", "frequency": "daily", "consent": "on"}

    for number in range(7):
        response = client.post(f"{url}?q=mot{number}", posted)

    assert SavedSearch.objects.count() == 5
    assert "Réessayez dans une heure" in response.content.decode()


def test_a_publication_is_told_once_to_those_who_look_for_it():
    search = search_of(nature="locum")
    search_of(nature="premises")
    new_offer(kind="locum", available_from=TUESDAY)

    told = [alerts.run(TUESDAY), alerts.run(TUESDAY), alerts.run(TUESDAY)]

    message = Message.objects.get(template_key="listings.alert")
    assert told == [1, 0, 0]
    assert message.recipient == search.address
    assert "Nérac" in message.text
    assert search.get_absolute_url() in message.text
    headers = delivery.envelope(message).extra_headers
    assert headers["List-Unsubscribe"] == f"<{message.stop_url}>"


def test_a_weekly_alert_waits_for_monday():
    search_of(frequency="weekly")
    new_offer()

    assert [alerts.run(TUESDAY), alerts.run(MONDAY)] == [0, 1]


def test_an_offer_corrected_and_published_again_is_not_news():
    search_of()
    offer = new_offer()
    alerts.run(TUESDAY)

    actions.submit(offer)
    actions.publish(offer, by=UserFactory(is_staff=True, groups=["accueil"]))

    assert alerts.run(MONDAY) == 0


def test_consent_withdrawn_elsewhere_stops_the_alert():
    search = search_of()
    new_offer()

    consents.withdraw(search.person, Consent.Purpose.ALERTS)

    assert alerts.run(TUESDAY) == 0


def test_the_last_alert_stopped_ends_the_consent():
    person = PersonFactory()
    first, second = search_of(person, nature="locum"), search_of(person)

    actions.stop_search(first)
    still = consents.active(person, Consent.Purpose.ALERTS)
    actions.stop_search(second)

    assert (still, consents.active(person, Consent.Purpose.ALERTS)) == (True, False)


def test_one_click_stops_and_a_get_does_not(client):
    search = search_of()
    page = search.get_absolute_url()

    client.get(page)
    search.refresh_from_db()
    assert search.state == "active"
    client.post(page, {"List-Unsubscribe": "One-Click"})

    search.refresh_from_db()
    assert search.state == "stopped"
    with pytest.raises(ValidationError):
        search.confirm()


def test_a_stranger_finds_no_alert(client):
    search = search_of()
    client.force_login(UserFactory())

    assert client.get(reverse("listings:alert", args=["x:y:z"])).status_code == 404
    stop = reverse("listings:alert-stop", args=[search.pk])
    assert client.post(stop).status_code == 404


def test_a_person_sees_and_stops_their_alerts(client):
    user = UserFactory()
    search = search_of(user.person, q="pédiatre")
    client.force_login(user)

    page = client.get(reverse("listings:alerts")).content.decode()
    client.post(reverse("listings:alert-stop", args=[search.pk]))

    search.refresh_from_db()
    assert "« pédiatre »" in page
    assert search.state == "stopped"


def test_a_stranger_does_not_change_what_an_address_has_confirmed():
    search = actions.save_search(
        OFFERS, {"q": "Nérac"}, frequency="weekly", email="lea@example.org"
    )
    actions.confirm_search(search)

    actions.save_search(
        OFFERS, {"q": "Nérac"}, frequency="daily", email="lea@example.org"
    )

    search.refresh_from_db()
    assert search.frequency == "weekly"


def test_an_account_keeps_a_bounded_number_of_searches(monkeypatch):
    monkeypatch.setattr(actions, "MOST_SEARCHES", 1)
    search = search_of()

    with pytest.raises(ValidationError, match="arrêtez-en une"):
        search_of(search.person, q="Nérac")

    actions.stop_search(search)
    assert search_of(search.person, q="Nérac").state == "active"


def test_the_link_of_who_answered_before_confirms_nothing(client):
    offer = new_offer(contact_email="ancienne@example.org")
    token = links.issue("listings.confirm", offer, to_email=offer.contact_email)
    client.post(reverse("casework:link", args=[token]))
    reached = client.get(offer.get_confirmed_url()).status_code

    offer.contact_email = "nouvelle@example.org"
    offer.save()

    assert reached == 200
    assert client.get(offer.get_confirmed_url()).status_code == 404
    assert client.post(reverse("casework:link", args=[token])).status_code == 404
