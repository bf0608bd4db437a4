"""Payments: planned, held back with every reason, ordered by two, confirmed."""

import csv
import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from bursaries import paying
from bursaries.actions import agreements, bank_accounts, clock, payments, votes
from bursaries.models import Agreement, PaymentExport, PaymentLine
from bursaries.payable import Block
from casework.models import Entry, Message
from documents import rendering
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import drafted, make_binding, scan, sent, sign_all
from tests.bursaries.factories import SchemeVersionFactory
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory

START = dt.date(2026, 9, 14)
# The first month is October: it is due on the first of November.
FIRST = dt.date(2026, 11, 1)
IBAN = "FR7630006000011234567890189"
State = PaymentLine.State


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def claire():
    return desk_user()


@pytest.fixture
def finance():
    return UserFactory(is_staff=True, groups=["finances"])


@pytest.fixture
def other():
    return UserFactory(is_staff=True, groups=["finances"])


@pytest.fixture
def agreement(claire, monkeypatch, django_capture_on_commit_callbacks):
    """Signed and binding since mid-September, its payments planned."""
    monkeypatch.setattr(rendering, "pdf", lambda *args: samples.pdf())
    version = SchemeVersionFactory(published=dt.date(2026, 1, 1))
    with on(START):
        deed = drafted(version, claire)
        with django_capture_on_commit_callbacks(execute=True):
            sent(deed, claire)
        found = make_binding(sign_all(deed), claire)
        payments.plan(found)
    return found


@pytest.fixture
def ready(agreement, claire, finance):
    """Nothing stands in the way of the first payment."""
    enrol(agreement, claire, 2026)
    give_account(agreement, finance)
    return agreement


def on(day: dt.date):
    return time_machine.travel(f"{day} 10:00")


def enrol(agreement, officer, year, **more):
    upload = scan()
    with on(START):
        proof = clock.send_proof(agreement, "enrolment", upload, year=year, by=officer)
        clock.accept_proof(proof, by=officer, **more)


def give_account(agreement, finance):
    upload = scan()
    with on(START):
        account = bank_accounts.give(
            agreement.person,
            holder=agreement.name,
            iban=IBAN,
            bic="",
            upload=upload,
            by=agreement.person.user,
        )
        bank_accounts.check(account, by=finance)


def rows(agreement) -> list[PaymentLine]:
    return list(PaymentLine.objects.of(agreement).order_by("since", "pk"))


def blocks(agreement, day=FIRST, row=0) -> list[str]:
    with on(day):
        whole = Agreement.objects.with_facts().get(pk=agreement.pk)
        known = paying.facts(whole, timezone.localdate())
        found = paying.reasons(rows(agreement)[row], known, timezone.now())
    return [reason.code for reason in found]


def ordered(agreement, finance, row=0):
    with on(FIRST):
        return payments.order(rows(agreement)[row], by=finance)


def exported(agreement, finance, other) -> PaymentExport:
    row = ordered(agreement, finance)
    with on(FIRST):
        payments.approve(row, by=other)
        return payments.export(by=finance)


# --- Planned -------------------------------------------------------------------------


def test_the_lines_follow_from_the_terms(agreement):
    found = rows(agreement)

    assert len(found) == 36
    assert sum(row.amount for row in found) == Decimal("25200.00")
    assert (found[0].since, found[0].due_on) == (dt.date(2026, 10, 1), FIRST)
    assert {row.state for row in found} == {State.PLANNED}


def test_planned_again_from_the_same_facts_nothing_moves(agreement):
    before = [row.pk for row in rows(agreement)]

    assert payments.plan(agreement) == 0
    assert payments.plan_all() == 0
    assert [row.pk for row in rows(agreement)] == before


def test_nothing_is_planned_before_the_signatures(claire):
    deed = drafted(SchemeVersionFactory(published=dt.date(2026, 1, 1)), claire)

    assert payments.plan(deed.agreement) == 0


def test_a_suspension_moves_what_is_not_ordered_and_never_what_is(
    ready, claire, finance
):
    first = ordered(ready, finance)
    with on(FIRST):
        clock.suspend(
            ready,
            since=dt.date(2026, 10, 1),
            until=dt.date(2027, 2, 1),
            reason="maternity",
            by=claire,
        )
        payments.plan(ready)

    found = rows(ready)
    assert found[0].pk == first.pk
    assert found[1].since == dt.date(2027, 2, 1)
    assert len(found) == 36


def test_an_amendment_changes_the_lines_from_its_day(
    ready, claire, django_capture_on_commit_callbacks
):
    with on(START):
        deed = agreements.amend(
            ready,
            effective_on=dt.date(2027, 10, 1),
            purpose="Montant revu.",
            changes={"amounts": [Decimal("700.00"), Decimal("500.00")]},
            by=claire,
        )
        with django_capture_on_commit_callbacks(execute=True):
            sent(deed, claire)
        sign_all(deed)
    payments.plan(ready)

    amounts = [row.amount for row in rows(ready)]
    assert amounts[:13] == [Decimal("700.00")] * 12 + [Decimal("500.00")]


