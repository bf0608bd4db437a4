import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import Entry, Message
from internships import receipts, rent_keeping, rents
from internships.actions import rents as actions
from internships.models import RentCall
from internships.reminders.rents import late_to_owner, late_to_tenant
from tests.accounts.factories import UserFactory
from tests.internships.factories import OccupationFactory, StayFactory, days
from tests.internships.rent_factories import RentCallFactory, member_of
from tests.territory.factories import DeskFactory, OrganisationFactory

NOVEMBER = dt.date(2026, 11, 1)
DECEMBER = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def desk(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return DeskFactory()


@pytest.fixture
def stay():
    """120 euros a month, from 2 November 2026 to 3 May 2027."""
    return StayFactory()


def move(stay, period):
    """Change the dates of a stay, as the housing actions do."""
    stay.occupation.period = period
    stay.occupation.save(update_fields=["period"])


def asked(stay) -> dict:
    calls = stay.rent_calls.order_by("month")
    return {f"{call.month:%Y-%m}": str(call.amount) for call in calls}


def pay(call, amount, by):
    return actions.pay(
        call,
        amount=Decimal(amount),
        paid_on=dt.date(2026, 11, 20),
        means="transfer",
        by=by,
    )


# --- What a month costs ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("rent", "begins", "ends", "month", "expected"),
    [
        # A whole month, whatever its length.
        ("120", "2026-11-02", "2027-05-03", "2026-12-01", "120.00"),
        ("120", "2026-11-02", "2027-05-03", "2027-02-01", "120.00"),
        ("150", "2026-11-01", "2026-12-01", "2026-11-01", "150.00"),
        # 29 February: a month of 29 nights, whole or in part.
        ("120", "2027-11-01", "2028-05-01", "2028-02-01", "120.00"),
        ("145", "2028-02-29", "2028-05-01", "2028-02-01", "5.00"),
        ("145", "2027-11-01", "2028-02-29", "2028-02-01", "140.00"),
        # Arrived on the 15th: 16 nights of 30, 17 of 31.
        ("120", "2026-11-15", "2027-05-03", "2026-11-01", "64.00"),
        ("120", "2026-12-15", "2027-05-03", "2026-12-01", "65.81"),
        # Left on the 1st: no night of that month; on the 2nd, one.
        ("120", "2026-11-02", "2027-05-01", "2027-05-01", "0.00"),
        ("120", "2026-11-02", "2027-05-02", "2027-05-01", "3.87"),
        # Shorter than a month, inside one and across two.
        ("120", "2026-11-10", "2026-11-20", "2026-11-01", "40.00"),
        ("120", "2026-11-25", "2026-12-05", "2026-11-01", "24.00"),
        ("120", "2026-11-25", "2026-12-05", "2026-12-01", "15.48"),
        # A night across each change of the clock is a night.
        ("310", "2026-10-24", "2026-10-26", "2026-10-01", "20.00"),
        ("310", "2027-03-27", "2027-03-29", "2027-03-01", "20.00"),
        # Half up: 100.05 / 30 × 15 = 50.025.
        ("100.05", "2026-11-01", "2026-11-16", "2026-11-01", "50.03"),
        ("120", "2026-11-02", "2027-05-03", "2028-01-01", "0.00"),
    ],
)
def test_a_month_costs_its_nights(rent, begins, ends, month, expected):
    found = rents.amount(
        Decimal(rent), days(begins, ends), dt.date.fromisoformat(month)
    )

    assert found == Decimal(expected)


def test_months_are_those_with_a_night():
    assert list(rents.months(days("2026-11-02", "2027-01-01"))) == [NOVEMBER, DECEMBER]


@pytest.mark.parametrize(
    ("begins", "called", "due"),
    [
        ("2026-11-02", "2026-11-01", "2026-11-12"),
        ("2026-12-01", "2026-12-01", "2026-12-11"),
        ("2026-11-02", "2026-11-20", "2026-11-30"),
    ],
)
def test_time_is_left_to_pay(begins, called, due):
    found = rents.due_on(days(begins, "2027-05-03"), dt.date.fromisoformat(called))

    assert found == dt.date.fromisoformat(due)


# --- The calls ------------------------------------------------------------------------


