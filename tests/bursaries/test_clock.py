"""A signed agreement lives: papers, suspensions, places, declarations, what if."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bursaries import agreement_clock, week
from bursaries import agreement_following as following
from bursaries.actions import agreements, clock
from bursaries.models import Agreement, PlaceOfPractice, Suspension
from bursaries.standing import Standing
from casework.models import Entry, Message
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import drafted, scan, sent, sign_all
from tests.bursaries.conftest import START
from tests.documents import samples
from tests.territory.factories import (
    CommuneFactory,
    DeskFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)

DIPLOMA = dt.date(2030, 1, 15)


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


def now(agreement) -> Agreement:
    return Agreement.objects.with_facts().get(pk=agreement.pk)


def on(day: dt.date):
    return time_machine.travel(f"{day} 10:00")


def paper(agreement, kind, by, **more):
    upload = scan()
    return clock.send_proof(agreement, kind, upload, by=by, **more)


def proven(agreement, kind, claire, *, diploma_on=None, **more):
    proof = paper(agreement, kind, claire, **more)
    return clock.accept_proof(proof, by=claire, diploma_on=diploma_on)


def graduated(agreement, claire):
    with on(DIPLOMA):
        proven(agreement, "diploma", claire, diploma_on=DIPLOMA)
        proven(agreement, "order", claire)
        proven(agreement, "practice", claire)
    return now(agreement)


def settled(agreement, claire, commune, since=DIPLOMA, **more):
    with on(since):
        return clock.settle(
            agreement,
            **{
                "commune": commune,
                "name": "Maison de santé",
                "mode": "liberal",
                "days_a_week": Decimal("4"),
                "since": since,
                "by": claire,
                **more,
            },
        )


def state_on(agreement, day) -> Standing:
    return agreement_clock.standing_on(now(agreement), day)


# --- Papers --------------------------------------------------------------------------


def test_an_enrolment_counts_once_accepted(agreement, claire):
    proof = paper(agreement, "enrolment", claire, year=2026)
    before = agreement_clock.enrolled_years(now(agreement))

    clock.accept_proof(proof, by=claire)

    assert before == frozenset()
    assert agreement_clock.enrolled_years(now(agreement)) == {2026}
    with pytest.raises(ValidationError, match="déjà accepté"):
        paper(agreement, "enrolment", claire, year=2026)


def test_a_paper_sent_again_takes_the_place_of_the_one_waiting(agreement, claire):
    first = paper(agreement, "enrolment", claire, year=2026)
    second = paper(agreement, "enrolment", claire, year=2026)

    assert list(now(agreement).proofs.all()) == [second]
    first.document.refresh_from_db()
    assert first.document.discarded_at


def test_a_paper_to_do_again_says_why_to_the_person(agreement, claire):
    proof = paper(agreement, "enrolment", claire, year=2026)

    with pytest.raises(ValidationError, match="Dites ce qui ne va pas"):
        clock.reject_proof(proof, note=" ", by=claire)
    clock.reject_proof(proof, note="L’année n’est pas lisible.", by=claire)

    mail = Message.objects.get(template_key="bursaries.agreement-proof-rejected")
    assert "pas lisible" in mail.text
    with pytest.raises(ValidationError, match="déjà vérifié"):
        clock.accept_proof(proof, by=claire)


def test_an_enrolment_says_its_year(agreement, claire):
    with pytest.raises(ValidationError, match="année universitaire"):
        paper(agreement, "enrolment", claire)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param(None, "Dites le jour", id="no-day"),
        pytest.param(dt.date(2031, 1, 1), "à venir", id="to-come"),
    ],
)
def test_a_diploma_says_its_day(agreement, claire, day, sentence):
    with on(DIPLOMA):
        proof = paper(agreement, "diploma", claire)
        with pytest.raises(ValidationError, match=sentence):
            clock.accept_proof(proof, by=claire, diploma_on=day)


def test_a_repeated_year_lengthens_what_is_owed_where_it_should(claire, agreement):
    with on(dt.date(2027, 10, 1)):
        proof = paper(agreement, "enrolment", claire, year=2027)
        clock.accept_proof(proof, by=claire, is_repeated=True)
    known = now(agreement)
    assert known.proofs.get().is_repeated
    assert agreement_clock.facts(known, START).commitment.months == 60

    known.version.repeated_year = "lengthens"

    assert agreement_clock.facts(known, START).commitment.months == 72


def test_nothing_is_sent_for_an_agreement_not_signed(version, claire):
    deed = drafted(version, claire)

    with pytest.raises(ValidationError, match="pas encore signée"):
        paper(deed.agreement, "order", claire)


# --- Suspensions ---------------------------------------------------------------------


def test_suspensions_move_every_end_and_never_overlap(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)
    plain = agreement_clock.facts(now(agreement), DIPLOMA)
    since, until = dt.date(2031, 1, 1), dt.date(2031, 4, 23)

    clock.suspend(agreement, since=since, until=until, reason="maternity", by=claire)

    moved = agreement_clock.facts(now(agreement), DIPLOMA)
    assert moved.fulfilled_on - plain.fulfilled_on == until - since
    with pytest.raises(ValidationError, match="couvre déjà"):
        clock.suspend(
            agreement,
            since=until - dt.timedelta(days=1),
            until=None,
            reason="illness",
            by=claire,
        )


def test_two_suspensions_written_at_once_are_refused_by_the_database(agreement, claire):
    rows = [
        Suspension(
            agreement=agreement,
            period=(dt.date(2027, 1, 1), None),
            reason="illness",
            noted_by=claire,
        )
        for _ in range(2)
    ]

    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.bulk_create(rows)


def test_an_open_suspension_ends_when_they_come_back(agreement, claire):
    since = dt.date(2027, 1, 4)
    row = clock.suspend(agreement, since=since, until=None, reason="illness", by=claire)
    assert state_on(agreement, dt.date(2028, 1, 1)) == Standing.STUDY_SUSPENDED

    with pytest.raises(ValidationError, match="après le premier jour"):
        clock.resume(row, on=since, by=claire)
    clock.resume(row, on=dt.date(2027, 2, 1), by=claire)

    assert state_on(agreement, dt.date(2027, 2, 1)) == Standing.STUDYING


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        pytest.param(dt.date(2026, 1, 1), None, "une fois signée", id="too-early"),
        pytest.param(
            dt.date(2027, 1, 2), dt.date(2027, 1, 1), "après le premier", id="disorder"
        ),
    ],
)
def test_days_out_of_order_are_refused(agreement, claire, since, until, sentence):
    with pytest.raises(ValidationError, match=sentence):
        clock.suspend(agreement, since=since, until=until, reason="illness", by=claire)


# --- Practice ------------------------------------------------------------------------


def test_one_settles_in_the_zone_that_counts_with_the_proofs(
    agreement, claire, zip_commune
):
    graduated(agreement, claire)

    place = settled(agreement, claire, zip_commune)

    assert (place.zone, place.in_spite_because) == ("ZIP", "")
    assert state_on(agreement, DIPLOMA) == Standing.SERVING
    assert state_on(agreement, dt.date(2035, 1, 15)) == Standing.FULFILLED


def test_the_zoning_of_the_signature_still_counts_after_a_new_one(
    agreement, claire, zip_commune
):
    """T-9: a commune that left the zones since keeps its zone for this agreement."""
    from territory.models import Zoning

    old = Zoning.objects.get()
    changed = dt.date(2028, 1, 1)
    old.valid = type(old.valid)(old.valid.lower, changed)
    old.save()
    new = ZoningFactory(
        region_code=old.region_code, version="2028", valid=(changed, None)
    )
    ZoneAssignmentFactory(zoning=new, commune=zip_commune, category_code="HZ")
    graduated(agreement, claire)

    assert settled(agreement, claire, zip_commune).zoning == old


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"mode": "salaried"}, "ce mode", id="mode"),
        pytest.param({"since": dt.date(2030, 1, 14)}, "après le diplôme", id="early"),
    ],
)
def test_a_place_that_may_not_be_is_refused(
    agreement, claire, zip_commune, change, sentence
):
    graduated(agreement, claire)

    with pytest.raises(ValidationError, match=sentence):
        settled(agreement, claire, zip_commune, **change)


def test_a_commune_out_of_the_zones_asks_for_a_written_reason(
    agreement, claire, zip_commune
):
    graduated(agreement, claire)
    elsewhere = CommuneFactory(departement=zip_commune.departement)

    with pytest.raises(ValidationError, match="R-24"):
        settled(agreement, claire, elsewhere)
    place = settled(agreement, claire, elsewhere, in_spite_because="Dérogation votée.")

    assert place.in_spite_because == "Dérogation votée."


def test_one_settles_with_the_proofs_and_not_before(agreement, claire, zip_commune):
    with on(DIPLOMA):
        proven(agreement, "diploma", claire, diploma_on=DIPLOMA)
        with pytest.raises(ValidationError, match="l'Ordre"):
            settled(agreement, claire, zip_commune)
        proven(agreement, "order", claire)
        with pytest.raises(ValidationError, match="un contrat"):
            settled(agreement, claire, zip_commune)


def test_one_changes_places(agreement, claire, zip_commune):
    graduated(agreement, claire)
    place = settled(agreement, claire, zip_commune)
    moved = dt.date(2031, 6, 1)

    with pytest.raises(ValidationError, match="après le premier jour"):
        clock.leave(place, on=DIPLOMA, by=claire)
    clock.leave(place, on=moved, by=claire)
    stopped = state_on(agreement, moved)
    settled(agreement, claire, zip_commune, since=moved, name="Cabinet")

    assert stopped == Standing.STOPPED
    assert state_on(agreement, moved) == Standing.SERVING
    assert PlaceOfPractice.objects.count() == 2


def test_the_week_calls_whoever_did_not_settle_in_time(agreement, claire):
    graduated(agreement, claire)

    before = [line.title for line in week.lines(claire, dt.date(2031, 1, 14))]
    late = [line.title for line in week.lines(claire, dt.date(2031, 1, 15))]

    assert not any("délai d'installation dépassé" in title for title in before)
    assert any("délai d'installation dépassé" in title for title in late)


# --- What if -------------------------------------------------------------------------


def test_leaving_before_settling_gives_everything_back(agreement):
    found = following.what_if(now(agreement), dt.date(2028, 1, 1))

    # 1 October 2026 to 1 January 2028: fifteen months paid.
    assert found.received == Decimal("10500.00")
    assert found.sheet.due == Decimal("10500.00")


def test_leaving_in_the_middle_gives_back_in_proportion(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)
    day = dt.date(2032, 7, 15)

    found = following.what_if(now(agreement), day)

    total = (dt.date(2035, 1, 15) - DIPLOMA).days
    left = (dt.date(2035, 1, 15) - day).days
    expected = (Decimal(25200) * left / total).quantize(Decimal("0.01"))
    assert found.received == Decimal("25200.00")
    assert found.sheet.due == expected
    assert not Entry.objects.filter(verb__contains="what").exists()


def test_an_amendment_counts_only_from_its_day(
    agreement, claire, zip_commune, django_capture_on_commit_callbacks
):
    """Three days a week promised from 2032: three worked are all that is owed."""
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune, days_a_week=Decimal("3"))
    cut = dt.date(2032, 1, 15)
    with on(dt.date(2031, 12, 1)):
        deed = agreements.amend(
            now(agreement),
            effective_on=cut,
            purpose="Temps partiel.",
            changes={"days_a_week": Decimal("3.0")},
            by=claire,
        )
        with django_capture_on_commit_callbacks(execute=True):
            sent(deed, claire)
        sign_all(deed)

    known = now(agreement)
    known.version.formula = "prorata_intensity"
    facts = agreement_clock.facts(known, dt.date(2033, 1, 15))

    first = (cut - DIPLOMA).days
    second = (dt.date(2033, 1, 15) - cut).days
    assert facts.served(dt.date(2033, 1, 15)) == Decimal(first) * 3 / 4 + second


# --- The declaration -----------------------------------------------------------------


def test_a_year_of_practice_is_declared_in_one_click(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)
    anniversary = dt.date(2031, 1, 15)

    too_early = pytest.raises(ValidationError, match="Aucune déclaration")
    with on(anniversary - dt.timedelta(days=1)), too_early:
        clock.declare(agreement, is_unchanged=True, by=claire)
    with on(anniversary):
        clock.declare(agreement, is_unchanged=True, by=claire)
        with pytest.raises(ValidationError, match="Aucune déclaration"):
            clock.declare(agreement, is_unchanged=True, by=claire)


def test_what_changed_is_told_to_the_desk(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)

    with on(dt.date(2031, 1, 20)):
        with pytest.raises(ValidationError, match="Dites ce qui a changé"):
            clock.declare(agreement, is_unchanged=False, text=" ", by=claire)
        clock.declare(
            agreement, is_unchanged=False, text="Deux jours par semaine.", by=claire
        )

    mail = Message.objects.filter(template_key="bursaries.agreement-practice-changed")
    assert "Deux jours par semaine." in mail.first().text


# --- Pages ---------------------------------------------------------------------------


def page(name, agreement, *args) -> str:
    return reverse(f"bursaries:{name}", args=[agreement.reference, *args])


def desk_page(name, *args) -> str:
    return reverse(f"admin:bursaries_{name}", args=args)


def test_the_student_sees_the_road_and_what_leaving_costs(client, agreement):
    client.force_login(agreement.person.user)
    address = page("agreement-detail", agreement)

    plain = client.get(address).content.decode()
    asked = client.get(address, {"le": "2028-01-01"}).content.decode()
    wrong = client.get(address, {"le": "demain"}).content.decode()

    assert "Engagement tenu" in plain
    assert "vous auriez à rembourser" not in plain
    assert "10\u00a0500\u00a0€" in asked
    assert "Cette date n’existe pas." in wrong


def test_the_student_sends_papers_and_is_told_what_is_wrong(client, agreement):
    client.force_login(agreement.person.user)
    address = page("agreement-proof", agreement)
    said = {"kind": "enrolment", "year": f"{timezone.localdate().year}"}

    done = client.post(address, {**said, "upload": samples.sent(samples.pdf())})
    no_year = client.post(
        address, {"kind": "enrolment", "upload": samples.sent(samples.pdf())}
    )
    no_file = client.post(address, said)
    no_pdf = client.post(address, {**said, "upload": samples.sent(b"MZ", "a.exe")})

    assert done.status_code == 302
    assert "Dites de quelle année" in no_year.content.decode()
    assert "Choisissez un fichier." in no_file.content.decode()
    assert no_pdf.status_code == 200
    assert now(agreement).proofs.count() == 1


@pytest.mark.parametrize("name", ["agreement-proof", "agreement-declaration"])
def test_nobody_else_writes_in_it(client, agreement, name):
    client.force_login(UserFactory())

    assert client.post(page(name, agreement), {}).status_code == 404


def test_the_doctor_declares_from_the_page(client, agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)
    address = page("agreement-declaration", agreement)

    with on(dt.date(2032, 1, 20)):
        client.force_login(agreement.person.user)
        shown = client.get(page("agreement-detail", agreement)).content.decode()
        blank = client.post(address, {"then": "changed"}).content.decode()
        client.post(address, {"then": "unchanged"})
        client.post(address, {"then": "changed", "text": "Un jour de moins."})
        again = client.post(address, {"then": "unchanged"}, follow=True)

    assert "Votre déclaration de l’année" in shown
    assert "Dites ce qui a changé." in blank
    made = now(agreement).declarations.values_list("is_unchanged", "text")
    assert list(made) == [(True, ""), (False, "Un jour de moins.")]
    assert "Aucune déclaration" in again.content.decode()


def test_the_desk_follows_it_page_by_page(client, agreement, claire, zip_commune):
    key = agreement.pk
    with on(DIPLOMA):
        client.force_login(claire)
        diploma = paper(agreement, "diploma", claire)
        no_day = client.post(desk_page("proof_accept", key, diploma.pk), {})
        client.post(
            desk_page("proof_accept", key, diploma.pk), {"diploma_on": "2030-01-15"}
        )
        for kind in ("order", "practice"):
            proof = paper(agreement, kind, claire)
            client.post(desk_page("proof_accept", key, proof.pk), {})
        blurred = paper(agreement, "activity", claire)
        client.post(desk_page("proof_reject", key, blurred.pk), {"note": "Illisible."})
        client.post(
            desk_page("agreement_settle", key),
            {
                "commune": zip_commune.pk,
                "name": "Maison de santé",
                "mode": "liberal",
                "days_a_week": "4",
                "since": "2030-01-15",
            },
        )
        client.post(
            desk_page("agreement_suspend", key),
            {"since": "2030-01-15", "until": "2030-02-15", "reason": "paternity"},
        )
        shown = client.get(desk_page("agreement_change", key)).content.decode()
        place = PlaceOfPractice.objects.get()
        client.post(desk_page("agreement_leave", key, place.pk), {"on": "2030-01-10"})
        client.post(desk_page("agreement_leave", key, place.pk), {"on": "2031-01-10"})
        paper_page = client.get(desk_page("proof", key, diploma.pk))

    assert "Ce champ est obligatoire" in no_day.content.decode()
    assert "Suspension, paternité" in shown
    assert "zone ZIP" in shown
    assert "Illisible." in shown
    place.refresh_from_db()
    assert place.period.upper == dt.date(2031, 1, 10)
    assert paper_page["Content-Type"] == "application/pdf"


def test_finance_changes_nothing_of_it(client, agreement, claire):
    proof = paper(agreement, "order", claire)
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))
    key = agreement.pk

    assert client.get(desk_page("agreement_change", key)).status_code == 200
    for name, *more in (
        ("agreement_suspend",),
        ("agreement_settle",),
        ("proof_accept", proof.pk),
        ("proof_reject", proof.pk),
    ):
        assert client.post(desk_page(name, key, *more)).status_code == 403


def test_papers_of_one_are_not_found_under_another(client, agreement, version, claire):
    proof = paper(agreement, "order", claire)
    other = drafted(version, claire).agreement
    client.force_login(claire)

    assert client.get(desk_page("proof", other.pk, proof.pk)).status_code == 404
    assert client.post(desk_page("proof_accept", other.pk, proof.pk)).status_code == 404
