"""Placements: declared, begun, cancelled, looked back on, and forgotten in time."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import consents
from accounts.models import Consent
from casework.models import Message
from internships import assessments, placement_checks, placement_keeping
from internships.actions import interests, placements
from internships.models import Assessment, Interest, Placement
from internships.reminders.interests import to_assess
from internships.space import lines as space_lines
from internships.week import lines as week_lines
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.installation.factories import desk_user
from tests.internships.factories import (
    HousingRequestFactory,
    InterestFactory,
    PlacementFactory,
    PlacementSiteFactory,
    SemesterFactory,
    days,
)
from tests.territory.factories import (
    CommuneFactory,
    DeskFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)

TODAY = timezone.localdate()
MARKS = dict.fromkeys(Assessment.QUESTIONS, 4)


def over(**more):
    """Ended ten days ago."""
    ended = TODAY - dt.timedelta(days=10)
    period = days(ended - dt.timedelta(days=90), ended)
    return PlacementFactory(period=period, semester=None, **more)


def running(**more):
    period = days(TODAY - dt.timedelta(days=10), TODAY + dt.timedelta(days=80))
    return PlacementFactory(period=period, semester=None, **more)


@pytest.fixture
def student(client):
    DeskFactory()
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("kind", "code"), [("n1", "ZIP"), ("dental_active", "très sous-dotée")]
)
def test_the_zone_is_the_one_of_the_first_day_and_of_the_studies(kind, code):
    nerac = CommuneFactory(nerac=True)
    for zoning_kind, zone in (("ars_doctors", "ZIP"), ("ars_dentists", code)):
        zoning = ZoningFactory(kind=zoning_kind, valid=days("2026-01-01", "2027-01-01"))
        ZoneAssignmentFactory(zoning=zoning, commune=nerac, category_code=zone)
    placement = PlacementFactory.build(
        person=PersonFactory(),
        kind=kind,
        semester=None,
        period=days("2026-11-02", "2027-05-03"),
        site=PlacementSiteFactory(commune=nerac),
        commune=nerac,
    )

    placements.declare(placement, accepted_wording="D'accord.", by=None)

    placement.refresh_from_db()
    assert (placement.zone_code, placement.zoning.kind) == (
        code,
        "ars_dentists" if kind == "dental_active" else "ars_doctors",
    )
    assert Message.objects.get().template_key == "internships.placement-noted"


def test_two_placements_of_a_person_may_overlap():
    first = running()

    second = running(person=first.person)

    assert list(Placement.objects.of(first.person).on(TODAY).order_by("pk")) == [
        first,
        second,
    ]


# --- Declared arrivals ---------------------------------------------------------------


def said(**more):
    return {
        "kind": "n1",
        "modality": "full",
        "place_name": "Cabinet du docteur Pujol",
        "commune": CommuneFactory(nerac=True).code,
        "first_on": "2026-11-02",
        "last_on": "2027-05-02",
        "accepts": "on",
        **more,
    }


def test_a_student_declares_where_they_come(client, student):
    semester = SemesterFactory()

    done = client.post(reverse("internships:placement-declare"), said())

    placement = Placement.objects.get()
    assert done.url == placement.get_absolute_url()
    assert (placement.person, placement.where, placement.semester) == (
        student.person,
        "Cabinet du docteur Pujol",
        semester,
    )
    assert placement.period == days("2026-11-02", "2027-05-03")
    assert "D. 1511-52" in placement.indemnities_wording


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_on": "2026-11-01"}, "last_on"),
        ({"last_on": "2028-01-01"}, "last_on"),
        ({"first_on": "2001-02-29"}, "first_on"),
        ({"first_on": "1998-11-02", "last_on": "1999-05-02"}, "first_on"),
        ({"place_name": ""}, "place_name"),
        ({"commune": ""}, "commune"),
        ({"kind": "king"}, "kind"),
        ({"accepts": ""}, "accepts"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_the_rest_stays(
    client, student, wrong, field
):
    page = client.post(reverse("internships:placement-declare"), said(**wrong))

    assert list(page.context["form"].errors) == [field]
    assert Placement.objects.count() == 0
    if field != "place_name":
        assert "Cabinet du docteur Pujol" in page.content.decode()


def test_one_day_across_the_change_of_the_hour_and_a_29_february(client, student):
    for first, last in (("2026-10-25", "2026-10-25"), ("2028-02-29", "2028-03-31")):
        client.post(
            reverse("internships:placement-declare"),
            said(first_on=first, last_on=last),
        )

    periods = Placement.objects.order_by("period").values_list("period", flat=True)
    assert list(periods) == [
        days("2026-10-25", "2026-10-26"),
        days("2028-02-29", "2028-04-01"),
    ]


# --- Their pages -------------------------------------------------------------------


def test_pages_are_their_owner_s_and_nobody_else_s(client, student):
    mine, ended = running(person=student.person), over(person=student.person)
    pages = [
        mine.get_absolute_url(),
        reverse("internships:placement-cancel", args=[mine.pk]),
        reverse("internships:assessment", args=[ended.pk]),
    ]
    assert [client.get(url).status_code for url in pages] == [200, 200, 200]

    client.force_login(UserFactory())

    assert [client.get(url).status_code for url in pages] == [404, 404, 404]


def test_a_cancellation_says_why_and_is_told_to_both_once():
    DeskFactory()
    placement = interests.confirm(
        InterestFactory(accepted=True), accepted_wording="Oui."
    )
    Message.objects.all().delete()

    with pytest.raises(ValidationError, match="pourquoi"):
        placements.cancel(placement, " ", by=None)
    placements.cancel(placement, "Une autre affectation.", by=None)
    with pytest.raises(ValidationError, match="déjà annulé"):
        placements.cancel(placement, "Encore.", by=None)

    keys = Message.objects.order_by("pk").values_list("template_key", flat=True)
    assert list(keys) == [
        "internships.placement-cancelled",
        "internships.placement-cancelled-host",
    ]
    assert Interest.objects.get().state == "withdrawn"
    assert list(placement_checks.checks()) == []


def test_a_host_sees_who_arrives_and_notes_it(client):
    DeskFactory()
    placement = running(person__first_name="Hugo", person__last_name="Marty")
    member = UserFactory()
    MembershipFactory(person=member.person, organisation=placement.site.organisation)
    client.force_login(member)

    page = client.get(reverse("internships:arrivals"))
    client.post(reverse("internships:placement-arrive", args=[placement.pk]))

    placement.refresh_from_db()
    assert "Hugo Marty" in page.content.decode()
    assert placement.arrived_at is not None
    client.force_login(UserFactory())
    assert (
        "Hugo Marty" not in client.get(reverse("internships:arrivals")).content.decode()
    )
    stranger = client.post(reverse("internships:placement-arrive", args=[placement.pk]))
    assert stranger.status_code == 404


# --- The assessment ------------------------------------------------------------------


def test_six_answers_a_licence_and_an_agreement(client, student):
    placement = over(person=student.person)
    url = reverse("internships:assessment", args=[placement.pk])

    refused = client.post(url, MARKS | {"welcome": "7"})
    client.post(
        url,
        MARKS
        | {
            "comment": "Une belle équipe.",
            "locum_licence_on": "2026-06-01",
            "keep_in_touch": "on",
        },
    )
    client.post(url, MARKS | {"welcome": 5})

    placement.refresh_from_db()
    assert list(refused.context["form"].errors) == ["welcome"]
    assert (placement.assessment.welcome, placement.assessment.variety) == (5, 4)
    assert placement.locum_licence_on == dt.date(2026, 6, 1)
    assert consents.active(student.person, Consent.Purpose.KEEP_IN_TOUCH)


def test_a_placement_that_runs_is_not_assessed():
    with pytest.raises(ValidationError, match="pas encore terminé"):
        placements.assess(running(), MARKS)


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
def test_marks_show_from_five_answers_on(count, shown):
    site = PlacementSiteFactory()
    for number in range(count):
        marks = MARKS | {"welcome": 5 if number else 1}
        placements.assess(over(site=site), marks)

    found = assessments.of_site(site)

    assert bool(found) is shown
    if found:
        assert found.count == 5
        assert [mean for _sentence, mean in found.averages] == [
            Decimal("4.2"),
            *[Decimal("4.0")] * 5,
        ]


def test_who_has_finished_is_asked_until_they_answer():
    placement = over()
    over(cancelled_at=timezone.now(), cancelled_because="Autre choix.")

    assert [due.subject for due in to_assess(TODAY)] == [placement]

    placements.assess(placement, MARKS)
    assert list(to_assess(TODAY)) == []


# --- What gathers them -------------------------------------------------------------


def test_the_space_says_what_is_expected(student):
    person = student.person
    InterestFactory(person=person, accepted=True)
    over(person=person)

    found = list(space_lines(person))

    assert sum(1 for line in found if line.task) >= 2
    assert {line.task_action for line in found if line.task} == {"Répondre"}


def test_the_week_shows_silences_and_arrivals():
    DeskFactory()
    interest = InterestFactory()
    long_ago = timezone.now() - dt.timedelta(days=60)
    Interest.objects.filter(pk=interest.pk).update(created_at=long_ago)
    monday = TODAY - dt.timedelta(days=TODAY.weekday())
    PlacementFactory(period=days(monday, monday + dt.timedelta(days=30)))

    found = list(week_lines(desk_user(), TODAY))

    titles = {line.title.split(" : ")[0] for line in found}
    assert {str(interest.offer.site), "Arrivée"} <= titles
    assert list(week_lines(UserFactory(), TODAY)) == []


def test_two_years_later_nothing_is_left_but_a_count():
    long_ago = days("2020-11-02", "2021-05-03")
    placement = PlacementFactory(period=long_ago)
    placements.assess(placement, MARKS)
    housed = PlacementFactory(period=long_ago)
    HousingRequestFactory(placement=housed, person=housed.person)
    running()

    due = placement_keeping.old_placements(TODAY)

    assert list(due) == [placement]
    assert placement_keeping.category(placement) == "n1/2020/"
    placement_keeping.delete_placement(placement)
    assert Placement.objects.filter(pk=placement.pk).count() == 0
    assert Assessment.objects.count() == 0


def test_their_own_data_tells_all_of_it(student):
    interest = InterestFactory(person=student.person, word="Bonjour.")
    placements.assess(over(person=student.person), MARKS, comment="Bien.")

    told = placement_keeping.export(student.person)

    assert told[0]["mot"] == interest.word
    assert told[1]["bilan"]["mot"] == "Bien."


# --- The desk ------------------------------------------------------------------------


@pytest.fixture
def desk(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    client.force_login(desk_user())
    return client


def test_the_desk_reads_and_notes_what_it_hears(desk):
    interest = InterestFactory()
    base = f"/gestion/internships/interest/{interest.pk}"

    pages = [
        desk.get("/gestion/internships/interest/"),
        desk.get(f"{base}/change/"),
        desk.get(f"{base}/oui/"),
    ]
    desk.post(f"{base}/oui/", {"answer": "Avec plaisir."})
    refused = desk.post(f"{base}/confirme/", {})
    desk.post(f"{base}/confirme/", {"accepts": "on"})

    interest.refresh_from_db()
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert list(refused.context["form"].errors) == ["accepts"]
    assert interest.state == "confirmed"
    assert interest.placement.indemnities_wording


def test_the_desk_declares_an_arrival_notes_it_and_cancels(desk):
    person = PersonFactory()
    desk.post(
        "/gestion/internships/placement/add/",
        said(person=person.pk, first_on=str(TODAY), last_on=str(TODAY)),
    )
    placement = Placement.objects.get()
    base = f"/gestion/internships/placement/{placement.pk}"

    pages = [
        desk.get("/gestion/internships/placement/"),
        desk.get("/gestion/internships/placement/add/"),
        desk.get(f"{base}/change/"),
        desk.get("/gestion/internships/assessment/"),
        desk.get("/gestion/internships/indemnityrate/"),
    ]
    desk.post(f"{base}/arrivee/")
    desk.post(f"{base}/annuler/", {"reason": "Une autre affectation."})

    placement.refresh_from_db()
    assert [page.status_code for page in pages] == [200] * 5
    assert placement.person == person
    assert placement.arrived_at is not None
    assert not placement.is_kept
