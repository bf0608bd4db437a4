import datetime as dt
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ConsistencyRun
from casework.actions import announce_absence
from casework.models import Task
from casework.week import Line
from installation.models import Plan, Settlement, Visit
from portal import handover, week_sheet
from portal import week as gathering
from portal.week import Week, due_lines
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import (
    ExchangeFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import CommuneFactory, OrganisationFactory

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


# --- The parts of the page ---------------------------------------------------------


def test_a_partner_who_keeps_waiting_is_on_the_page(client):
    user = desk_user()
    dossier = RequestFactory(in_support=True, case_worker=user)
    today = timezone.localdate()
    long_ago = timezone.now() - dt.timedelta(days=30)
    for name, sent_at in (("CPAM", timezone.now()), ("Ordre", long_ago)):
        organisation = OrganisationFactory(name=name, phone="05 36 49 05 05")
        ReferralFactory(
            need__request=dossier, organisation=organisation, sent_at=sent_at
        )

    week = gathering.gather(user, today)

    assert [(line.title, line.phone) for line in week.of("waiting")] == [
        ("Ordre", "05 36 49 05 05")
    ]


def test_what_a_partner_wrote_breaks_its_silence():
    user = desk_user()
    dossier = RequestFactory(in_support=True, case_worker=user)
    now = timezone.now()
    for name, side, days in (
        ("CPAM", "partner", 2),
        ("Mairie", "partner", 25),
        # Whoever waits writes again: that is no sign of the partner.
        ("Ordre", "person", 2),
    ):
        referral = ReferralFactory(
            taken=True,
            need__request=dossier,
            organisation=OrganisationFactory(name=name),
            sent_at=now - dt.timedelta(days=40),
            taken_at=now - dt.timedelta(days=30),
        )
        referral.messages.create(
            side=side, body="Bonjour.", created_at=now - dt.timedelta(days=days)
        )

    week = gathering.gather(user, timezone.localdate())

    assert [(line.title, line.due_on) for line in week.of("waiting")] == [
        ("Ordre", timezone.localdate(now - dt.timedelta(days=30))),
        ("Mairie", timezone.localdate(now - dt.timedelta(days=25))),
    ]


def test_somebody_left_without_news_is_on_the_page():
    user = desk_user()
    today = timezone.localdate()
    # At noon: counted back across the summer time, late in the evening is tomorrow.
    noon = timezone.make_aware(dt.datetime.combine(today, dt.time(12)))
    for days in (59, 61):
        RequestFactory(
            in_support=True,
            case_worker=user,
            last_name=f"Silence{days}",
            last_exchange_at=noon - dt.timedelta(days=days),
        )

    week = gathering.gather(user, today)

    assert [line.title for line in week.of("silent")] == ["Inès Silence61"]


def test_arrivals_visits_and_departures_are_on_the_page():
    user = desk_user()
    today = timezone.localdate()
    dossier = RequestFactory(in_support=True, case_worker=user)
    for days in (-1, 3, 40):
        Visit.objects.create(
            request=dossier, day=today + dt.timedelta(days=days), created_by=user
        )
    Plan.objects.create(
        request=dossier, planned_on=today + dt.timedelta(days=20), opened_by=user
    )
    Settlement.objects.create(
        request=RequestFactory(in_support=True, case_worker=desk_user()),
        person=PersonFactory(),
        commune=CommuneFactory(nerac=True),
        mode="liberal",
        first_day_on=today + dt.timedelta(days=5),
    )

    week = gathering.gather(user, today)

    assert [line.title for line in week.of("coming")] == [
        "Visite : Inès Caubet",
        "Premier jour : Inès Caubet",
        "Arrivée prévue : Inès Caubet",
    ]


def test_what_is_taken_over_comes_back_after():
    claire, mathilde = desk_user(), desk_user()
    today = timezone.localdate()
    dossier = RequestFactory(in_support=True, case_worker=claire, next_action_on=today)
    announce_absence(
        claire, first_day=today, last_day=today, stand_in=mathilde, by=claire
    )

    def covered(user, day):
        return [
            line.url.split("/")[-3]
            for line in gathering.gather(user, day).of("covered")
            if line.instead_of
        ]

    assert covered(mathilde, today) == [str(dossier.pk)]
    assert covered(mathilde, today + dt.timedelta(days=1)) == []
    assert gathering.gather(mathilde, today).due != []


# --- On paper ---------------------------------------------------------------------


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def busy(sections=("due", "waiting", "coming", "silent", "failed", "covered")):
    return [
        Line(
            MONDAY + dt.timedelta(days=n % 9 - 3),
            f"Rappeler la docteure Évangéline de Saint-Pastour {n} " * 3,
            "/",
            detail="Une longue explication qui ne tient pas sur une ligne " * 3,
            who="Mathilde Laborde",
            section=section,
            instead_of="Claire Dumas" if section == "covered" else "",
        )
        for section in sections
        for n in range(30)
    ]


@pytest.mark.parametrize("lines", [[], busy(("due",)), busy()])
def test_the_week_is_one_sheet_of_paper(lines):
    content = week_sheet.pdf(Week(MONDAY, lines), desk_user())

    assert pages(content) == 1


def test_what_does_not_fit_is_counted():
    parts, empty = week_sheet.fit(Week(MONDAY, busy()))

    whole = dict(week_sheet.parts_of(Week(MONDAY, busy())))
    assert all(len(part.lines) + part.more == len(whole[part.title]) for part in parts)
    assert (len(parts), empty) == (7, [])


@pytest.mark.parametrize(
    ("counts", "rows", "shown"),
    [
        ([], 10, []),
        ([2, 30], 10, [2, 8]),
        ([9, 9, 9], 4, [2, 1, 1]),
        ([1, 1], 10, [1, 1]),
        ([5], 0, [0]),
    ],
)
def test_a_page_is_shared_in_turn(counts, rows, shown):
    assert week_sheet.share(counts, rows) == shown


def test_the_sheet_is_for_the_desk(client):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))
    assert client.get(reverse("gestion:week-sheet")).status_code == 403

    client.force_login(desk_user())
    response = client.get(reverse("gestion:week-sheet"))
    assert response["Content-Type"] == "application/pdf"