def test_each_month_is_called_once_and_told_once(stay):
    for day in (NOVEMBER, NOVEMBER, dt.date(2026, 11, 15)):
        actions.call_month(day)

    assert asked(stay) == {"2026-11": "116.00"}
    call = stay.rent_calls.get()
    assert call.payee == stay.occupation.room.dwelling.owner
    assert call.due_on == dt.date(2026, 11, 12)
    message = Message.objects.get()
    assert message.recipient == stay.person.email
    assert "116,00" in message.text
    assert "12 novembre 2026" in message.text.replace("\u00a0", " ")


def test_a_worker_that_slept_calls_what_it_missed(stay):
    actions.call_month(dt.date(2027, 1, 1))

    assert asked(stay) == {
        "2026-11": "116.00",
        "2026-12": "120.00",
        "2027-01": "120.00",
    }


def test_a_free_bed_and_an_option_are_not_called():
    StayFactory(rent=0)
    OccupationFactory()

    actions.call_month(NOVEMBER)

    assert not RentCall.objects.exists()


def test_early_leave_recomputes_what_is_not_paid(stay):
    by = UserFactory()
    actions.call_month(DECEMBER)
    pay(stay.rent_calls.get(month=NOVEMBER), "116", by)

    move(stay, days("2026-11-02", "2026-12-16"))
    actions.recompute(stay, DECEMBER)

    assert asked(stay) == {"2026-11": "116.00", "2026-12": "58.06"}
    assert stay.rent_calls.get(month=NOVEMBER).is_settled


def test_leaving_before_a_month_cancels_its_call(stay):
    actions.call_month(DECEMBER)

    move(stay, days("2026-11-02", "2026-12-01"))
    actions.recompute(stay, DECEMBER)

    december = stay.rent_calls.get(month=DECEMBER)
    assert (december.amount, december.cancelled_at is None) == (0, False)


def test_what_was_paid_in_excess_shows(stay):
    actions.call_month(NOVEMBER)
    pay(stay.rent_calls.get(), "116", UserFactory())

    move(stay, days("2026-11-02", "2026-11-17"))
    actions.recompute(stay, NOVEMBER)

    call = stay.rent_calls.get()
    assert (call.amount, call.overpaid) == (Decimal("60.00"), Decimal("56.00"))
    assert call.is_settled


def test_an_extension_asks_the_rest_of_a_paid_month():
    stay = StayFactory(
        occupation=OccupationFactory(stay=True, period=days("2026-11-02", "2026-11-17"))
    )
    actions.call_month(NOVEMBER)
    pay(stay.rent_calls.get(), "60", UserFactory())

    move(stay, days("2026-11-02", "2026-12-01"))
    actions.recompute(stay, NOVEMBER)

    call = stay.rent_calls.get()
    assert (call.amount, call.balance) == (Decimal("116.00"), Decimal("56.00"))
    assert not call.is_settled


def test_a_stay_given_up_asks_nothing_more(stay):
    actions.call_month(NOVEMBER)

    stay.occupation.release("cancelled", timezone.now())
    actions.call_month(NOVEMBER)

    assert stay.rent_calls.get().cancelled_at is not None


def test_a_dwelling_sold_keeps_what_was_owed_to_its_owner(stay):
    actions.call_month(NOVEMBER)
    before = stay.occupation.room.dwelling.owner

    dwelling = stay.occupation.room.dwelling
    dwelling.owner = OrganisationFactory()
    dwelling.save()
    actions.call_month(DECEMBER)

    payees = {call.month: call.payee for call in stay.rent_calls.all()}
    assert payees == {NOVEMBER: before, DECEMBER: dwelling.owner}


# --- What is received -----------------------------------------------------------------


def test_a_payment_may_be_partial_then_taken_back(django_capture_on_commit_callbacks):
    call, by = RentCallFactory(), UserFactory()

    pay(call, "100", by)
    with django_capture_on_commit_callbacks(execute=True):
        rest = pay(call, "16", by)

    call.refresh_from_db()
    assert (call.balance, call.settled_on) == (0, dt.date(2026, 11, 20))
    assert call.receipt.name == "quittance-2026-11.pdf"
    assert mail.outbox[-1].subject == "Votre quittance de novembre 2026"

    actions.cancel_payment(rest, by=by)

    call.refresh_from_db()
    assert (call.balance, call.is_settled, call.receipt) == (16, False, None)
    verbs = Entry.objects.filter(verb__startswith="internships.rent.")
    assert verbs.count() == 3


@pytest.mark.parametrize("amount", ["116.01", "1000"])
def test_no_more_than_what_is_due_is_received(amount):
    with pytest.raises(ValidationError, match="116,00"):
        pay(RentCallFactory(), amount, UserFactory())


