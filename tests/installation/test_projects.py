"""Projects of structures: what may follow what, and who reads them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import Entry
from installation.actions import projects
from installation.models import PROJECT_TRANSITIONS, StructureProject
from tests.accounts.factories import UserFactory
from tests.territory.factories import CommuneFactory, HealthStructureFactory

State = StructureProject.State
DAY = date(2026, 11, 23)


def make(state=State.STUDIED, **values):
    fields = {
        "name": "Maison de santé du Gravier",
        "kind": "health_house",
        "commune": CommuneFactory(nerac=True),
        "state": state,
    }
    if state == State.VOTED:
        fields |= grant()
    if state == State.OPEN:
        fields["opened_on"] = date(2024, 3, 1)
    if state == State.ABANDONED:
        fields["abandoned_because"] = "Plus de porteur"
    return StructureProject.objects.create(**(fields | values))


def grant(voted="120000", paid="0"):
    return {
        "deliberation_number": "2025-CP-112",
        "deliberation_on": date(2025, 6, 20),
        "amount_voted": Decimal(voted),
        "amount_paid": Decimal(paid),
    }


@pytest.mark.parametrize("start", State.values)
@pytest.mark.parametrize("end", State.values)
def test_a_project_only_moves_along_the_table(start, end):
    project = make(start, **grant())
    move = {"day": date(2026, 1, 5), "reason": "Plus de porteur"}

    if end in PROJECT_TRANSITIONS[start]:
        project.move(end, **move)
        assert project.state == end
    else:
        with pytest.raises(ValidationError):
            project.move(end, **move)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (grant(paid="120000.01"), "paid_within_the_vote"),
        ({"amount_paid": Decimal("10")}, "paid_within_the_vote"),
        (grant() | {"deliberation_number": ""}, "grant_has_a_vote"),
        (grant() | {"deliberation_on": None}, "grant_has_a_vote"),
        ({"state": "voted"}, "voted_has_an_amount"),
        ({"state": "open"}, "open_since_a_day"),
        ({"opened_on": DAY}, "open_since_a_day"),
        ({"state": "abandoned"}, "abandoned_for_a_reason"),
    ],
)
def test_the_database_defends_what_must_hold(values, sentence):
    project = make()

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        StructureProject.objects.filter(pk=project.pk).update(**values)


def test_opening_a_project_opens_its_structure_and_is_written_down():
    structure = HealthStructureFactory(status="project")
    project = make(State.WORKS, structure=structure, **grant())
    by = UserFactory(groups=["accueil"])

    projects.move(project, State.OPEN, day=date(2026, 9, 1), today=DAY, by=by)

    structure.refresh_from_db()
    assert (structure.status, structure.opened_on) == ("open", date(2026, 9, 1))
    entry = Entry.objects.get(verb="installation.project.moved")
    assert (entry.actor, entry.data) == (by, {"from": "works", "to": "open"})


def test_a_project_does_not_open_tomorrow():
    with pytest.raises(ValidationError, match="encore à venir"):
        projects.move(
            make(State.WORKS), State.OPEN, day=date(2026, 12, 1), today=DAY, by=None
        )


@pytest.fixture
def sign_in(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(*groups):
        user = UserFactory(is_staff=True, groups=groups, second_factor=False)
        client.force_login(user)
        return client

    return sign_in


def address(name, *args):
    return reverse(f"admin:installation_structureproject_{name}", args=args)


def test_an_elected_official_reads_all_but_the_notes_and_changes_nothing(sign_in):
    project = make(notes="Rappeler Mme Untel", **grant())
    client = sign_in("elus")

    page = client.get(address("change", project.pk)).content.decode()

    assert "Maison de santé du Gravier" in page
    assert "Untel" not in page
    assert client.post(address("change", project.pk), {"name": "X"}).status_code == 403
    assert client.get(address("move", project.pk)).status_code == 403
    project.refresh_from_db()
    assert project.name == "Maison de santé du Gravier"


def test_the_list_of_the_desk_reads_amounts_as_people_do(sign_in):
    client = sign_in("accueil")
    make(State.VOTED, amount_paid=Decimal("45000.5"))

    page = client.get(reverse("admin:installation_structureproject_changelist"))

    for amount in ("120 000 €", "45 000,50 €"):
        assert amount.replace(" ", "\u00a0") in page.content.decode()


def test_the_overview_counts_what_is_open_and_what_was_voted(sign_in):
    make(State.OPEN, name="Maison A", **grant("100000", "60000"))
    make(State.OPEN, name="Maison B", is_public=False)
    make(State.WORKS, name="Maison C", **grant("50000"))
    make(State.ABANDONED, name="Maison D")

    page = sign_in("elus").get(address("overview")).content.decode()

    assert "2 en service (1 de portage public, 1 de portage privé), 1 en projet" in page
    assert "150\xa0000&nbsp;€" in page
    assert "Maison C" in page
    assert "Maison D" not in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_overview_costs_the_same(sign_in, count, django_assert_max_num_queries):
    for number in range(count):
        make(State.OPEN, name=f"Maison {number}")
    client = sign_in("elus")

    with django_assert_max_num_queries(14):
        response = client.get(address("overview"))

    assert response.content.decode().count("Maison ") >= count


def test_the_desk_moves_a_project_with_a_button(sign_in):
    project = make(State.WORKS)
    client = sign_in("accueil")

    refused = client.post(address("move", project.pk), {"to": "open", "day": ""})
    moved = client.post(
        address("move", project.pk), {"to": "open", "day": "2026-09-01"}
    )

    assert "Donnez la date d" in refused.content.decode()
    assert moved.status_code == 302
    project.refresh_from_db()
    assert (project.state, project.opened_on) == ("open", date(2026, 9, 1))


def test_a_stranger_and_a_visitor_see_nothing(client, sign_in):
    visitor = client.get(address("overview"))
    client.force_login(UserFactory())
    stranger = client.get(address("overview"))

    assert (visitor.status_code, stranger.status_code) == (302, 302)