def test_a_repeated_year_that_is_not_paid_gives_no_line(ready, claire):
    enrol(ready, claire, 2027, is_repeated=True)
    payments.plan(ready)

    starts = [row.since for row in rows(ready)]
    assert not any(dt.date(2027, 9, 1) <= day < dt.date(2028, 9, 1) for day in starts)
    assert len(starts) == 36


# --- Held back -----------------------------------------------------------------------


def test_nothing_stands_in_the_way_of_what_is_ready(ready):
    assert blocks(ready) == []


def test_every_reason_is_told_and_not_the_first(agreement):
    assert blocks(agreement) == [Block.IBAN_MISSING, Block.ENROLMENT]
    assert blocks(agreement, day=START) == [
        Block.NOT_DUE,
        Block.IBAN_MISSING,
        Block.ENROLMENT,
    ]


def test_not_before_it_binds(ready):
    deed = ready.root
    type(deed).objects.filter(pk=deed.pk).update(notified_on=None)

    assert blocks(ready) == [Block.NOT_EXECUTORY]


def test_not_before_the_deliberation_binds(ready):
    session = ready.session
    type(session).objects.filter(pk=session.pk).update(published_on=None)

    assert blocks(ready) == [Block.NOT_EXECUTORY]


def test_not_while_suspended(ready, claire):
    with on(START):
        clock.suspend(
            ready, since=dt.date(2026, 10, 20), until=None, reason="illness", by=claire
        )

    assert blocks(ready) == [Block.SUSPENDED]


def test_not_on_an_account_just_changed(ready, finance):
    upload = scan()
    with on(FIRST):
        account = bank_accounts.give(
            ready.person,
            holder=ready.name,
            iban="FR1420041010050500013M02606",
            bic="",
            upload=upload,
            by=ready.person.user,
        )
        bank_accounts.check(account, by=finance)

    assert blocks(ready) == [Block.IBAN_FROZEN]
    assert blocks(ready, day=FIRST + dt.timedelta(days=2)) == []


def test_not_the_year_after_without_its_certificate(ready):
    assert blocks(ready, day=dt.date(2027, 10, 1), row=11) == [Block.ENROLMENT]


def test_not_once_it_ended(ready):
    ready.end("terminated", "D’un commun accord.", on=dt.date(2026, 10, 15))

    assert blocks(ready) == [Block.ENDED]


# --- Ordered by one, approved by another ---------------------------------------------


def test_two_people_pay(ready, finance, other):
    row = ordered(ready, finance)

    with on(FIRST):
        with pytest.raises(ValidationError, match="Une autre personne"):
            payments.approve(row, by=finance)
        payments.approve(row, by=other)

    assert rows(ready)[0].state == State.APPROVED


def test_the_database_refuses_one_person_alone(ready, finance):
    row = ordered(ready, finance)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentLine.objects.filter(pk=row.pk).update(
            approved_at=timezone.now(), approved_by=finance
        )


@pytest.mark.parametrize(
    "change", [{"amount": Decimal("1")}, {"due_on": dt.date(2030, 1, 1)}, {"months": 2}]
)
def test_the_database_keeps_what_was_ordered(ready, finance, change):
    row = ordered(ready, finance)

    with pytest.raises(ProgrammingError, match="keeps its sum"), transaction.atomic():
        PaymentLine.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        row.delete()


def test_a_double_click_orders_once(ready, finance):
    row = ordered(ready, finance)

    with on(FIRST), pytest.raises(ValidationError, match="déjà ordonné"):
        payments.order(row, by=finance)


def test_what_is_held_back_is_not_ordered(agreement, finance):
    with pytest.raises(ValidationError) as refusal:
        ordered(agreement, finance)

    assert len(refusal.value.messages) == 2


def test_the_oldest_is_ordered_first(ready, finance):
    with on(dt.date(2027, 1, 1)), pytest.raises(ValidationError, match="plus ancien"):
        payments.order(rows(ready)[1], by=finance)


def test_what_went_wrong_between_the_two_stops_the_second(
    ready, claire, finance, other
):
    row = ordered(ready, finance)
    with on(FIRST):
        clock.suspend(ready, since=FIRST, until=None, reason="illness", by=claire)
        with pytest.raises(ValidationError, match="suspendue"):
            payments.approve(row, by=other)


