"""What a trainee may get from the State, and what local help makes of it.

R-33: the lodging indemnity of the CHU is lost to whoever a body lodges or helps.
R-34: a junior doctor's in a priority zone replaces those of the CHU.
R-31: a housing allowance is at most a fifth of a third-year intern's pay.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.days import said
from internships.models import IndemnityRate, PlacementKind
from internships.models.kinds import OF_INTERNS

Kind = IndemnityRate.Kind

NONE = Decimal("0.00")
CENT = Decimal("0.01")
# The kilometres beyond which the CHU pays for transport.
FAR_KM = 15
# D. 1511-52 CGCT: a fifth of the monthly pay.
SHARE = Decimal("0.20")

# The first rows: kind, amount, first day, day it ended, source.
DEFAULTS: tuple[tuple[str, str, str, str | None, str], ...] = (
    (
        Kind.LODGING,
        "300.00",
        "2020-11-01",
        None,
        "Indemnité forfaitaire d'hébergement des internes, montant brut",
    ),
    (
        Kind.TRANSPORT,
        "130.00",
        "2020-11-01",
        None,
        "Indemnité forfaitaire de transport des internes, au-delà de 15 km",
    ),
    (
        Kind.JUNIOR,
        "1000.00",
        "2026-11-01",
        None,
        "Article D. 6153-1-8 du code de la santé publique",
    ),
    (Kind.PAY, "27042.00", "2020-11-01", "2022-07-01", "Arrêté du 21 septembre 2020"),
    (
        Kind.PAY,
        "27988.00",
        "2022-07-01",
        "2023-07-01",
        "Arrêté du 21 septembre 2020, point d'indice relevé de 3,5 %",
    ),
    (
        Kind.PAY,
        "28408.00",
        "2023-07-01",
        None,
        "Arrêté du 21 septembre 2020, point d'indice relevé de 3,5 % puis de 1,5 %",
    ),
)


class Zone:
    """What the official map says of a commune, as far as these indemnities go."""

    PRIORITY = "zip"
    COMPLEMENTARY = "zac"
    OTHER = "other"

    CHOICES = (
        (PRIORITY, "zone d’intervention prioritaire (ZIP)"),
        (COMPLEMENTARY, "zone d’action complémentaire (ZAC)"),
        (OTHER, "hors zone"),
    )


@dataclass(frozen=True)
class Situation:
    """One month of one trainee: where, how far, and what each way to live costs."""

    kind: str
    zone: str = Zone.OTHER
    km: int = 0
    rent_elsewhere: Decimal = NONE
    rent_here: Decimal = NONE
    allowance: Decimal = NONE


@dataclass(frozen=True)
class Option:
    """One way to live: what comes in, what goes out, what is left each month."""

    key: str
    title: str
    lines: tuple[tuple[str, Decimal], ...]
    note: str = ""

    @property
    def balance(self) -> Decimal:
        return sum((amount for _label, amount in self.lines), NONE)


def rates_on(day: dt.date) -> dict[str, IndemnityRate]:
    """The row in force that day, by kind."""
    return {rate.kind: rate for rate in IndemnityRate.objects.on(day)}


def amounts(rates: Mapping[str, IndemnityRate]) -> dict[str, Decimal]:
    return {kind: rate.amount for kind, rate in rates.items()}


def ceiling(paid: Mapping[str, Decimal]) -> Decimal | None:
    """The most that all bodies together may give a month (R-31), if it is known."""
    if Kind.PAY not in paid:
        return None
    monthly = paid[Kind.PAY] * SHARE / 12
    return monthly.quantize(CENT, rounding=ROUND_HALF_UP)


def is_junior_in_priority_zone(situation: Situation) -> bool:
    return (
        situation.kind == PlacementKind.JUNIOR_DOCTOR
        and situation.zone == Zone.PRIORITY
    )


def lodging(situation: Situation, paid: Mapping[str, Decimal]) -> Decimal:
    """Interns and externs in a priority or a complementary zone."""
    entitled = OF_INTERNS | {PlacementKind.EXTERN_GP, PlacementKind.JUNIOR_DOCTOR}
    if situation.kind not in entitled or situation.zone == Zone.OTHER:
        return NONE
    if is_junior_in_priority_zone(situation):
        return NONE
    return paid.get(Kind.LODGING, NONE)


def transport(situation: Situation, paid: Mapping[str, Decimal]) -> Decimal:
    """Interns whose placement is beyond fifteen kilometres."""
    entitled = OF_INTERNS | {PlacementKind.JUNIOR_DOCTOR}
    if situation.kind not in entitled or situation.km <= FAR_KM:
        return NONE
    if is_junior_in_priority_zone(situation):
        return NONE
    return paid.get(Kind.TRANSPORT, NONE)


def junior(situation: Situation, paid: Mapping[str, Decimal]) -> Decimal:
    if not is_junior_in_priority_zone(situation):
        return NONE
    return paid.get(Kind.JUNIOR, NONE)


def compare(situation: Situation, paid: Mapping[str, Decimal]) -> list[Option]:
    """The ways to live, month by month: alone, in a lent room, with an allowance."""
    kept = tuple(
        (label, amount)
        for label, amount in (
            ("Indemnité de docteur junior en ZIP", junior(situation, paid)),
            ("Indemnité de transport du CHU", transport(situation, paid)),
        )
        if amount
    )
    lost = lodging(situation, paid)
    of_the_chu = (("Indemnité d’hébergement du CHU", lost),) if lost else ()
    loses = "L’indemnité d’hébergement du CHU n’est plus versée." if lost else ""
    options = [
        Option(
            "own",
            "Vous vous logez sans aide locale",
            (*kept, *of_the_chu, ("Votre loyer", -situation.rent_elsewhere)),
        ),
        Option(
            "lent",
            "Une chambre vous est prêtée",
            (*kept, ("Le loyer de la chambre", -situation.rent_here)),
            loses,
        ),
    ]
    if situation.allowance:
        options.append(_allowance(situation, paid, kept, loses))
    return options


def _allowance(situation, paid, kept, loses: str) -> Option:
    most = ceiling(paid)
    given, note = situation.allowance, loses
    if most is not None and given > most:
        given = most
        note = f"{loses} L’indemnité locale est ramenée au plafond légal.".strip()
    return Option(
        "allowance",
        "Une collectivité vous verse une indemnité de logement",
        (
            *kept,
            ("Indemnité de logement", given),
            ("Votre loyer", -situation.rent_elsewhere),
        ),
        note,
    )


def best(options: list[Option]) -> Option | None:
    """The one that leaves most; none when two are equal."""
    first, second = sorted(options, key=lambda one: one.balance, reverse=True)[:2]
    return first if first.balance > second.balance else None


def wording(kind: str, day: dt.date) -> str:
    """What is read and accepted before anything is filed; no kind: every case."""
    rates = rates_on(day)
    sentences = [
        "Un logement prêté et une indemnité de logement ne se cumulent pas aux mêmes "
        "dates (article D. 1511-52 du code général des collectivités territoriales)."
    ]
    if not kind or kind in OF_INTERNS | {
        PlacementKind.EXTERN_GP,
        PlacementKind.JUNIOR_DOCTOR,
    }:
        sentences.append(
            "Si une collectivité me loge ou m'aide à me loger, je ne peux pas garder "
            "l'indemnité forfaitaire d'hébergement de mon CHU"
            f"{_told(rates.get(Kind.LODGING))} : je le dis à mon CHU. L'indemnité de "
            f"transport{_told(rates.get(Kind.TRANSPORT))} ne se cumule pas avec une "
            "autre aide au transport."
        )
    if not kind or kind == PlacementKind.JUNIOR_DOCTOR:
        sentences.append(
            "Docteur junior en zone d'intervention prioritaire : l'indemnité"
            f"{_told(rates.get(Kind.JUNIOR))} ne se cumule pas avec les indemnités "
            "d'hébergement et de transport du CHU (article D. 6153-1-8 du code de la "
            "santé publique)."
        )
    return " ".join([*sentences, "J'ai comparé avant de demander."])


def _told(rate: IndemnityRate | None) -> str:
    """« (300 € par mois depuis le 1er novembre 2020) »."""
    if rate is None:
        return ""
    euros = f"{rate.amount:.2f}".removesuffix(".00").replace(".", ",")
    return f" ({euros} € par mois depuis le {said(rate.since)})"


def settle(using="default", **_signal) -> None:
    """After a migration: the first rows of a kind that has none; never more."""
    rates = IndemnityRate.objects.using(using)
    settled = set(rates.order_by().values_list("kind", flat=True).distinct())
    rates.bulk_create(
        IndemnityRate(
            kind=kind,
            amount=Decimal(amount),
            period=DateRange(
                dt.date.fromisoformat(since),
                dt.date.fromisoformat(until) if until else None,
            ),
            source=source,
        )
        for kind, amount, since, until, source in DEFAULTS
        if kind not in settled
    )
