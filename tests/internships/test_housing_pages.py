"""Asking for a bed and living in it, as the person, a stranger and the desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.days import said
from casework.models import Receipt
from internships.actions import holds, stays
from internships.models import HousingRequest, Occupation, Stay
from tests.accounts.factories import UserFactory
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.internships.factories import (
    HousingRequestFactory,
    PlacementFactory,
    RoomFactory,
    SemesterFactory,
    StayFactory,
    days,
)
from tests.territory.factories import DeskFactory

TODAY = timezone.localdate()
NEW = "/stages/logements/demande/"
ACTS = ["dates", "partir", "rester", "retirer"]


@pytest.fixture(autouse=True)
def _desk():
    return DeskFactory()


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def mine(client, user):
    client.force_login(user)
    return client


def coming(first, last):
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def answers(period, **more):
    return {
        "arrival": period.lower.isoformat(),
        "departure": period.upper.isoformat(),
        "purpose": "Un remplacement d'été",
        "has_car": "on",
        "accepts": "on",
    } | more


def test_request_with_a_free_bed_gets_an_option_and_a_receipt(mine, user):
    RoomFactory()

    page = mine.post(NEW, answers(coming(30, 60)), follow=True)

    request = HousingRequest.objects.get()
    assert (request.person, request.state) == (user.person, "held")
    assert "Option jusqu’au" in page.content.decode()
    assert Receipt.objects.about(request).get().reference == request.reference


def test_request_without_a_bed_reads_its_place_and_its_points(mine, user):
    period = coming(30, 60)
    placement = PlacementFactory(person=user.person, period=period, zone_code="ZIP")

    page = mine.post(f"{NEW}?stage={placement.pk}", answers(period), follow=True)

    text = page.content.decode()
    assert "en position 1" in text
    assert "stage en zone prioritaire : 40 points" in text


@pytest.mark.parametrize(
    ("arrival", "departure", "told"),
    [
        ("2099-13-01", "2099-12-02", "Cette date n’existe pas"),
        ("2027-02-29", "2027-03-05", "Cette date n’existe pas"),
        ("2020-01-01", "2020-02-01", "Ce jour est déjà passé."),
        ("{+9}", "{+9}", "au moins une nuit"),
        ("{+9}", "{+3}", "Le départ est avant l’arrivée"),
        ("{+9}", "{+900}", "treize mois au plus"),
        ("", "", "Indiquez le jour de votre arrivée."),
    ],
)
def test_impossible_days_are_told_in_words(mine, arrival, departure, told):
    def day(text):
        if not text.startswith("{"):
            return text
        return (TODAY + dt.timedelta(int(text[2:-1]))).isoformat()

    sent = answers(coming(1, 2), arrival=day(arrival), departure=day(departure))
    page = mine.post(NEW, sent)

    assert told in page.content.decode()
    assert not HousingRequest.objects.exists()


def test_nights_across_the_change_of_hour_and_the_29th_of_february_count():
    spring = HousingRequestFactory.build(period=days("2027-03-27", "2027-03-29"))
    leap = HousingRequestFactory.build(period=days("2028-02-28", "2028-03-01"))

    assert (spring.nights, leap.nights) == (2, 2)


def test_who_waits_reads_from_when_beds_are_offered(mine, user):
    opens_on = TODAY + dt.timedelta(10)
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    semester = SemesterFactory(period=coming(20, 200), beds_from=opens_on)
    assert f"à partir du {said(opens_on)}" in mine.get(request.get_absolute_url()).text

    semester.beds_from = TODAY
    semester.save()

    assert "ne convient pour l’instant" in mine.get(request.get_absolute_url()).text


def test_what_does_not_add_up_is_accepted_before_anything_is_filed(mine):
    sent = answers(coming(30, 60))
    del sent["accepts"]

    page = mine.post(NEW, sent)

    assert "Lisez ce qui ne se cumule pas" in page.content.decode()


def test_same_days_are_asked_for_once(mine, user):
    HousingRequestFactory(person=user.person, period=coming(30, 60))

    page = mine.post(NEW, answers(coming(40, 70)))

    assert "Vous avez déjà une demande" in page.content.decode()


def test_option_is_confirmed_then_the_address_shows(mine, user):
    room = RoomFactory()
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    holds.hold(request, room)
    page = mine.get(request.get_absolute_url()).content.decode()
    assert room.dwelling.address not in page

    page = mine.post(f"{request.get_absolute_url()}confirmer/", follow=True)

    assert room.dwelling.address in page.content.decode()


def test_who_never_ticked_what_does_not_add_up_is_asked_before_they_confirm(mine, user):
    request = HousingRequestFactory(
        person=user.person, period=coming(30, 60), wording=""
    )
    holds.hold(request, RoomFactory())
    address = f"{request.get_absolute_url()}confirmer/"
    assert address in mine.get(request.get_absolute_url()).text
    assert "D. 1511-52" in mine.get(address).text

    assert "puis cochez la case" in mine.post(address).text
    assert not Stay.objects.exists()
    mine.post(address, {"accepts": "on"})

    request.refresh_from_db()
    assert request.state == "housed"
    assert "D. 1511-52" in request.wording


def test_desk_reads_it_to_them_on_the_telephone(client):
    request = HousingRequestFactory(period=coming(30, 60), wording="")
    holds.hold(request, RoomFactory())
    client.force_login(desk_user())
    address = reverse("admin:internships_housing_confirmer", args=[request.pk])
    page = reverse("admin:internships_housingrequest_change", args=[request.pk])
    assert address in client.get(page).text

    assert "Lisez cette phrase" in client.post(address).text
    client.post(address, {"accepts": "on"})

    request.refresh_from_db()
    assert request.state == "housed"
    assert "D. 1511-52" in request.wording


def test_declined_option_is_given_back(mine, user):
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    holds.hold(request, RoomFactory())

    mine.post(f"{request.get_absolute_url()}decliner/")

    assert not Occupation.objects.standing().exists()


def test_stay_is_left_early_extended_and_moved(mine, user):
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    holds.hold(request, RoomFactory())
    holds.confirm(request)
    address = request.get_absolute_url()

    mine.post(f"{address}partir/", {"on": coming(50, 51).lower.isoformat()})
    mine.post(f"{address}rester/", {"until": coming(55, 56).lower.isoformat()})
    mine.post(
        f"{address}dates/",
        {
            "arrival": coming(32, 33).lower.isoformat(),
            "departure": coming(54, 55).lower.isoformat(),
        },
    )

    assert Occupation.objects.stays().get().period == coming(32, 54)
    request.refresh_from_db()
    assert request.period == coming(32, 54)


def test_nobody_is_moved_by_an_extension(mine, user):
    room = RoomFactory()
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    holds.hold(request, room)
    holds.confirm(request)
    other = HousingRequestFactory(period=coming(65, 90))
    holds.hold(other, room)

    until = coming(70, 71).lower.isoformat()
    page = mine.post(f"{request.get_absolute_url()}rester/", {"until": until})

    request.refresh_from_db()
    assert page.status_code == 302
    assert request.stay_until == coming(70, 71).lower
    assert Occupation.objects.stays().get().period == coming(30, 60)


@pytest.mark.parametrize("act", ["", *(f"{act}/" for act in ACTS)])
def test_pages_open_to_their_person_and_to_nobody_else(client, user, act):
    request = HousingRequestFactory(person=user.person, period=coming(30, 60))
    address = f"{request.get_absolute_url()}{act}"
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404

    client.force_login(user)
    assert client.get(address).status_code == 200


# --- The proof of insurance -----------------------------------------------------------


def insured(person):
    """The address where they send it, of a stay that waits for it."""
    stay = StayFactory(
        occupation__period=coming(10, 60), occupation__request__person=person
    )
    return stay, reverse(
        "internships:housing-insurance", args=[stay.occupation.request_id]
    )


def test_insurance_is_sent_until_it_is_checked_and_read_by_its_sender(
    client, mine, user
):
    stay, address = insured(user.person)

    for name in ("photo.pdf", "assurance.pdf"):
        mine.post(address, {"file": samples.sent(samples.pdf(), name)})
    stay.refresh_from_db()
    stays.check_insurance(stay, by=desk_user())
    late = {"file": samples.sent(samples.pdf(), "autre.pdf")}
    assert "déjà vérifiée" in mine.post(address, late, follow=True).text

    stay.refresh_from_db()
    assert stay.insurance.name == "assurance.pdf"
    document = f"{address}document/"
    assert mine.get(document).status_code == 200
    client.force_login(UserFactory())
    assert client.get(document).status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        None,
        samples.sent(b"", "vide.pdf"),
        samples.sent(b"MZ programme", "assurance.pdf"),
        samples.sent(samples.pdf()[:200], "assurance.pdf"),
    ],
    ids=["none", "empty", "a program", "cut short"],
)
def test_what_is_not_a_proof_is_refused_in_words(mine, user, file):
    stay, address = insured(user.person)

    page = mine.post(address, {"file": file} if file else {}, follow=True)

    stay.refresh_from_db()
    assert stay.insurance is None
    assert "alert-danger" in page.text


def test_desk_sees_the_best_bed_and_gives_it_in_one_click(client):
    request = HousingRequestFactory(period=coming(30, 60))
    room = RoomFactory()
    client.force_login(desk_user())
    queue = client.get(reverse("admin:internships_housingrequest_changelist"))
    assert str(room) in queue.content.decode()
    page = reverse("admin:internships_housingrequest_change", args=[request.pk])
    assert str(room) in client.get(page).content.decode()

    client.post(reverse("admin:internships_housing_hold", args=[request.pk, room.pk]))

    assert Occupation.objects.holds().get().room == room
    assert "Reprendre la chambre" in client.get(page).content.decode()


def test_desk_hands_the_keys_over_in_the_right_order(client):
    request = HousingRequestFactory(period=coming(30, 60))
    holds.hold(request, RoomFactory())
    stay = holds.confirm(request)
    client.force_login(desk_user())
    keys = reverse("admin:internships_housing_cles", args=[request.pk])

    assert "assurance" in client.post(keys).content.decode()
    Stay.objects.update(insurance_checked_at=timezone.now())
    stays.entry_signed(stay)
    client.post(keys)

    stay.refresh_from_db()
    assert stay.keys_given_at
    for model in ("stay", "occupation", "housingbenefit", "scoreweight"):
        page = client.get(reverse(f"admin:internships_{model}_changelist"))
        assert page.status_code == 200