def test_an_order_given_up_is_planned_again(ready, finance):
    row = ordered(ready, finance)

    with on(FIRST):
        payments.cancel(row, by=finance)

    found = rows(ready)
    assert [one.state for one in found[:2]] == [State.CANCELLED, State.PLANNED]
    assert found[0].since == found[1].since
    assert len(found) == 37


def test_the_last_ordered_is_the_first_given_up(ready, finance):
    row = ordered(ready, finance)
    with on(dt.date(2026, 12, 1)):
        payments.order(rows(ready)[1], by=finance)
        with pytest.raises(ValidationError, match="plus récent"):
            payments.cancel(row, by=finance)


@pytest.mark.django_db(transaction=True)
def test_two_officers_order_it_once(ready, finance, other):
    row, barrier = rows(ready)[0], Barrier(2)

    def act(by):
        try:
            barrier.wait()
            payments.order(row, by=by)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with on(FIRST), ThreadPoolExecutor(2) as pool:
        refusals = [one for one in pool.map(act, (finance, other)) if one]

    assert len(refusals) == 1
    assert Entry.objects.filter(verb="bursaries.payment.ordered").count() == 1


# --- With the finance software -------------------------------------------------------


def test_the_file_says_all_that_finances_need(ready, finance, other):
    made = exported(ready, finance, other)

    [line] = csv.DictReader(
        io.StringIO(payments.export_csv(made, by=finance)), delimiter=";"
    )

    assert tuple(line) == payments.COLUMNS
    assert line["iban"] == IBAN
    assert line["montant"] == "700.00"
    assert line["deliberation"] == "2026-214"
    assert line["convention"] == ready.reference
    assert Entry.objects.filter(verb="bursaries.bank_account.read").exists()


def test_a_line_leaves_once(ready, finance, other):
    exported(ready, finance, other)

    assert payments.export(by=finance) is None


def test_nobody_is_paid_on_an_account_changed_since(ready, finance, other):
    """Approved, then another account: it waits to be checked, and no longer frozen."""
    row = ordered(ready, finance)
    with on(FIRST):
        payments.approve(row, by=other)
        account = bank_accounts.give(
            ready.person,
            holder=ready.name,
            iban="FR1420041010050500013M02606",
            bic="",
            upload=scan(),
            by=ready.person.user,
        )
        assert payments.export(by=finance) is None
        bank_accounts.check(account, by=finance)
        assert payments.export(by=finance) is None
    with on(FIRST + dt.timedelta(days=3)):
        made = payments.export(by=finance)

    assert made.lines.get().account == account


def test_the_file_taken_again_pays_the_same_account(ready, finance, other):
    made = exported(ready, finance, other)
    before = payments.export_csv(made, by=finance)
    with on(FIRST + dt.timedelta(days=1)):
        bank_accounts.give(
            ready.person,
            holder=ready.name,
            iban="FR1420041010050500013M02606",
            bic="",
            upload=scan(),
            by=ready.person.user,
        )

    assert payments.export_csv(made, by=finance) == before


def confirmed(ready, **more):
    row = rows(ready)[0]
    line = {"cle": row.key, "date_paiement": "2026-11-01", "mandat": "M-12"} | more
    with on(FIRST + dt.timedelta(days=3)):
        return payments.confirm([line], by=UserFactory())


def test_a_payment_confirmed_twice_counts_once(ready, finance, other):
    exported(ready, finance, other)

    first, again = confirmed(ready), confirmed(ready)

    assert (first.paid, first.known, again.paid, again.known) == (1, 0, 0, 1)
    row = rows(ready)[0]
    assert (row.state, row.warrant) == (State.PAID, "M-12")
    assert Message.objects.filter(template_key="bursaries.agreement-paid").count() == 1
    with pytest.raises(ProgrammingError, match="stays"), transaction.atomic():
        PaymentLine.objects.filter(pk=row.pk).update(warrant="")


def test_the_envelope_says_what_is_paid(ready, finance, other):
    exported(ready, finance, other)
    confirmed(ready)

    with on(FIRST):
        [line] = [one for one in votes.scenario() if one.year == 2026]

    assert line.paid == rows(ready)[0].amount
    assert line.paid <= line.committed


