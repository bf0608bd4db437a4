"""The agreement: written from the library, reviewed, signed, made binding, amended."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pikepdf
import pytest
import time_machine
from celery.exceptions import Retry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pikepdf.pdfa import validate_written

from accounts.signals import account_closing
from bursaries import agreement_papers, agreement_words, clauses, retention, week
from bursaries.actions import agreements
from bursaries.models import (
    TERMS,
    Agreement,
    ClauseText,
    Deed,
    DeedClause,
    SchemeVersion,
)
from bursaries.tasks import prepare_deed, prepare_left_behind
from casework.models import Entry, Message
from casework.typography import euros
from documents import rendering
from documents.models import Signatory, SignatureRequest
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import (
    HERE,
    again,
    drafted,
    granted,
    mailed_code,
    make_binding,
    scan,
    sent,
    sign_all,
    signer,
)
from tests.bursaries.factories import SchemeVersionFactory
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory

State = Deed.State


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def claire():
    return desk_user()


@pytest.fixture
def version():
    return SchemeVersionFactory(published=dt.date(2026, 1, 1))


@pytest.fixture
def deed(version, claire):
    return drafted(version, claire)


@pytest.fixture
def quick_paper(monkeypatch):
    """The paper is looked at elsewhere: here its words are enough."""
    drawn = []

    def pdf(template, context):
        drawn.append((template, context))
        return samples.pdf()

    monkeypatch.setattr(rendering, "pdf", pdf)
    return drawn


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def to_sign(deed, claire, quick_paper, commit):
    with commit():
        sent(deed, claire)
    return again(deed)


@pytest.fixture
def signed(to_sign, commit):
    with commit():
        sign_all(to_sign)
    return again(to_sign)


def words_of(deed: Deed) -> str:
    told = []
    for clause, blocks in agreement_words.articles(deed):
        told.append(clause.title)
        for block in blocks:
            told += [block.text, *block.items]
    return "\n".join(told)


# --- Written -------------------------------------------------------------------------


def test_the_agreement_begins_with_what_was_voted(deed):
    agreement = deed.agreement

    assert agreement.reference.startswith("CV")
    assert agreement.name == "Lina Moreau"
    assert (deed.state, deed.number, deed.months) == (State.DRAFT, 0, 36)
    assert deed.amounts == [Decimal("700.00")] * 3
    assert deed.max_total == Decimal("25200.00")
    assert [one.key for one in deed.clauses.all()] == clauses.keys(is_amendment=False)


def test_every_variable_of_every_clause_has_its_words(deed):
    found = agreement_words.variables(deed)

    assert found.keys() == clauses.VARIABLES.keys()
    assert "{" not in words_of(deed)


def test_the_words_say_the_figures_the_law_and_the_court(deed):
    words = words_of(deed)

    for said in (
        euros(Decimal(25200)),
        f"{euros(Decimal(700))} par mois",
        "5\u00a0ans",
        "4 jours par semaine",
        "ZIP ou ZAC",
        "article L. 1511-8, II du CGCT",
        "délibération n° 2026-214",
        "tribunal administratif",
        "15\u00a0novembre",
    ):
        assert said in words


def test_one_agreement_an_application_whoever_clicks_twice(version, claire):
    application = granted(version, claire)

    first = agreements.draft(application, by=claire)

    assert agreements.draft(application, by=claire) == first


def test_only_what_was_granted_leads_to_an_agreement(version, claire):
    application = granted(version, claire)
    type(application).objects.filter(pk=application.pk).update(
        state="complete", decided_at=None
    )

    with pytest.raises(ValidationError, match="n'est pas accordée"):
        agreements.draft(application, by=claire)


def test_one_running_agreement_a_person(deed, version):
    other = Agreement(
        reference="CV47-2026-0099",
        person=deed.agreement.person,
        application=deed.agreement.application,
        version=version,
        session=deed.agreement.session,
        profession="medicine",
        diploma_due_on=dt.date(2030, 1, 1),
        created_by=deed.created_by,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    with pytest.raises(ValidationError, match="une seule à la fois"):
        other.validate_constraints()


def test_old_agreements_keep_the_rules_of_their_vote(signed, version, claire):
    version.close(timezone.localdate() + dt.timedelta(days=1))
    later = SchemeVersionFactory(
        scheme=version.scheme, number=2, days_a_week=5, amount=900
    )
    later.publish(opens_on=timezone.localdate() + dt.timedelta(days=1), by=claire)

    kept = Agreement.objects.with_deeds().get()

    assert kept.version == version
    assert kept.terms_now.amounts[0] == Decimal("700.00")
    assert SchemeVersion.objects.count() == 2


# --- The library ---------------------------------------------------------------------


def reworded(key, by, *, scheme=None, body="Nos mots.", is_used=True) -> ClauseText:
    return agreements.write_clause(
        key, scheme=scheme, title="Titre", body=body, is_used=is_used, by=by
    )


def test_staff_words_begin_the_agreements_to_come(deed, version, claire):
    reworded("objet", claire, body="Premiers mots.")
    reworded("objet", claire, body="Derniers mots.")
    reworded("objet", claire, scheme=version.scheme, body="Mots de cette bourse.")

    later = drafted(version, claire)

    mine = later.clauses.get(key="objet")
    assert (mine.body, mine.library_number) == ("Mots de cette bourse.", 1)
    assert deed.clauses.get(key="objet").library_number == 0


def test_a_clause_may_leave_and_another_come(version, claire):
    reworded("redoublement", claire, is_used=False)
    reworded("garde", claire, body="Participer à la permanence des soins.")

    keys = [one.key for one in drafted(version, claire).clauses.all()]

    assert "redoublement" not in keys
    assert keys.index("garde") == keys.index("avenant") + 1


def test_a_wording_is_never_written_over(claire):
    text = reworded("objet", claire)

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        ClauseText.objects.filter(pk=text.pk).update(body="Autre")
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        text.delete()


def test_a_variable_that_nothing_replaces_is_refused(deed, claire):
    with pytest.raises(ValidationError, match="salaire"):
        reworded("objet", claire, body="Contre {salaire}.")
    clause = deed.clauses.first()
    with pytest.raises(ValidationError, match="salaire"):
        agreements.reword(clause, title="T", body="Contre {salaire}.", by=claire)


# --- Reviewed ------------------------------------------------------------------------


def test_an_article_is_reworded_for_this_agreement_alone(deed, claire):
    clause = deed.clauses.get(key="objet")

    agreements.reword(clause, title="Objet", body="Pour {beneficiaire}.", by=claire)

    clause.refresh_from_db()
    assert clause.is_reworded
    assert "Pour Lina Moreau." in words_of(again(deed))
    assert not ClauseText.objects.exists()


def test_an_open_remark_holds_the_text_back(deed, claire, quick_paper, commit):
    remark = agreements.comment(deed.clauses.first(), "À préciser.", by=claire)

    with pytest.raises(ValidationError, match="Une remarque n'est pas traitée"):
        agreements.approve(deed, power=signer(), by=claire)
    agreements.resolve(remark, by=claire)
    with commit():
        agreements.approve(deed, power=signer(), by=claire)

    assert again(deed).state == State.TO_SIGN


def test_a_final_text_takes_neither_words_nor_remarks(to_sign, claire):
    clause = to_sign.clauses.first()

    with pytest.raises(ValidationError, match="arrêté"):
        agreements.reword(clause, title="T", body="B", by=claire)
    with pytest.raises(ValidationError, match="arrêté"):
        agreements.comment(clause, "Trop tard", by=claire)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        DeedClause.objects.filter(pk=clause.pk).update(body="Autre")


@pytest.mark.parametrize("name", TERMS)
def test_the_database_keeps_the_terms_of_a_final_text(to_sign, name):
    other = {
        "starts_on": dt.date(2031, 1, 1),
        "months": 1,
        "amounts": [Decimal("1")],
        "max_total": Decimal("1"),
        "rhythm": "yearly",
        "commitment_months": 72,
        "window_months": 1,
        "days_a_week": Decimal("1"),
        "modes": ["salaried"],
        "zones": [],
        "zone_reference": "settling",
    }

    with pytest.raises(ProgrammingError, match="keeps its terms"), transaction.atomic():
        Deed.objects.filter(pk=to_sign.pk).update(**{name: other[name]})


# --- The paper -----------------------------------------------------------------------


def test_the_paper_is_archivable_tagged_and_the_same_twice(deed):
    first = agreement_papers.pdf(again(deed), "ABCDEFGHJKMN")
    second = agreement_papers.pdf(again(deed), "ABCDEFGHJKMN")

    assert first == second
    assert validate_written(io.BytesIO(first), "3b").findings == []
    with pikepdf.open(io.BytesIO(first)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert 6 <= len(paper.pages) <= 8


def test_the_worker_makes_it_and_asks_the_student_first(to_sign, quick_paper):
    [(template, context)] = quick_paper
    student, department = to_sign.circuit.signatories.all()

    assert template == "bursaries/pdf/agreement.html"
    assert context["code"] == to_sign.circuit.spaced_code
    assert [line["amount"] for line in context["lines"]] == [euros(Decimal(700))] * 36
    assert context["total"] == euros(Decimal(25200))
    assert to_sign.circuit.waiting() == [student]
    assert department.name == "Jeanne Vidal"
    mail = Message.objects.get(template_key="bursaries.agreement-to-sign")
    assert mail.recipient == to_sign.agreement.person.email


def test_asked_twice_it_is_made_once(to_sign, quick_paper):
    prepare_deed(to_sign.pk)
    prepare_left_behind()

    assert len(quick_paper) == 1
    assert SignatureRequest.objects.count() == 1


def test_a_failure_is_seen_and_tried_again(deed, claire, monkeypatch, commit):
    def broken(*args):
        raise MemoryError

    monkeypatch.setattr(rendering, "pdf", broken)
    with pytest.raises(Retry), commit():
        agreements.approve(deed, power=signer(), by=claire)
    failed = again(deed)
    told = [line.title for line in week.lines(claire, timezone.localdate())]
    monkeypatch.setattr(rendering, "pdf", lambda *args: samples.pdf())
    prepare_left_behind()

    assert (failed.state, failed.failure) == (State.PREPARING, "MemoryError")
    assert any("n’a pas pu être fait" in title for title in told)
    assert again(deed).state == State.TO_SIGN
    assert again(deed).failure == ""


# --- Signed --------------------------------------------------------------------------


def test_signed_in_order_then_binding_once_sent_and_notified(signed, claire):
    agreement = make_binding(signed, claire)
    day = timezone.localdate()

    assert signed.state == State.SIGNED
    assert agreement.root.binds_since == day
    assert agreement.root.state == State.EXECUTORY
    told = {one.template_key for one in Message.objects.all()}
    assert {"bursaries.agreement-signed", "bursaries.agreement-signed-desk"} <= told


def test_the_department_does_not_sign_before_the_student(to_sign):
    _student, department = to_sign.circuit.signatories.all()

    with pytest.raises(ValidationError, match="avant"):
        agreements.sign_by_code(to_sign, department, "000 000", address=HERE)


def test_a_code_signs_once_and_only_its_own_document(to_sign, deed):
    student, department = to_sign.circuit.signatories.all()
    code = mailed_code(student)
    agreements.sign_by_code(to_sign, student, code, address=HERE)

    with pytest.raises(ValidationError, match="pas le bon"):
        agreements.sign_by_code(to_sign, department, code, address=HERE)
    Signatory.objects.filter(pk=student.pk).get()
    assert again(to_sign).circuit.waiting() == [department]


def test_a_scan_bears_the_signatures_that_are_missing(to_sign, claire, commit):
    student = to_sign.circuit.signatories.first()
    agreements.sign_by_code(to_sign, student, mailed_code(student), address=HERE)

    with commit():
        agreements.sign_on_paper(to_sign, scan(), by=claire)

    means = [one.means for one in to_sign.circuit.signatories.all()]
    assert again(to_sign).state == State.SIGNED
    assert means == ["link", "paper"]


def test_a_text_taken_back_keeps_what_was_signed(to_sign, claire, quick_paper, commit):
    first = to_sign.circuit
    student = first.signatories.first()
    agreements.sign_by_code(to_sign, student, mailed_code(student), address=HERE)

    agreements.reopen(to_sign, by=claire)
    back = again(to_sign)
    with commit():
        sent(back, claire)

    new = again(to_sign).circuit
    first.refresh_from_db()
    assert back.state == State.DRAFT
    assert (first.state, new.replaces) == ("abandoned", first)
    assert first.signatories.first().has_signed
    assert not any(one.has_signed for one in new.signatories.all())
    with pytest.raises(ValidationError, match="a changé depuis"):
        agreements.sign_by_code(again(to_sign), student, "000000", address=HERE)


def test_a_signed_text_is_never_taken_back(signed, claire):
    with pytest.raises(ValidationError, match="un avenant le change"):
        agreements.reopen(signed, by=claire)
    with pytest.raises(ValidationError, match="signé"):
        agreements.abandon(signed, because="Erreur", by=claire)
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic():
        Deed.objects.filter(pk=signed.pk).update(approved_at=None, approved_by=None)


def test_abandoned_before_its_signature_the_agreement_ends(to_sign, claire):
    agreements.abandon(to_sign, because="La personne renonce.", by=claire)

    agreement = Agreement.objects.get()
    assert (agreement.ending, again(to_sign).state) == ("withdrawn", State.ABANDONED)
    to_sign.circuit.refresh_from_db()
    assert to_sign.circuit.state == "abandoned"


def test_days_are_after_the_signatures_and_never_to_come(signed, to_sign, claire):
    day = timezone.localdate()
    early, late = day - dt.timedelta(days=1), day + dt.timedelta(days=1)

    for wrong in (early, late):
        with pytest.raises(ValidationError, match="Cette date"):
            agreements.note_days(
                signed, transmitted_on=wrong, notified_on=None, by=claire
            )


def test_copies_are_noted_once_each(signed, claire):
    day = timezone.localdate()
    agreements.send_copy(signed, to="ars", sent_on=day, by=claire)

    with pytest.raises(ValidationError, match="déjà notée"):
        agreements.send_copy(signed, to="ars", sent_on=day, by=claire)
    agreements.send_copy(signed, to="cpam", sent_on=day, by=claire)

    assert signed.copies.count() == 2


# --- Amended -------------------------------------------------------------------------


def amend(agreement, by, on, **changes) -> Deed:
    changes = changes or {"days_a_week": Decimal("3.0")}
    return agreements.amend(
        agreement, effective_on=on, purpose="Temps partiel.", changes=changes, by=by
    )


def test_an_amendment_states_what_changes_from_its_day_on(signed, claire, commit):
    day = timezone.localdate()
    on = day + dt.timedelta(days=30)
    agreement = signed.agreement

    new = amend(agreement, claire, on)
    words = words_of(again(new))
    with commit():
        sent(new, claire)
    sign_all(new)

    told = Agreement.objects.with_deeds().get()
    assert "L’exercice promis est de 3 jours par semaine au moins." in words
    assert "700" not in words
    assert told.terms_on(on - dt.timedelta(days=1)).days_a_week == 4
    assert told.terms_on(on).days_a_week == 3
    assert told.terms_on(on).commitment_months == 60


def test_an_unsigned_amendment_changes_nothing(signed, claire):
    amend(signed.agreement, claire, timezone.localdate())

    assert Agreement.objects.with_deeds().get().terms_now.is_root


def test_two_amendments_never_take_effect_the_same_day(signed, claire, commit):
    on = timezone.localdate()
    first = amend(signed.agreement, claire, on)
    with commit():
        sent(first, claire)
    sign_all(first)

    with pytest.raises(ValidationError, match="ce jour-là"):
        amend(signed.agreement, claire, on, days_a_week=Decimal("2.0"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"days_a_week": Decimal("4.0")}, "Rien ne change", id="same"),
        pytest.param({"commitment_months": 48}, "cinq ans", id="under-five-years"),
    ],
)
def test_an_amendment_that_may_not_be_is_refused(signed, claire, changes, sentence):
    with pytest.raises(ValidationError, match=sentence):
        amend(signed.agreement, claire, timezone.localdate(), **changes)


def test_an_agreement_not_signed_is_corrected_not_amended(deed, claire):
    with pytest.raises(ValidationError, match="corrigez-la"):
        amend(deed.agreement, claire, timezone.localdate())


# --- Pages ---------------------------------------------------------------------------


def page(name: str, *args) -> str:
    return reverse(f"bursaries:{name}", args=args)


def test_the_student_reads_and_signs_their_own(client, to_sign, commit):
    agreement = to_sign.agreement
    client.force_login(agreement.person.user)
    address = page("agreement-sign", agreement.reference, 0)

    home = client.get(page("agreement-detail", agreement.reference))
    client.post(address, {"then": "code"})
    student = to_sign.circuit.signatories.first()
    wrong = client.post(address, {"then": "sign", "code": "12", "consent": "on"})
    code = mailed_code(student)
    with commit():
        done = client.post(address, {"then": "sign", "code": code, "consent": "on"})

    assert "À vous de jouer" in home.content.decode()
    assert "pas le bon" in wrong.content.decode()
    assert 'value="12"' in wrong.content.decode()
    assert done.url == agreement.get_absolute_url()
    paper = client.get(page("agreement-document", agreement.reference, 0))
    assert paper["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["agreement-detail", "agreement-sign"])
def test_nobody_else_learns_that_it_exists(client, to_sign, name):
    client.force_login(UserFactory())
    more = [] if name == "agreement-detail" else [0]

    assert client.get(page(name, to_sign.agreement.reference, *more)).status_code == 404


def test_a_text_being_written_is_not_shown_to_the_student(client, deed):
    client.force_login(deed.agreement.person.user)

    found = client.get(page("agreement-detail", deed.agreement.reference))

    assert found.status_code == 404


def desk_page(name: str, *args) -> str:
    return reverse(f"admin:bursaries_{name}", args=args)


def test_the_desk_drafts_comments_and_approves(
    client, version, claire, quick_paper, commit
):
    application = granted(version, claire)
    client.force_login(claire)

    begun = client.post(desk_page("agreement_draft", application.pk))
    deed = Deed.objects.get()
    clause = deed.clauses.get(key="objet")
    client.post(desk_page("deed_comment", deed.pk, clause.pk), {"text": "À revoir."})
    held = client.post(desk_page("deed_approve", deed.pk), {"power": signer().pk})
    comment = clause.comments.get()
    client.post(desk_page("deed_resolve", deed.pk, comment.pk))
    client.post(
        desk_page("deed_reword", deed.pk, clause.pk), {"title": "Objet", "body": "Oui."}
    )
    with commit():
        client.post(desk_page("deed_approve", deed.pk), {"power": signer().pk})
    shown = client.get(deed.get_absolute_url()).content.decode()

    assert begun.url == deed.get_absolute_url()
    assert "Une remarque n&#x27;est pas traitée" in held.content.decode()
    assert "À la signature" in shown
    assert "Jeanne Vidal" in shown


def test_finance_reads_and_decides_nothing(client, to_sign):
    finance = UserFactory(is_staff=True, groups=["finances"])
    client.force_login(finance)

    assert client.get(to_sign.get_absolute_url()).status_code == 200
    for name in ("approve", "reopen", "abandon", "paper", "days", "copy", "sign"):
        assert client.get(desk_page(f"deed_{name}", to_sign.pk)).status_code == 403
    assert client.post(desk_page("deed_retry", to_sign.pk)).status_code == 403


@pytest.mark.parametrize("name", ["agreement", "deed", "clausetext"])
def test_a_student_never_enters_the_back_office(client, to_sign, name):
    client.force_login(to_sign.agreement.person.user)

    answer = client.get(desk_page(f"{name}_changelist"))

    assert answer.status_code in {302, 403}


def test_the_president_signs_with_the_mailbox_that_was_named(client, to_sign, commit):
    student, department = to_sign.circuit.signatories.all()
    agreements.sign_by_code(to_sign, student, mailed_code(student), address=HERE)
    stranger = desk_user()
    client.force_login(stranger)
    refused = client.get(desk_page("deed_sign", to_sign.pk))
    president = UserFactory(
        is_staff=True, groups=["direction"], email="presidence@example.org"
    )
    client.force_login(president)
    address = desk_page("deed_sign", to_sign.pk)

    asked = client.get(address)
    code = mailed_code(department)
    with commit():
        client.post(address, {"then": "sign", "code": code, "consent": "on"})

    assert refused.status_code == 302
    assert asked.status_code == 200
    assert again(to_sign).state == State.SIGNED


def test_the_head_writes_the_library_and_the_desk_reads_it(client, claire):
    head = UserFactory(is_staff=True, groups=["direction"])
    address = desk_page("clausetext_write", "objet")
    words = {"title": "Objet", "body": "Pour {beneficiaire}.", "is_used": "on"}

    client.force_login(claire)
    assert client.get(desk_page("clausetext_changelist")).status_code == 200
    assert client.get(address).status_code == 403
    client.force_login(head)
    wrong = client.post(address, {**words, "body": "Pour {rien}."}).content.decode()
    client.post(address, words)
    client.post(
        desk_page("clausetext_new"), {**words, "key": "garde", "title": "Gardes"}
    )

    assert "Pour {rien}." in wrong
    assert set(ClauseText.objects.values_list("key", flat=True)) == {"objet", "garde"}
    assert client.get(desk_page("clausetext_write", "inconnue")).status_code == 404


def test_the_desk_amends_from_a_page_that_holds_the_terms(client, signed, claire):
    client.force_login(claire)
    address = desk_page("agreement_amend", signed.agreement_id)
    form = client.get(address).context["form"]
    said = {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
    }
    said |= {
        "purpose": "Temps partiel.",
        "days_a_week": "3,0",
        "zones": "ZIP,ZAC",
        "effective_on": f"{timezone.localdate()}",
    }

    client.post(address, said)

    deed = Deed.objects.get(number=1)
    changed = [name for name in TERMS if getattr(deed, name) != getattr(signed, name)]
    assert changed == ["days_a_week"]


def test_the_pages_cost_the_same_whatever_the_number(
    client, signed, version, claire, django_assert_max_num_queries
):
    client.force_login(claire)
    client.get(desk_page("agreement_changelist"))
    with django_assert_max_num_queries(40) as one:
        client.get(desk_page("agreement_changelist"))
    first = len(one)
    for _ in range(3):
        drafted(version, claire)
    with django_assert_max_num_queries(first):
        client.get(desk_page("agreement_changelist"))


# --- Around --------------------------------------------------------------------------


def test_the_space_asks_to_sign_and_the_account_stays_open(client, to_sign):
    user = to_sign.agreement.person.user
    client.force_login(user)

    space = client.get(reverse("space")).content.decode()
    refusals = account_closing.send(type(user), user=user, person=user.person)

    assert "Lire et signer" in space
    assert any("est en cours" in said for _who, told in refusals for said in told)


def test_ten_years_after_its_end_nobody_is_named(to_sign, claire):
    agreements.abandon(to_sign, because="La personne renonce.", by=claire)
    day = timezone.localdate()
    with time_machine.travel(f"{day.year + 11}-01-02"):
        [found] = retention.agreements_over(timezone.localdate())
        retention.forget_agreement(found)

    agreement = Agreement.objects.get()
    assert (agreement.name, agreement.email, agreement.address) == ("", "", "")
    assert again(to_sign).circuit.forgotten_at
    assert not retention.agreements_over(dt.date(2060, 1, 1)).exists()


def test_its_owner_takes_it_away(to_sign):
    person = to_sign.agreement.person

    told = retention.export(person)
    names = [name for name, _file in retention.files(person)]

    assert told[-1]["référence"] == to_sign.agreement.reference
    assert any("Convention" in name for name in names)


def test_the_journal_says_it_all_and_names_nobody(signed, claire):
    make_binding(signed, claire)

    entries = Entry.objects.about(signed.agreement)

    verbs = set(entries.values_list("verb", flat=True))
    assert {
        f"bursaries.agreement.{name}"
        for name in ("drafted", "approved", "prepared", "signed", "days_noted")
    } <= verbs
    assert "Moreau" not in str(list(entries.values_list("data", flat=True)))


# --- Two at once ---------------------------------------------------------------------


def together(*acts) -> list:
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except (ValidationError, IntegrityError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_officers_prepare_one_agreement(version, claire):
    application = granted(version, claire)

    found = together(*[lambda: agreements.draft(application, by=claire)] * 2)

    assert found[0] == found[1]
    assert Deed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_it_is_signed_is_one_or_the_other(
    version, claire, quick_paper
):
    deed = sent(drafted(version, claire), claire)
    student, department = deed.circuit.signatories.all()
    agreements.sign_by_code(deed, student, mailed_code(student), address=HERE)
    code = mailed_code(department)

    together(
        lambda: agreements.reopen(deed, by=claire),
        lambda: agreements.sign_by_code(deed, department, code, address=HERE),
    )

    state = again(deed).state
    circuit = SignatureRequest.objects.get(pk=deed.circuit_id)
    assert (state, circuit.state) in {
        (State.DRAFT, "abandoned"),
        (State.SIGNED, "signed"),
    }


def test_only_who_may_sign_today_is_chosen(deed, claire):
    power = signer()
    power.ends_on = timezone.localdate()
    power.save()

    with pytest.raises(ValidationError, match="ne signe pas pour le Département"):
        agreements.approve(deed, power=power, by=claire)
    assert again(deed).state == State.DRAFT


def test_the_text_names_the_act_of_a_delegation(deed, claire, quick_paper, commit):
    power = signer()
    power.decision = "arrêté n° 2026-12 du 3 mars 2026"
    power.save()
    with commit():
        agreements.approve(deed, power=power, by=claire)

    assert power.decision in words_of(again(deed))
    assert again(deed).circuit.signatories.get(rank=2).power == power
