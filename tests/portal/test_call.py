import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework import links, workdays
from casework.models import AccessLink, Message
from installation.models import InstallationRequest
from portal import call
from territory.models import Topic
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import DeskFactory


@pytest.fixture
def officer(client):
    DeskFactory()
    user = desk_user()
    client.force_login(user)
    return user


def sheet(**said):
    return {
        "last_name": "Garrigue",
        "first_name": "Paul",
        "phone": "05 36 49 01 77",
        "kind": "installation",
        "next_action": "Rappeler",
        "when": "deux-jours",
        "take_charge": "on",
        **said,
    }


def test_a_call_makes_a_person_and_a_dossier(client, officer):
    topics = [*Topic.objects.filter(slug__in=["premises", "childcare"])]

    response = client.post(
        reverse("gestion:call"),
        sheet(note="Il vend.", topics=[topic.pk for topic in topics]),
    )

    dossier = InstallationRequest.objects.get()
    url = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    assert (response.status_code, response.url) == (302, url)
    assert (dossier.state, dossier.case_worker, dossier.channel) == (
        "in_support",
        officer,
        "phone",
    )
    assert dossier.applicant.full_name == "Paul Garrigue"
    assert {*dossier.topics.all()} == {*topics}
    assert dossier.next_action_on == workdays.add(timezone.localdate(), 2)


def test_the_note_stays_at_the_desk(client, officer):
    client.post(reverse("gestion:call"), sheet(note="Il vend.", email="p@example.org"))

    dossier = InstallationRequest.objects.get()
    assert (dossier.message, [*dossier.exchanges.values_list("audience", "body")]) == (
        "",
        [("internal", "Appel : Il vend.")],
    )
    assert not Message.objects.filter(text__contains="Il vend").exists()


def test_whoever_gave_an_address_may_complete_the_rest(client, officer):
    client.post(reverse("gestion:call"), sheet(email="paul@example.org"))

    message = Message.objects.get(recipient="paul@example.org")
    assert (message.template_key, message.is_secret) == (
        "installation.registered",
        True,
    )
    assert [*AccessLink.objects.values_list("scope", "to_email")] == [
        ("installation.complete", "paul@example.org")
    ]


def test_the_sheet_sent_twice_notes_one_call(client, officer):
    said = sheet(submission="7f1c2f1e-1111-4222-8333-123456789abc")

    client.post(reverse("gestion:call"), said)
    client.post(reverse("gestion:call"), said | {"person": "nouvelle"})

    assert InstallationRequest.objects.count() == 1


@pytest.mark.parametrize("channel", ["phone", "email", "stand", "visit"])
def test_the_channel_is_kept(client, officer, channel):
    client.post(reverse("gestion:call"), sheet(channel=channel))

    dossier = InstallationRequest.objects.get()
    assert (dossier.channel, dossier.applicant.origin) == (channel, channel)


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        # A Monday: every word has its day.
        (
            dt.date(2026, 11, 23),
            ["aujourd-hui", "demain", "deux-jours", "lundi", "un-mois"],
        ),
        # A Friday: tomorrow is closed, and two working days lead past Monday.
        (
            dt.date(2026, 11, 27),
            ["aujourd-hui", "lundi", "deux-jours", "une-semaine"],
        ),
    ],
)
def test_quick_days_are_open_days(today, offered):
    days = call.quick_days(today)

    assert [name for name in days if name in offered] == offered
    assert len({*days.values()}) == len(days)


def test_a_typed_date_is_more_precise_than_a_word(client, officer):
    later = timezone.localdate() + dt.timedelta(days=9)

    client.post(reverse("gestion:call"), sheet(next_action_on=later.isoformat()))

    assert InstallationRequest.objects.get().next_action_on == later


def test_a_call_joins_the_dossier_that_is_open(client, officer):
    known = PersonFactory(first_name="Paul", last_name="Garrigue", phone="")
    dossier = RequestFactory(paused=True, applicant=known, case_worker=officer)

    client.post(
        reverse("gestion:call"),
        sheet(person=f"dossier-{dossier.pk}", note="Il est prêt."),
    )

    dossier.refresh_from_db()
    known.refresh_from_db()
    assert InstallationRequest.objects.count() == 1
    assert (dossier.state, dossier.next_action) == ("in_support", "Rappeler")
    assert [one.body for one in dossier.exchanges.all()] == ["Appel : Il est prêt."]
    assert known.phone == "+33536490177"


