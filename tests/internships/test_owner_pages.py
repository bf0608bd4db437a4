"""Those who run dwellings see theirs, and nobody else's."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Entry, Message
from documents.models import Document
from internships import housing_week
from internships.actions import dwellings as actions
from internships.forms.dwellings import RoomForm
from internships.models import Dwelling, Occupation
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.documents import samples
from tests.internships.factories import (
    DwellingFactory,
    OccupationFactory,
    RoomFactory,
    SemesterFactory,
    StayFactory,
    days,
)
from tests.territory.factories import CommuneFactory, DeskFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk():
    DeskFactory()
    CommuneFactory(nerac=True)
    return SemesterFactory()


def member_of(organisation):
    user = UserFactory()
    MembershipFactory(person=user.person, organisation=organisation)
    return user


@pytest.fixture
def home():
    return DwellingFactory(name="Maison de la Bartère")


@pytest.fixture
def mayor(home):
    return member_of(home.owner)


def soon(start: int, end: int):
    today = timezone.localdate()
    return days(today + dt.timedelta(start), today + dt.timedelta(end))


def pages(room, stay, works) -> dict:
    return {
        "my-dwelling": room.dwelling_id,
        "my-dwelling-edit": room.dwelling_id,
        "my-room-new": room.dwelling_id,
        "my-room-edit": room.pk,
        "my-room-close": room.pk,
        "my-maintenance-new": room.pk,
        "my-occupation": stay.pk,
        "my-maintenance-end": works.pk,
        "my-photo-add": room.dwelling_id,
        "dwelling-calendar": room.dwelling_id,
    }


@pytest.mark.parametrize("who", ["stranger", "other owner", "former member"])
def test_other_people_s_dwellings_are_not_found(client, home, who):
    room = RoomFactory(dwelling=home)
    stay = OccupationFactory(room=room, stay=True, period=soon(0, 10))
    works = OccupationFactory(room=room, maintenance=True, period=soon(20, 30))
    user = UserFactory()
    if who == "other owner":
        other = DwellingFactory()
        MembershipFactory(person=user.person, organisation=other.owner)
    elif who == "former member":
        MembershipFactory(
            person=user.person, organisation=home.owner, until=dt.date(2020, 1, 1)
        )
    client.force_login(user)

    for name, pk in pages(room, stay, works).items():
        url = reverse(f"internships:{name}", args=[pk])
        assert client.get(url).status_code in (404, 405), name
        assert client.post(url).status_code in (404, 405), name


def test_a_visitor_is_asked_to_sign_in(client):
    url = reverse("internships:my-dwellings")

    assert client.get(url).url.startswith(reverse("account_login"))


def test_the_mayor_opens_every_page(client, home, mayor):
    room = RoomFactory(dwelling=home)
    stay = StayFactory(occupation__room=room, occupation__period=soon(3, 40))
    works = OccupationFactory(room=room, maintenance=True, period=soon(50, 60))
    client.force_login(mayor)

    for name, pk in pages(room, stay.occupation, works).items():
        url = reverse(f"internships:{name}", args=[pk])
        assert client.get(url).status_code in (200, 405), name
    listed = client.get(reverse("internships:my-dwellings")).content.decode()
    assert str(stay.person) in listed
    assert "attestation d’assurance à recevoir" in listed


def test_a_dwelling_is_described(client, home, mayor):
    client.force_login(mayor)

    response = client.post(
        reverse("internships:my-dwelling-edit", args=[home.pk]),
        {
            "name": "Maison du port",
            "commune": home.commune.code,
            "address": "1 quai de la Baïse",
            "equipment": ["fibre", "kitchen"],
            "terms": "occupation",
            "deposit": "200",
            "buffer_days": "3",
            "hold_days": "7",
            "is_open": "on",
        },
    )

    home.refresh_from_db()
    assert response.status_code == 302
    assert (home.name, home.equipment) == ("Maison du port", ["fibre", "kitchen"])
    assert Entry.objects.filter(verb="internships.dwelling.written").count() == 1


def test_two_rooms_of_a_name_are_refused_in_words(client, home, mayor):
    RoomFactory(dwelling=home, name="Chambre bleue")
    client.force_login(mayor)
    url = reverse("internships:my-room-new", args=[home.pk])

    refused = client.post(
        url, {"name": "Chambre bleue", "rent": "120", "charges_share": "0"}
    )
    added = client.post(
        url, {"name": "Chambre verte", "rent": "120", "charges_share": "0"}
    )

    assert "déjà une chambre de ce nom" in refused.content.decode()
    assert (added.status_code, home.rooms.count()) == (302, 2)


def test_a_name_taken_meanwhile_is_told_on_the_form(client, home, mayor, monkeypatch):
    """Both read that it was free; the constraint answers the second."""
    RoomFactory(dwelling=home, name="Chambre bleue")
    monkeypatch.setattr(RoomForm, "clean_name", lambda form: "Chambre bleue")
    client.force_login(mayor)

    page = client.post(
        reverse("internships:my-room-new", args=[home.pk]),
        {"name": "Chambre bleue", "rent": "120", "charges_share": "0"},
    )

    assert "déjà une chambre de ce nom" in page.content.decode()
    assert home.rooms.count() == 1


# --- A new dwelling ------------------------------------------------------------------


def described(owner, commune, **more):
    return {
        "owner": owner.pk,
        "name": "Gîte du lavoir",
        "commune": commune.code,
        "address": "3 rue du Lavoir",
        "terms": "occupation",
        "deposit": "0",
        "buffer_days": "2",
        "hold_days": "7",
    } | more


@pytest.fixture
def proposed(client, home, mayor):
    client.force_login(mayor)
    client.post(
        reverse("internships:my-dwelling-new"),
        described(home.owner, home.commune, is_open="on"),
    )
    return Dwelling.objects.get(name="Gîte du lavoir")


def test_a_member_proposes_a_dwelling_that_the_desk_publishes(
    client, home, mayor, proposed
):
    public = reverse("internships:dwelling-detail", args=[proposed.pk])
    edit = reverse("internships:my-dwelling-edit", args=[proposed.pk])
    queue = f"{reverse('admin:internships_dwelling_changelist')}?a_publier=oui"
    publish = reverse("admin:internships_dwelling_publier", args=[proposed.pk])
    staff = UserFactory(is_staff=True, groups=["accueil"])

    client.post(edit, described(home.owner, home.commune, is_open="on"))
    proposed.refresh_from_db()
    assert not proposed.is_open
    assert Client().get(public).status_code == 404
    letter = Message.objects.get(template_key="internships.dwelling-submitted")
    assert f"/{proposed.pk}/change/" in letter.text
    week = [line.title for line in housing_week.lines(timezone.localdate())]
    assert week == ["Logement à publier : Gîte du lavoir"]

    client.force_login(staff)
    assert "Gîte du lavoir" in client.get(queue).content.decode()
    refused = client.post(publish).content.decode()
    assert "Ajoutez d&#x27;abord ses chambres." in refused
    RoomFactory(dwelling=proposed)
    client.post(publish)

    proposed.refresh_from_db()
    assert (proposed.is_open, proposed.submitted_at) == (True, None)
    assert Client().get(public).status_code == 200
    assert Message.objects.filter(
        template_key="internships.dwelling-published"
    ).exists()


def test_a_dwelling_is_proposed_for_one_s_own_body_only(client, home, mayor):
    client.force_login(mayor)
    other = OrganisationFactory()

    client.post(reverse("internships:my-dwelling-new"), described(other, home.commune))

    assert Dwelling.objects.count() == 1


def test_the_same_dwelling_is_not_proposed_twice(client, home, mayor, proposed):
    page = client.post(
        reverse("internships:my-dwelling-new"), described(home.owner, home.commune)
    )

    assert "existe déjà dans cette commune" in page.content.decode()


def test_who_acts_for_nobody_proposes_nothing(client):
    client.force_login(UserFactory())

    url = reverse("internships:my-dwelling-new")
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404


def test_another_owner_is_journaled(home, mayor):
    former, home.owner = home.owner, OrganisationFactory()

    actions.write(home, by=mayor)

    entry = Entry.objects.get(verb="internships.dwelling.handed_over")
    assert entry.data == {"from": former.pk, "to": home.owner_id}


def test_a_room_with_a_stay_to_come_is_not_closed(client, home, mayor):
    room = RoomFactory(dwelling=home)
    stay = OccupationFactory(room=room, stay=True, period=soon(5, 30))
    client.force_login(mayor)
    url = reverse("internships:my-room-close", args=[room.pk])

    page = client.post(url, follow=True).content.decode()

    room.refresh_from_db()
    assert room.is_open
    assert str(stay.request.person) in page
    stay.release("cancelled", timezone.now())
    client.post(url)
    room.refresh_from_db()
    assert not room.is_open
    client.post(url)
    room.refresh_from_db()
    assert room.is_open


def test_works_are_noted_and_ended(client, home, mayor):
    room = RoomFactory(dwelling=home)
    client.force_login(mayor)
    today = timezone.localdate()
    typed = {"starts_on": today, "last_on": today, "note": "Peinture"}

    client.post(reverse("internships:my-maintenance-new", args=[room.pk]), typed)

    works = Occupation.objects.get()
    assert (works.kind, works.nights, works.note) == ("maintenance", 1, "Peinture")
    client.post(reverse("internships:my-maintenance-end", args=[works.pk]))
    works.refresh_from_db()
    assert not works.is_standing


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (5, 2, "après le premier"),
        (-9, -2, "passés"),
        (3, 4, "Séjour de"),
        (0, 2000, "Deux ans"),
    ],
)
def test_works_that_cannot_be_are_refused(client, home, mayor, first, last, refusal):
    room = RoomFactory(dwelling=home)
    OccupationFactory(room=room, stay=True, period=soon(4, 8))
    client.force_login(mayor)
    today = timezone.localdate()
    typed = {
        "starts_on": today + dt.timedelta(first),
        "last_on": today + dt.timedelta(last),
        "note": "Fenêtre",
    }

    url = reverse("internships:my-maintenance-new", args=[room.pk])
    page = client.post(url, typed).content.decode()

    assert refusal in page
    assert "Fenêtre" in page
    assert Occupation.objects.count() == 1


def test_photos_are_added_shown_and_removed(client, home, mayor, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(mayor)
    picture = samples.sent(samples.jpeg(), "cuisine.jpg")

    client.post(
        reverse("internships:my-photo-add", args=[home.pk]),
        {"photo": picture, "alternative": "La cuisine"},
    )

    photo = home.photos.get()
    shown = client.get(reverse("internships:dwelling-photo", args=[home.pk, photo.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    client.post(reverse("internships:my-photo-remove", args=[photo.pk]))
    assert home.photos.count() == 0
    assert Document.objects.get().discarded_at is not None


def test_a_photo_without_words_is_refused(client, home, mayor):
    client.force_login(mayor)

    page = client.post(
        reverse("internships:my-photo-add", args=[home.pk]), {"alternative": ""}
    ).content.decode()

    assert "Dites en une phrase" in page


# --- The planning --------------------------------------------------------------------


def test_the_planning_names_whoever_is_there(client, home, mayor, desk):
    room = RoomFactory(dwelling=home)
    stay = OccupationFactory(
        room=room, stay=True, period=days("2026-11-02", "2027-05-03")
    )
    other = OccupationFactory(stay=True)
    client.force_login(mayor)

    page = client.get(reverse("internships:my-planning"), {"semestre": desk.pk})

    text = page.content.decode()
    assert str(stay.request.person) in text
    assert str(other.request.person) not in text
    assert reverse("internships:my-occupation", args=[stay.pk]) in text


def test_the_planning_is_narrowed_by_what_it_shows(client, home, mayor, desk):
    taken, free = RoomFactory.create_batch(2, dwelling=home)
    OccupationFactory(room=taken, stay=True, period=days("2026-11-02", "2027-05-03"))
    client.force_login(mayor)
    url = reverse("internships:my-planning")

    def shown(**asked):
        found = client.get(url, {"semestre": desk.pk, **asked}).context
        return {row.room for row in found.get("rows", [])}

    assert shown() == {taken, free}
    assert shown(etat="stay") == {taken}
    assert shown(logement=home.pk, commune=home.commune.code) == {taken, free}
    assert shown(logement="x", commune="y", etat="z") == {taken, free}


@pytest.mark.parametrize("count", [1, 5])
def test_the_planning_costs_the_same(
    client, home, mayor, desk, count, django_assert_max_num_queries
):
    for room in RoomFactory.create_batch(count, dwelling=home):
        OccupationFactory(room=room, stay=True)
    client.force_login(mayor)
    url = reverse("internships:my-planning")
    client.get(url)

    with django_assert_max_num_queries(11):
        client.get(url)


def test_the_desk_sees_every_room(client, home, desk):
    RoomFactory(dwelling=home, name="Chambre bleue")
    client.force_login(UserFactory(is_staff=True, groups=["accueil"]))

    page = client.get(reverse("admin:internships_planning"))

    assert "Chambre bleue" in page.content.decode()


def test_a_member_without_a_dwelling_is_told_how(client):
    client.force_login(member_of(OrganisationFactory()))

    page = client.get(reverse("internships:my-dwellings")).content.decode()

    assert "Aucun logement pour l’instant" in page


def test_conflicts_are_told_whole(home):
    stay = OccupationFactory(
        stay=True, room__dwelling=home, period=days("2026-11-02", "2027-05-01")
    )

    said = actions.told(stay).replace("\xa0", " ")

    who = stay.request.person
    assert said == f"Séjour de {who}, du 2 novembre 2026 au 30 avril 2027."
