"""The rules of the Département's own aid: R-20 to R-26, and the test vectors."""

from datetime import date

import pytest

from casework.findings import Severity
from installation.aid_rules import Facts, on_decision, on_filing
from installation.eligibility import Earlier
from territory.zones import Zone

DAY = date(2026, 11, 23)
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO


def zone(code="ZIP", kind="ars_doctors", version="2022", **more) -> Zone:
    known = {"is_loaded": True, "version": version, "label": code, **more}
    return Zone(kind, code, **known)


def facts(**more) -> Facts:
    known = {
        "kind": "bonus",
        "is_centre": False,
        "mode": "liberal",
        "months": 36,
        "zone": zone(),
        "is_attested": True,
        "opinion_asked": True,
        "opinion_received": True,
        "implicit_refusal_on": date(2027, 1, 23),
    }
    return Facts(**{**known, **more})


def told(findings):
    return {(finding.rule, finding.severity) for finding in findings}


NOTHING = {("R-04", INFO)}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, set()),
        ({"months": 35}, {("R-20", BLOCK)}),
        ({"months": 60}, set()),
        ({"is_attested": False}, {("R-22", BLOCK)}),
        ({"is_attested": False, "is_centre": True, "kind": "premises"}, set()),
        ({"opinion_received": False}, {("R-23", BLOCK)}),
        ({"awaited_pieces": ("le bail",)}, {("R-05", BLOCK)}),
        # the zoning of the profession, in the version kept.
        ({"zone": zone("ZAC")}, set()),
        ({"zone": zone("HZ")}, {("R-24", BLOCK)}),
        ({"zone": Zone("ars_doctors")}, {("R-24", WARN)}),
        ({"zone": zone("ZIP", is_unclear=True)}, {("R-24", WARN)}),
        ({"zone": zone("très sous-dotée", "ars_dentists")}, set()),
        ({"zone": zone("1_Tres_sous_dotee", "ars_dentists")}, set()),
        ({"zone": zone("intermédiaire", "ars_dentists")}, {("R-25", BLOCK)}),
        ({"zone": zone("ZIP", "ars_dentists")}, {("R-25", BLOCK)}),
        # what a health centre may have.
        ({"is_centre": True, "kind": "investment"}, set()),
        ({"is_centre": True, "kind": "premises"}, set()),
        ({"is_centre": True, "kind": "dwelling"}, {("R-26", BLOCK)}),
        ({"is_centre": True, "kind": "bonus"}, {("R-26", BLOCK)}),
        ({"is_centre": True, "kind": "flat_bonus"}, {("R-26", BLOCK)}),
        ({"kind": "flat_bonus", "mode": "salaried"}, {("R. 1511-44", BLOCK)}),
        # ours bars, what is declared or older than the decree warns.
        ({"earlier": (Earlier("local", date(2025, 6, 1), True),)}, {("R-21", BLOCK)}),
        ({"earlier": (Earlier("local", date(2025, 6, 1)),)}, {("R-21", WARN)}),
        ({"earlier": (Earlier("local", date(2020, 6, 1), True),)}, {("R-21", WARN)}),
        ({"earlier": (Earlier("local", date(2016, 11, 23), True),)}, set()),
        ({"earlier": (Earlier("insurance", date(2025, 6, 1)),)}, set()),
    ],
)
def test_a_rule_stands_before_the_decision(more, found):
    assert told(on_decision(facts(**more), DAY)) == NOTHING | found


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2026, 11, 23), {("R-21", WARN)}), (date(2026, 11, 24), set())],
)
def test_ten_years_end_on_their_anniversary(day, found):
    """T-6, with the doubt of 9.15 on what was signed before the decree."""
    earlier = (Earlier("local", date(2016, 11, 24), is_registered=True),)

    assert told(on_decision(facts(earlier=earlier), day)) == NOTHING | found


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2035, 5, 31), {("R-21", BLOCK)}), (date(2035, 6, 1), set())],
)
def test_a_convention_of_ours_bars_until_its_anniversary(day, found):
    earlier = (Earlier("local", date(2025, 6, 1), is_registered=True),)
    known = facts(earlier=earlier, implicit_refusal_on=None)

    assert told(on_decision(known, day)) == found


def test_the_version_of_reference_holds_when_the_zoning_changes():
    """T-9: ZIP in 2022, out of the zones in 2026."""
    known = facts(zone=zone("ZIP"), zone_today=zone("HZ", version="2026"))

    assert told(on_decision(known, DAY)) == NOTHING | {("R-24", WARN)}


def test_filing_outside_a_zone_is_warned_of_and_not_refused():
    found = told(on_filing(facts(zone=zone("HZ")), DAY))

    assert found == {("R-24", WARN)}


def test_silence_once_past_is_said():
    known = facts(implicit_refusal_on=date(2026, 11, 22))

    assert told(on_decision(known, DAY)) == {("R-04", WARN)}
