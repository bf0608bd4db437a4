"""Needs in the week, in « mes données », in the night's check, and once forgotten."""

import datetime as dt

import pytest
from django.utils import timezone

from installation import actions, consistency, need_rules, need_week, retention
from installation.models import InstallationRequest, Referral
from tests.installation.factories import (
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)

MONDAY = dt.date(2026, 11, 23)
WEDNESDAY_BEFORE = dt.datetime(2026, 11, 18, 15, tzinfo=dt.UTC)


def told(day=MONDAY):
    mine = InstallationRequest.objects.open()
    return [(line.due_on, line.title) for line in need_week.lines(mine, day)]


def test_a_need_nobody_has_in_hand_is_due_after_two_working_days():
    need = NeedFactory(created_at=WEDNESDAY_BEFORE)

    assert told() == [(dt.date(2026, 11, 20), "À orienter : Logement")]
    assert told(dt.date(2026, 11, 20)) == []
    ReferralFactory(need=need)
    assert told() == []


@pytest.mark.parametrize("state", ["helped", "no_help", "unreachable"])
def test_a_need_that_was_answered_is_no_longer_due(state):
    need = NeedFactory(created_at=WEDNESDAY_BEFORE)
    ReferralFactory(need=need, state=state, ended_at=timezone.now())

    assert told() == []


def test_a_need_that_was_given_back_is_due_again():
    need = NeedFactory(created_at=WEDNESDAY_BEFORE)
    ReferralFactory(need=need, state="not_for_me", ended_at=timezone.now())

    assert [title for _due, title in told()] == ["À orienter : Logement"]


@pytest.mark.parametrize("end", ["close", "withdraw"])
def test_a_dossier_that_ends_calls_its_partners_back(end):
    referral = ReferralFactory(taken=True)
    request = referral.need.request

    if end == "close":
        actions.close(request, "oriented", by=desk_user())
    else:
        actions.withdraw(request)

    referral.refresh_from_db()
    assert referral.state == Referral.State.RECALLED


def test_answers_become_needs_when_the_request_is_filed():
    need_rules.settle()
    request = RequestFactory(structures=["alone"])
    request.topics.add(NeedFactory().topic)

    actions.submit(request)

    needs = request.needs.values_list("topic__slug", flat=True)
    assert sorted(needs) == ["housing", "premises"]


def test_forgetting_empties_the_words_and_keeps_the_counts():
    referral = ReferralFactory(
        need__details="Chez ma sœur",
        need__request=RequestFactory(closed=True),
        state="helped",
        ended_at=timezone.now(),
        message="Elle a deux filles",
        closing_note="Un T4 rue Haute",
        contact_name="Odile Fabre",
    )

    retention.forget(referral.need.request)

    referral.refresh_from_db()
    assert (referral.state, referral.need.topic.slug) == ("helped", "housing")
    words = (referral.message, referral.closing_note, referral.to_email)
    assert (*words, referral.contact_name, referral.need.details) == ("",) * 5


def test_mes_donnees_say_who_was_told_of_what():
    referral = ReferralFactory(organisation__name="Habitat", taken=True)

    [exported] = retention.export(referral.need.request.applicant)

    [need] = exported["besoins"]
    [handed] = need["transmis à"]
    assert (need["sujet"], need["état"]) == ("Logement", "pris en charge")
    assert handed["partenaire"] == "Habitat"
    assert "taille du foyer" in handed["données"]


def test_the_night_s_check_finds_what_is_shared_without_an_agreement():
    referral = ReferralFactory()
    referral.consent.withdraw()

    [finding] = [said for said in consistency.checks() if "R-50" in said]

    assert referral.need.request.reference in finding
