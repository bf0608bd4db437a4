"""Opinions, sessions and votes: from a complete application to its answer."""

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
from weasyprint import HTML

from bursaries import retention, session_papers, week
from bursaries.actions import applications, votes
from bursaries.actions.votes import Voted
from bursaries.models import (
    AgendaItem,
    BudgetEnvelope,
    BursaryApplication,
    CommitteeSession,
)
from casework.models import Entry, Message
from documents import rendering
from tests.accounts.factories import UserFactory
from tests.bursaries.factories import ApplicationFactory, SchemeVersionFactory
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory, OrganisationFactory

YES = Voted("approved")


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
def session():
    return CommitteeSession.objects.create(held_on=timezone.localdate())


def complete(version, officer, **more) -> BursaryApplication:
    user = UserFactory()
    ApplicationFactory(person=user.person, version=version, **more)
    draft = applications.save_draft(user.person, {"version": version})
    filed = applications.submit(draft, by=user, is_attested=True)
    return applications.complete(filed, by=officer)


def on_agenda(version, session, officer, **more) -> AgendaItem:
    return votes.put_to_vote(complete(version, officer, **more), session, by=officer)


def sent(name: str) -> Message:
    return Message.objects.get(template_key=f"bursaries.application-{name}")


# --- Opinions ------------------------------------------------------------------------


def test_an_opinion_is_asked_given_and_kept(version, claire):
    one = complete(version, claire)
    body = OrganisationFactory(name="Ordre des médecins", kind="ordre")
    limit = timezone.localdate() + dt.timedelta(days=21)

    opinion = votes.ask_opinion(one, body, due_on=limit, by=claire)
    before = [each.text for each in applications.findings(one, timezone.localdate())]
    votes.receive_opinion(opinion, "reserved", "À suivre.", by=claire)

    opinion.refresh_from_db()
    assert any("Ordre des médecins" in text for text in before)
    assert (opinion.sense, opinion.text) == ("reserved", "À suivre.")
    assert Entry.objects.about(one).filter(verb__contains="opinion").count() == 2


def test_an_opinion_is_asked_once_at_a_time(version, claire):
    one, body = complete(version, claire), OrganisationFactory()
    limit = timezone.localdate() + dt.timedelta(days=21)
    opinion = votes.ask_opinion(one, body, due_on=limit, by=claire)

    with pytest.raises(ValidationError, match="déjà demandé"):
        votes.ask_opinion(one, body, due_on=limit, by=claire)
    votes.receive_opinion(opinion, "favourable", "", by=claire)
    with pytest.raises(ValidationError, match="déjà enregistré"):
        votes.receive_opinion(opinion, "unfavourable", "", by=claire)


def test_an_opinion_leaves_time_to_answer(version, claire):
    one = complete(version, claire)

    with pytest.raises(ValidationError, match="au moins un jour"):
        votes.ask_opinion(
            one, OrganisationFactory(), due_on=timezone.localdate(), by=claire
        )


def test_the_week_calls_whoever_is_late(version, claire):
    one, body = complete(version, claire), OrganisationFactory(name="ARS")
    day = timezone.localdate()
    votes.ask_opinion(one, body, due_on=day + dt.timedelta(days=3), by=claire)

    before = list(week.lines(claire, day + dt.timedelta(days=3)))
    late = list(week.lines(claire, day + dt.timedelta(days=4)))

    assert not any("Relancer" in line.title for line in before)
    assert any("Relancer ARS" in line.title for line in late)


# --- The agenda ----------------------------------------------------------------------


def test_only_a_complete_application_is_put_on_the_agenda(version, claire, session):
    user = UserFactory()
    ApplicationFactory(person=user.person, version=version)
    draft = applications.save_draft(user.person, {"version": version})
    filed = applications.submit(draft, by=user, is_attested=True)

    with pytest.raises(ValidationError, match="encore dit si elle est complète"):
        votes.put_to_vote(filed, session, by=claire)


def test_a_warning_asks_for_a_written_reason(version, claire, session):
    one = complete(version, claire, cesp="before")

    with pytest.raises(ValidationError, match="écrivez pourquoi"):
        votes.put_to_vote(one, session, by=claire)
    votes.put_to_vote(one, session, by=claire, in_spite_because="Contrat résilié.")

    one.refresh_from_db()
    assert (one.state, one.went_on_because) == ("to_vote", "Contrat résilié.")
    entry = Entry.objects.about(one).get(verb="bursaries.application.put_to_vote")
    assert entry.data["in_spite_of"] == ["R-14"]