def test_a_rejected_payment_leaves_again(ready, finance, other):
    exported(ready, finance, other)

    done = confirmed(ready, rejet="Compte clos")
    again = confirmed(ready, rejet="Compte clos")
    row = rows(ready)[0]
    payments.send_again(row, by=finance)

    assert (done.rejected, again.known) == (1, 1)
    assert row.state == State.REJECTED
    assert rows(ready)[0].state == State.APPROVED
    assert payments.export(by=finance).lines.get() == row


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"cle": "CV47-2026-0001-999999"}, "aucun versement", id="unknown"),
        pytest.param({"cle": ""}, "aucun versement", id="blank"),
        pytest.param({"cle": "=cmd"}, "aucun versement", id="formula"),
        pytest.param({"date_paiement": "hier"}, "ne se lit pas", id="date"),
        pytest.param({"date_paiement": ""}, "manque", id="no-date"),
        pytest.param({"date_paiement": "2030-01-01"}, "à venir", id="to-come"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(ready, finance, other, change, sentence):
    exported(ready, finance, other)

    done = confirmed(ready, **change)

    assert done.paid == 0
    assert done.errors[0].startswith("Ligne 2 : ")
    assert sentence in done.errors[0]


def test_only_what_left_is_confirmed(ready, finance):
    ordered(ready, finance)

    assert "n'a pas été transmis" in confirmed(ready).errors[0]


# --- Pages ---------------------------------------------------------------------------


def page(name, *args) -> str:
    return reverse(f"admin:bursaries_{name}", args=args)


def test_finances_pay_from_their_pages(client, ready, finance, other):
    row = rows(ready)[0]
    with on(FIRST):
        client.force_login(finance)
        shown = client.get(page("paymentline_change", row.pk)).content.decode()
        chosen = {"action": "order_chosen", "_selected_action": [row.pk]}
        client.post(page("paymentline_changelist"), chosen)
        mine = client.post(page("payment_approve", row.pk), follow=True)
        client.force_login(other)
        client.post(page("payment_approve", row.pk))
        client.post(page("payment_export"))
        listed = client.get(page("paymentline_changelist")).content.decode()
        made = PaymentExport.objects.get()
        file = client.get(page("payment_file", made.pk))
        content = f"cle;date_paiement;mandat;rejet\n{row.key};01/11/2026;M-1;\nx;;;\n"
        sent_back = {"file": SimpleUploadedFile("retour.csv", content.encode())}
        done = client.post(page("payment_confirm"), sent_back).content.decode()

    assert "Rien ne l’empêche" in shown
    assert "Une autre personne approuve" in mine.content.decode()
    assert f"Export n° {made.pk}" in listed
    assert IBAN in file.content.decode("utf-8-sig")
    assert "1 payé," in done
    assert "Ligne 3" in done


def test_the_page_of_a_payment_tells_every_obstacle(client, agreement, finance):
    with on(FIRST):
        client.force_login(finance)
        shown = client.get(page("paymentline_change", rows(agreement)[0].pk))

    said = shown.content.decode()
    assert "Aucun relevé d’identité bancaire" in said
    assert "Il manque le certificat de scolarité 2026-2027" in said
    assert "Ordonner</button>" not in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"a;b\n1;2\n", "Il manque la colonne cle", id="columns"),
        pytest.param(b"", "vide", id="empty"),
        pytest.param(b"\xff\xfe\x00", "Il manque la colonne cle", id="bytes"),
    ],
)
def test_a_wrong_file_is_told(client, finance, content, sentence):
    client.force_login(finance)

    answer = client.post(
        page("payment_confirm"), {"file": SimpleUploadedFile("x.csv", content)}
    )

    assert sentence in answer.content.decode()


def test_the_desk_reads_and_pays_nothing(client, ready, claire, finance, other):
    made = exported(ready, finance, other)
    row = rows(ready)[1]
    client.force_login(claire)

    assert client.get(page("paymentline_changelist")).status_code == 200
    assert client.get(page("paymentline_change", row.pk)).status_code == 200
    for name in ("order", "approve", "cancel", "resend"):
        assert client.post(page(f"payment_{name}", row.pk)).status_code == 403
    assert client.get(page("payment_file", made.pk)).status_code == 403
    assert client.post(page("payment_export")).status_code == 403
    assert client.get(page("payment_confirm")).status_code == 403


def test_the_student_sees_what_comes_and_what_it_waits_for(client, agreement):
    with on(FIRST):
        client.force_login(agreement.person.user)
        shown = client.get(agreement.get_absolute_url()).content.decode()

    assert "Le prochain versement attend" in shown
    assert "certificat de scolarité 2026-2027" in shown
    assert shown.count("<td>Prévu</td>") == 36


def test_the_list_costs_the_same_whatever_the_number(
    client, ready, finance, django_assert_max_num_queries
):
    client.force_login(finance)
    address = page("paymentline_changelist")
    with on(FIRST):
        client.force_login(finance)
        client.get(address)
        with django_assert_max_num_queries(40) as one:
            client.get(address)
        first = len(one)
    with on(dt.date(2029, 1, 1)):
        client.force_login(finance)
        client.get(address)
        with django_assert_max_num_queries(first):
            client.get(address)


def test_what_is_left_goes_down_with_each_order(ready, finance):
    ordered(ready, finance)
    whole = Agreement.objects.with_facts().get(pk=ready.pk)

    known = paying.facts(whole, FIRST)

    assert (known.left, known.months_left) == (Decimal("24500.00"), 35)
