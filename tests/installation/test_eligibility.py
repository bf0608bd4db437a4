"""The decision table of the aids, against the catalogue as it is shipped."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from installation.actions.aids import CATALOGUE
from installation.eligibility import (
    Conditions,
    Earlier,
    Profile,
    Verdict,
    Zone,
    ZoneRule,
    assess,
    category,
    eligible_from,
)

DAY = date(2026, 11, 23)
YES, LIKELY, CHECK, NO = (
    Verdict.ELIGIBLE,
    Verdict.LIKELY,
    Verdict.TO_CHECK,
    Verdict.NO,
)


def told() -> dict[str, Conditions]:
    """The rows of the catalogue file, as the rules read them."""
    rows = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["aid"]
    names = {row["slug"]: row["name"] for row in rows}
    return {
        row["slug"]: Conditions(
            professions=tuple(row.get("professions", ())),
            modes=tuple(row.get("modes", ())),
            plans=tuple(row.get("plans", ())),
            structures=tuple(row.get("structures", ())),
            sectors=tuple(row.get("sectors", ())),
            first_settlement_only=row.get("first_settlement_only", False),
            min_days_a_week=row.get("min_days_a_week"),
            employees_below=row.get("employees_below"),
            zones=tuple(
                ZoneRule(
                    zone["kind"],
                    tuple(zone["codes"]),
                    Decimal(zone["amount"]) if "amount" in zone else None,
                )
                for zone in row.get("zones", ())
            ),
            ten_years=row.get("ten_years", ""),
            excludes={slug: names[slug] for slug in row.get("excludes", ())},
            others=tuple(row.get("other_conditions", "").splitlines()),
            closed_on=row.get("closed_on"),
            is_unsure=row.get("intake") == "unsure",
            is_verified=row.get("is_verified", False),
            review_on=date(2027, 5, 22),
        )
        for row in rows
    }


AIDS = told()


def zone(kind, code, label="") -> dict[str, Zone]:
    if code is None:
        return {}
    found = Zone(kind, code, label or code, "2026", "Arrêté", DAY, 1, is_loaded=True)
    return {kind: found}


def doctors(code, label=""):
    return zone("ars_doctors", code, label)


def dentists(code):
    return zone("ars_dentists", code)


def frr(code):
    return zone("frr", code)


def gp(**answers) -> Profile:
    known = {
        "commune": "Nérac",
        "profession": "gp",
        "plan": "creation",
        "mode": "liberal",
        "sector": "1",
        "first_settlement": True,
        "days_a_week": 4,
        "structure": "group",
        "employees": 1,
    }
    return Profile(**{**known, **answers})


def dentist(**answers) -> Profile:
    return gp(**{"profession": "dentist", "sector": "", **answers})


INSURANCE_2020 = Earlier("insurance", date(2020, 3, 1))
INSURANCE_2016 = Earlier("insurance", date(2016, 11, 23))
LOCAL_2020 = Earlier("local", date(2020, 3, 1))
OURS_2025 = Earlier("local", date(2025, 6, 1), is_registered=True)
OURS_2020 = Earlier("local", date(2020, 3, 1), is_registered=True)


@pytest.mark.parametrize(
    ("slug", "profile", "zones", "verdict"),
    [
        # Primo-installation: ZIP 10 000 €, ZAC 5 000 €, first settlement, sector 1
        # or 2 OPTAM, not twice in ten years.
        ("primo-installation", gp(), doctors("ZIP"), YES),
        ("primo-installation", gp(), doctors("1_ZIP"), YES),
        ("primo-installation", gp(), doctors("ZAC"), YES),
        ("primo-installation", gp(), doctors("QPV_ZIP"), YES),
        ("primo-installation", gp(), doctors("HZ"), NO),
        ("primo-installation", gp(), doctors("ZAR"), NO),
        ("primo-installation", gp(), doctors(""), NO),
        ("primo-installation", gp(), doctors(None), CHECK),
        ("primo-installation", gp(sector="2_optam"), doctors("ZIP"), YES),
        ("primo-installation", gp(sector="2"), doctors("ZIP"), NO),
        ("primo-installation", gp(sector="none"), doctors("ZIP"), NO),
        ("primo-installation", gp(sector=""), doctors("ZIP"), LIKELY),
        ("primo-installation", gp(first_settlement=False), doctors("ZIP"), NO),
        ("primo-installation", gp(first_settlement=None), doctors("ZIP"), LIKELY),
        ("primo-installation", gp(profession="specialist"), doctors("ZAC"), YES),
        ("primo-installation", gp(mode="salaried"), doctors("ZIP"), NO),
        ("primo-installation", gp(mode="mixed"), doctors("ZIP"), YES),
        ("primo-installation", gp(plan="locum"), doctors("ZIP"), NO),
        ("primo-installation", dentist(), doctors("ZIP"), NO),
        ("primo-installation", gp(earlier=(INSURANCE_2020,)), doctors("ZIP"), NO),
        ("primo-installation", gp(earlier=(INSURANCE_2016,)), doctors("ZIP"), YES),
        ("primo-installation", gp(earlier=(LOCAL_2020,)), doctors("ZIP"), YES),
        (
            "primo-installation",
            gp(current=frozenset({"caim"})),
            doctors("ZIP"),
            CHECK,
        ),
        # Secondary practice: ZIP alone.
        ("cabinet-secondaire", gp(plan="secondary"), doctors("ZIP"), YES),
        ("cabinet-secondaire", gp(plan="secondary"), doctors("ZAC"), NO),
        ("cabinet-secondaire", gp(), doctors("ZIP"), NO),
        # The « forfait médecin traitant »: general practitioners, not in a ZAC.
        ("majoration-forfait-medecin-traitant", gp(), doctors("ZAC"), NO),
        (
            "majoration-forfait-medecin-traitant",
            gp(profession="specialist"),
            doctors("ZIP"),
            NO,
        ),
        # CAIM and its kin: closed to new ones after 31 December 2025.
        ("caim", gp(), doctors("ZIP"), NO),
        ("caim", gp(planned_on=date(2025, 6, 1)), doctors("ZIP"), NO),
        # CDE: locums only, and to be checked with the ARS.
        ("contrat-debut-exercice", gp(), doctors("ZIP"), NO),
        ("contrat-debut-exercice", gp(plan="locum"), doctors("ZIP"), CHECK),
        # CESP: students.
        ("cesp", gp(), doctors("ZIP"), NO),
        ("cesp", gp(profession="student"), doctors("ZIP"), LIKELY),
        # Dentists: their own zoning, two days a week.
        ("caicd", dentist(), dentists("1_Tres_sous_dotee"), YES),
        ("caicd", dentist(), dentists("très sous-dotée"), YES),
        ("caicd", dentist(), dentists("sous-dotée"), NO),
        ("caicd", dentist(), dentists("non prioritaire"), NO),
        ("caicd", dentist(), doctors("ZIP"), CHECK),
        ("caicd", dentist(days_a_week=2), dentists("très sous-dotée"), YES),
        ("caicd", dentist(days_a_week=1), dentists("très sous-dotée"), NO),
        ("caicd", dentist(days_a_week=None), dentists("très sous-dotée"), LIKELY),
        ("caicd", gp(), dentists("très sous-dotée"), NO),
        ("camcd", dentist(plan="stay"), dentists("très sous-dotée"), YES),
        ("camcd", dentist(), dentists("très sous-dotée"), NO),
        # FRR: at best likely, a ruling of the tax office decides.
        ("frr", gp(), frr("FRR socle"), LIKELY),
        ("frr", gp(), frr("FRR+"), LIKELY),
        ("frr", dentist(plan="takeover"), frr("FRR"), LIKELY),
        ("frr", gp(employees=10), frr("FRR"), LIKELY),
        ("frr", gp(employees=11), frr("FRR"), NO),
        ("frr", gp(employees=None), frr("FRR"), LIKELY),
        ("frr", gp(mode="salaried"), frr("FRR"), NO),
        ("frr", gp(plan="locum"), frr("FRR"), NO),
        ("frr", gp(), frr("Non classée"), NO),
        ("frr", gp(), {}, CHECK),
        # Visiting doctors.
        ("consultations-avancees", gp(plan="visits"), doctors("ZIP"), LIKELY),
        ("consultations-avancees", gp(plan="visits"), doctors("ZAC"), NO),
        # The Département's own: ten years, ours or declared.
        ("aide-installation-departement", gp(), doctors("ZIP"), LIKELY),
        ("aide-installation-departement", gp(), doctors("HZ"), NO),
        (
            "aide-installation-departement",
            gp(earlier=(LOCAL_2020,)),
            doctors("ZIP"),
            CHECK,
        ),
        (
            "aide-installation-departement",
            gp(earlier=(OURS_2025,)),
            doctors("ZIP"),
            NO,
        ),
        # Signed before D. 1511-47 was in force: counted, without being sure.
        (
            "aide-installation-departement",
            gp(earlier=(OURS_2020,)),
            doctors("ZIP"),
            CHECK,
        ),
        (
            "aide-installation-departement",
            dentist(),
            dentists("sous-dotée"),
            LIKELY,
        ),
        ("aide-installation-departement", dentist(), dentists("très dotée"), NO),
        ("aide-installation-departement", dentist(), doctors("ZIP"), CHECK),
        (
            "aide-installation-departement",
            gp(profession="midwife"),
            doctors("ZIP"),
            CHECK,
        ),
        # Not read in a safe source: never more than to be checked.
        ("assistant-medical", gp(), doctors("ZIP"), CHECK),
        ("pret-honneur", gp(), {}, CHECK),
    ],
)
def test_an_aid_answers(slug, profile, zones, verdict):
    assert assess(AIDS[slug], profile, zones, DAY).verdict == verdict


@pytest.mark.parametrize(
    ("slug", "profile", "zones", "amount"),
    [
        ("primo-installation", gp(), doctors("ZIP"), 10_000),
        ("primo-installation", gp(), doctors("ZAC"), 5_000),
        ("cabinet-secondaire", gp(plan="secondary"), doctors("ZIP"), 3_000),
        ("caicd", dentist(), dentists("très sous-dotée"), 50_000),
        ("camcd", dentist(plan="stay"), dentists("très sous-dotée"), 12_000),
    ],
)
def test_the_amount_is_that_of_the_zone(slug, profile, zones, amount):
    assert assess(AIDS[slug], profile, zones, DAY).amount == amount


def test_a_contract_could_be_had_until_it_closed():
    open_then = assess(AIDS["caim"], gp(), doctors("ZIP"), date(2025, 12, 31))
    closed_now = assess(AIDS["caim"], gp(), doctors("ZIP"), date(2026, 1, 1))

    assert (open_then.verdict, closed_now.verdict) == (YES, NO)


def test_a_day_to_come_is_judged_by_its_own_rules():
    profile = gp(earlier=(INSURANCE_2020,), planned_on=date(2030, 3, 1))

    assert (
        assess(AIDS["primo-installation"], profile, doctors("ZIP"), DAY).verdict == YES
    )


def test_an_overdue_page_only_says_to_check():
    stale = Conditions(review_on=date(2026, 11, 22))
    fresh = Conditions(review_on=DAY)

    assert assess(stale, gp(), {}, DAY).verdict == CHECK
    assert assess(fresh, gp(), {}, DAY).verdict == YES


def test_a_merged_commune_whose_parts_differ_is_to_be_checked():
    unclear = Zone("ars_doctors", "ZIP", is_loaded=True, is_unclear=True, version="1")

    answer = assess(AIDS["primo-installation"], gp(), {"ars_doctors": unclear}, DAY)

    assert answer.verdict == CHECK


def test_a_no_gives_its_reasons_alone():
    answer = assess(
        AIDS["primo-installation"],
        gp(first_settlement=False, sector=""),
        doctors("HZ", label="hors zonage"),
        DAY,
    )

    assert answer.why == [
        "Nérac est classée « hors zonage » (zonage ARS médecins, 2026). Zones aidées : "
        "ZIP, QPV ZIP, GQ ZIP, ZAC, QPV ZAC ou GQ ZAC.",
        "Réservée à une première installation libérale.",
    ]
    assert (answer.missing, answer.to_check) == ([], [])


def test_cumulation_is_warned_of():
    answer = assess(
        AIDS["aide-installation-departement"],
        gp(earlier=(LOCAL_2020,)),
        doctors("ZIP"),
        DAY,
    )

    assert answer.warnings == (
        "Règle des dix ans : pas avant le 1er\u00a0mars 2030 (article D. 1511-47 du "
        "CGCT).",
    )


@pytest.mark.parametrize(
    ("signed_on", "again_on"),
    [
        (date(2016, 11, 24), date(2026, 11, 24)),
        (date(2024, 2, 29), date(2034, 2, 28)),
    ],
)
def test_ten_years_end_on_the_anniversary(signed_on, again_on):
    assert eligible_from(signed_on) == again_on


def test_categories_are_told_apart_whatever_their_writing():
    writings = ["1_ZIP", "zip", "ZIP "]

    assert {category(code) for code in writings} == {"zip"}
    assert category("1_Tres_sous_dotee") == category("Très sous-dotée")
    assert category("FRR+") != category("FRR")
