"""The letters of an agreement, as the days pass."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from bursaries import reminders
from bursaries.actions import clock
from bursaries.models import Agreement
from bursaries.reminding import Event
from casework import ladders
from casework.models import LadderStep, Message
from tests.bursaries.test_clock import DIPLOMA, graduated, now, on, paper, settled
from tests.territory.factories import DeskFactory, ZoningFactory

D = dt.date


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory(email="guichet@example.org")


def letters(day, *, kind="reminder") -> list[tuple[str, str]]:
    """What one night sends: the message and its address."""
    before = set(Message.objects.values_list("pk", flat=True))
    with on(day):
        ladders.run(day)
    sent = Message.objects.exclude(pk__in=before).filter(template_key__contains=kind)
    return sorted(
        (one.template_key.removeprefix("bursaries.agreement-reminder-"), one.recipient)
        for one in sent
    )


def person_of(one) -> str:
    return one.person.email


def test_the_certificate_is_asked_for_three_times_then_no_more(agreement):
    person = person_of(agreement)
    asked = [("enrolment", person)]

    assert letters(D(2027, 9, 1)) == asked
    assert letters(D(2027, 9, 2)) == []
    assert letters(D(2027, 10, 1)) == asked
    assert letters(D(2027, 11, 1)) == asked
    assert letters(D(2027, 11, 20)) == []


def test_a_paper_sent_stops_what_asks_for_it(agreement, claire):
    letters(D(2027, 9, 1))
    with on(D(2027, 9, 20)):
        sent = paper(agreement, "enrolment", claire, year=2027)

    assert letters(D(2027, 10, 1)) == []
    with on(D(2027, 10, 2)):
        clock.reject_proof(sent, note="Illisible.", by=claire)
    assert letters(D(2027, 10, 3)) == [("enrolment", person_of(agreement))]


def test_both_are_told_that_time_to_settle_passes(agreement, claire):
    graduated(agreement, claire)
    person, desk = person_of(agreement), "guichet@example.org"
    end = DIPLOMA.replace(year=2031)

    for day in (D(2030, 7, 15), D(2030, 10, 15), D(2030, 12, 15)):
        assert letters(day) == [("desk", desk), ("settle", person)]
    assert letters(end) == [("desk", desk), ("settle-late", person)]
    assert letters(end + dt.timedelta(40)) == []


def test_who_comes_late_gets_one_letter_and_not_all(agreement, claire):
    graduated(agreement, claire)

    sent = letters(D(2030, 12, 20))

    assert sent == [
        ("desk", "guichet@example.org"),
        ("settle", person_of(agreement)),
    ]


def test_nothing_is_sent_while_suspended_but_to_come_back(
    agreement,
    claire,
):
    graduated(agreement, claire)
    with on(D(2030, 2, 1)):
        clock.suspend(
            agreement,
            reason="maternity",
            since=D(2030, 7, 1),
            until=D(2030, 10, 21),
            by=claire,
        )

    assert letters(D(2030, 7, 15)) == []
    assert letters(D(2030, 9, 21)) == [
        ("desk", "guichet@example.org"),
        ("suspension-end", person_of(agreement)),
    ]


def test_a_declaration_is_asked_for_each_year(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)
    person = person_of(agreement)

    assert letters(D(2030, 12, 16)) == [("declaration", person)]
    assert letters(D(2031, 1, 15)) == [("declaration", person)]
    assert letters(D(2031, 2, 14)) == [("declaration-late", person)]
    assert letters(D(2031, 3, 16)) == [("declaration-late", person)]
    assert letters(D(2031, 6, 1)) == []
    assert letters(D(2034, 10, 15)) == [
        ("desk", "guichet@example.org"),
        ("service-end", person),
    ]


def test_a_new_zoning_is_told_once_to_the_desk(agreement):
    ZoningFactory(
        region_code="99", version="2027", valid=DateRange(D(2027, 3, 1), None)
    )

    assert letters(D(2027, 3, 2)) == [("zoning", "guichet@example.org")]
    assert letters(D(2027, 3, 3)) == []


def test_the_page_says_what_is_sent_next(
    agreement,
    claire,
    client,
    settings,
):
    settings.SECOND_FACTOR_REQUIRED = False
    with on(D(2026, 12, 1)):
        client.force_login(claire)
        page = client.get(
            reverse("admin:bursaries_agreement_change", args=[agreement.pk])
        ).content.decode()

    assert "septembre 2027" in page, page[page.index("Prochain rappel") :][:300]
    assert "Certificat de scolarité" in page


def test_a_step_that_staff_switched_off_is_not_announced(agreement):
    LadderStep.objects.filter(ladder__startswith="bursaries.enrolment").update(
        is_active=False
    )

    with on(D(2026, 12, 1)):
        moment = reminders.upcoming(now(agreement), D(2026, 12, 1))

    assert moment.rung.event == Event.STUDY_END


def test_a_night_asks_the_same_number_of_questions_however_many(
    agreement,
    django_assert_max_num_queries,
):
    """Nothing to send: the night looks, and no more."""
    day = D(2027, 2, 1)
    with django_assert_max_num_queries(len(ladders.ladders()) * 4):
        ladders.run(day)
    assert Agreement.objects.count() == 1
