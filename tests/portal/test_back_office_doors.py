"""Every page of the back-office, for each role: what is not granted is refused."""

import contextlib
from unittest.mock import Mock

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import NoReverseMatch, resolve, reverse

from accounts import roles
from tests.accounts.factories import UserFactory
from tests.installation.aid_factories import AidRequestFactory
from tests.installation.factories import ReferralFactory, SettlementFactory
from tests.installation.offer_factories import MentorFactory, OfferFactory
from tests.territory.factories import CommuneFactory, ContactFactory, DeskFactory

# What each role of the staff but the desk's may read, and nothing else.
READS = {
    roles.FINANCES: {
        "bursaries.agreement",
        "bursaries.bankaccount",
        "bursaries.breachcase",
        "bursaries.budgetenvelope",
        "bursaries.bursaryapplication",
        "bursaries.clausetext",
        "bursaries.committeesession",
        "bursaries.deed",
        "bursaries.paymentline",
        "bursaries.scheme",
        "bursaries.schemeversion",
        "installation.aidprogramme",
        "installation.aidrequest",
        "installation.structureproject",
        "internships.dwelling",
        "internships.housingbenefit",
        "internships.rentcall",
        "internships.room",
        "internships.stay",
        "territory.commune",
        "territory.organisation",
    },
    roles.COMMUNICATION: {
        "casework.emailtemplate",
        "installation.structureproject",
        "territory.commune",
        "territory.departement",
        "territory.desk",
        "territory.healthstructure",
        "territory.importrun",
        "territory.intercommunality",
        "territory.organisation",
        "territory.topic",
        "territory.zoneassignment",
        "territory.zoning",
    },
    roles.ELUS: {"installation.structureproject"},
    None: set(),
}


@pytest.fixture
def _rows(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    CommuneFactory(nerac=True)
    AidRequestFactory()
    ContactFactory()
    MentorFactory()
    OfferFactory(published=True)
    ReferralFactory()
    SettlementFactory()


def pages_of(model_admin) -> list[str]:
    """Its list and its own pages, on a row that exists when there is one."""
    row = model_admin.model._default_manager.order_by("pk").first()
    found = []
    for pattern in model_admin.get_urls():
        if not pattern.name:
            continue
        values = {
            name: row.pk if row and not rank else 1
            for rank, name in enumerate(pattern.pattern.converters)
        }
        with contextlib.suppress(NoReverseMatch):
            found.append(reverse(f"admin:{pattern.name}", kwargs=values))
    return found


def is_refused(request, url: str) -> bool:
    """Asked from the view itself: a page of refusal is slow to draw."""
    view, args, kwargs = resolve(url)
    try:
        response = view(request, *args, **kwargs)
    except (PermissionDenied, Http404):
        return True
    # Django sends back to the index whoever asks for a row that does not exist.
    is_missing = response.status_code == 302 and response.url == reverse("admin:index")
    return is_missing or response.status_code in (403, 404, 405)


@pytest.mark.parametrize("role", READS)
@pytest.mark.usefixtures("_rows")
def test_a_role_opens_what_it_was_granted_and_nothing_else(rf, role):
    user = UserFactory(
        is_staff=True, groups=[role] if role else [], second_factor=False
    )
    asked = [rf.get("/gestion/"), rf.post("/gestion/")]
    for request in asked:
        request.user = user
        request._dont_enforce_csrf_checks = True
        request._messages = Mock()

    reads, opened = set(), []
    for model, model_admin in admin.site._registry.items():
        if model_admin.has_view_permission(asked[0]):
            reads.add(model._meta.label_lower)
            continue
        for url in pages_of(model_admin):
            opened += [
                (request.method, url)
                for request in asked
                if not is_refused(request, url)
            ]

    assert (reads, opened) == (READS[role], [])


@pytest.mark.parametrize("name", ["call", "look-alikes", "duplicates", "week-sheet"])
@pytest.mark.parametrize("role", READS)
def test_the_pages_of_the_desk_are_for_the_desk(client, settings, role, name):
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    groups = [role] if role else []
    client.force_login(UserFactory(is_staff=True, groups=groups, second_factor=False))

    assert client.get(reverse(f"gestion:{name}")).status_code == 403
