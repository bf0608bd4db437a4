import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ConsistencyRun
from casework.week import Line
from portal import week as gathering
from portal.week import Week, due_lines
from tests.accounts.factories import UserFactory
from tests.installation.factories import RequestFactory, desk_user

MONDAY = dt.date(2026, 11, 23)


def line(offset, **options):
    return Line(MONDAY + dt.timedelta(days=offset), "Rappeler", "/", **options)


def test_week_tells_late_from_due():
    lines = [line(-1), line(0), line(6), line(7)]

    week = Week(MONDAY + dt.timedelta(days=0), lines)

    assert (week.late, week.due) == (lines[:1], lines[1:3])


def test_week_starts_on_monday():
    assert Week(MONDAY + dt.timedelta(days=4), []).starts_on == MONDAY


@pytest.mark.parametrize(
    ("offset", "state", "label"),
    [
        (-1, "wait", "En retard"),
        (0, "you", "À nous"),
        (0, "blocked", "Bloqué"),
        (0, "never heard of", "En cours"),
    ],
)
def test_a_late_line_says_so_whatever_its_state(offset, state, label):
    week = Week(MONDAY, [line(offset, state=state)])

    assert [row.label for row in week.rows] == [label]


def test_lines_come_oldest_first():
    user = desk_user()
    today = timezone.localdate()
    later = RequestFactory(
        in_support=True, case_worker=user, next_action_on=today + dt.timedelta(days=1)
    )
    sooner = RequestFactory(in_support=True, case_worker=user, next_action_on=today)

    urls = [found.url for found in due_lines(user, today)]

    name = "admin:installation_installationrequest_change"
    assert urls == [reverse(name, args=[one.pk]) for one in (sooner, later)]


def test_week_is_empty_with_a_sentence(client):
    client.force_login(desk_user())

    response = client.get(reverse("admin:index"))

    assert "Rien n’est dû cette semaine" in response.content.decode()


@pytest.mark.parametrize("group", ["finances", "communication", "elus"])
def test_other_roles_see_no_dossier(client, group):
    RequestFactory(submitted=True, first_name="Zénobie")
    client.force_login(UserFactory(is_staff=True, groups=[group]))

    response = client.get(reverse("admin:index"))

    page = response.content.decode()
    assert response.status_code == 200
    assert ("Zénobie" in page, "Nouvel appel" in page) == (False, False)


def queries_of_the_week(client, count):
    user = desk_user()
    RequestFactory.create_batch(count, in_support=True, case_worker=user)
    RequestFactory.create_batch(count, submitted=True)
    client.force_login(user)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse("admin:index")).status_code == 200
    return len(queries)


def test_week_costs_the_same_however_long(client):
    assert queries_of_the_week(client, 1) == queries_of_the_week(client, 6)


def told(*sentences):
    return [{"app": "installation", "finding": sentence} for sentence in sentences]


@pytest.mark.parametrize(
    ("findings", "titles"),
    [
        ([], []),
        (["Demande 1."], ["Un constat du contrôle de nuit est à lever"]),
        (["A.", "B."], ["2 constats du contrôle de nuit sont à lever"]),
    ],
)
@pytest.mark.parametrize("role", ["accueil", "direction"])
def test_last_night_s_findings_are_to_be_settled(role, findings, titles):
    user = UserFactory(is_staff=True, groups=[role])
    ConsistencyRun.objects.create(
        ran_at=timezone.now() - dt.timedelta(days=1), findings=told("Levé depuis.")
    )
    run = ConsistencyRun.objects.create(findings=told(*findings))

    found = list(gathering.lines(user, MONDAY))

    assert [line.title for line in found] == titles
    url = reverse("admin:accounts_consistencyrun_change", args=[run.pk])
    assert [line.url for line in found] == [url] * len(titles)
    assert [line.detail for line in found] == findings[:1]


def test_findings_are_for_those_who_may_read_them():
    ConsistencyRun.objects.create(findings=told("Demande 1."))

    assert list(gathering.lines(UserFactory(is_staff=True), MONDAY)) == []