def test_taken_off_it_waits_for_another_session(version, claire, session):
    item = on_agenda(version, session, claire)

    votes.take_off(item, by=claire)

    item.application.refresh_from_db()
    assert item.application.state == "complete"
    assert not session.items.exists()


@pytest.mark.parametrize("way", ["withdraw", "refuse"])
def test_what_is_answered_before_leaves_the_agenda(version, claire, session, way):
    item = on_agenda(version, session, claire)

    if way == "withdraw":
        applications.withdraw(item.application, by=claire)
    else:
        applications.refuse(item.application, "Incompatible.", by=claire)

    assert not session.items.exists()


# --- The votes -----------------------------------------------------------------------


def test_each_vote_does_what_it_says(version, claire, session):
    yes, no, later = (on_agenda(version, session, claire) for _ in range(3))

    votes.close(
        session,
        "2026-214",
        {
            yes.pk: Voted("approved", 24, "Sous réserve du DES."),
            no.pk: Voted("refused", None, "Enveloppe épuisée."),
            later.pk: Voted("adjourned", None, "Avis attendu."),
        },
        by=claire,
    )

    states = {}
    for item in (yes, no, later):
        item.refresh_from_db()
        states[item.vote] = item.application.state
    assert states == {
        "approved": "granted",
        "refused": "refused",
        "adjourned": "complete",
    }
    assert (yes.months, yes.total) == (24, Decimal("16800.00"))
    assert yes.application.months_granted == 24
    assert "2026-214" in sent("granted").text
    assert "16\u00a0800\u00a0€" in sent("granted").text
    assert "tribunal administratif" in sent("refused").text
    assert "Enveloppe épuisée." in sent("refused").text
    assert "Avis attendu." in sent("adjourned").text


@pytest.mark.parametrize(
    ("voted", "sentence"),
    [
        (None, "Indiquez le vote"),
        (Voted("perhaps"), "Indiquez le vote"),
        (Voted("refused"), "ont leur motif"),
        (Voted("adjourned", None, "  "), "ont leur motif"),
        (Voted("approved", 37), "a demandé 36 mois"),
    ],
)
def test_a_session_is_recorded_whole_or_not_at_all(
    version, claire, session, voted, sentence
):
    first, second = (on_agenda(version, session, claire) for _ in range(2))
    said = {first.pk: YES} | ({second.pk: voted} if voted else {})

    with pytest.raises(ValidationError, match=sentence):
        votes.close(session, "2026-214", said, by=claire)

    session.refresh_from_db()
    first.refresh_from_db()
    assert (session.is_closed, first.vote) == (False, "")
    assert first.application.state == "to_vote"
    assert not Message.objects.filter(template_key__endswith="-granted").exists()


def test_what_the_law_bars_meanwhile_is_not_granted(version, claire, session):
    item = on_agenda(version, session, claire)
    BursaryApplication.objects.filter(pk=item.application_id).update(
        diploma_on=timezone.localdate()
    )

    with pytest.raises(ValidationError, match="avant le diplôme"):
        votes.close(session, "2026-214", {item.pk: YES}, by=claire)


@pytest.mark.parametrize(
    ("held_in", "number", "sentence"),
    [(0, "  ", "numéro"), (5, "2026-214", "La séance a lieu")],
)
def test_a_session_is_closed_once_held_with_its_number(
    version, claire, held_in, number, sentence
):
    day = timezone.localdate() + dt.timedelta(days=held_in)
    session = CommitteeSession.objects.create(held_on=day)
    item = on_agenda(version, session, claire)

    with pytest.raises(ValidationError, match=sentence):
        votes.close(session, number, {item.pk: YES}, by=claire)


def test_an_empty_session_has_no_vote(claire, session):
    with pytest.raises(ValidationError, match="Aucune demande"):
        votes.close(session, "2026-214", {}, by=claire)


def test_a_closed_session_does_not_change(version, claire, session):
    item = on_agenda(version, session, claire)
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)

    with pytest.raises(ValidationError, match="ne change plus"):
        votes.close(session, "2026-215", {item.pk: YES}, by=claire)
    with pytest.raises(ValidationError, match="ne change plus"):
        on_agenda(version, session, claire)
    item.refresh_from_db()
    with pytest.raises(ValidationError, match="ne change plus"):
        votes.take_off(item, by=claire)


