"""What someone needs help with: how needs begin, meet and end."""

import pytest
from django.core.exceptions import ValidationError

from casework.models import Entry, Message
from installation import need_rules
from installation.actions import needs
from installation.models import Need, NeedRule, Referral
from installation.models.needs import state_after
from territory.models import Topic
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import DeskFactory


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()
    need_rules.settle()


def topic(slug):
    return Topic.objects.get(slug=slug)


def slugs(request):
    return set(request.needs.values_list("topic__slug", flat=True))


def test_what_was_ticked_and_what_was_answered_become_needs_once():
    request = RequestFactory(
        submitted=True,
        wants_family_help=True,
        household="couple_children",
        children_under_3=1,
        children_6_10=2,
        partner_occupation="infirmier",
        structures=["health_house"],
        horizon="soon",
    )
    request.topics.add(topic("housing"), topic("school"))

    needs.open_from_answers(request)
    needs.open_from_answers(request)

    assert sorted(request.needs.values_list("topic__slug", flat=True)) == [
        "administrative",
        "childcare",
        "housing",
        "partner-job",
        "school",
        "structure",
    ]


@pytest.mark.parametrize(("question", "answer", "slug"), need_rules.DEFAULTS)
def test_every_first_rule_reads_a_question_and_an_answer_that_exist(
    question, answer, slug
):
    assert answer in dict(need_rules.QUESTIONS[question].answers)
    assert Topic.objects.filter(slug=slug).exists()


def test_a_rule_that_staff_changed_or_took_away_stays_so():
    rule = NeedRule.objects.get(question="horizon")
    rule.topic = topic("aids")
    rule.save()
    NeedRule.objects.filter(question="children", answer="children_3_5").delete()

    need_rules.settle()
    request = RequestFactory(submitted=True, horizon="soon")
    needs.open_from_answers(request)

    assert slugs(request) == {"aids"}
    assert NeedRule.objects.count() == len(need_rules.DEFAULTS) - 1


def test_a_dropped_need_is_not_opened_again_by_the_same_answer():
    request = RequestFactory(in_support=True)
    request.topics.add(topic("housing"))
    [need] = needs.open_from_answers(request)

    needs.drop(need, "La famille a trouvé.", by=desk_user())

    assert needs.open_from_answers(request) == []
    assert [one.state for one in request.needs.all()] == [Need.State.DROPPED]


def test_the_desk_ticks_what_it_heard():
    request, by = RequestFactory(in_support=True), desk_user()

    needs.open_from_topics(request, [topic("housing"), topic("aids")], by=by)

    assert set(request.needs.values_list("topic__slug", "source", "created_by")) == {
        ("housing", "desk", by.pk),
        ("aids", "desk", by.pk),
    }


def test_a_need_added_by_the_person_is_told_to_the_desk_and_never_twice():
    request = RequestFactory(in_support=True)
    more = {"details": "Un T4 avec jardin", "source": Need.Source.PERSON}

    needs.add(request, topic("housing"), **more)

    told = Message.objects.filter(template_key="installation.need-added")
    assert told.count() == 1
    with pytest.raises(ValidationError, match="déjà parmi les besoins"):
        needs.add(request, topic("housing"), **more)


def test_dropping_asks_why_and_calls_the_partners_back():
    referral, by = ReferralFactory(taken=True), desk_user()

    with pytest.raises(ValidationError, match="Dites pourquoi"):
        needs.drop(referral.need, " ", by=by)
    needs.drop(referral.need, "Déjà logés.", by=by)

    referral.refresh_from_db()
    assert referral.state == Referral.State.RECALLED
    assert needs.restore(referral.need, by=by).state == Need.State.TO_REFER


def test_two_needs_become_one_with_the_referrals_of_both():
    need = NeedFactory(details="Trois chambres")
    twin = NeedFactory(request=need.request, details="Un jardin")
    consent = ConsentFactory(person=need.request.applicant)
    under = {"organisation": consent.organisation, "consent": consent}
    kept = ReferralFactory(need=need, **under)
    twice = ReferralFactory(need=twin, **under)
    other = ReferralFactory(need=twin, taken=True)

    needs.merge(twin, need, by=desk_user())

    states = {one.pk: one.state for one in need.referrals.all()}
    assert states == {
        kept.pk: "sent",
        twice.pk: "recalled",
        other.pk: "taken",
    }
    need.refresh_from_db()
    twin.refresh_from_db()
    assert (need.state, need.details) == ("taken", "Trois chambres\nUn jardin")
    assert twin.state == Need.State.MERGED
    assert Entry.objects.filter(verb="installation.need.merged").count() == 1


def test_a_need_is_only_merged_within_its_dossier():
    with pytest.raises(ValidationError, match="même dossier"):
        needs.merge(NeedFactory(), NeedFactory(), by=desk_user())


@pytest.mark.parametrize(
    ("referrals", "state"),
    [
        ([], "to_refer"),
        (["recalled", "not_for_me", "withdrawn"], "to_refer"),
        (["sent", "no_help"], "sent"),
        (["sent", "taken"], "taken"),
        (["taken", "helped"], "helped"),
        (["no_help", "not_for_me"], "no_help"),
        (["no_help", "unreachable"], "unreachable"),
    ],
)
def test_the_state_of_a_need_is_read_from_its_referrals(referrals, state):
    assert state_after(referrals) == state
