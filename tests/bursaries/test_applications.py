"""The application for a bursary, from the form to the desk."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.signals import account_closing
from bursaries import application_rules, consistency, retention, space, week
from bursaries.actions import applications
from bursaries.choices import Moment
from bursaries.models import BursaryApplication, SchemeDocument
from bursaries.models.application_states import TRANSITIONS
from casework import ladders
from casework.models import Entry, Message, Receipt
from documents.signals import document_quarantined
from internships.models import IndemnityRate
from tests.accounts.factories import PersonFactory, UserFactory
from tests.bursaries.factories import (
    ApplicationFactory,
    SchemeFactory,
    SchemeVersionFactory,
)
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory

FORM, PIECES = "/bourses/demande/", "/bourses/demande/pieces/"
NOON = "2026-11-23 12:00+01:00"
TICKED = {"is_attested": "on", "is_aware": "on", "is_exact": "on"}
ASKED = {
    "version": "internes",
    "profession": "medicine",
    "level": "des_socle_1",
    "faculty": "Université de Bordeaux",
    "is_enrolled": "on",
    "is_in_eu": "on",
    "may_practise": "on",
    "diploma_on": "2030-11-01",
    "starts_on": "2027-01",
    "months": "36",
    "others_from": "",
    "others_monthly": "",
    "cesp": "never",
    "project": "Une maison de santé en Albret.",
    "first_name": "Lina",
    "last_name": "Moreau",
    "address": "3 cours Pasteur",
    "postal_code": "33000",
    "city": "Bordeaux",
}


@pytest.fixture
def lina():
    return UserFactory(email="lina@example.org", person__first_name="Lina")


@pytest.fixture
def claire():
    return desk_user()


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def version():
    """Open, asking for two documents at the application and one each year."""
    draft = SchemeVersionFactory(
        scheme=SchemeFactory(slug="internes", name="Bourse des internes")
    )
    for code, label, moment in (
        ("inscription", "Certificat de scolarité", Moment.APPLICATION),
        ("cv", "Curriculum vitæ", Moment.APPLICATION),
        ("releve", "Relevé de validation", Moment.YEARLY),
    ):
        SchemeDocument.objects.create(
            version=draft, code=code, label=label, moment=moment
        )
    draft.publish(opens_on=dt.date(2026, 1, 1), by=UserFactory())
    return draft


def drafted(user, version, **more) -> BursaryApplication:
    draft = ApplicationFactory(person=user.person, version=version, **more)
    return applications.save_draft(user.person, {"version": draft.version})


def filed(user, version, **more) -> BursaryApplication:
    draft = drafted(user, version, **more)
    return applications.submit(draft, by=user, is_attested=True)


def send_all(application, user) -> None:
    for piece in application.pieces.awaited():
        applications.send_piece(
            application, piece, samples.sent(samples.pdf()), by=user
        )


def completed(user, version, officer, **more) -> BursaryApplication:
    application = filed(user, version, **more)
    send_all(application, user)
    return applications.complete(application, by=officer)


def templates_sent() -> list[str]:
    keys = Message.objects.order_by("pk").values_list("template_key", flat=True)
    return [key.removeprefix("bursaries.application-") for key in keys]


# --- Filing --------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_an_application_is_filed_in_two_pages(client, lina, version):
    client.force_login(lina)

    shown = client.get(f"{FORM}?bourse=internes").content.decode()
    first = client.post(FORM, ASKED)
    listed = client.get(PIECES).content.decode()
    second = client.post(PIECES, TICKED)

    one = BursaryApplication.objects.get()
    assert 'value="internes" ' in shown
    assert "checked" in shown
    assert "Curriculum vitæ" in listed
    assert "Relevé de validation" not in listed
    assert "25\u00a0200\u00a0€" in listed
    assert (first.url, second.url) == (PIECES, one.get_absolute_url())
    assert (one.reference, one.state) == ("BE47-2026-0001", "submitted")
    assert one.starts_on == dt.date(2027, 1, 1)
    assert one.implicit_refusal_on == dt.date(2027, 1, 23)
    assert "R. 631-24" in one.attestation
    receipt = Receipt.objects.about(one).get()
    assert receipt.is_financial
    assert "tribunal administratif de Bordeaux" in receipt.text
    assert templates_sent() == ["receipt", "new"]
    page = client.get(one.get_absolute_url()).content.decode()
    assert "23\u00a0janvier 2027" in page
    assert "BE47-2026-0001" in page


@pytest.mark.parametrize(
    ("day", "silence"),
    [
        pytest.param("2026-11-23", dt.date(2027, 1, 23), id="T-7"),
        pytest.param("2026-12-31", dt.date(2027, 2, 28), id="T-8"),
        pytest.param("2027-12-31", dt.date(2028, 2, 29), id="leap year"),
    ],
)
def test_silence_is_a_refusal_after_two_months(lina, day, silence):
    with time_machine.travel(f"{day} 12:00+01:00", tick=False):
        one = filed(lina, SchemeVersionFactory(published=dt.date(2026, 1, 1)))

    assert one.implicit_refusal_on == silence


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"version": ""}, "version"),
        ({"version": "une-autre"}, "version"),
        ({"months": "37"}, "months"),
        ({"months": "0"}, "months"),
        ({"months": "trois"}, "months"),
        ({"starts_on": "2026-01"}, "starts_on"),
        ({"starts_on": "2035-01"}, "starts_on"),
        ({"starts_on": "janvier"}, "starts_on"),
        ({"diploma_on": "0030-11-01"}, "diploma_on"),
        ({"others_monthly": "1 800"}, "others_from"),
        ({"others_monthly": "beaucoup"}, "others_monthly"),
        ({"level": "bac"}, "level"),
        ({"cesp": ""}, "cesp"),
        ({"last_name": "\0"}, "last_name"),
        ({"faculty": "A" * 10_000}, "faculty"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_the_form_keeps_what_it_refuses(client, lina, version, wrong, field):
    client.force_login(lina)

    page = client.post(FORM, {**ASKED, **wrong})

    assert list(page.context["form"].errors) == [field]
    assert "Une maison de santé en Albret." in page.content.decode()
    assert not BursaryApplication.objects.exists()


@pytest.mark.parametrize("month", ["2027-01", "01/2027", "2027-01-15"])
@time_machine.travel(NOON, tick=False)
def test_a_month_is_read_as_it_is_typed(client, lina, version, month):
    client.force_login(lina)

    client.post(FORM, {**ASKED, "starts_on": month})

    assert BursaryApplication.objects.get().starts_on == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        pytest.param({"cesp": "since"}, "R. 631-24", id="T-10"),
        ({"profession": "dentistry"}, "autres études"),
        ({"level": "dfasm1"}, "autres années|plus tard"),
        ({"is_enrolled": False}, "faculté cette année"),
        ({"is_in_eu": False}, "Union européenne"),
        ({"others_monthly": Decimal("2500"), "others_from": "CC"}, "plafond légal"),
        ({"diploma_on": dt.date(2020, 1, 1)}, "avant le diplôme"),
    ],
)
def test_what_bars_the_filing_is_told_and_nothing_is_filed(
    lina, version, said, sentence
):
    with pytest.raises(ValidationError, match=sentence):
        filed(lina, version, **said)

    assert BursaryApplication.objects.get().is_draft
    assert not Receipt.objects.exists()


def test_an_older_cesp_warns_and_lets_file(lina, version):
    one = filed(lina, version, cesp="before")

    found = applications.findings(one, timezone.localdate())
    assert ("R-14", "warn") in [(each.rule, each.severity) for each in found]


def test_the_attestation_is_ticked_or_nothing_is_filed(lina, version):
    draft = drafted(lina, version)

    with pytest.raises(ValidationError, match="attestation"):
        applications.submit(draft, by=lina, is_attested=False)


def test_rules_that_changed_since_the_draft_are_read_again(lina, version):
    draft = drafted(lina, version)
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        version.close(timezone.localdate())
        with pytest.raises(ValidationError, match="ont changé"):
            applications.submit(draft, by=lina, is_attested=True)


def test_without_a_known_ceiling_nothing_is_filed(lina, version):
    IndemnityRate.objects.filter(kind="pay").delete()

    with pytest.raises(ValidationError, match="plafond légal"):
        filed(lina, version)


def test_a_second_application_waits_for_the_first(client, lina, version):
    one = filed(lina, version)
    client.force_login(lina)

    page = client.get(FORM)
    with pytest.raises(ValidationError, match=one.reference):
        filed(lina, version)

    assert page.url == one.get_absolute_url()


def test_filing_twice_gives_the_same_application(lina, version):
    draft = drafted(lina, version)
    one = applications.submit(draft, by=lina, is_attested=True)
    again = applications.submit(draft, by=lina, is_attested=True)

    assert one == again
    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_file_one_application(lina, version):
    draft, together = drafted(lina, version), Barrier(2)

    def click(_):
        together.wait()
        try:
            return applications.submit(draft, by=lina, is_attested=True).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        references = set(pool.map(click, range(2)))

    assert len(references) == 1
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"cesp": "since"},
        {"first_name": ""},
        {"starts_on": dt.date(2027, 1, 2)},
        {"attestation": ""},
        {"implicit_refusal_on": None},
        {"reference": ""},
        {"state": "granted"},
        {"state": "refused"},
        {"others_monthly": Decimal("-1")},
    ],
)
def test_the_database_holds_the_rules(lina, version, wrong):
    one = filed(lina, version)

    with pytest.raises(IntegrityError), transaction.atomic():
        BursaryApplication.objects.filter(pk=one.pk).update(**wrong)


# --- The estimate --------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_the_estimate_follows_what_is_typed(client, lina, version):
    client.force_login(lina)
    asked = {**ASKED, "others_monthly": "1 800", "others_from": "La ville"}

    page = client.get("/bourses/demande/estimation/", asked).content.decode()

    assert "567,33\u00a0€" in page
    assert "au lieu de 700\u00a0€" in page
    assert "Source\u00a0:" in page or "Source :" in page


@pytest.mark.parametrize(
    "asked",
    [{}, {"months": "x"}, {"version": "internes", "starts_on": "2027-01"}],
)
def test_the_estimate_waits_for_enough(client, lina, version, asked):
    client.force_login(lina)

    page = client.get("/bourses/demande/estimation/", asked)

    assert page.status_code == 200
    assert "s’affiche ici" in page.content.decode()


# --- Documents and the clock ---------------------------------------------------------


def test_what_is_missing_stops_the_clock_until_it_comes(lina, version, claire):
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        one = filed(lina, version)
        one = applications.ask_pieces(one, by_day=dt.date(2026, 12, 23), by=claire)
    assert (one.state, one.implicit_refusal_on) == ("incomplete", None)
    with time_machine.travel("2026-12-10 12:00+01:00", tick=False):
        send_all(one, lina)
    with time_machine.travel("2026-12-14 12:00+01:00", tick=False):
        one = applications.complete(one, by=claire)

    assert one.complete_on == dt.date(2026, 12, 10)
    assert one.implicit_refusal_on == dt.date(2027, 2, 10)
    assert templates_sent() == [
        "receipt",
        "new",
        "pieces-missing",
        "pieces-received",
        "complete",
    ]


def test_a_document_found_unsafe_is_awaited_again(lina, version):
    one = filed(lina, version)
    send_all(one, lina)
    piece = one.pieces.first()

    document_quarantined.send(sender=None, document=piece.document)

    piece.refresh_from_db()
    assert (piece.state, "antivirus" in piece.note) == ("rejected", True)


@pytest.mark.parametrize(
    ("days", "key"), [(10, "pieces"), (25, "pieces")], ids=["+10", "+25"]
)
def test_missing_pieces_are_asked_for_again(lina, version, claire, days, key):
    one = filed(lina, version)
    day = timezone.localdate()
    applications.ask_pieces(one, by_day=day + dt.timedelta(days=30), by=claire)
    known = ladders.ladders()
    ladder = known[f"bursaries.application-{key}"]

    assert days in [step.offset_days for step in ladder.steps]
    due = list(ladder.due(day + dt.timedelta(days=days)))
    assert [(one.subject, one.since) for one in due] == [(one, day)]


# --- Each state, each move -----------------------------------------------------------


@pytest.mark.parametrize("state", BursaryApplication.State.values)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_each_move_is_allowed_or_refused_in_words(state, verb):
    one = BursaryApplication(state=state)

    if state in TRANSITIONS[verb][1]:
        one.require(verb)
    else:
        with pytest.raises(ValidationError, match="On ne peut pas"):
            one.require(verb)


def test_a_refusal_says_why_and_how_to_contest(lina, version, claire):
    one = filed(lina, version)

    applications.refuse(one, "Hors du calendrier.", by=claire)

    letter = Message.objects.get(template_key__endswith="application-refused")
    assert "Hors du calendrier." in letter.text
    assert "tribunal administratif de Bordeaux" in letter.text


def test_its_person_may_withdraw_and_apply_again(client, lina, version):
    one = filed(lina, version)
    client.force_login(lina)
    url = reverse("bursaries:application-withdraw", args=[one.reference])

    assert "Retirer ma demande" in client.get(url).content.decode()
    client.post(url)
    again = filed(lina, version)

    one.refresh_from_db()
    assert (one.state, again.state) == ("withdrawn", "submitted")
    assert Entry.objects.about(one).filter(verb__endswith=".withdrawn").count() == 1


def test_an_opinion_awaited_is_told_before_the_vote(lina, version, claire):
    one = completed(lina, version, claire)
    facts = applications.facts(one, timezone.localdate())

    found = application_rules.on_decision(facts, timezone.localdate())

    assert {finding.rule for finding in found} <= {"R-04"}


# --- Who sees what -------------------------------------------------------------------


def test_a_stranger_finds_nothing(client, lina, version):
    one = filed(lina, version)
    piece = one.pieces.first()
    client.force_login(UserFactory())

    for url in (
        one.get_absolute_url(),
        reverse("bursaries:application-withdraw", args=[one.reference]),
        reverse("bursaries:application-piece", args=[piece.pk]),
    ):
        assert client.get(url).status_code == 404
    sent = reverse("bursaries:application-piece-send", args=[piece.pk])
    assert client.post(sent).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("accueil", 200), ("direction", 200), ("finances", 200), ("elus", 403)],
)
def test_the_desk_reads_and_finance_too(client, lina, version, role, status):
    one = filed(lina, version)
    client.force_login(UserFactory(is_staff=True, groups=[role]))

    page = reverse("admin:bursaries_bursaryapplication_change", args=[one.pk])
    refuse = reverse("admin:bursaries_application_refuser", args=[one.pk])

    assert client.get(page).status_code == status
    decides = role in ("accueil", "direction")
    assert client.get(refuse).status_code == (200 if decides else 403)


def test_a_draft_is_nobody_else_s_business(client, lina, version, claire):
    draft = drafted(lina, version)
    client.force_login(claire)

    page = reverse("admin:bursaries_bursaryapplication_change", args=[draft.pk])

    assert client.get(page).status_code == 404


def test_the_desk_examines_from_the_page(client, lina, version, claire):
    one = filed(lina, version)
    send_all(one, lina)
    client.force_login(claire)
    piece = one.pieces.first()
    page = reverse("admin:bursaries_bursaryapplication_change", args=[one.pk])
    accept = reverse(
        "admin:bursaries_application_piece_accept", args=[one.pk, piece.pk]
    )

    shown = client.get(page).content.decode()
    client.post(accept)
    client.post(reverse("admin:bursaries_application_completer", args=[one.pk]))

    one.refresh_from_db()
    piece.refresh_from_db()
    assert "25\u00a0200\u00a0€" in shown
    assert (one.state, piece.state) == ("complete", "accepted")


def test_the_queue_shows_the_first_due_first(client, lina, version, claire):
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        later = filed(lina, version)
    with time_machine.travel("2026-11-20 12:00+01:00", tick=False):
        first = filed(
            UserFactory(),
            SchemeVersionFactory(published=dt.date(2026, 1, 1)),
            last_name="Premier",
        )
    client.force_login(claire)

    page = client.get(reverse("admin:bursaries_bursaryapplication_changelist"))

    assert list(page.context["cl"].result_list) == [first, later]


# --- The rest of the portal ----------------------------------------------------------


def test_the_space_asks_for_what_is_missing(lina, version, claire):
    one = filed(lina, version)
    applications.ask_pieces(
        one, by_day=timezone.localdate() + dt.timedelta(days=30), by=claire
    )

    (line,) = space.lines(lina.person)

    assert line.task == "Envoyer les pièces de votre demande de bourse"
    assert line.url == one.get_absolute_url()


def test_the_week_shows_new_ones_and_late_ones(lina, version, claire):
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        one = filed(lina, version)

    new = list(week.lines(claire, dt.date(2026, 11, 23)))
    late = list(week.lines(claire, dt.date(2027, 2, 1)))

    assert [line.state for line in new] == ["new"]
    assert "réputée rejetée depuis le 23/01/2027" in late[0].detail
    assert one.reference in late[0].detail
    assert not list(week.lines(lina, dt.date(2026, 11, 23)))


def test_an_open_application_keeps_the_account(lina, version):
    one = filed(lina, version)

    said = account_closing.send(sender=None, user=lina, person=lina.person)

    assert any(one.reference in line for _receiver, lines in said for line in lines)


def test_old_drafts_and_old_answers_go(lina, version, claire):
    draft = drafted(UserFactory(), version)
    one = filed(lina, version)
    applications.refuse(one, "Non.", by=claire)
    later = timezone.localdate() + dt.timedelta(days=731)

    assert list(BursaryApplication.objects.old_drafts(later)) == [draft]
    assert list(retention.answered(later)) == [one]
    retention.forget(one)

    one.refresh_from_db()
    assert (one.last_name, one.faculty, one.project) == ("", "", "")
    assert one.decision_text == "Motif effacé."
    assert not list(retention.answered(later))


def test_a_person_takes_away_what_was_said(lina, version):
    one = filed(lina, version)
    send_all(one, lina)

    (told,) = retention.export(lina.person)
    names = [name for name, _content in retention.files(lina.person)]

    assert told["demande de bourse"] == one.reference
    assert told["réponses"]["Les études"]["Faculté"] == "Université de Bordeaux"
    assert len(names) == 2


def test_a_filing_without_a_receipt_is_told_at_night(lina, version):
    one = filed(lina, version)
    Receipt.objects.all().delete()

    assert list(consistency.checks()) == [
        f"Demande {one.reference} : déposée sans accusé de réception (R-02)."
    ]


def test_an_emptied_person_leaves_no_name(lina, version):
    filed(lina, version)
    drafted(lina, version)

    retention.forget_person(lina.person)

    one = BursaryApplication.objects.get()
    assert one.last_name == ""
    assert PersonFactory._meta.model.objects.filter(pk=lina.person_id).exists()
