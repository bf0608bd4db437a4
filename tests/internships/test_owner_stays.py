"""A stay as its owner runs it, from the insurance to the deposit given back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Membership
from casework.models import Entry, Message
from internships import housing_letters
from internships.models import Inventory, Occupation, Stay
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.documents.factories import DocumentFactory
from tests.internships.factories import OccupationFactory, StayFactory, days
from tests.internships.inventory_filling import member_of
from tests.territory.factories import DeskFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk():
    return DeskFactory()


@pytest.fixture
def stay():
    today = timezone.localdate()
    return StayFactory(
        occupation__period=days(today, today + dt.timedelta(60)),
        occupation__request__person__email="lea@example.org",
        deposit=200,
        insurance=DocumentFactory(),
        insurance_sent_at=timezone.now(),
    )


@pytest.fixture
def mairie(client, stay):
    user = member_of(stay)
    client.force_login(user)
    return user


def page(stay):
    return reverse("internships:my-occupation", args=[stay.occupation_id])


def step(stay, name):
    return reverse("internships:my-stay-step", args=[stay.occupation_id, name])


def read(client, stay):
    return client.get(page(stay)).content.decode()


def test_the_proof_is_read_then_accepted(client, stay, mairie):
    document = reverse("internships:my-stay-insurance", args=[stay.occupation_id])
    assert document in read(client, stay)
    assert client.get(document)["Content-Disposition"].startswith("attachment")

    answer = client.post(step(stay, "assurance"), follow=True)

    stay.refresh_from_db()
    assert stay.is_insured
    assert "L’attestation est acceptée." in answer.content.decode()
    entry = Entry.objects.get(verb="internships.stay.insurance_checked")
    assert entry.actor == mairie


def test_another_proof_is_asked_for_with_a_reason(client, stay, mairie):
    url = step(stay, "assurance-refusee")

    blank = client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Elle ne nomme pas le logement."})

    stay.refresh_from_db()
    assert "la personne le lira" in blank
    assert stay.insurance_refusal == "Elle ne nomme pas le logement."
    letter = Message.objects.get(template_key="internships.insurance-refused")
    assert letter.recipient == "lea@example.org"
    assert "Elle ne nomme pas le logement." in read(client, stay)


@pytest.mark.parametrize(
    ("is_insured", "is_signed", "refusal"),
    [
        (False, True, "assurance n&#x27;est pas vérifiée"),
        (True, False, "entrée n&#x27;est pas signé"),
    ],
)
def test_keys_wait_for_the_insurance_and_the_inventory(
    client, stay, mairie, is_insured, is_signed, refusal
):
    now = timezone.now()
    stay.insurance_checked_at = now if is_insured else None
    stay.entry_signed_at = now if is_signed else None
    stay.save()

    refused = client.post(step(stay, "cles")).content.decode()

    stay.refresh_from_db()
    assert stay.keys_given_at is None
    assert refusal in refused
    assert step(stay, "cles") not in read(client, stay)


def test_keys_go_and_come_back_then_the_deposit(client, stay, mairie):
    now, today = timezone.now(), timezone.localdate()
    stay.insurance_checked_at = stay.entry_signed_at = now
    stay.save()

    assert step(stay, "cles") in read(client, stay)
    client.post(step(stay, "cles"))
    client.post(step(stay, "depot"), {"on": today})
    soon = client.post(step(stay, "depot-rendu"), {"on": today, "kept": "0"})
    client.post(step(stay, "cles-rendues"))
    stay.refresh_from_db()
    stay.sign_exit()
    alone = client.post(step(stay, "depot-rendu"), {"on": today, "kept": "50"})
    typed = {"on": today, "kept": "50", "because": "Carreau cassé."}
    client.post(step(stay, "depot-rendu"), typed)

    stay.refresh_from_db()
    assert "après l&#x27;état des lieux de sortie" in soon.content.decode()
    assert "Dites pourquoi une part" in alone.content.decode()
    assert (stay.deposit_kept, stay.deposit_returned_on) == (50, today)
    assert stay.keys_given_at
    assert stay.keys_returned_at
    shown = read(client, stay)
    assert "50&nbsp;€, Carreau cassé." in shown
    assert "À préparer" not in shown


def test_a_day_to_come_is_refused(client, stay, mairie):
    tomorrow = timezone.localdate() + dt.timedelta(1)

    refused = client.post(step(stay, "depot"), {"on": tomorrow}).content.decode()

    stay.refresh_from_db()
    assert "pas encore arrivé" in refused
    assert stay.deposit_received_on is None


def test_both_inventories_are_one_click_away(client, stay, mairie):
    shown = read(client, stay)

    for moment in ("entree", "sortie"):
        args = [stay.pk, moment]
        assert reverse("internships:inventory-detail", args=args) in shown
    for name in ("rents", "incidents"):
        assert reverse(f"internships:{name}") in shown


def test_an_unknown_step_is_not_found(client, stay, mairie):
    assert client.get(step(stay, "autre")).status_code == 404


def test_an_elected_official_reads_nobody_s_stay(client, stay):
    user = UserFactory()
    owner = stay.occupation.room.dwelling.owner
    MembershipFactory(
        person=user.person, organisation=owner, role=Membership.Role.ELECTED
    )
    client.force_login(user)

    assert client.get(page(stay)).status_code == 404
    assert client.post(step(stay, "assurance")).status_code == 404


# --- Cleaning ------------------------------------------------------------------------


def cleaning(stay):
    return reverse("internships:my-cleaning", args=[stay.occupation_id])


def buffers(stay):
    return [
        (one.period.lower, one.nights)
        for one in Occupation.objects.filter(follows=stay.occupation)
    ]


def test_days_of_cleaning_are_changed_for_one_stay(client, stay, mairie):
    leaves = stay.occupation.period.upper

    for wanted in (5, 2):
        client.post(cleaning(stay), {"days": wanted})
        assert buffers(stay) == [(leaves, wanted)]
    assert "2 jours après le départ" in read(client, stay)
    client.post(cleaning(stay), {"days": 0})
    assert buffers(stay) == []


def test_cleaning_moves_nobody(client, stay, mairie):
    leaves = stay.occupation.period.upper
    following = OccupationFactory(
        room=stay.occupation.room,
        stay=True,
        period=days(leaves + dt.timedelta(2), leaves + dt.timedelta(30)),
    )

    refused = client.post(cleaning(stay), {"days": 3}).content.decode()
    client.post(cleaning(stay), {"days": 2})

    assert str(following.request.person) in refused
    assert buffers(stay) == [(leaves, 2)]


# --- Whoever lives there -------------------------------------------------------------


def test_whoever_lives_there_finds_everything_on_one_page(client, stay):
    user = UserFactory(person=stay.person)
    stay.occupation.request.state = "housed"
    stay.occupation.request.save()
    entry = Inventory.objects.create(stay=stay, kind="entry", filled_by=user)
    client.force_login(user)

    url = stay.occupation.request.get_absolute_url()
    shown = client.get(url).content.decode()

    for name, args in [
        ("inventory-tenant", [stay.pk, entry.moment]),
        ("rents-mine", []),
        ("incident-new", []),
        ("my-calendar", []),
    ]:
        address = reverse(f"internships:{name}", args=args)
        assert f'href="{address}"' in shown, name
        assert client.get(address).status_code == 200, name
    placements = client.get(reverse("internships:my-placements")).content.decode()
    assert f'href="{url}"' in placements


def test_the_confirmation_holds_the_days_for_a_calendar(stay):
    housing_letters.confirmed(Stay.objects.get())

    letter = Message.objects.get(template_key="internships.bed-confirmed")
    attached = letter.attachments.get()
    calendar = Calendar.from_ical(attached.content)
    (event,) = calendar.events
    assert attached.media_type.startswith("text/calendar; method=PUBLISH")
    assert calendar["METHOD"] == "PUBLISH"
    assert event.start == stay.occupation.period.lower
    assert event.end == stay.occupation.period.upper
    assert event["ATTENDEE"] == "mailto:lea@example.org"
    assert event["ORGANIZER"].startswith("mailto:")