def test_a_dossier_of_somebody_else_is_not_joined(client, officer):
    PersonFactory(first_name="Paul", last_name="Garrigue")
    other = RequestFactory(in_support=True)

    client.post(reverse("gestion:call"), sheet(person=f"dossier-{other.pk}"))

    assert not other.exchanges.exists()


def test_look_alikes_are_asked_about_first(client, officer):
    PersonFactory(first_name="Paul", last_name="Garrigue")

    response = client.post(reverse("gestion:call"), sheet())

    assert "Est-ce quelqu’un que nous connaissons ?" in response.content.decode()
    assert not InstallationRequest.objects.exists()


def test_the_person_chosen_is_not_created_again(client, officer):
    known = PersonFactory(first_name="Paul", last_name="Garrigue")
    people = Person.objects.count()

    client.post(reverse("gestion:call"), sheet(person=known.pk))

    assert InstallationRequest.objects.get().applicant == known
    assert Person.objects.count() == people


def test_somebody_new_is_created_beside_the_look_alikes(client, officer):
    known = PersonFactory(first_name="Paul", last_name="Garrigue")

    client.post(reverse("gestion:call"), sheet(person="nouvelle"))

    assert InstallationRequest.objects.get().applicant != known


def test_a_way_to_call_back_is_needed(client, officer):
    response = client.post(reverse("gestion:call"), sheet(phone="", email=""))

    assert "Notez un téléphone ou un courriel" in response.content.decode()
    assert not InstallationRequest.objects.exists()


@pytest.mark.parametrize("name", ["gestion:call", "gestion:look-alikes"])
def test_other_roles_take_no_calls(client, name):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("query", ["", "Garrigue", "\0", "x" * 3000, "😀 \u202e"])
def test_search_never_breaks(client, officer, query):
    response = client.get(reverse("gestion:search"), {"q": query})

    assert response.status_code == 200


def test_search_finds_people(client, officer):
    PersonFactory(first_name="Zénobie", last_name="Tastet")

    response = client.get(reverse("gestion:search"), {"q": "zenobie"})

    assert "Zénobie Tastet" in response.content.decode()


def test_the_search_of_the_desk_is_for_the_staff(client):
    client.force_login(UserFactory())

    assert client.get(reverse("gestion:search")).status_code == 403


# --- Completing -------------------------------------------------------------------


@pytest.fixture
def noted(client, officer):
    """A dossier opened by a call, and whoever holds its link."""
    client.post(
        reverse("gestion:call"), sheet(email="paul@example.org", note="Il hésite.")
    )
    client.logout()
    dossier = InstallationRequest.objects.get()
    token = links.issue("installation.complete", dossier, to_email=dossier.email)
    client.post(reverse("casework:link", args=[token]))
    return dossier


def page_url(dossier, *number):
    return reverse("installation:dossier-complete", args=[dossier.reference, *number])


def test_the_link_opens_the_pages_with_what_is_known(client, noted):
    page = client.get(page_url(noted)).content.decode()

    assert ("Faisons connaissance" in page, "Garrigue" in page) == (True, True)
    assert "Il hésite" not in page


def test_a_page_is_saved_then_leads_to_the_next(client, noted):
    response = client.post(
        page_url(noted, 1),
        {
            "title": "dr",
            "first_name": "Paul",
            "last_name": "Garrigue",
            "phone": "05 36 49 01 77",
            "address": "2 rue des Tanneurs",
            "postal_code": "33000",
            "city": "Bordeaux",
        },
    )

    noted.refresh_from_db()
    assert (response.status_code, response.url) == (302, page_url(noted, 2))
    assert (noted.city, noted.applicant.city, noted.state) == (
        "Bordeaux",
        "Bordeaux",
        "in_support",
    )


def test_the_dossier_invites_to_complete(client, noted):
    page = client.get(noted.get_absolute_url()).content.decode()

    assert ("À compléter, quand vous voulez" in page, "Il hésite" in page) == (
        True,
        False,
    )


def test_a_stranger_completes_nothing(client, noted):
    assert client.get(page_url(RequestFactory(in_support=True))).status_code == 404


def test_what_was_filed_online_is_not_completed(client):
    DeskFactory()
    dossier = RequestFactory(in_support=True)
    client.force_login(UserFactory(person=dossier.applicant, email=dossier.email))

    response = client.get(page_url(dossier))

    assert (response.status_code, response.url) == (302, dossier.get_absolute_url())
