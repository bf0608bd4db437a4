"""Two dossiers of one person that become one."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework import links, receipts
from casework.models import AccessLink, Entry, Message, Receipt, Task
from installation.actions import merging
from installation.models import InstallationRequest, Settlement
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import (
    AttachmentFactory,
    ExchangeFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    SettlementFactory,
    desk_user,
)


@pytest.fixture
def person():
    return PersonFactory(first_name="Inès", last_name="Caubet")


@pytest.fixture
def officer():
    return desk_user()


@pytest.fixture
def kept(person, officer):
    return RequestFactory(
        in_support=True, applicant=person, case_worker=officer, email=person.email
    )


@pytest.fixture
def absorbed(person):
    return RequestFactory(
        submitted=True, applicant=person, specialty="pédiatrie", email=person.email
    )


def test_everything_goes_to_the_dossier_that_is_kept(kept, absorbed, officer):
    exchange = ExchangeFactory(request=absorbed)
    attachment = AttachmentFactory(request=absorbed)
    ReferralFactory(need__request=kept)
    ReferralFactory(need__request=absorbed)
    links.issue("installation.follow", absorbed, to_email=absorbed.email)
    receipts.issue(
        absorbed,
        to_person=absorbed.applicant,
        title="s'installer",
        financial=False,
        received_at=absorbed.submitted_at,
    )

    merging.merge(kept, absorbed, by=officer)

    for row in (kept, absorbed, exchange, attachment):
        row.refresh_from_db()
    assert (exchange.request, attachment.request) == (kept, kept)
    assert (kept.specialty, kept.state) == ("pédiatrie", "in_support")
    assert (absorbed.state, absorbed.outcome, absorbed.merged_into) == (
        "closed",
        "duplicate",
        kept,
    )
    assert (kept.needs.count(), kept.needs.kept().count()) == (2, 1)
    assert {link.subject for link in AccessLink.objects.all()} == {kept}
    assert Receipt.objects.get().subject == absorbed
    assert [task.title for task in Task.objects.about(kept)] == [
        f"Donner une première réponse (dossier {absorbed.reference})"
    ]
    assert Entry.objects.about(kept).filter(verb="installation.request.joined").exists()
    assert Entry.objects.about(absorbed).get().verb == "installation.request.merged"
    assert Message.objects.get(template_key="installation.merged").about == kept


def test_a_dossier_nobody_followed_takes_the_other_s_worker(person, absorbed, officer):
    followed = RequestFactory(in_support=True, applicant=person, case_worker=officer)

    merging.merge(absorbed, followed, by=officer)

    absorbed.refresh_from_db()
    assert (absorbed.state, absorbed.case_worker) == ("in_support", officer)


def test_the_preview_says_what_happens_and_does_nothing(kept, absorbed, officer):
    ExchangeFactory.create_batch(2, request=absorbed)

    outcome = merging.preview(kept, absorbed, by=officer)

    absorbed.refresh_from_db()
    assert (outcome.is_possible, outcome.moved["échanges"]) == (True, 2)
    assert (absorbed.state, absorbed.exchanges.count()) == ("submitted", 2)
    assert not Task.objects.exists()


def settled(dossier, **options):
    """Validated in this dossier, and asked after once."""
    settlement = SettlementFactory(
        request=dossier,
        state="validated",
        has_order=True,
        validated_at=timezone.now(),
        validated_by=desk_user(),
        **options,
    )
    settlement.follow_ups.create(months=3, due_on=timezone.localdate())
    return settlement


def test_one_installation_validated_twice_becomes_one(kept, absorbed, officer):
    mine = settled(kept, has_contract=True)
    twin = settled(absorbed, has_urssaf=True, is_counted=True)
    twin.follow_ups.get().note("yes")

    merging.merge(kept, absorbed, by=officer)

    mine.refresh_from_db()
    assert Settlement.objects.get() == mine
    assert mine.proofs == {"has_order", "has_contract", "has_urssaf"}
    assert (mine.is_counted, mine.follow_ups.get().answer) == (True, "yes")


def test_two_installations_keep_their_two_dossiers(client, kept, absorbed, officer):
    settled(kept, has_contract=True)
    day = timezone.localdate() - dt.timedelta(days=400)
    settled(absorbed, has_contract=True, first_day_on=day)
    client.force_login(officer)

    url = reverse("admin:installation_request_merge", args=[kept.pk, absorbed.pk])
    page = client.get(url).content.decode()

    assert "Réunir pour de bon" not in page
    assert "Ce sont deux accompagnements : gardez les deux dossiers" in page
    assert reverse("gestion:distinct", args=["dossiers", kept.pk, absorbed.pk]) in page


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"closed": True}, "est clos"),
        ({}, "déposé"),
    ],
)
def test_some_merges_are_refused(person, absorbed, officer, options, words):
    other = RequestFactory(applicant=person, **options)

    with pytest.raises(ValidationError, match=words):
        merging.merge(other, absorbed, by=officer)
    assert not merging.preview(other, absorbed, by=officer).is_possible


def test_dossiers_of_two_people_stay_apart(kept, officer):
    with pytest.raises(ValidationError, match="deux personnes"):
        merging.merge(kept, RequestFactory(submitted=True), by=officer)


def test_a_dossier_is_absorbed_once_and_not_reopened(kept, absorbed, person, officer):
    merging.merge(kept, absorbed, by=officer)
    absorbed.refresh_from_db()

    with pytest.raises(ValidationError, match="c'est lui qui se suit"):
        absorbed.reopen(officer, "Rappeler", kept.next_action_on)
    with pytest.raises(ValidationError, match="doublon"):
        merging.merge(
            absorbed, RequestFactory(closed=True, applicant=person), by=officer
        )


def test_the_database_refuses_a_duplicate_that_leads_nowhere(kept):
    rows = InstallationRequest.objects.filter(pk=RequestFactory(closed=True).pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome="duplicate")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(merged_into=kept)


def test_the_other_reference_leads_to_the_dossier(client, kept, absorbed, officer):
    NeedFactory(request=absorbed)
    merging.merge(kept, absorbed, by=officer)
    client.force_login(officer)
    name = "admin:installation_installationrequest_change"

    found = client.get(reverse("gestion:search"), {"q": absorbed.reference})
    response = client.get(reverse(name, args=[absorbed.pk]))

    assert absorbed.reference in found.content.decode()
    assert (response.status_code, response.url) == (302, reverse(name, args=[kept.pk]))
    page = client.get(response.url).content.decode()
    assert f"{absorbed.reference} est réuni à ce dossier" in page


def test_the_person_is_led_there_too(client, kept, absorbed, officer):
    merging.merge(kept, absorbed, by=officer)
    client.force_login(UserFactory(person=kept.applicant, email=kept.email))

    response = client.get(absorbed.get_absolute_url())

    assert (response.status_code, response.url) == (302, kept.get_absolute_url())
    space = client.get(reverse("space")).content.decode()
    assert (kept.reference in space, absorbed.reference in space) == (True, False)


def test_the_page_shows_both_sides_then_merges(client, kept, absorbed, officer):
    client.force_login(officer)
    url = reverse("admin:installation_request_merge", args=[kept.pk, absorbed.pk])

    page = client.get(url).content.decode()
    assert ("Réunir pour de bon" in page, "À attribuer" in page) == (True, True)
    client.post(url)

    absorbed.refresh_from_db()
    assert absorbed.merged_into == kept


def test_the_page_is_for_the_desk(client, kept, absorbed):
    url = reverse("admin:installation_request_merge", args=[kept.pk, absorbed.pk])
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.post(url).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_merges_the_other_way_round_make_one(kept, absorbed, officer):
    absorbed.take_charge(officer)
    start = Barrier(2)

    def merge(one, other):
        try:
            start.wait(timeout=10)
            merging.merge(one, other, by=officer)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        told = [
            pool.submit(merge, kept, absorbed),
            pool.submit(merge, absorbed, kept),
        ]

    assert sorted(one.result() for one in told) == ["merged", "refused"]
    assert InstallationRequest.objects.filter(merged_into=None).count() == 1
