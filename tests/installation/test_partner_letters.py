"""How often a partner is written to: at once, once a week, then reminded."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from casework import ladders, workdays
from casework.models import Message
from casework.settled import settle
from installation import given_back, partner_letters, partner_weekly, retention
from installation.actions import partners as acts
from installation.actions import referrals
from installation.models import InstallationRequest, Referral
from territory.models import Contact, ContactAbsence, Desk, Topic
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import OrganisationFactory

# A Monday without a public holiday for weeks around.
MONDAY = dt.date(2026, 9, 7)
PARTNER = "acces@example.org"
PARIS = timezone.get_default_timezone()


@pytest.fixture(autouse=True)
def _steps():
    settle()


def at(day):
    return dt.datetime.combine(day, dt.time(10), PARIS)


def written(act):
    """Who is written what meanwhile."""
    before = set(Message.objects.values_list("pk", flat=True))
    act()
    new = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(message.template_key, message.recipient) for message in new]


def to_partner(act):
    """The letters among them that go to partners, without the app's name."""
    return [
        (key.removeprefix("installation."), to)
        for key, to in written(act)
        if not to.startswith("ines")
    ]


def sent_on(day, organisation=None, **values) -> Referral:
    own = {"organisation": organisation} if organisation else {}
    return ReferralFactory(sent_at=at(day), **own, **values)


# --- At once, or with the rest ------------------------------------------------------


def send(organisation, **values):
    need = NeedFactory()
    consent = ConsentFactory(person=need.request.applicant, organisation=organisation)
    return referrals.send(need, organisation, consent=consent, by=desk_user(), **values)


def test_the_first_need_is_told_at_once_and_the_next_ones_wait():
    organisation = OrganisationFactory(email=PARTNER)
    other = OrganisationFactory(email="autre@example.org")

    assert to_partner(lambda: send(organisation)) == [("referral-sent", PARTNER)]
    assert to_partner(lambda: send(organisation)) == []
    assert to_partner(lambda: send(other)) == [("referral-sent", "autre@example.org")]


def test_an_urgent_need_does_not_wait():
    organisation = OrganisationFactory(email=PARTNER)
    ReferralFactory(organisation=organisation)
    urgent = ReferralFactory(organisation=organisation)

    told = to_partner(lambda: partner_letters.referral_sent(urgent, urgent=True))

    assert told == [("referral-sent", PARTNER)]


def test_a_need_taken_back_is_told_without_saying_why():
    referral = ReferralFactory()
    applicant = referral.need.request.applicant

    told = to_partner(
        lambda: referrals.withdraw_consent(applicant, referral.organisation)
    )

    assert ("referral-over", PARTNER) in told
    letter = Message.objects.get(template_key="installation.referral-over")
    assert "accord" not in letter.text


# --- The letter of the week ---------------------------------------------------------


def weekly(day):
    return to_partner(lambda: partner_weekly.send(day))


def test_one_letter_a_week_lists_every_need_of_a_partner():
    organisation = OrganisationFactory(email=PARTNER)
    friday = MONDAY - dt.timedelta(days=3)
    for _ in range(2):
        sent_on(friday, organisation)
    sent_on(friday, OrganisationFactory(email="autre@example.org"))

    told = [("partner-week", PARTNER), ("partner-week", "autre@example.org")]
    assert weekly(MONDAY) == told
    assert weekly(MONDAY) == []
    assert weekly(MONDAY + dt.timedelta(days=2)) == []
    assert weekly(MONDAY + dt.timedelta(days=7)) == told
    letter = Message.objects.get(recipient=PARTNER, key__contains="2026-37")
    assert letter.subject == "Cette semaine : 2 besoins vous attendent"
    text, _html = letter.parts()
    assert text.count("Logement, transmis le 4 septembre 2026 : à prendre") == 2
    assert "Caubet" not in text


def test_the_letter_leaves_on_the_day_the_desk_chose_or_the_next_one():
    Desk.objects.update(partner_letter_day=2)
    Desk.objects.current()
    sent_on(MONDAY - dt.timedelta(days=3))

    assert weekly(MONDAY) == []
    thursday = MONDAY + dt.timedelta(days=3)
    assert weekly(thursday) == [("partner-week", PARTNER)]


def test_what_was_told_this_week_waits_for_the_next_letter():
    tuesday = MONDAY + dt.timedelta(days=1)
    sent_on(tuesday)

    assert weekly(tuesday + dt.timedelta(days=1)) == []
    assert weekly(MONDAY + dt.timedelta(days=7)) == [("partner-week", PARTNER)]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_no_letter_for_a_dossier_that_waits_or_is_over(state):
    friday = MONDAY - dt.timedelta(days=3)
    request = RequestFactory(**{state: True}, last_exchange_at=at(MONDAY))
    sent_on(friday, need=NeedFactory(request=request))

    assert weekly(MONDAY) == []


def test_no_letter_when_nothing_waits_for_the_partner():
    friday = MONDAY - dt.timedelta(days=3)
    referral = sent_on(friday, taken=True)

    assert weekly(MONDAY) == []
    acts.reply(referral, "Êtes-vous là ?")
    assert weekly(MONDAY) == [("partner-week", PARTNER)]


