import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from installation.admin import queue
from installation.admin.decisions import DECISIONS
from installation.models import InstallationRequest
from tests.accounts.factories import UserFactory
from tests.installation.factories import RequestFactory, desk_user, request_in

State = InstallationRequest.State
QUEUE = "admin:installation_installationrequest_changelist"
PAGE = "admin:installation_installationrequest_change"
TABS = ["resume", "projet", "famille", "echanges", "documents", "journal"]


@pytest.fixture
def officer(client):
    user = desk_user()
    client.force_login(user)
    return user


def listed(client, **query):
    response = client.get(reverse(QUEUE), query)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def decide(client, dossier, slug, **data):
    name = f"admin:installation_decision_{slug}"
    return client.post(reverse(name, args=[dossier.pk]), data)


def test_queue_opens_on_mine_and_nobody_s_oldest_next_step_first(client, officer):
    today = timezone.localdate()
    mine = RequestFactory(in_support=True, case_worker=officer, next_action_on=today)
    nobody_s = RequestFactory(
        submitted=True, next_action_on=today - dt.timedelta(days=1)
    )
    for state in ("in_support", "closed", "draft"):
        request_in(state)

    assert listed(client) == [nobody_s, mine]


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ({"charge": "tous"}, {"submitted", "in_support", "paused"}),
        ({"charge": "tous", "etat": "paused"}, {"paused"}),
        ({"etat": "closed"}, {"closed"}),
        ({"etat": "tous"}, {"submitted", "in_support", "paused", "closed"}),
        ({"charge": "personne"}, {"submitted"}),
        ({"charge": "nobody-knows", "etat": "no-such"}, {"submitted"}),
    ],
)
def test_queue_filters_by_state_and_person(client, officer, query, states):
    for state in State.values:
        request_in(state)

    assert {dossier.state for dossier in listed(client, **query)} == states


def test_queue_shows_what_is_overdue(client, officer):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    late = RequestFactory(submitted=True, next_action_on=yesterday)
    RequestFactory(submitted=True)

    assert listed(client, retard="oui") == [late]


@pytest.mark.parametrize(
    "text", ["BD47-2020-0007", "Zénobie", "zenobie@", "0639980177"]
)
def test_search_looks_everywhere(client, officer, text):
    found = RequestFactory(closed=True, reference="BD47-2020-0007")
    person = found.applicant
    person.first_name, person.email = "Zénobie", "zenobie@example.org"
    person.phone = "+33639980177"
    person.save()
    RequestFactory(submitted=True)

    assert listed(client, q=text) == [found]


def test_count_stops_at_a_thousand(monkeypatch):
    monkeypatch.setattr(queue, "COUNTED", 2)
    RequestFactory.create_batch(3, submitted=True)

    paginator = queue.QueuePaginator(InstallationRequest.objects.in_queue_order(), 1)

    assert (paginator.count, paginator.is_bounded) == (2, True)


def test_queue_costs_the_same_however_long(client, officer):
    def queries(count):
        RequestFactory.create_batch(count, submitted=True)
        with CaptureQueriesContext(connection) as captured:
            listed(client)
        return len(captured)

    listed(client)
    assert queries(1) == queries(8)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("state", [*State.values[1:]])
def test_every_tab_of_every_state_opens(client, officer, state, tab):
    dossier = request_in(state)

    response = client.get(reverse(PAGE, args=[dossier.pk]), {"onglet": tab})

    assert response.status_code == 200


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.slug)
def test_a_decision_asked_for_changes_nothing(client, officer, decision):
    dossier = request_in(State.IN_SUPPORT)
    before = InstallationRequest.objects.values().get(pk=dossier.pk)
    name = f"admin:installation_decision_{decision.slug}"

    response = client.get(reverse(name, args=[dossier.pk]))

    assert response.status_code == 200
    assert InstallationRequest.objects.values().get(pk=dossier.pk) == before


def test_a_dossier_goes_its_whole_way(client, officer):
    dossier = request_in(State.SUBMITTED)
    soon = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    plan = {"next_action": "Rappeler", "next_action_on": soon}
    steps = [
        ("prendre-en-charge", {}, State.IN_SUPPORT),
        ("ecrire", {"audience": "public", "body": "Bonjour."}, State.IN_SUPPORT),
        ("ecrire", {"audience": "internal", "body": "Vu."}, State.IN_SUPPORT),
        ("prochaine-action", plan, State.IN_SUPPORT),
        ("confier", {"to": desk_user().pk}, State.IN_SUPPORT),
        ("pause", {"until": soon, "reason": ""}, State.PAUSED),
        ("reprendre", plan, State.IN_SUPPORT),
        ("clore", {"outcome": "oriented", "sentence": "Bonne route."}, State.CLOSED),
        ("rouvrir", {"reason": "Il rappelle.", **plan}, State.IN_SUPPORT),
    ]

    for slug, data, state in steps:
        response = decide(client, dossier, slug, **data)
        assert response.status_code == 302, (slug, response.context["form"].errors)
        dossier.refresh_from_db()
        assert dossier.state == state, slug


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(client, officer):
    dossier = request_in(State.SUBMITTED)

    response = decide(client, dossier, "clore", outcome="settled", sentence="Merci.")

    page = response.content.decode()
    assert response.status_code == 200
    assert "personne ne l&#x27;a encore prise en charge" in page
    assert "Merci." in page


def test_a_past_date_is_refused(client, officer):
    dossier = request_in(State.IN_SUPPORT)

    response = decide(
        client,
        dossier,
        "prochaine-action",
        next_action="Rappeler",
        next_action_on="2020-01-01",
    )

    assert "Cette date est passée" in response.content.decode()


@pytest.mark.parametrize("group", ["finances", "communication", "elus"])
def test_other_roles_see_no_dossier(client, group):
    dossier = request_in(State.IN_SUPPORT)
    client.force_login(UserFactory(is_staff=True, groups=[group]))

    answers = [
        client.get(reverse(QUEUE)).status_code,
        client.get(reverse(PAGE, args=[dossier.pk])).status_code,
        decide(client, dossier, "ecrire", body="?").status_code,
    ]

    assert answers == [403, 403, 403]


def test_a_draft_is_nobody_s_business(client, officer):
    draft = request_in(State.DRAFT)

    assert client.get(reverse(PAGE, args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("address", ["0", "999999999999999999999999", "abc"])
def test_an_unknown_dossier_is_not_found(client, officer, address):
    url = f"{reverse(QUEUE)}{address}/change/"

    assert client.get(url).status_code == 404
