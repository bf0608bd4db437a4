"""The register of agreements: what a Département says of them, in figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from bursaries import agreement_clock
from bursaries.models import Agreement, Deed, PaymentLine
from bursaries.standing import Standing
from casework import spreadsheets

CHUNK = 500
SERVING = {Standing.SERVING, Standing.SERVICE_SUSPENDED}


@dataclass(frozen=True)
class Row:
    """One signed agreement as it stands; sums in euros."""

    agreement: Agreement
    signed_on: date
    standing: Standing
    promised: Decimal
    paid: Decimal

    @property
    def label(self) -> str:
        """How it ended, else where it stands."""
        if self.agreement.ended_on:
            return str(self.agreement.get_ending_display())
        return str(self.standing.label)

    @property
    def key(self) -> str:
        """The same, as it is asked for in an address."""
        return self.agreement.ending or str(self.standing.value)


@dataclass(frozen=True)
class Figures:
    """How many agreements, and how much; a running one did not end."""

    signed: int = 0
    running: int = 0
    serving: int = 0
    fulfilled: int = 0
    repaid: int = 0
    promised: Decimal = field(default=Decimal(0))
    paid: Decimal = field(default=Decimal(0))


def rows(agreements: QuerySet[Agreement], day: date) -> Iterator[Row]:
    """Those that were signed, the last first; a bounded number is held at once."""
    signed = agreements.filter(deeds__in=Deed.objects.signed().filter(number=0))
    in_order = signed.with_facts().order_by("-created_at", "-pk")
    for agreement in in_order.iterator(CHUNK):
        yield Row(
            agreement,
            agreement.root.signed_on,
            agreement_clock.standing_on(agreement, day),
            agreement.terms_on(day).max_total,
            sum(
                (line.amount for line in agreement.payments.all() if line.paid_on),
                Decimal(0),
            ),
        )


def figures(found: Iterable[Row]) -> Figures:
    found = list(found)
    endings = [row.agreement.ending for row in found]
    return Figures(
        signed=len(found),
        running=sum(not ending for ending in endings),
        serving=sum(row.standing in SERVING for row in found),
        fulfilled=endings.count("fulfilled"),
        repaid=endings.count("repaid"),
        promised=sum((row.promised for row in found), Decimal(0)),
        paid=sum((row.paid for row in found), Decimal(0)),
    )


HEAD = (
    "convention",
    "nom",
    "bourse",
    "signee_le",
    "executoire_depuis",
    "etat",
    "fin_le",
    "total_au_plus",
    "verse",
)


def as_csv(found: Iterable[Row]) -> str:
    return spreadsheets.MARK + spreadsheets.as_csv(
        HEAD,
        (
            [
                row.agreement.reference,
                row.agreement.name,
                row.agreement.version.scheme.name,
                row.signed_on,
                row.agreement.root.binds_since or "",
                row.label,
                row.agreement.ended_on or "",
                f"{row.promised:.2f}".replace(".", ","),
                f"{row.paid:.2f}".replace(".", ","),
            ]
            for row in found
        ),
    )


@dataclass(frozen=True)
class PublicLine:
    """What anyone may read: one scheme, one year of signature, nobody's name."""

    scheme: str
    year: int
    signed: int
    promised: Decimal
    paid: Decimal


def public() -> list[PublicLine]:
    """The last year first. Sums are promised by the agreement, and paid to date."""
    year = ExtractYear("circuit__closed_at")
    roots = Deed.objects.signed().filter(number=0)
    by_scheme = (
        roots.annotate(year=year)
        .values("agreement__version__scheme__name", "year")
        .annotate(signed=Count("pk"), promised=Sum("max_total"))
        .order_by("-year", "agreement__version__scheme__name")
    )
    paid = _paid()
    found = []
    for one in by_scheme:
        key = one["agreement__version__scheme__name"], one["year"]
        sums = one["signed"], one["promised"], paid.get(key, Decimal(0))
        found.append(PublicLine(*key, *sums))
    return found


def _paid() -> dict[tuple[str, int], Decimal]:
    """By scheme and year of signature of the agreement that it is paid for."""
    scheme, year = "agreement__version__scheme__name", "signed_year"
    of_roots = PaymentLine.objects.paid().filter(agreement__deeds__number=0)
    sums = (
        of_roots.annotate(
            signed_year=ExtractYear("agreement__deeds__circuit__closed_at")
        )
        .values(scheme, year)
        .annotate(paid=Sum("amount"))
        .order_by()
    )
    return {(one[scheme], one[year]): one["paid"] for one in sums}
