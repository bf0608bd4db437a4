"""What the CHU pays, and what a lent room or an allowance makes of it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from internships import indemnities
from internships.indemnities import Kind, Situation, Zone
from internships.models import IndemnityRate
from tests.internships.factories import days

PAID = {
    Kind.LODGING: Decimal("300.00"),
    Kind.TRANSPORT: Decimal("130.00"),
    Kind.JUNIOR: Decimal("1000.00"),
    Kind.PAY: Decimal("28408.00"),
}
DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "zone", "km", "lodging", "transport", "junior"),
    [
        ("n1", Zone.PRIORITY, 40, 300, 130, 0),
        ("n1", Zone.COMPLEMENTARY, 15, 300, 0, 0),
        ("n1", Zone.COMPLEMENTARY, 16, 300, 130, 0),
        ("saspas", Zone.OTHER, 40, 0, 130, 0),
        ("extern_gp", Zone.PRIORITY, 40, 300, 0, 0),
        ("junior_doctor", Zone.PRIORITY, 40, 0, 0, 1000),
        ("junior_doctor", Zone.COMPLEMENTARY, 40, 300, 130, 0),
        ("dental_active", Zone.PRIORITY, 40, 0, 0, 0),
        ("discovery", Zone.PRIORITY, 40, 0, 0, 0),
    ],
)
def test_each_placement_has_its_indemnities(kind, zone, km, lodging, transport, junior):
    situation = Situation(kind=kind, zone=zone, km=km)

    assert (
        indemnities.lodging(situation, PAID),
        indemnities.transport(situation, PAID),
        indemnities.junior(situation, PAID),
    ) == (lodging, transport, junior)


@pytest.mark.parametrize(
    ("situation", "balances", "best"),
    [
        # 300 + 130 - 450, or 130 - 120.
        (
            Situation("n1", Zone.PRIORITY, 40, Decimal(450), Decimal(120)),
            {"own": Decimal(-20), "lent": Decimal(10)},
            "lent",
        ),
        (
            Situation("n1", Zone.PRIORITY, 10, Decimal(300), Decimal(120)),
            {"own": Decimal(0), "lent": Decimal(-120)},
            "own",
        ),
        # The allowance is brought down to 473,47.
        (
            Situation("n1", Zone.OTHER, 0, Decimal(450), Decimal(120), Decimal(600)),
            {
                "own": Decimal(-450),
                "lent": Decimal(-120),
                "allowance": Decimal("23.47"),
            },
            "allowance",
        ),
        (
            Situation("n1", Zone.PRIORITY, 0, Decimal(420), Decimal(120)),
            {"own": Decimal(-120), "lent": Decimal(-120)},
            None,
        ),
    ],
)
def test_the_ways_to_live_are_compared(situation, balances, best):
    options = indemnities.compare(situation, PAID)

    found = indemnities.best(options)
    assert {option.key: option.balance for option in options} == balances
    assert (found and found.key) == best


def test_the_ceiling_is_a_fifth_of_the_pay_of_a_month():
    assert indemnities.ceiling(PAID) == Decimal("473.47")
    assert indemnities.ceiling({}) is None


@pytest.mark.parametrize(
    ("day", "pay"),
    [
        (dt.date(2022, 6, 30), "27042.00"),
        (dt.date(2022, 7, 1), "27988.00"),
        (dt.date(2024, 2, 29), "28408.00"),
    ],
)
def test_an_amount_is_the_one_of_its_day(day, pay):
    assert indemnities.rates_on(day)[Kind.PAY].amount == Decimal(pay)


def test_two_amounts_of_a_kind_never_overlap():
    with pytest.raises(IntegrityError):
        IndemnityRate.objects.create(
            kind=Kind.LODGING,
            amount=400,
            period=days("2027-01-01", "2028-01-01"),
            source="un essai",
        )


@pytest.mark.parametrize(
    ("kind", "told", "silent"),
    [
        ("n1", "300 € par mois", "D. 6153-1-8"),
        ("junior_doctor", "D. 6153-1-8", ""),
        ("dental_active", "D. 1511-52", "300 €"),
        ("", "D. 6153-1-8", ""),
    ],
)
def test_what_is_accepted_names_what_is_lost(kind, told, silent):
    words = indemnities.wording(kind, DAY)

    assert told in words
    assert not silent or silent not in words


def test_anyone_may_compare_and_what_is_typed_stays(client):
    page = client.get(reverse("internships:indemnities"))
    found = client.get(
        reverse("internships:indemnities"),
        {
            "kind": "n1",
            "zone": "zip",
            "km": "40",
            "rent_elsewhere": "450,50",
            "rent_here": "120",
        },
    )
    wrong = client.get(
        reverse("internships:indemnities"), {"kind": "n1", "rent_here": "-3"}
    )

    assert page.status_code == 200
    assert "Une chambre vous est prêtée" in found.content.decode()
    assert "-20,50" in found.content.decode()
    assert 'value="450,50"' in found.content.decode()
    assert not wrong.context["options"]
    assert set(wrong.context["form"].errors) == {"zone", "rent_here"}
