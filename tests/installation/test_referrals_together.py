"""Several people decide on one referral at the same moment: real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casework.models import Entry
from installation import shared_fields
from installation.actions import needs, referrals
from installation.models import Referral
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    desk_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Start every act at once; what each was told, « done » or « refused »."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            act()
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def verbs():
    found = Entry.objects.filter(verb__startswith="installation.referral")
    return sorted(found.values_list("verb", flat=True))


def test_two_answers_to_one_referral_make_one():
    referral = ReferralFactory(taken=True)

    told = together(
        lambda: referrals.help(referral, note="Un T4"),
        lambda: referrals.find_no_help(referral, note="Rien"),
    )

    referral.refresh_from_db()
    note = {"helped": "Un T4", "no_help": "Rien"}[referral.state]
    assert (sorted(told), referral.closing_note) == (["done", "refused"], note)
    assert verbs() == [f"installation.referral.{referral.state}"]


def test_a_withdrawal_wins_over_an_answer_or_comes_after_it():
    referral = ReferralFactory(taken=True)
    person = referral.need.request.applicant

    withdrawn, answered = together(
        lambda: referrals.withdraw_consent(person, referral.organisation),
        lambda: referrals.help(referral, note="Un T4"),
    )

    referral.refresh_from_db()
    assert withdrawn == "done"
    assert referral.state == ("helped" if answered == "done" else "withdrawn")
    assert not referral.consent.is_active
    assert shared_fields.values(referral) == []


def test_nothing_is_sent_while_the_agreement_is_withdrawn():
    need = NeedFactory()
    consent = ConsentFactory(person=need.request.applicant)
    partner, by = consent.organisation, desk_user()

    _withdrawn, sent = together(
        lambda: referrals.withdraw_consent(consent.person, partner),
        lambda: referrals.send(need, partner, consent=consent, by=by),
    )

    states = list(Referral.objects.values_list("state", flat=True))
    assert states == (["withdrawn"] if sent == "done" else [])


def test_a_recall_and_a_partner_who_takes_it():
    referral, by = ReferralFactory(), desk_user()

    recalled, taken = together(
        lambda: referrals.recall(referral, by=by), lambda: referrals.take(referral)
    )

    referral.refresh_from_db()
    assert (recalled, referral.state) == ("done", "recalled")
    assert verbs() == sorted(
        ["installation.referral.recalled"]
        + ["installation.referral.taken"] * (taken == "done")
    )


def test_two_officers_send_one_need_to_one_partner_once():
    need, by = NeedFactory(), desk_user()
    consent = ConsentFactory(person=need.request.applicant)

    def send():
        referrals.send(need, consent.organisation, consent=consent, by=by)

    assert sorted(together(send, send)) == ["done", "refused"]
    assert Referral.objects.count() == 1


def test_a_need_dropped_while_it_is_sent_leaves_nothing_running():
    need, by = NeedFactory(), desk_user()
    consent = ConsentFactory(person=need.request.applicant)

    together(
        lambda: needs.drop(need, "Trouvé.", by=by),
        lambda: referrals.send(need, consent.organisation, consent=consent, by=by),
    )

    need.refresh_from_db()
    assert need.state == "dropped"
    assert not Referral.objects.running().exists()
