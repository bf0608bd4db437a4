"""Versions of a scheme: written, published, frozen, followed by another."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from bursaries import reading
from bursaries.actions import schemes as actions
from bursaries.models import SchemeAmount, SchemeDocument, SchemeVersion
from casework.models import Entry
from tests.accounts.factories import UserFactory
from tests.bursaries.factories import SchemeFactory, SchemeVersionFactory


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.mark.parametrize(
    "rules",
    [
        {"commitment_months": 59},
        {"professions": ["medicine", "physiotherapy"]},
        {"penalty_fixed": Decimal("-1")},
    ],
)
def test_the_database_refuses_what_the_law_does(rules):
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersionFactory(**rules)


@pytest.mark.parametrize(
    "rules", [{"commitment_months": 36}, {"professions": ["physiotherapy"]}]
)
def test_another_legal_basis_has_other_rules(rules):
    version = SchemeVersionFactory(legal_basis="local", published=True, **rules)

    assert version.is_open_on(timezone.localdate())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"commitment_months": 48},
            "L'indemnité d'étude demande au moins cinq ans d'exercice : 60 mois "
            "(article L. 1511-8, II du CGCT). Pour une durée plus courte, changez la "
            "base légale.",
        ),
        (
            {"professions": ["speech_therapy"]},
            "L'indemnité d'étude est réservée à la médecine et à l'odontologie "
            "(article L. 1511-8, II du CGCT). Pour d'autres études, changez la base "
            "légale.",
        ),
    ],
)
def test_a_refused_rule_says_its_article(change, sentence):
    version = SchemeVersionFactory()
    for name, value in change.items():
        setattr(version, name, value)

    with pytest.raises(ValidationError) as refusal:
        version.full_clean()

    assert sentence in refusal.value.messages


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"professions": []}, "Choisissez les études que cette bourse concerne."),
        ({"levels": []}, "Choisissez les années d'études que cette bourse concerne."),
        ({"modes": []}, "Choisissez au moins un mode d'exercice."),
        ({"deliberation": ""}, "Indiquez la délibération et le jour du vote."),
        ({"deliberated_on": None}, "Indiquez la délibération et le jour du vote."),
        ({"formula": "year_steps"}, "Indiquez les paliers du remboursement."),
    ],
)
def test_a_version_is_published_whole(missing, sentence):
    version = SchemeVersionFactory(**missing)

    with pytest.raises(ValidationError) as refusal:
        actions.publish(version, opens_on=timezone.localdate(), by=UserFactory())

    assert refusal.value.messages == [sentence]
    version.refresh_from_db()
    assert not version.is_published


def test_a_version_without_amount_is_not_published():
    version = SchemeVersionFactory()
    version.amounts.all().delete()

    with pytest.raises(ValidationError, match="au moins un montant"):
        actions.publish(version, opens_on=timezone.localdate(), by=UserFactory())


def test_an_example_needs_no_vote():
    version = SchemeVersionFactory(deliberation="", is_example=True, published=True)

    assert version.is_published


def change_rule(version):
    SchemeVersion.objects.filter(pk=version.pk).update(commitment_months=72)


def change_amount(version):
    version.amounts.update(amount=900)


def add_amount(version):
    SchemeAmount.objects.create(version=version, year=2, amount=900)


def drop_amount(version):
    version.amounts.all().delete()


def add_document(version):
    SchemeDocument.objects.create(version=version, code="cv", label="CV")


def delete(version):
    SchemeVersion.objects.filter(pk=version.pk).delete()


@pytest.mark.parametrize(
    "change",
    [change_rule, change_amount, add_amount, drop_amount, add_document, delete],
)
def test_the_database_freezes_a_published_version(change):
    version = SchemeVersionFactory(published=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        change(version)

    version.refresh_from_db()
    assert [row.amount for row in version.amounts.all()] == [Decimal("700.00")]


@pytest.mark.parametrize("change", [change_rule, change_amount, add_amount])
def test_a_draft_is_written_freely(change):
    change(SchemeVersionFactory())


def test_a_new_vote_is_a_new_version_and_the_former_one_closes():
    by = UserFactory()
    first = SchemeVersionFactory(published=True)

    draft = actions.new_version(first.scheme, by=by)
    draft.amounts.update(amount=900)
    draft.deliberation, draft.deliberated_on = "2027-9", dt.date(2027, 1, 5)
    draft.save()
    second = actions.publish(draft, opens_on=in_days(10), by=by)

    first.refresh_from_db()
    assert (first.closed_on, second.opens_on) == (in_days(10), in_days(10))
    assert list(SchemeVersion.objects.on(in_days(9))) == [first]
    assert list(SchemeVersion.objects.on(in_days(10))) == [second]
    assert [row.amount for row in first.amounts.all()] == [Decimal("700.00")]
    verbs = Entry.objects.filter(verb__startswith="bursaries.").values_list("verb")
    assert sorted(verbs) == [
        ("bursaries.scheme.version_begun",),
        ("bursaries.scheme.version_published",),
    ]


def test_a_new_version_takes_the_rules_and_not_the_vote():
    first = SchemeVersionFactory(published=True, window_months=18)

    draft = actions.new_version(first.scheme, by=UserFactory())

    assert (draft.number, draft.window_months, draft.deliberation) == (2, 18, "")
    assert [row.amount for row in draft.amounts.all()] == [Decimal("700.00")]
    assert actions.new_version(first.scheme, by=UserFactory()) == draft


def test_a_version_does_not_open_before_the_one_it_follows():
    by = UserFactory()
    first = SchemeVersionFactory(published=in_days(30))
    draft = actions.new_version(first.scheme, by=by)
    SchemeVersion.objects.filter(pk=draft.pk).update(
        deliberation="2027-9", deliberated_on=dt.date(2027, 1, 5)
    )

    with pytest.raises(ValidationError, match="ouvre plus tard"):
        actions.publish(draft, opens_on=in_days(20), by=by)

    first.refresh_from_db()
    assert first.closed_on is None


def test_nothing_opens_or_closes_yesterday():
    draft, version = SchemeVersionFactory(), SchemeVersionFactory(published=True)

    with pytest.raises(ValidationError):
        actions.publish(draft, opens_on=in_days(-1), by=UserFactory())
    with pytest.raises(ValidationError):
        actions.close(version, on=in_days(-1), by=UserFactory())


def test_closing_stops_applications_from_that_day():
    version = SchemeVersionFactory(published=True)

    closed = actions.close(version, on=in_days(5), by=UserFactory())

    assert [closed.is_open_on(in_days(day)) for day in (4, 5)] == [True, False]


def test_a_version_closes_after_the_day_it_opens():
    version = SchemeVersionFactory(published=in_days(5))

    with pytest.raises(ValidationError, match="fermez-la un jour plus tard"):
        actions.close(version, on=in_days(5), by=UserFactory())


def test_a_published_version_is_not_published_again():
    version = SchemeVersionFactory(published=True)

    with pytest.raises(ValidationError, match="elle ne change plus"):
        actions.publish(version, opens_on=in_days(3), by=UserFactory())


def test_only_a_draft_is_discarded():
    draft, version = SchemeVersionFactory(), SchemeVersionFactory(published=True)

    actions.discard(draft, by=UserFactory())
    with pytest.raises(ValidationError):
        actions.discard(version, by=UserFactory())

    assert list(SchemeVersion.objects.all()) == [version]


@pytest.mark.parametrize(
    ("unit", "amounts", "months", "total"),
    [
        ("month", [700], 36, "25200.00"),
        ("month", [700], 48, "25200.00"),  # never beyond the months of the version
        ("month", [700, 1000, 1500], 36, "38400.00"),
        ("month", [700, 1000], 36, "32400.00"),  # the last amount goes on
        ("year", [6600], 36, "19800.00"),
        ("year", [10000], 4, "3333.33"),
        ("month", [700], 0, "0.00"),
    ],
)
def test_the_total_follows_the_amounts(unit, amounts, months, total):
    version = SchemeVersionFactory(unit=unit)
    version.amounts.all().delete()
    for year, amount in enumerate(amounts, 1):
        SchemeAmount.objects.create(version=version, year=year, amount=amount)

    assert version.total_for(months) == Decimal(total)


def test_the_total_stops_at_the_most_that_was_voted():
    version = SchemeVersionFactory(max_total=20000)

    assert version.total_for(36) == Decimal("20000")


def test_a_version_is_told_whole():
    version = SchemeVersionFactory()

    told = {section.key: section.sentences for section in reading.sections(version)}

    assert told["how_much"][0] == "700\u00a0€ par mois."
    assert told["how_much"][2] == (
        "Au total, 25\u00a0200\u00a0€ au plus pour toute la durée."
    )
    assert told["in_return"][0] == "Exercer 5\u00a0ans, 4 jours par semaine au moins."
    assert told["otherwise"][0] == (
        "Si vous ne vous installez pas, toute la somme reçue est à rembourser."
    )


def test_what_a_vote_changes_is_told_section_by_section():
    before = SchemeVersionFactory(published=True)
    after = actions.new_version(before.scheme, by=UserFactory())
    after.window_months = 24
    after.save()

    differences = reading.differences(before, after)

    assert [(one.title, one.before, one.after) for one in differences if one.after] == [
        (
            "Ce que vous devez en retour",
            ("Vous installer 1\u00a0an au plus tard après votre diplôme.",),
            ("Vous installer 2\u00a0ans au plus tard après votre diplôme.",),
        )
    ]


def test_the_same_rules_change_nothing():
    version = SchemeVersionFactory()

    assert reading.differences(version, version) == []


def test_one_draft_a_scheme():
    scheme = SchemeFactory()
    SchemeVersionFactory(scheme=scheme)

    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersionFactory(scheme=scheme, number=2)
