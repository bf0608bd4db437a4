"""An agreement not kept, and one kept to the end: from doubt to the last euro."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from pikepdf.pdfa import validate_written

from bursaries import breach_letters, litigation, paying, retention, week
from bursaries.actions import breaches, clock, payments
from bursaries.choices import Outcome
from bursaries.models import (
    Agreement,
    BankAccount,
    BreachCase,
    BreachStep,
    PaymentExport,
    PaymentLine,
    RepaymentSheet,
)
from bursaries.payable import Block
from casework.models import Message
from documents import rendering
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import drafted, make_binding, scan, sent, sign_all
from tests.bursaries.factories import SchemeVersionFactory
from tests.documents import samples
from tests.documents.factories import DocumentFactory
from tests.installation.factories import desk_user
from tests.territory.factories import CommuneFactory, DeskFactory

START = dt.date(2026, 9, 14)
DIPLOMA = dt.date(2030, 1, 15)
LEFT = dt.date(2032, 7, 15)
Stage = BreachCase.Stage


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def claire():
    return desk_user()


@pytest.fixture
def other():
    return desk_user()


@pytest.fixture
def agreement(claire, monkeypatch, django_capture_on_commit_callbacks):
    """Signed, binding, and all of it paid: 25 200 €."""
    monkeypatch.setattr(rendering, "pdf", lambda *args: samples.pdf())
    version = SchemeVersionFactory(published=dt.date(2026, 1, 1), zones=[])
    with on(START):
        deed = drafted(version, claire)
        with django_capture_on_commit_callbacks(execute=True):
            sent(deed, claire)
        found = make_binding(sign_all(deed), claire)
        payments.plan(found)
    pay_all(found)
    return now(found)


def on(day: dt.date):
    return time_machine.travel(f"{day} 10:00")


def now(agreement) -> Agreement:
    return Agreement.objects.with_facts().get(pk=agreement.pk)


def pay_all(agreement) -> None:
    """As two people and a bank did, month after month."""
    one, two = UserFactory(), UserFactory()
    made, at = PaymentExport.objects.create(made_by=one), timezone.now()
    rows = PaymentLine.objects.of(agreement)
    rows.update(ordered_at=at, ordered_by=one)
    account = BankAccount(
        person=agreement.person, holder="X", document=DocumentFactory()
    )
    account.given_by = agreement.person.user
    account.seal("FR7630006000011234567890189", "")
    account.save()
    rows.update(
        approved_at=at, approved_by=two, sent_in=made, account=account, paid_on=START
    )


@pytest.fixture
def serving(agreement, claire):
    """Settled the day of the diploma."""
    with on(DIPLOMA):
        for kind in ("diploma", "order", "practice"):
            upload = scan()
            proof = clock.send_proof(agreement, kind, upload, by=claire)
            clock.accept_proof(proof, by=claire, diploma_on=DIPLOMA)
        clock.settle(
            agreement,
            commune=CommuneFactory(nerac=True),
            name="Maison de santé",
            mode="liberal",
            days_a_week=Decimal("4"),
            since=DIPLOMA,
            by=claire,
        )
    return now(agreement)


def opened(agreement, by, since=LEFT, ground="stopped") -> BreachCase:
    with on(max(since, LEFT)):
        case = breaches.open_case(agreement, ground=ground, since=since, by=by)
        breaches.log_step(
            case, on=since, kind="call", text="Appelée, elle hésite.", by=by
        )
    return case


def noticed(agreement, by, **more) -> BreachCase:
    case = opened(agreement, by, **more)
    with on(LEFT):
        return breaches.give_notice(case, text="Vous avez quitté Nérac.", by=by)


AFTER = LEFT + dt.timedelta(days=31)


def computed(agreement, by, **more) -> RepaymentSheet:
    case = noticed(agreement, by, **more)
    with on(AFTER):
        return breaches.compute(case, by=by)


def checked(agreement, by, other) -> RepaymentSheet:
    sheet = computed(agreement, by)
    with on(AFTER):
        return breaches.check(sheet, by=other)


def again(case) -> BreachCase:
    return BreachCase.objects.with_list_data().get(pk=case.pk)


# --- Looked into ---------------------------------------------------------------------


def test_the_stage_follows_from_what_was_done(serving, claire, other):
    with on(LEFT):
        case = breaches.open_case(serving, ground="stopped", since=LEFT, by=claire)
    stages = [again(case).stage]
    with on(LEFT):
        breaches.log_step(case, on=LEFT, kind="call", text="Appelée.", by=claire)
        stages.append(again(case).stage)
        breaches.give_notice(case, text="Vous avez quitté Nérac.", by=claire)
        stages.append(again(case).stage)
    with on(AFTER):
        sheet = breaches.compute(case, by=claire)
        stages.append(again(case).stage)
        breaches.check(sheet, by=other)
        stages.append(again(case).stage)
        breaches.spread(sheet, count=2, first_on=AFTER, by=claire)
        stages.append(again(case).stage)

    assert stages == [
        Stage.SUSPECTED,
        Stage.AMICABLE,
        Stage.NOTICE,
        Stage.NOTICE,
        Stage.DUE,
        Stage.REPAYING,
    ]


def test_nothing_is_paid_while_it_is_looked_into(serving, claire):
    opened(serving, claire)

    whole = now(serving)
    known = paying.facts(whole, LEFT)
    line = PaymentLine.objects.of(whole).first()

    codes = [one.code for one in paying.reasons(line, known, timezone.now())]
    assert Block.BREACH in codes


def test_one_at_a_time(serving, claire):
    opened(serving, claire)

    with on(LEFT), pytest.raises(ValidationError, match="déjà ouvert"):
        breaches.open_case(serving, ground="partial", since=LEFT, by=claire)


def test_what_was_said_is_never_written_over(serving, claire):
    case = opened(serving, claire)
    step = case.steps.get()

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        BreachStep.objects.filter(pk=step.pk).update(text="Autre")
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        step.delete()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"kind": "delay"}, "jusqu'à quand", id="delay-without-end"),
        pytest.param(
            {"kind": "delay", "until": LEFT}, "jusqu'à quand", id="delay-of-no-day"
        ),
        pytest.param({"on": LEFT + dt.timedelta(days=9)}, "à venir", id="to-come"),
    ],
)
def test_a_step_that_cannot_be_is_refused(serving, claire, change, sentence):
    case = opened(serving, claire)
    said = {"on": LEFT, "kind": "call", "text": "Rien."} | change

    with on(LEFT), pytest.raises(ValidationError, match=sentence):
        breaches.log_step(case, by=claire, **said)


# --- Claimed -------------------------------------------------------------------------


def test_the_notice_comes_after_a_word_and_leaves_the_days_of_the_scheme(
    serving, claire
):
    with on(LEFT):
        case = breaches.open_case(serving, ground="stopped", since=LEFT, by=claire)
        with pytest.raises(ValidationError, match="au moins un échange"):
            breaches.give_notice(case, text="Sans un mot.", by=claire)
        breaches.log_step(case, on=LEFT, kind="call", text="Appelée.", by=claire)
        case = breaches.give_notice(case, text="Vous avez quitté Nérac.", by=claire)
        with pytest.raises(ValidationError, match="déjà partie"):
            breaches.give_notice(case, text="Encore.", by=claire)

    assert case.notice_until == LEFT + dt.timedelta(days=30)
    assert case.notice.is_servable
    mail = Message.objects.get(template_key="bursaries.agreement-notice-given")
    assert mail.recipient == serving.person.email


def test_the_letter_and_the_certificate_are_archivable(agreement, claire, monkeypatch):
    monkeypatch.undo()
    case = BreachCase(agreement=agreement, ground="stopped", since=LEFT)

    letter = breach_letters.notice_pdf(case, "Les faits.", LEFT, AFTER)
    certificate = breach_letters.certificate_pdf(agreement, AFTER, AFTER)

    for paper in (letter, certificate):
        assert validate_written(io.BytesIO(paper), "3b").findings == []


def test_no_calculation_before_the_end_of_the_notice(serving, claire):
    case = opened(serving, claire)
    with on(AFTER), pytest.raises(ValidationError, match="après la mise en demeure"):
        breaches.compute(case, by=claire)
    with on(LEFT):
        breaches.give_notice(case, text="Vous avez quitté Nérac.", by=claire)

    too_early = pytest.raises(ValidationError, match="laisse jusqu'au")
    with on(LEFT + dt.timedelta(days=29)), too_early:
        breaches.compute(case, by=claire)


# --- Computed ------------------------------------------------------------------------


def test_leaving_in_the_middle_is_paid_back_in_proportion(serving, claire):
    sheet = computed(serving, claire)

    end = dt.date(2035, 1, 15)
    share = Decimal((end - LEFT).days) / Decimal((end - DIPLOMA).days)
    assert sheet.due == (Decimal("25200") * share).quantize(Decimal("0.01"))
    assert sheet.inputs["versé"] == "25200.00"
    assert sheet.inputs["jours servis"] == str((LEFT - DIPLOMA).days)


def test_whoever_never_settled_pays_all_back(agreement, claire):
    """T-4."""
    sheet = computed(agreement, claire, ground="unsettled")

    assert sheet.due == Decimal("25200.00")


def test_another_agent_checks_and_the_database_agrees(serving, claire, other):
    sheet = computed(serving, claire)

    with pytest.raises(ValidationError, match="Un autre agent"):
        breaches.check(sheet, by=claire)
    with pytest.raises(IntegrityError), transaction.atomic():
        RepaymentSheet.objects.filter(pk=sheet.pk).update(
            checked_at=timezone.now(), checked_by=claire
        )
    breaches.check(sheet, by=other)

    assert again(sheet.case).sheet == sheet
    assert Message.objects.filter(
        template_key="bursaries.agreement-repayment-due"
    ).exists()


@pytest.mark.parametrize(
    "change", [{"due": 1}, {"inputs": {}}, {"lines": []}, {"on": START}]
)
def test_a_calculation_keeps_its_figures(serving, claire, change):
    sheet = computed(serving, claire)

    with pytest.raises(ProgrammingError, match="keeps its"), transaction.atomic():
        RepaymentSheet.objects.filter(pk=sheet.pk).update(**change)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        sheet.delete()


def test_an_old_calculation_is_not_checked(serving, claire, other):
    first = computed(serving, claire)
    with on(AFTER):
        breaches.compute(first.case, by=claire)

    with pytest.raises(ValidationError, match="plus récent"):
        breaches.check(first, by=other)


# --- Repaid --------------------------------------------------------------------------


def test_paid_back_month_after_month_it_ends(serving, claire, other):
    sheet = checked(serving, claire, other)
    with on(AFTER):
        rows = breaches.spread(sheet, count=3, first_on=AFTER, by=claire)
        breaches.note_title(sheet, number="T-2032-7", on=AFTER, by=claire)
        breaches.receive(sheet, on=AFTER, amount=rows[0].amount, note="1", by=claire)
        with pytest.raises(ValidationError, match="déjà notée"):
            breaches.receive(
                sheet, on=AFTER, amount=rows[0].amount, note="1", by=claire
            )
    assert again(sheet.case).stage == Stage.REPAYING
    rest = sheet.due - rows[0].amount
    with on(AFTER + dt.timedelta(days=40)):
        last = timezone.localdate()
        breaches.receive(sheet, on=last, amount=rest, note="2", by=claire)

    assert sum(row.amount for row in rows) == sheet.due
    assert again(sheet.case).outcome == Outcome.REPAID
    assert (now(serving).ending, now(serving).ended_on) == ("repaid", last)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        pytest.param({"count": 25, "first_on": AFTER}, "24 mensualités", id="many"),
        pytest.param({"count": 2, "first_on": LEFT}, "à venir", id="past"),
        pytest.param({"count": 0, "first_on": AFTER}, "une fois", id="none"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(serving, claire, other, said, sentence):
    sheet = checked(serving, claire, other)

    with on(AFTER), pytest.raises(ValidationError, match=sentence):
        breaches.spread(sheet, by=claire, **said)


def test_the_order_of_things_is_kept(serving, claire, other):
    sheet = computed(serving, claire)

    with on(AFTER):
        with pytest.raises(ValidationError, match="calcul vérifié"):
            breaches.spread(sheet, count=2, first_on=AFTER, by=claire)
        with pytest.raises(ValidationError, match="pas encore vérifié"):
            breaches.note_title(sheet, number="T", on=AFTER, by=claire)
        with pytest.raises(ValidationError, match="échéancier"):
            breaches.receive(sheet, on=AFTER, amount=Decimal(1), note="", by=claire)
        breaches.check(sheet, by=other)
        breaches.spread(sheet, count=2, first_on=AFTER, by=claire)
        with pytest.raises(ValidationError, match="déjà fixé"):
            breaches.spread(sheet, count=3, first_on=AFTER, by=claire)
        with pytest.raises(ValidationError, match="déjà accepté"):
            breaches.compute(sheet.case, by=claire)


@pytest.mark.parametrize(
    ("outcome", "ending"),
    [pytest.param("cleared", "", id="kept"), pytest.param("released", "released")],
)
def test_closed_without_repayment(serving, claire, outcome, ending):
    case = opened(serving, claire)

    with on(LEFT):
        with pytest.raises(ValidationError, match="Dites pourquoi"):
            breaches.close(case, outcome=outcome, text=" ", by=claire)
        breaches.close(case, outcome=outcome, text="Délibération 12.", by=claire)
        with pytest.raises(ValidationError, match="clos"):
            breaches.close(case, outcome=outcome, text="Encore.", by=claire)

    assert now(serving).ending == ending


# --- Before the court ----------------------------------------------------------------


def test_the_pieces_are_one_file_in_order_the_same_twice(serving, claire, other):
    sheet = checked(serving, claire, other)
    case = again(sheet.case)
    case.agreement = now(serving)

    content = litigation.bundle(case)

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[0] == "00-sommaire.txt"
    assert [name[:2] for name in names] == [f"{n:02}" for n in range(len(names))]
    kinds = " ".join(names)
    for said in ("convention", "diploma", "versements", "demarches", "mise-en-demeure"):
        assert said in kinds
    assert names[-1].endswith("calcul-1.csv")
    assert litigation.bundle(case) == content


# --- Kept to the end -----------------------------------------------------------------


def test_the_service_done_the_person_has_a_certificate(client, serving, claire):
    with on(dt.date(2035, 1, 14)), pytest.raises(ValidationError, match="pas encore"):
        clock.fulfil(serving, by=claire)
    with on(dt.date(2035, 1, 15)):
        told = [line.title for line in week.lines(claire, timezone.localdate())]
        clock.fulfil(serving, by=claire)
        client.force_login(serving.person.user)
        page = client.get(serving.get_absolute_url()).content.decode()
        paper = client.get(
            reverse("bursaries:agreement-certificate", args=[serving.reference])
        )
        client.force_login(UserFactory())
        refused = client.get(
            reverse("bursaries:agreement-certificate", args=[serving.reference])
        )

    assert any("Attester la fin" in title for title in told)
    assert "Mon attestation" in page
    assert paper["Content-Type"] == "application/pdf"
    assert refused.status_code == 404
    assert (now(serving).ending, now(serving).ended_on) == (
        "fulfilled",
        dt.date(2035, 1, 15),
    )


def test_ten_years_later_its_words_are_emptied(serving, claire):
    case = noticed(serving, claire)
    with on(LEFT):
        breaches.close(case, outcome="released", text="Délibération 12.", by=claire)

    with on(dt.date(2044, 1, 1)):
        [found] = retention.agreements_over(timezone.localdate())
        retention.forget_agreement(found)

    case = again(case)
    assert case.steps.get().text == "Effacé."
    assert case.notice.discarded_at


# --- Pages ---------------------------------------------------------------------------


def page(name, *args) -> str:
    return reverse(f"admin:bursaries_{name}", args=args)


def test_the_desk_goes_from_page_to_page(client, serving, claire, other):
    with on(LEFT):
        client.force_login(claire)
        client.post(
            page("agreement_breach", serving.pk),
            {"ground": "stopped", "since": f"{LEFT}"},
        )
        case = BreachCase.objects.get()
        wrong = client.post(
            page("breach_step", case.pk),
            {"on": f"{LEFT}", "kind": "delay", "text": "Un mois."},
        )
        client.post(
            page("breach_step", case.pk),
            {"on": f"{LEFT}", "kind": "call", "text": "Appelée."},
        )
        client.post(page("breach_notice", case.pk), {"text": "Vous avez quitté."})
        letter = client.get(page("breach_letter", case.pk))
    with on(AFTER):
        client.force_login(claire)
        client.post(page("breach_compute", case.pk), {})
        sheet = RepaymentSheet.objects.get()
        mine = client.post(page("breach_check", case.pk, sheet.pk), follow=True)
        client.force_login(other)
        client.post(page("breach_check", case.pk, sheet.pk))
        client.post(
            page("breach_spread", case.pk), {"count": "2", "first_on": f"{AFTER}"}
        )
        client.post(page("breach_title", case.pk), {"number": "T-1", "on": f"{AFTER}"})
        half = f"{sheet.instalments.first().amount}"
        client.post(
            page("breach_receive", case.pk),
            {"on": f"{AFTER}", "amount": half, "note": "1"},
        )
        shown = client.get(page("breachcase_change", case.pk)).content.decode()
        bundle = client.get(page("breach_bundle", case.pk))

    assert "jusqu&#x27;à quand" in wrong.content.decode()
    assert "Un mois." in wrong.content.decode()
    assert letter["Content-Type"] == "application/pdf"
    assert "Un autre agent vérifie" in mine.content.decode()
    assert "Titre de recettes T-1" in shown
    assert "reste dû" in shown
    assert bundle["Content-Type"] == "application/zip"


def test_finance_reads_it_and_decides_nothing(client, serving, claire):
    case = opened(serving, claire)
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.get(page("breachcase_change", case.pk)).status_code == 200
    assert client.get(page("breachcase_changelist")).status_code == 200
    for name in ("step", "notice", "compute", "close", "spread", "receive", "title"):
        assert client.post(page(f"breach_{name}", case.pk)).status_code == 403


def test_the_student_reads_the_letter_and_a_stranger_does_not(client, serving, claire):
    noticed(serving, claire)
    address = reverse("bursaries:agreement-notice", args=[serving.reference])

    client.force_login(serving.person.user)
    shown = client.get(serving.get_absolute_url()).content.decode()
    mine = client.get(address)
    client.force_login(UserFactory())

    assert "Une mise en demeure vous est adressée" in shown
    assert mine["Content-Type"] == "application/pdf"
    assert client.get(address).status_code == 404
