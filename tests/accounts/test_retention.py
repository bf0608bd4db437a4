from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import consistency, consistency_run, discovery, purging, retention
from accounts.models import (
    ArchiveVisa,
    ConsistencyRun,
    Person,
    PurgeAggregate,
    PurgeNotice,
    User,
)
from accounts.retention import Rule
from tests.accounts.factories import PersonFactory, UserFactory

DAY = date(2026, 11, 23)
LATER = DAY + timedelta(days=30)


@pytest.fixture
def warned():
    return []


@pytest.fixture
def rule(monkeypatch, warned):
    """People of Agen are forgotten, with a visa."""

    def purge(person):
        person.empty()

    rule = Rule(
        key="test.agen",
        label="Personnes d'Agen",
        queryset=lambda day: Person.objects.open().filter(city="Agen"),
        warn=lambda person, purge_on: warned.append((person.pk, purge_on)),
        purge=purge,
        keep_aggregate=lambda person: person.origin,
    )
    monkeypatch.setattr(purging, "rules", lambda: [rule])
    return rule


@pytest.fixture
def visa(rule):
    return ArchiveVisa.objects.create(
        rule=rule.key,
        reference="AD47-12",
        granted_on=LATER,
        announced_until=DAY,
        recorded_by=UserFactory(is_staff=True),
    )


def counts(result):
    return {
        name: value for name, value in vars(result).items() if name != "rule" and value
    }


def test_a_row_is_announced_once_then_destroyed(rule, visa, warned):
    person = PersonFactory(city="Agen", origin="phone")

    first, again = purging.run(DAY)[0], purging.run(DAY + timedelta(days=29))[0]
    last = purging.run(LATER)[0]

    person.refresh_from_db()
    assert [counts(first), counts(again), counts(last)] == [
        {"announced": 1},
        {},
        {"purged": 1},
    ]
    assert warned == [(person.pk, LATER)]
    assert person.closed_at is not None
    assert not PurgeNotice.objects.exists()
    aggregate = PurgeAggregate.objects.get()
    assert (aggregate.rule, aggregate.year, aggregate.category, aggregate.count) == (
        rule.key,
        2026,
        "phone",
        1,
    )


def test_nothing_goes_without_the_visa_of_the_archives(rule):
    person = PersonFactory(city="Agen")
    purging.run(DAY)

    result = purging.run(LATER)[0]

    person.refresh_from_db()
    assert (counts(result), person.closed_at) == ({"awaiting_visa": 1}, None)


def test_a_visa_covers_only_what_was_announced_before(rule, visa):
    purging.run(DAY)
    PersonFactory(city="Agen")
    purging.run(DAY + timedelta(days=1))

    result = purging.run(DAY + timedelta(days=31))[0]

    assert counts(result) == {"awaiting_visa": 1}


def test_whoever_comes_back_is_left_in_peace(rule, visa):
    person = PersonFactory(city="Agen")
    purging.run(DAY)
    Person.objects.filter(pk=person.pk).update(city="Nérac")

    result = purging.run(LATER)[0]

    assert counts(result) == {"withdrawn": 1}


def test_one_failure_does_not_stop_the_others(rule, visa, monkeypatch):
    bad, good = PersonFactory.create_batch(2, city="Agen")

    def purge(person):
        if person.pk == bad.pk:
            raise RuntimeError
        person.empty()

    object.__setattr__(rule, "purge", purge)
    purging.run(DAY)

    result = purging.run(LATER)[0]

    good.refresh_from_db()
    assert counts(result) == {"purged": 1, "failed": 1}
    assert good.closed_at is not None
    assert PurgeNotice.objects.get().object_id == bad.pk


def test_a_warning_that_fails_is_owed_again(rule, visa, warned):
    PersonFactory(city="Agen")
    warn = rule.warn

    def fail(*args):
        raise OSError

    object.__setattr__(rule, "warn", fail)
    first = purging.run(DAY)[0]
    object.__setattr__(rule, "warn", warn)
    second = purging.run(DAY + timedelta(days=1))[0]

    assert [counts(first), counts(second)] == [{"failed": 1}, {"announced": 1}]
    assert len(warned) == 1


def test_a_visa_covers_the_past(visa):
    visa.announced_until = visa.granted_on + timedelta(days=1)

    with pytest.raises(ValidationError, match="avant lui"):
        visa.validate_constraints()