def test_a_payment_is_not_taken_back_twice():
    payment = pay(RentCallFactory(), "10", by := UserFactory())
    actions.cancel_payment(payment, by=by)

    with pytest.raises(ValidationError, match="déjà annulé"):
        actions.cancel_payment(payment, by=by)


def test_the_receipt_is_made_once():
    call = RentCallFactory()
    pay(call, "116", UserFactory())

    assert [receipts.file(call.pk), receipts.file(call.pk)] == [True, False]
    [(name, content)] = rent_keeping.files(call.person)
    assert (name, content.read(5)) == ("loyers/quittance-2026-11.pdf", b"%PDF-")
    call.refresh_from_db()
    assert call.receipt.is_intact()


def test_the_receipt_tells_rent_and_charges_apart(monkeypatch):
    shown = {}
    monkeypatch.setattr(
        "documents.rendering.pdf", lambda name, context: shown.update(context) or b"%"
    )
    call = RentCallFactory(charges=26)
    pay(call, "116", UserFactory())

    receipts.pdf(call)

    said = {name: shown[name] for name in ("rent", "charges", "amount")}
    assert {name: value.replace("\u00a0", " ") for name, value in said.items()} == {
        "rent": "90,00 €",
        "charges": "26,00 €",
        "amount": "116,00 €",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": -1},
        {"paid_amount": -1},
        {"charges": 117},
        {"month": dt.date(2026, 11, 2)},
        {"paid_amount": 116},
        {"settled_on": NOVEMBER},
        {"cancelled_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_wrong_call(stay, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RentCallFactory(stay=stay, **wrong)


def test_late_rents_are_reminded_to_who_is_late_then_to_the_owner(stay, desk):
    call = RentCallFactory(stay=stay)
    owner = member_of(call.payee, person__email="mairie@example.org")
    day = dt.date(2026, 11, 30)

    assert [due.recipients["person"] for due in late_to_tenant(day)] == [
        [stay.person.email]
    ]
    owners = [due.recipients["partner"] for due in late_to_owner(day)]
    assert owners == [[call.payee.email or owner.person.email]]
    assert not list(late_to_tenant(call.due_on))


# --- The pages ------------------------------------------------------------------------


@pytest.fixture
def call():
    call = RentCallFactory()
    pay(call, "116", UserFactory())
    receipts.file(call.pk)
    call.refresh_from_db()
    return call


def pages(call) -> dict:
    payment = call.payments.get()
    return {
        "rent-receipt": [call.pk],
        "rent-pay": [call.pk],
        "rent-unpay": [payment.pk],
        "rents": [],
        "rents-csv": [],
    }


def test_strangers_find_nothing(client, call):
    client.force_login(UserFactory())

    for name, args in pages(call).items():
        address = reverse(f"internships:{name}", args=args)
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)
    assert call.payments.standing().exists()


def test_the_tenant_reads_theirs_and_writes_nothing(client, call):
    client.force_login(UserFactory(person=call.person))

    assert "Novembre 2026" in client.get(reverse("internships:rents-mine")).text
    receipt = client.get(reverse("internships:rent-receipt", args=[call.pk]))
    assert receipt.getvalue()[:5] == b"%PDF-"
    for name in ("rent-pay", "rent-unpay"):
        address = reverse(f"internships:{name}", args=pages(call)[name])
        assert client.post(address).status_code == 404


def test_the_owner_writes_a_payment_down(client):
    call = RentCallFactory()
    client.force_login(member_of(call.payee))
    address = reverse("internships:rent-pay", args=[call.pk])

    answer = client.post(
        address, {"amount": "50,00", "paid_on": "2026-11-20", "means": "cheque"}
    )

    assert answer.status_code == 302
    call.refresh_from_db()
    assert call.balance == 66


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same(client, count, django_assert_num_queries):
    first = RentCallFactory()
    for number in range(1, count):
        RentCallFactory(
            stay=first.stay,
            month=dt.date(2026, 11 - number, 1),
        )
    client.force_login(member_of(first.payee))
    client.get(reverse("internships:rents"))

    with django_assert_num_queries(7):
        page = client.get(reverse("internships:rents"), {"etat": "retard"})

    assert page.text.count("rent-line") == count


def test_the_spreadsheet_has_no_formula(client):
    call = RentCallFactory(stay__occupation__request__person__first_name="=1+1")
    client.force_login(member_of(call.payee))

    text = client.get(reverse("internships:rents-csv")).text

    assert "'=1+1" in text
    assert "116,00" in text
