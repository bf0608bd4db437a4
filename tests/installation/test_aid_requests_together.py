"""Two people decide on one request for aid at once: real transactions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from casework.models import Entry, Message
from installation.actions import aid_requests
from installation.models import AidRequest
from tests.accounts.factories import UserFactory
from tests.installation.factories import desk_user
from tests.installation.test_aid_requests import advised, drafted
from tests.installation.test_referrals_together import together
from tests.territory.factories import ZoneAssignmentFactory, ZoningFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _zip_in_nerac(_desk):
    zoning = ZoningFactory(version="2026", valid=DateRange(dt.date(2026, 2, 3), None))
    ZoneAssignmentFactory(zoning=zoning)


def test_granted_and_refused_at_once_it_is_decided_once():
    user, officer, head = UserFactory(), desk_user(), desk_user()
    request = advised(user, officer)

    told = together(
        lambda: aid_requests.grant(request, Decimal(20000), "", by=head),
        lambda: aid_requests.refuse(request, "Hors zone", by=officer),
    )

    request.refresh_from_db()
    decisions = ["installation.aid.granted", "installation.aid.refused"]
    decided = Entry.objects.get(verb__in=decisions)
    assert sorted(told) == ["done", "refused"]
    assert decided.verb == f"installation.aid.{request.state}"
    letters = ["installation.aid-granted", "installation.aid-refused"]
    assert Message.objects.filter(template_key__in=letters).count() == 1


def test_filed_twice_at_once_it_has_one_receipt():
    user = UserFactory()
    draft = drafted(user)

    told = together(
        *[lambda: aid_requests.submit(draft, by=user, is_attested=True)] * 2
    )

    assert told == ["done", "done"]
    assert Entry.objects.filter(verb="installation.aid.submitted").count() == 1


def test_two_first_pages_sent_at_once_are_one_draft():
    person = UserFactory().person

    told = together(
        *[lambda: aid_requests.save_draft(person, {"project": "Un cabinet"})] * 2
    )

    assert told == ["done", "done"]
    assert AidRequest.objects.get().project == "Un cabinet"
