"""The three public figures: what each counts, and what it leaves out."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from installation import indicators
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    RequestFactory,
    SettlementFactory,
    desk_user,
    request_in,
)


def counted(first_day, **options):
    """An installation that counts, whatever came after."""
    options = {"state": "validated", "is_counted": True} | options
    return SettlementFactory(
        request=RequestFactory(closed=True),
        first_day_on=first_day,
        has_order=True,
        has_contract=True,
        validated_at=timezone.now(),
        validated_by=desk_user(),
        **options,
    )


@pytest.mark.parametrize(
    ("options", "figures"),
    [
        ({"in_support": True, "horizon": "soon"}, (1, 0)),
        ({"in_support": True, "horizon": "two_years"}, (1, 0)),
        ({"in_support": True, "horizon": ""}, (1, 0)),
        ({"paused": True, "horizon": "year"}, (1, 0)),
        ({"in_support": True, "horizon": "later"}, (0, 1)),
        ({"submitted": True, "horizon": "soon"}, (0, 1)),
        ({"closed": True, "horizon": "soon"}, (0, 0)),
        ({"in_support": True, "kind": "question"}, (0, 0)),
        ({"in_support": True, "kind": "locum"}, (0, 0)),
    ],
)
def test_a_dossier_is_in_one_figure_at_most(options, figures):
    RequestFactory(**options)

    found = indicators.supported().count(), indicators.candidates().count()

    assert found == figures


def test_drafts_are_nobody():
    request_in("draft")

    assert not indicators.candidates().exists()


def test_installations_are_those_that_count_by_their_first_day():
    counted(dt.date(2025, 12, 31))
    counted(dt.date(2026, 1, 1))
    counted(dt.date(2026, 6, 1), state="left", left_on=dt.date(2026, 9, 1))
    counted(dt.date(2026, 6, 1), is_counted=False)
    SettlementFactory(first_day_on=dt.date(2026, 6, 1))

    year = indicators.by_year(dt.date(2026, 11, 23), years=2)

    assert [(row.year, row.count) for row in year] == [(2026, 2), (2025, 1)]
    assert indicators.settled().count() == 3


def test_who_is_settled_is_no_longer_supported():
    settlement = counted(timezone.localdate())
    request = settlement.request
    RequestFactory._meta.model.objects.filter(pk=request.pk).update(
        state="in_support",
        outcome="",
        closed_at=None,
        next_action="x",
        next_action_on=timezone.localdate(),
    )

    assert not indicators.supported().exists()


def test_who_stayed_is_asked_of_those_who_could_have():
    day = dt.date(2026, 11, 23)
    counted(dt.date(2024, 2, 29))
    counted(dt.date(2024, 5, 1), state="left", left_on=dt.date(2025, 1, 1))
    counted(dt.date(2024, 5, 1), state="left", left_on=dt.date(2026, 1, 1))
    counted(dt.date(2026, 5, 1))

    assert indicators.still_here(1, day) == (2, 3)
    assert indicators.still_here(3, day) == (0, 0)


def test_the_page_is_the_desk_s(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    counted(timezone.localdate())
    url = reverse("admin:installation_indicators")

    client.force_login(UserFactory(is_staff=True, groups=["finances"]))
    refused = client.get(url)
    client.force_login(desk_user())
    page = client.get(url)

    assert (refused.status_code, page.status_code) == (403, 200)
    assert page.context["settled"] == 1
    assert "Moins de cinq personnes" in page.content.decode()
