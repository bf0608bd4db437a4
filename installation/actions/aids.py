"""The catalogue of aids and what the finder answers: loaded, run, kept."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from installation import eligibility
from installation.eligibility import Assessment, Profile, Verdict
from installation.models import AidProgramme, AidReview, AidZone, InstallationRequest
from territory import zones
from territory.models import Commune, Departement
from territory.zones import Zone

CATALOGUE = Path(__file__).parent.parent / "data" / "aids.toml"
# Of a row of the catalogue file, what is not a field as it stands.
_APART = {
    "zones",
    "excludes",
    "valid_from",
    "valid_until",
    "departements",
    "regions",
    "funder_name",
    "contact",
    "amount",
}
VERDICT_ORDER = (Verdict.ELIGIBLE, Verdict.LIKELY, Verdict.TO_CHECK, Verdict.NO)


@dataclass(frozen=True)
class Answer:
    """What the finder says of one aid."""

    programme: AidProgramme
    assessment: Assessment


@transaction.atomic
def load_catalogue(*, by: User | None = None) -> list[AidProgramme]:
    """Add the aids of the file this catalogue has not; what staff wrote stays."""
    told = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    departement = Departement.objects.current()
    words = _words(told["funds"], departement)
    known = set(AidProgramme.objects.values_list("slug", flat=True))
    rows = [row for row in told["aid"] if _exists_in(row, departement)]
    added = [
        _add(row, words, told["checked_on"], by)
        for row in rows
        if row["slug"] not in known
    ]
    by_slug = {programme.slug: programme for programme in added}
    for row in rows:
        if row["slug"] in by_slug and row.get("excludes"):
            others = AidProgramme.objects.filter(slug__in=row["excludes"])
            by_slug[row["slug"]].excludes.add(*others)
    if added:
        record(
            "installation.aid.catalogue_loaded",
            subject=added[0],
            actor=by,
            data={"added": len(added)},
        )
    return added


def _exists_in(row: Mapping, departement: Departement) -> bool:
    regions, codes = row.get("regions", []), row.get("departements", [])
    if not (regions or codes):
        return True
    return departement.region_code in regions or departement.code in codes


def _words(funds: Mapping[str, str], departement: Departement) -> Mapping[str, str]:
    """What the file leaves to be said of the Département."""
    return {
        "de": departement.with_de,
        "caisses": funds.get(departement.code, funds["default"]),
    }


def _add(row, words: Mapping, checked_on: dt.date, by) -> AidProgramme:
    fields = {name: value for name, value in row.items() if name not in _APART}
    programme = AidProgramme.objects.create(
        **fields,
        funder_name=row["funder_name"].format_map(words),
        contact=row["contact"].format_map(words),
        amount=Decimal(row["amount"]) if "amount" in row else None,
        valid=DateRange(row["valid_from"], row.get("valid_until")),
        checked_on=checked_on,
        review_on=checked_on + dt.timedelta(days=180),
        review_owner=by,
    )
    for zone in row.get("zones", []):
        AidZone.objects.create(
            programme=programme,
            zoning_kind=zone["kind"],
            codes=zone["codes"],
            amount=Decimal(zone["amount"]) if "amount" in zone else None,
            amount_text=zone.get("amount_text", ""),
        )
    return programme


def search(profile: Profile, commune: Commune, day: dt.date) -> list[Answer]:
    """Every published aid, the surest first."""
    return answers(profile, zones.of(commune, day), day)


def answers(profile: Profile, found: Mapping[str, Zone], day: dt.date) -> list[Answer]:
    # Somebody who plans for later is told of the rules of that day.
    then = max(day, profile.planned_on or day)
    programmes = AidProgramme.objects.published().on(then).with_conditions()
    told = [
        Answer(
            programme,
            eligibility.assess(programme.conditions, profile, found, day),
        )
        for programme in programmes
    ]
    return sorted(
        told,
        key=lambda one: (
            VERDICT_ORDER.index(one.assessment.verdict),
            one.programme.rank,
        ),
    )


@transaction.atomic
def keep_review(
    dossier: InstallationRequest,
    *,
    commune: Commune,
    shown: Mapping,
    query: str = "",
    by: User | None = None,
) -> AidReview:
    """Put in the dossier what the finder answered, as it was read that day."""
    dossier = locked(dossier)
    if not dossier.is_open:
        raise ValidationError(
            "Ce dossier est clos : rouvrez-le d'abord, ou gardez l'adresse de la page."
        )
    last = dossier.aid_reviews.first()
    if last and last.query == query and _is_of_today(last):
        return last
    review = dossier.aid_reviews.create(
        commune=commune, query=query, created_by=by, **shown
    )
    record(
        "installation.aid.reviewed",
        subject=dossier,
        actor=by,
        data={"review": review.pk},
    )
    return review


def _is_of_today(review: AidReview) -> bool:
    return timezone.localdate(review.created_at) == timezone.localdate()
