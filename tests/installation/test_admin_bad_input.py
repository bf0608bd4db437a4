"""Whatever is sent to the desk's pages: a page or a sentence, never an error."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from installation.admin.decisions import DECISIONS
from installation.models import InstallationRequest
from tests.installation.factories import RequestFactory, desk_user, request_in

QUEUE = "admin:installation_installationrequest_changelist"
PAGE = "admin:installation_installationrequest_change"
NASTY = ["\0", "\u202e", "🌻", "x" * 10_000, "-1", "9" * 30, "'; --", "<script>"]
FILTERS = ["charge", "etat", "retard", "nature", "territoire", "q", "p", "o"]

relaxed = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
anything = st.one_of(st.text(max_size=40), st.sampled_from(NASTY))


@pytest.fixture
def officer(client):
    user = desk_user()
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", FILTERS)
def test_a_queue_address_made_up_is_answered(client, officer, name):
    request_in("in_support")

    answers = [client.get(reverse(QUEUE), {name: typed}) for typed in NASTY]

    assert {answer.status_code for answer in answers} <= {200, 302, 400}


def test_a_filter_that_means_nothing_leads_back_to_the_whole_list(client, officer):
    page = client.get(
        reverse("admin:installation_referral_changelist"),
        {"e": "1", "need__topic__id__exact": "x"},
    )

    assert page.status_code == 200
    assert "Revenir à la liste entière" in page.content.decode()


def test_a_tab_made_up_is_not_found(client, officer):
    page = reverse(PAGE, args=[request_in("in_support").pk])

    answers = [client.get(page, {"onglet": typed}) for typed in NASTY]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("slug", [decision.slug for decision in DECISIONS])
def test_a_decision_survives_whatever_is_typed(client, officer, slug):
    dossier = RequestFactory(in_support=True, case_worker=officer)
    address = reverse(f"admin:installation_decision_{slug}", args=[dossier.pk])
    shown = client.get(address).context["form"]

    @relaxed
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(shown.fields, anything)))
    def survives(typed):
        response = client.post(address, typed)

        assert response.status_code in (200, 302)
        if response.status_code == 200:
            assert response.context["form"].errors
        dossier.refresh_from_db()
        assert dossier.state in InstallationRequest.State.values

    survives()
