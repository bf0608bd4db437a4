"""The request for the Département's aid, from the form to the answer."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from casework import ladders
from casework.models import Entry, Message, Receipt
from documents import examining
from installation import aid_keeping, aid_week
from installation.actions import aid_requests
from installation.models import AID_TRANSITIONS, AidPiece, AidRequest, AidState
from territory.models import Commune
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents import samples
from tests.installation.aid_factories import AidRequestFactory, LocalAidRecordFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import ZoneAssignmentFactory, ZoningFactory

FORM, PIECES = "/installation/aides/demande/", "/installation/aides/demande/pieces/"
ASKED = {
    "first_name": "Inès",
    "last_name": "Caubet",
    "address": "2 rue des Tanneurs",
    "postal_code": "33000",
    "city": "Bordeaux",
    "profession": "gp",
    "mode": "liberal",
    "beneficiary": "professional",
    "kind": "bonus",
    "commune": "47195",
    "first_day_on": "2027-03-01",
    "commitment_months": "36",
    "amount_asked": "20 000,50 €",
    "project": "Rejoindre la maison de santé.",
}
NOON = "2026-11-23 12:00+01:00"
TICKED = {"is_attested": "on", "is_exact": "on"}


@pytest.fixture(autouse=True)
def _zip_in_nerac():
    zoning = ZoningFactory(version="2026", valid=DateRange(dt.date(2026, 2, 3), None))
    ZoneAssignmentFactory(zoning=zoning)


@pytest.fixture
def ines():
    return UserFactory(email="ines@example.org", person__first_name="Inès")


@pytest.fixture
def claire():
    return desk_user()


def drafted(user, **more) -> AidRequest:
    draft = AidRequestFactory(person=user.person, **more)
    return aid_requests.save_draft(user.person, {"kind": draft.kind})


def filed(user, **more) -> AidRequest:
    return aid_requests.submit(drafted(user, **more), by=user, is_attested=True)


def send_all(request, user) -> None:
    for piece in request.pieces.awaited():
        aid_requests.send_piece(request, piece, samples.sent(samples.pdf()), by=user)


def completed(user, officer, **more) -> AidRequest:
    request = filed(user, **more)
    send_all(request, user)
    return aid_requests.complete(request, by=officer)


def advised(user, officer, **more) -> AidRequest:
    request = completed(user, officer, **more)
    aid_requests.request_opinion(request, by=officer)
    return aid_requests.receive_opinion(
        request, "favourable", "Rien à dire.", by=officer
    )


def templates_sent() -> list[str]:
    keys = Message.objects.order_by("pk").values_list("template_key", flat=True)
    return [key.removeprefix("installation.aid-") for key in keys]


# --- Filing -----------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_a_request_is_filed_in_two_pages(client, ines):
    client.force_login(ines)

    first = client.post(FORM, ASKED)
    second = client.post(PIECES, TICKED)

    request = AidRequest.objects.get()
    assert (first.url, second.url) == (PIECES, request.get_absolute_url())
    assert (request.reference, request.state) == ("AI47-2026-0001", "submitted")
    assert request.amount_asked == Decimal("20000.50")
    assert request.zone_code == "ZIP"
    assert request.implicit_refusal_on == dt.date(2027, 1, 23)
    assert request.attestation.startswith("Je soussigné(e) Inès Caubet, atteste")
    receipt = Receipt.objects.about(request).get()
    assert receipt.is_financial
    assert "tribunal administratif de Bordeaux" in receipt.text
    assert "avant le 23 janvier 2027" in receipt.text
    assert templates_sent() == ["receipt", "new"]
    page = client.get(request.get_absolute_url())
    assert "23\u00a0janvier 2027" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"commitment_months": "35"}, "commitment_months"),
        ({"beneficiary": "health_centre", "centre_name": "CDS"}, "kind"),
        ({"beneficiary": "health_centre", "kind": "premises"}, "centre_name"),
        ({"kind": "flat_bonus", "mode": "salaried"}, "kind"),
        ({"amount_asked": ""}, "amount_asked"),
        ({"amount_asked": "beaucoup"}, "amount_asked"),
        ({"amount_asked": "9" * 40}, "amount_asked"),
        ({"commune": ""}, "commune"),
        ({"rpps": "12345678901"}, "rpps"),
        ({"first_day_on": "1999-01-01"}, "first_day_on"),
        ({"previous_on": "2059-01-01"}, "previous_on"),
        ({"last_name": "\0"}, "last_name"),
        ({"last_name": "A" * 10_000}, "last_name"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_the_form_keeps_what_it_refuses(client, ines, wrong, field):
    client.force_login(ines)

    page = client.post(FORM, {**ASKED, **wrong})

    assert list(page.context["form"].errors) == [field]
    assert "Rejoindre la maison de santé." in page.content.decode()
    assert not AidRequest.objects.exists()


def test_a_visitor_signs_in_first(client):
    assert "/compte/" in client.get(FORM).url


@time_machine.travel(NOON, tick=False)
def test_nothing_leaves_without_the_attestation(client, ines):
    drafted(ines)
    client.force_login(ines)

    page = client.post(PIECES, {"is_exact": "on"})

    assert "is_attested" in page.context["form"].errors
    assert AidRequest.objects.get().is_draft


def test_a_request_outside_the_zones_may_leave_and_is_warned(client, ines):
    Commune.objects.get(code="47195").zones.update(category_code="HZ")
    drafted(ines)
    client.force_login(ines)

    page = client.get(PIECES)
    client.post(PIECES, TICKED)

    assert [finding.rule for finding in page.context["findings"]] == ["R-24"]
    assert AidRequest.objects.get().state == "submitted"


def test_sent_twice_it_is_filed_once(ines):
    draft = drafted(ines)

    first = aid_requests.submit(draft, by=ines, is_attested=True)
    second = aid_requests.submit(draft, by=ines, is_attested=True)

    assert first.reference == second.reference
    assert Receipt.objects.count() == 1


# --- What the database defends ------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"commitment_months": 35},
        {"implicit_refusal_on": None},
        {"attestation": ""},
        {"beneficiary": "health_centre", "centre_name": "CDS"},
        {"kind": "flat_bonus", "mode": "salaried"},
        {"address": ""},
        {"state": "incomplete", "implicit_refusal_on": None},
        {"state": "complete"},
        {"state": "granted"},
        {"state": "refused"},
        {"opinion": "favourable", "opinion_received_at": "2026-11-23 12:00Z"},
    ],
)
def test_a_filed_request_is_whole(ines, wrong):
    request = filed(ines)

    with pytest.raises(IntegrityError), transaction.atomic():
        AidRequest.objects.filter(pk=request.pk).update(**wrong)


# Every move from every state: what the table does not allow is refused in words.
MOVES = {
    "ask_pieces": lambda one, by: aid_requests.ask_pieces(
        one, by_day=timezone.localdate() + dt.timedelta(days=30), by=by, more=["RIB"]
    ),
    "complete": lambda one, by: aid_requests.complete(one, by=by),
    "request_opinion": lambda one, by: aid_requests.request_opinion(one, by=by),
    "receive_opinion": lambda one, by: aid_requests.receive_opinion(
        one, "favourable", "", by=by
    ),
    "grant": lambda one, by: aid_requests.grant(one, Decimal(1), "", by=by),
    "refuse": lambda one, by: aid_requests.refuse(one, "Non.", by=by),
    "withdraw": lambda one, by: aid_requests.withdraw(one, by=by),
}


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_made_from_its_states_alone(ines, claire, verb):
    request = filed(ines)
    now = timezone.now()
    everything = {
        "complete_on": timezone.localdate(),
        "opinion_requested_at": now,
        "opinion_received_at": now,
        "opinion": "favourable",
        "decided_at": now,
        "decision_text": "Motif",
        "amount_granted": 1,
        "pieces_asked_on": timezone.localdate(),
        "pieces_by": timezone.localdate() + dt.timedelta(days=9),
    }
    for state in AidState:
        if state in (AidState.DRAFT, *AID_TRANSITIONS[verb][1]):
            continue
        on_hold = state == AidState.INCOMPLETE
        AidRequest.objects.filter(pk=request.pk).update(
            **everything,
            state=state,
            implicit_refusal_on=None if on_hold else timezone.localdate(),
            withdrawn_at=now if state == AidState.WITHDRAWN else None,
        )
        if verb == "withdraw" and state == AidState.WITHDRAWN:
            continue  # withdrawn twice is withdrawn once
        with pytest.raises(ValidationError, match="On ne peut pas"):
            MOVES[verb](request, claire)


# --- Pieces and the clock -----------------------------------------------------------


def test_the_clock_stops_for_pieces_and_starts_when_they_come(ines, claire):
    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        request = filed(ines)
        limit = dt.date(2026, 12, 23)
        asked = aid_requests.ask_pieces(request, by_day=limit, by=claire, more=["RIB"])
        assert (asked.state, asked.implicit_refusal_on) == ("incomplete", None)
        letter = Message.objects.get(template_key__endswith="pieces-missing")
        assert "RIB" in letter.text
        assert "avant le 23 décembre 2026" in letter.text
    with time_machine.travel("2026-12-31 12:00+01:00", tick=False):
        send_all(request, ines)
    with time_machine.travel("2027-01-05 12:00+01:00", tick=False):
        done = aid_requests.complete(request, by=claire)

    # T-8: two months from the day the last piece came, not from when it was noticed.
    assert done.complete_on == dt.date(2026, 12, 31)
    assert done.implicit_refusal_on == dt.date(2027, 2, 28)
    assert templates_sent() == [
        "receipt",
        "new",
        "pieces-missing",
        "pieces-received",
        "complete",
    ]


def test_a_request_with_a_piece_missing_is_not_complete(ines, claire):
    request = filed(ines)

    with pytest.raises(ValidationError, match="Il manque encore"):
        aid_requests.complete(request, by=claire)


def test_a_piece_sent_back_is_awaited_again(ines, claire):
    request = filed(ines)
    send_all(request, ines)
    piece = request.pieces.in_order().first()

    examining.reject(request, piece, "Illisible.", by=claire, area=aid_requests.AREA)
    awaited = list(request.pieces.awaited())
    aid_requests.send_piece(request, piece, samples.sent(samples.pdf()), by=ines)
    examining.accept(request, piece, by=claire, area=aid_requests.AREA)

    assert awaited == [piece]
    piece.refresh_from_db()
    assert (piece.state, piece.note) == (AidPiece.State.ACCEPTED, "")
    with pytest.raises(ValidationError, match="déjà acceptée"):
        aid_requests.send_piece(request, piece, samples.sent(samples.pdf()), by=ines)


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        ("2027-01-02", []),
        ("2027-01-03", ["rejet-20"]),
        ("2027-01-16", ["rejet-20", "rejet-7"]),
        ("2027-01-24", []),
    ],
)
def test_the_desk_is_told_before_silence_is_a_refusal(ines, day, titles):
    with time_machine.travel(NOON, tick=False):
        request = filed(ines)
    known = ladders.ladders()
    found = []
    for name, key in (("rejet-20", "aid-silence"), ("rejet-7", "aid-silence-near")):
        due = list(known[f"installation.{key}"].due(dt.date.fromisoformat(day)))
        found += [name] * any(
            one.since <= dt.date.fromisoformat(day) and one.subject == request
            for one in due
        )

    assert found == titles


# --- The decision -------------------------------------------------------------------


def test_a_grant_waits_for_the_opinion_of_the_ars(ines, claire):
    request = completed(ines, claire)

    with pytest.raises(ValidationError, match="avis de l’ARS"):
        aid_requests.grant(request, Decimal("20000"), "", by=claire)


def test_an_agreement_tells_the_person_and_what_remains(ines, claire):
    request = advised(ines, claire)

    done = aid_requests.grant(request, Decimal("20000"), "Deux versements.", by=claire)

    assert done.state == "granted"
    letter = Message.objects.get(template_key__endswith="aid-granted")
    assert "20\u00a0000\u00a0€" in letter.text
    assert "vote de l'assemblée" in letter.text


def test_a_warning_passes_with_a_written_reason(ines, claire):
    request = advised(ines, claire, previous_on=dt.date(2020, 5, 4))

    with pytest.raises(ValidationError, match=r"D\. 1511-47"):
        aid_requests.grant(request, Decimal("20000"), "", by=claire)
    done = aid_requests.grant(
        request, Decimal("20000"), "", by=claire, in_spite_because="Aide de 200 €."
    )

    assert done.went_on_because == "Aide de 200 €."
    entry = Entry.objects.about(request).get(verb="installation.aid.granted")
    assert entry.data == {"in_spite_of": ["R-21"]}


def test_our_register_bars_whatever_the_reason(ines, claire):
    request = advised(ines, claire)
    LocalAidRecordFactory(person=ines.person, signed_on=dt.date(2025, 6, 1))

    with pytest.raises(ValidationError, match="notre registre"):
        aid_requests.grant(
            request, Decimal("20000"), "", by=claire, in_spite_because="Si."
        )


def test_the_zoning_of_the_request_is_kept_when_it_changes(ines, claire):
    request = advised(ines, claire)
    old = request.zoning
    today = timezone.localdate()
    old.valid = DateRange(old.valid.lower, today)
    old.save()
    new = ZoningFactory(version="2027", valid=DateRange(today, None))
    ZoneAssignmentFactory(zoning=new, category_code="HZ", category_label="hors zonage")
    request.refresh_from_db()

    found = [
        (finding.rule, finding.severity)
        for finding in aid_requests.findings(request, today)
    ]

    assert ("R-24", "warn") in found
    assert aid_requests.zone_of_reference(request).code == "ZIP"


def test_a_refusal_says_why_and_how_to_contest(ines, claire):
    request = filed(ines)

    aid_requests.refuse(request, "Le lieu est hors zone.", by=claire)

    letter = Message.objects.get(template_key__endswith="aid-refused")
    assert "Le lieu est hors zone." in letter.text
    assert "tribunal administratif de Bordeaux" in letter.text
    assert "recours gracieux" in letter.text


# --- Who sees what ------------------------------------------------------------------


def test_a_stranger_finds_nothing(client, ines):
    request = filed(ines)
    piece = request.pieces.first()
    client.force_login(UserFactory())

    for url in (
        request.get_absolute_url(),
        reverse("installation:aid-request-withdraw", args=[request.reference]),
        reverse("installation:aid-piece", args=[piece.pk]),
    ):
        assert client.get(url).status_code == 404
    sent = reverse("installation:aid-piece-send", args=[piece.pk])
    assert client.post(sent).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("accueil", 200), ("direction", 200), ("finances", 200), ("elus", 403)],
)
def test_the_desk_reads_and_finance_too(client, ines, role, status):
    request = filed(ines)
    client.force_login(UserFactory(is_staff=True, groups=[role]))

    page = reverse("admin:installation_aidrequest_change", args=[request.pk])
    refuse = reverse("admin:installation_aid_refuser", args=[request.pk])

    assert client.get(page).status_code == status
    decides = role in ("accueil", "direction")
    assert client.get(refuse).status_code == (200 if decides else 403)


def test_a_draft_is_nobody_else_s_business(client, ines, claire):
    draft = drafted(ines)
    client.force_login(claire)

    page = reverse("admin:installation_aidrequest_change", args=[draft.pk])

    assert client.get(page).status_code == 404


def test_the_desk_examines_and_decides_from_the_page(client, ines, claire):
    request = filed(ines)
    send_all(request, ines)
    client.force_login(claire)
    name = "admin:installation_aid_"
    posts = [
        ("completer", {}),
        ("avis", {}),
        ("avis-recu", {"opinion": "favourable", "text": "Favorable."}),
        ("accorder", {"amount": "20 000", "text": ""}),
    ]
    for slug, said in posts:
        url = reverse(f"{name}{slug}", args=[request.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, said).status_code == 302

    request.refresh_from_db()
    assert (request.state, request.amount_granted) == ("granted", Decimal("20000"))


def test_a_request_to_examine_comes_in_the_week(ines):
    request = filed(ines)

    [line] = aid_week.lines(timezone.localdate())

    assert line.title == "Examiner la demande d’aide : Inès Caubet"
    assert request.reference in line.detail


# --- Kept and forgotten -------------------------------------------------------------


def test_the_request_joins_the_open_dossier(ines):
    dossier = RequestFactory(in_support=True, applicant=ines.person)

    assert filed(ines).dossier == dossier


def test_a_refused_request_is_emptied_after_two_years(ines, claire):
    with time_machine.travel(NOON, tick=False):
        request = aid_requests.refuse(filed(ines), "Hors zone.", by=claire)
    early, late = dt.date(2028, 11, 22), dt.date(2028, 11, 23)

    assert not aid_keeping.answered(early)
    aid_keeping.forget(aid_keeping.answered(late).get())

    request.refresh_from_db()
    assert (request.last_name, request.project) == ("", "")
    assert request.decision_text == "Motif effacé."


def test_what_a_person_takes_away_holds_their_request(ines):
    request = filed(ines)
    LocalAidRecordFactory(person=ines.person)

    told = aid_keeping.export(ines.person)

    assert told[0]["demande d'aide"] == request.reference
    assert told[1]["aide antérieure"] == "prime d'installation"
    assert aid_keeping.export(PersonFactory()) == []