# --- Hand-over --------------------------------------------------------------------


@pytest.fixture
def absence():
    claire, mathilde = desk_user(), desk_user()
    dossier = RequestFactory(in_support=True, case_worker=claire, phone="+33536490142")
    ReferralFactory(need__request=dossier)
    ExchangeFactory(request=dossier, body="Je viens jeudi.")
    Task.objects.create(title="Envoyer le bail", due_on=MONDAY, subject=dossier)
    Task.objects.create(title="Commander des cartes", due_on=MONDAY, owner=claire)
    today = timezone.localdate()
    return announce_absence(
        claire,
        first_day=today,
        last_day=today + dt.timedelta(days=9),
        stand_in=mathilde,
        by=claire,
    )


def test_the_booklet_tells_what_a_stand_in_needs(absence):
    booklet = handover.gather(absence)

    (sheet,) = booklet.sheets
    assert [task.title for task in sheet.tasks] == ["Envoyer le bail"]
    assert (len(sheet.referrals), sheet.excerpt) == (1, "Je viens jeudi.")
    assert [task.title for task in booklet.tasks] == ["Commander des cartes"]
    assert len(booklet.due) == 3


def test_the_booklet_costs_the_same_however_many(absence, django_assert_num_queries):
    RequestFactory.create_batch(3, in_support=True, case_worker=absence.user)

    with django_assert_num_queries(8):
        handover.gather(absence)


def test_the_booklet_is_for_the_desk(client, absence):
    url = reverse("gestion:handover", args=[absence.pk])
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))
    assert client.get(url).status_code == 403

    client.force_login(absence.stand_in)
    response = client.get(url)
    assert (response.status_code, pages(response.content)) == (200, 1)
