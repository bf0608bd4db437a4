"""Rents that do not come and incidents that last, as the desk's week tells them."""

import datetime as dt

import pytest
from django.utils import timezone

from internships import rent_week
from tests.internships.rent_factories import IncidentFactory, RentCallFactory

DUE = dt.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("days_late", "paid", "lines"), [(20, 0, 0), (21, 0, 1), (21, 116, 0)]
)
def test_rent_is_told_once_both_reminders_went_unheard(days_late, paid, lines):
    RentCallFactory(
        due_on=DUE, paid_amount=paid, settled_on=DUE if paid == 116 else None
    )

    told = list(rent_week.lines(DUE + dt.timedelta(days_late)))

    assert len(told) == lines


@pytest.mark.parametrize(("days_open", "lines"), [(6, 0), (8, 1)])
def test_incident_is_told_once_it_lasts(days_open, lines):
    today = timezone.localdate()
    IncidentFactory(reported_at=timezone.now() - dt.timedelta(days=days_open))

    assert len(list(rent_week.lines(today))) == lines