@pytest.mark.django_db(transaction=True)
def test_two_officers_record_the_votes_once(version, claire, session):
    item, together = on_agenda(version, session, claire), Barrier(2)

    def record(number):
        together.wait()
        try:
            votes.close(session, number, {item.pk: YES}, by=claire)
        except ValidationError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(record, ["2026-214", "2026-215"])) == 1

    assert Message.objects.filter(template_key__endswith="-granted").count() == 1


def test_an_adjourned_application_comes_back_at_another_session(
    version, claire, session
):
    item = on_agenda(version, session, claire)
    votes.close(
        session, "2026-214", {item.pk: Voted("adjourned", None, "Avis.")}, by=claire
    )
    item.refresh_from_db()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    other = CommitteeSession.objects.create(held_on=tomorrow)

    again = votes.put_to_vote(item.application, other, by=claire)

    assert again.application.state == "to_vote"
    assert item.application.agenda_items.count() == 2


def test_whoever_was_granted_a_bursary_does_not_ask_for_another(
    version, claire, session
):
    item = on_agenda(version, session, claire)
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    person = item.application.person
    ApplicationFactory(person=person, version=version)
    draft = applications.save_draft(person, {"version": version})

    with pytest.raises(ValidationError, match=item.application.reference):
        applications.submit(draft, by=claire, is_attested=True)


# --- Binding -------------------------------------------------------------------------


def test_a_deliberation_binds_once_sent_and_published(version, claire, session):
    item = on_agenda(version, session, claire)
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    day = session.held_on

    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        votes.note_days(
            session,
            transmitted_on=day + dt.timedelta(days=2),
            published_on=None,
            by=claire,
        )
        session.refresh_from_db()
        assert session.binds_since is None
        votes.note_days(
            session,
            transmitted_on=day + dt.timedelta(days=2),
            published_on=day + dt.timedelta(days=5),
            by=claire,
        )

    session.refresh_from_db()
    assert session.binds_since == day + dt.timedelta(days=5)


@pytest.mark.parametrize(("days", "sentence"), [(-1, "avant la séance"), (3, "venir")])
def test_its_days_come_in_order(version, claire, session, days, sentence):
    item = on_agenda(version, session, claire)
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    day = session.held_on + dt.timedelta(days=days)

    with pytest.raises(ValidationError, match=sentence):
        votes.note_days(session, transmitted_on=day, published_on=None, by=claire)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "2026-214"},
        {"closed_at": "2026-11-24T10:00:00Z"},
        {"transmitted_on": dt.date(2027, 1, 1)},
        {"published_on": dt.date(2027, 1, 1)},
    ],
)
def test_the_database_holds_the_rules_of_a_session(session, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeSession.objects.filter(pk=session.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"vote": "approved"},
        {"vote": "refused"},
        {"months": 12},
        {"vote": "approved", "months": 0, "total": 1},
    ],
)
def test_the_database_holds_the_rules_of_a_vote(version, claire, session, wrong):
    item = on_agenda(version, session, claire)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(**wrong)


# --- The envelope and the papers -----------------------------------------------------


def test_the_scenario_adds_what_is_ticked(client, version, claire, session):
    year = timezone.localdate().year + 1
    BudgetEnvelope.objects.create(year=year, voted=10000)
    first, second = (
        on_agenda(version, session, claire, starts_on=dt.date(year, 1, 1))
        for _ in range(2)
    )
    client.force_login(claire)
    url = session.get_absolute_url()

    def left(query=""):
        page = client.get(url + query)
        return next(
            line["left"] for line in page.context["spending"] if line["year"] == year
        )

    assert left() == "-6\u00a0800\u00a0€"
    assert left(f"?scenario=1&avec={first.pk}") == "1\u00a0600\u00a0€"
    assert left("?scenario=1") == "10\u00a0000\u00a0€"
    assert left(f"?scenario=1&avec=x&avec={second.pk}") == "1\u00a0600\u00a0€"


def test_the_page_costs_the_same_whatever_the_agenda(
    client, version, claire, session, django_assert_max_num_queries
):
    client.force_login(claire)
    for _ in range(2):
        on_agenda(version, session, claire)
    client.get(session.get_absolute_url())
    with django_assert_max_num_queries(40) as few:
        client.get(session.get_absolute_url())
    for _ in range(3):
        on_agenda(version, session, claire)
    with django_assert_max_num_queries(len(few)):
        client.get(session.get_absolute_url())


def test_the_annex_names_nobody(version, claire, session, monkeypatch):
    item = on_agenda(version, session, claire, last_name="Introuvable")
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    session.refresh_from_db()
    pages = []
    monkeypatch.setattr(
        rendering,
        "HTML",
        lambda string, **kwargs: pages.append(string) or HTML(string=string, **kwargs),
    )

    session_papers.annex_pdf(session)

    (page,) = pages
    assert "2026-214" in page
    assert "25\u00a0200\u00a0€" in page
    assert "Introuvable" not in page
    assert item.application.reference not in page