def test_every_rule_answers_and_has_its_own_key():
    rules = purging.rules()

    assert len({rule.key for rule in rules}) == len(rules)
    for rule in rules:
        assert list(rule.queryset(DAY)) == []


def test_a_login_never_confirmed_disappears():
    user = UserFactory(confirmed_address=False)
    kept = UserFactory()
    User.objects.update(date_joined=timezone.now() - timedelta(days=31))
    person = user.person

    purging.run(timezone.localdate())
    purging.run(timezone.localdate() + timedelta(days=30))

    person.refresh_from_db()
    assert list(User.objects.all()) == [kept]
    assert person.closed_at is not None


def test_a_dormant_login_is_warned_then_closed(mailoutbox):
    user = UserFactory(last_login=timezone.now() - timedelta(days=3 * 366))
    address = user.email

    purging.run(timezone.localdate())
    purging.run(timezone.localdate() + timedelta(days=30))

    user.refresh_from_db()
    assert not user.is_active
    assert [mail.to for mail in mailoutbox] == [[address], [address]]
    assert "sera fermé le" in mailoutbox[0].subject
    assert "/compte/connexion/" in mailoutbox[0].body


def test_signing_in_saves_a_dormant_login():
    user = UserFactory(last_login=timezone.now() - timedelta(days=3 * 366))
    purging.run(timezone.localdate())
    User.objects.update(last_login=timezone.now())

    purging.run(timezone.localdate() + timedelta(days=30))

    user.refresh_from_db()
    assert user.is_active


def test_people_nobody_needs_any_more_are_forgotten():
    old = timezone.now() - timedelta(days=2 * 366)
    alone = PersonFactory(created_at=old)
    consenting = PersonFactory(created_at=old)
    consenting.consents.create(purpose="newsletter", wording="Oui")
    recent = PersonFactory()
    with_login = UserFactory(person__created_at=old).person

    found = retention.unattached_people(timezone.localdate())

    assert list(found) == [alone]
    assert {consenting, recent, with_login}.isdisjoint(found)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2028, 2, 29), date(2026, 2, 28)), (date(2026, 11, 23), date(2024, 11, 23))],
)
def test_two_years_before(day, expected):
    assert retention.years_before(day, 2) == expected


def test_purge_command_tells_what_it_did(rule, capsys):
    PersonFactory(city="Agen")

    call_command("purge_expired", "--on", "2026-11-23")

    assert "Personnes d'Agen : 1 annoncée(s), 0 détruite(s)" in capsys.readouterr().out


def test_all_is_consistent_at_first(capsys):
    UserFactory(is_staff=True, groups=["accueil"])

    call_command("check_consistency")

    assert capsys.readouterr().out == "Tout concorde.\n"
    assert ConsistencyRun.objects.get().findings == []


def test_inconsistencies_are_found_and_kept(capsys):
    idle = UserFactory(is_staff=True)
    apart = UserFactory()
    EmailAddress.objects.filter(user=apart).update(email="ailleurs@example.org")
    merged = PersonFactory()
    merged.merged_into = PersonFactory()
    merged.empty()
    merged.consents.create(purpose="alerts", wording="Oui")

    with pytest.raises(CommandError, match=r"3 constat\(s\)"):
        call_command("check_consistency")

    findings = [finding["finding"] for finding in ConsistencyRun.objects.get().findings]
    assert f"Compte {idle.pk} : accès au guichet sans aucun rôle." in findings
    assert any(f"Compte {apart.pk}" in finding for finding in findings)
    assert any("« accords »" in finding for finding in findings)


def test_a_check_that_fails_is_a_finding(monkeypatch):
    def fail():
        raise RuntimeError("paul@example.org")
        yield

    monkeypatch.setattr(consistency, "checks", fail)

    findings = consistency_run.run().findings

    assert {
        "app": "accounts",
        "finding": "Le contrôle n'a pas pu aller au bout (RuntimeError).",
    } in findings


def test_security_traces_live_a_year():
    with time_machine.travel("2025-11-01"):
        AccessAttempt.objects.create(username="a", failures_since_start=1)
    AccessAttempt.objects.create(username="b", failures_since_start=1)

    with time_machine.travel("2026-11-23"):
        AccessAttempt.objects.filter(username="b").update(attempt_time=timezone.now())
        purging.sweep_traces(timezone.now())

    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["b"]


def test_discovery_finds_our_own_module():
    assert dict(discovery.modules("retention"))["accounts"] is retention