def test_the_stand_in_is_written_to_during_an_absence():
    organisation = OrganisationFactory(email=PARTNER)
    names = ("nathalie", "bruno")
    nathalie, bruno = (
        Contact.objects.create(
            organisation=organisation,
            name=name.title(),
            email=f"{name}@example.net",
            is_main=name == "nathalie",
        )
        for name in names
    )
    ContactAbsence.objects.create(
        contact=nathalie,
        stand_in=bruno,
        period=DateRange(MONDAY, MONDAY + dt.timedelta(days=7)),
    )
    sent_on(MONDAY - dt.timedelta(days=3), organisation, to_email=nathalie.email)

    assert weekly(MONDAY) == [("partner-week", bruno.email)]
    assert weekly(MONDAY + dt.timedelta(days=7)) == [("partner-week", nathalie.email)]


# --- Reminders ----------------------------------------------------------------------


def reminded(day):
    return [
        told for told in to_partner(lambda: ladders.run(day)) if "partner" in told[0]
    ]


def days_later(count):
    return workdays.add(MONDAY, count)


def quiet_request():
    """Nobody else is reminded of this dossier meanwhile."""
    far = MONDAY + dt.timedelta(days=300)
    return RequestFactory(in_support=True, next_action_on=far, last_exchange_at=at(far))


def test_a_partner_is_reminded_twice_and_then_called():
    organisation = OrganisationFactory(
        email=PARTNER, phone="05 36 49 12 60", name="Crèche"
    )
    need = NeedFactory(request=quiet_request())
    referral = sent_on(MONDAY, organisation, need=need)
    # A younger one makes no reminder of its own.
    need = NeedFactory(request=need.request, topic=Topic.objects.get(slug="childcare"))
    sent_on(days_later(1), organisation, need=need, consent=referral.consent)
    told = ("reminder-partner", PARTNER)

    assert reminded(days_later(4)) == []
    assert reminded(days_later(5)) == [told]
    assert reminded(days_later(6)) == []
    assert reminded(days_later(10)) == [told]
    assert reminded(days_later(19)) == []
    assert reminded(days_later(20)) == [
        ("reminder-partner-call", "guichet@example.org")
    ]
    assert reminded(days_later(40)) == []
    call = Message.objects.get(template_key="installation.reminder-partner-call")
    assert "05 36 49 12 60" in call.subject
    assert str(organisation.pk) in call.text
    first = Message.objects.filter(template_key="installation.reminder-partner").last()
    assert first.text == ""  # it carries a link: sealed
    assert "Garde" in first.parts()[0]
    assert referral.need.request.last_name not in first.parts()[0]


@pytest.mark.parametrize("how", ["taken", "paused", "closed", "consent"])
def test_reminders_stop(how):
    referral = sent_on(MONDAY, need=NeedFactory(request=quiet_request()))
    rows = InstallationRequest.objects.filter(pk=referral.need.request_id)
    if how == "taken":
        referrals.take(referral)
        Referral.objects.update(taken_at=at(days_later(12)))
    elif how == "paused":
        rows.update(state="paused", paused_until=days_later(60))
    elif how == "closed":
        rows.update(
            state="closed",
            outcome="oriented",
            closed_at=at(MONDAY),
            next_action="",
            next_action_on=None,
        )
    else:
        applicant = referral.need.request.applicant
        referrals.withdraw_consent(applicant, referral.organisation)

    assert reminded(days_later(20)) == []


def test_a_partner_that_took_and_keeps_silent_is_asked_for_news():
    need = NeedFactory(request=quiet_request())
    referral = sent_on(MONDAY, need=need, taken=True)
    Referral.objects.update(taken_at=at(MONDAY))

    assert reminded(days_later(19)) == []
    assert reminded(days_later(20)) == [("reminder-partner-taken", PARTNER)]
    assert reminded(days_later(20)) == []
    # A word to the person is a sign of life: the count begins again.
    acts.answer(referral, "Je cherche encore.")
    referral.messages.update(created_at=at(days_later(21)))
    assert reminded(days_later(40)) == []
    assert reminded(days_later(41)) == [("reminder-partner-taken", PARTNER)]


def test_a_reminder_stands_for_the_letter_of_that_week(monkeypatch):
    """Reminders leave first: the same list does not arrive twice that morning."""
    sent_on(MONDAY, need=NeedFactory(request=quiet_request()))
    day = days_later(5)
    assert reminded(day) == [("reminder-partner", PARTNER)]
    Message.objects.update(created_at=at(day))

    assert weekly(day) == []


# --- At the desk -------------------------------------------------------------------


def test_a_need_given_back_is_a_line_of_the_week_until_somebody_has_it():
    def lines():
        requests = InstallationRequest.objects.open()
        return [(line.title, line.detail) for line in given_back.lines(requests)]

    referral = ReferralFactory(organisation__name="Crèche des Tilleuls")
    assert lines() == []

    referrals.decline(referral, note="Complet :\nvoyez la mairie.")
    assert lines() == [
        (
            "Trouver un autre partenaire : Logement pour Inès Caubet",
            "Crèche des Tilleuls : pas pour nous. Complet : voyez la mairie.",
        )
    ]
    ReferralFactory(need=referral.need, organisation__email="mairie@example.org")
    assert lines() == []


def test_what_was_written_is_forgotten_with_the_dossier():
    referral = ReferralFactory(taken=True)
    acts.answer(referral, "Bonjour Inès.", signature="Nathalie Garric")
    request = referral.need.request
    request.close("oriented")

    retention.forget(request)

    said = list(referral.messages.values_list("body", "signature"))
    assert said == [("Message effacé.", "")]