def test_the_annex_is_made_once(version, claire, session):
    item = on_agenda(version, session, claire)
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    session_papers.file_annex(session.pk)

    session.refresh_from_db()
    first = session.annex_id
    assert session_papers.file_annex(session.pk) is False
    assert session_papers.left_behind() == []
    assert first


def test_the_report_is_a_paper_for_the_desk(client, version, claire, session):
    on_agenda(version, session, claire)
    client.force_login(claire)

    page = client.get(reverse("admin:bursaries_session_report", args=[session.pk]))

    assert page.content.startswith(b"%PDF")
    client.force_login(UserFactory(is_staff=True, groups=["elus"]))
    again = client.get(reverse("admin:bursaries_session_report", args=[session.pk]))
    assert again.status_code == 403


# --- The desk's pages ----------------------------------------------------------------


def test_votes_are_recorded_from_the_page(client, version, claire, session):
    item = on_agenda(version, session, claire)
    client.force_login(claire)
    said = {f"vote-{item.pk}": "refused", f"months-{item.pk}": "36"}

    refused = client.post(session.get_absolute_url(), {**said, "number": "2026-1"})
    done = client.post(
        session.get_absolute_url(),
        {**said, "number": "2026-1", f"reason-{item.pk}": "Non."},
    )

    assert "ont leur motif" in refused.content.decode()
    assert "2026-1" in refused.content.decode()
    assert done.url == session.get_absolute_url()
    item.application.refresh_from_db()
    assert item.application.state == "refused"


def test_a_second_click_is_told_that_the_votes_stand(client, version, claire, session):
    item = on_agenda(version, session, claire)
    client.force_login(claire)
    said = {f"vote-{item.pk}": "approved", "number": "2026-1"}

    client.post(session.get_absolute_url(), said)
    again = client.post(session.get_absolute_url(), said, follow=True)

    assert again.redirect_chain == [(session.get_absolute_url(), 302)]
    assert "elle ne change plus" in again.content.decode()
    assert Message.objects.filter(template_key__endswith="-granted").count() == 1


def test_finance_reads_and_does_not_vote(client, version, claire, session):
    item = on_agenda(version, session, claire)
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    assert client.get(session.get_absolute_url()).status_code == 200
    said = {f"vote-{item.pk}": "approved", "number": "2026-1"}
    assert client.post(session.get_absolute_url(), said).status_code == 403
    off = reverse("admin:bursaries_session_take_off", args=[session.pk, item.pk])
    assert client.post(off).status_code == 403


@pytest.mark.parametrize("slug", ["seance", "avis", "avis-recu"])
def test_each_step_has_its_page(client, version, claire, session, slug):
    one = complete(version, claire)
    body = OrganisationFactory()
    if slug == "avis-recu":
        votes.ask_opinion(
            one,
            body,
            due_on=timezone.localdate() + dt.timedelta(days=9),
            by=claire,
        )
    client.force_login(claire)
    url = reverse(f"admin:bursaries_application_{slug}", args=[one.pk])
    opinion = one.opinions.first()
    said = {
        "session": session.pk,
        "organisation": body.pk,
        "due_on": f"{timezone.localdate() + dt.timedelta(days=9)}",
        "opinion": opinion.pk if opinion else "",
        "sense": "favourable",
        "in_spite_because": "L’avis suit.",
    }

    shown = client.get(url)
    done = client.post(url, said)

    assert shown.status_code == 200
    assert done.status_code == 302


def test_the_week_waits_for_the_votes_and_their_days(version, claire, session):
    item = on_agenda(version, session, claire)
    day = timezone.localdate()

    to_vote = [line.title for line in week.lines(claire, day)]
    votes.close(session, "2026-214", {item.pk: YES}, by=claire)
    voted = [line.title for line in week.lines(claire, day)]

    assert any(title.startswith("Enregistrer les votes") for title in to_vote)
    assert any(title.startswith("Noter la transmission") for title in voted)


def test_forgetting_takes_what_was_said_of_them(version, claire, session):
    item = on_agenda(version, session, claire)
    votes.close(
        session, "2026-214", {item.pk: Voted("refused", None, "Motif.")}, by=claire
    )
    item.refresh_from_db()

    retention.forget(item.application)

    item.refresh_from_db()
    assert item.reason == "Motif effacé."
