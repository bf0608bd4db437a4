"""Plans, visits and installations at the desk, in the week, and once forgotten."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from installation import retention, week
from installation.actions import settlements
from installation.models import FollowUp, Plan, Settlement, Step, Visit
from installation.plan_template import settle
from territory.models import Commune
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    PlanFactory,
    RequestFactory,
    SettlementFactory,
    StepFactory,
    VisitFactory,
    VisitStopFactory,
)


@pytest.fixture
def officer(client, dossier, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(dossier.case_worker)
    return dossier.case_worker


def act(client, name, dossier, *args, **data):
    url = reverse(f"admin:installation_{name}", args=[dossier.pk, *args])
    return client.post(url, data)


@pytest.mark.parametrize("tab", ["plan", "visites", "installation"])
def test_each_tab_opens_empty_and_full(client, officer, dossier, tab):
    url = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    empty = client.get(url, {"onglet": tab})
    StepFactory(plan__request=dossier)
    VisitStopFactory(visit__request=dossier)
    SettlementFactory(request=dossier)

    full = client.get(url, {"onglet": tab})

    assert (empty.status_code, full.status_code) == (200, 200)


def test_the_commune_of_an_installation_is_searched_for(client, officer, dossier):
    dossier.communes.set([Commune.objects.get(name="Nérac")])
    url = reverse("admin:installation_settlement_declare", args=[dossier.pk])

    page = client.get(url).content.decode()

    assert "js/commune-field" in page
    assert '<option value="47195" selected>' in page


def test_the_desk_opens_moves_and_completes_a_plan(client, officer, dossier):
    settle()
    soon = (timezone.localdate() + dt.timedelta(days=90)).isoformat()

    act(client, "plan_open", dossier, planned_on=soon)
    said = {"title": "Bail", "due_on": soon, "owner": "desk", "track": "professional"}
    act(client, "step_add", dossier, **said)
    step = Step.objects.get(title="Bail")
    act(client, "step_edit", dossier, step.pk, **said | {"title": "Signer le bail"})
    act(client, "step_drop", dossier, step.pk, reason="Déjà signé.")
    act(client, "step_restore", dossier, step.pk)
    act(client, "step_finish", dossier, Step.objects.first().pk)
    refused = act(client, "plan_move", dossier, planned_on="2027-02-30")

    step.refresh_from_db()
    assert (step.title, step.is_remaining) == ("Signer le bail", True)
    assert Step.objects.exclude(done_at=None).count() == 1
    assert refused.status_code == 200
    assert Plan.objects.get().planned_on.isoformat() == soon


def test_a_stop_that_ends_before_it_starts_keeps_what_was_typed(
    client, officer, dossier
):
    visit = VisitFactory(request=dossier)

    response = act(
        client,
        "stop_add",
        dossier,
        visit.pk,
        starts_at="11:00",
        ends_at="09:00",
        place="Mairie de Nérac",
        audience="everyone",
    )

    page = response.content.decode()
    assert "La fin vient après le début" in page
    assert "Mairie de Nérac" in page
    assert not visit.stops.exists()


def test_proofs_that_do_not_prove_are_refused_in_words(client, officer, dossier):
    SettlementFactory(request=dossier)

    response = act(client, "settlement_validate", dossier, proofs=["has_urssaf"])

    assert "inscription au tableau de l&#x27;Ordre" in response.content.decode()
    assert Settlement.objects.get().state == "declared"


def test_rows_of_another_dossier_are_not_found(client, officer, dossier):
    step, visit = StepFactory(), VisitFactory()

    for name, row in (("step_undo", step), ("visit_confirm", visit)):
        assert act(client, name, dossier, row.pk).status_code == 404


def test_only_the_desk_acts(client, dossier):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    response = act(client, "plan_open", dossier, planned_on="2027-05-03")

    assert response.status_code in (302, 403)
    assert not Plan.objects.exists()


def test_the_week_says_what_is_the_desk_s(dossier):
    today = timezone.localdate()
    plan = PlanFactory(request=dossier, planned_on=today)
    StepFactory(plan=plan, title="Plans", owner="desk", offset_days=0)
    StepFactory(plan=plan, title="Assurance", owner="doctor", offset_days=-1)
    StepFactory(plan=plan, title="CPTS", owner="partner", offset_days=-1)
    VisitFactory(request=dossier, day=today - dt.timedelta(days=1))
    VisitFactory(request=dossier, other_day_wanted="Un lundi")
    SettlementFactory(request=dossier)

    titles = [
        line.title.partition(" : ")[0]
        for line in week.lines(dossier.case_worker, today)
        if "onglet" in line.url
    ]

    assert titles == [
        "CPTS",
        "Plans",
        "Dire si la visite a eu lieu",
        "Proposer une autre date",
        "Valider l’installation",
    ]


def test_what_is_forgotten_leaves_the_count():
    request = RequestFactory(in_support=True)
    StepFactory(plan__request=request)
    VisitStopFactory(visit__request=request)
    settlement = SettlementFactory(request=request, address="2 place du Marché")
    proofs = {"has_order", "has_contract"}
    settlements.validate(settlement, proofs=proofs, by=request.case_worker)
    person = Person.objects.get(pk=request.applicant_id)
    taken = retention.export(person)[0]

    retention.forget(request)

    assert taken["installation"]["adresse"] == "2 place du Marché"
    assert len(taken["plan d'action"]["étapes"]) == 1
    assert not Plan.objects.exists()
    assert not Visit.objects.exists()
    assert not FollowUp.objects.exists()
    assert Settlement.objects.get().address == ""
