"""How long bursaries are kept, and what their owner may take away."""

from collections.abc import Iterator
from datetime import date
from typing import IO

from django.db import models, transaction

from accounts.models import Person
from accounts.retention import Rule, years_before
from bursaries import application_following as following
from bursaries.actions.applications import AREA
from bursaries.models import BursaryApplication
from documents import examining


def answered(day: date) -> models.QuerySet:
    """Two years after a refusal or a withdrawal."""
    return BursaryApplication.objects.answered_before(years_before(day, 2))


@transaction.atomic
def forget(application: BursaryApplication) -> None:
    """Empty who asked, and what was said of them before the vote."""
    examining.forget(application, area=AREA)
    application.opinions.update(text="")
    application.agenda_items.exclude(reason="").update(reason="Motif effacé.")


def forget_person(person: Person) -> None:
    examining.forget_of(BursaryApplication.objects.of(person), forget)


def _category(application: BursaryApplication) -> str:
    return f"bourse/{application.scheme.slug}/{application.state}"


RULES = [
    Rule(
        key="bursaries.application-draft",
        label="Brouillons de demande de bourse, trois mois après leur enregistrement",
        queryset=BursaryApplication.objects.old_drafts,
        purge=examining.discard_draft,
        needs_archives_visa=False,
    ),
    Rule(
        key="bursaries.application-answered",
        label="Demandes de bourse refusées ou retirées, deux ans après la réponse",
        queryset=answered,
        purge=forget,
        keep_aggregate=_category,
    ),
]


def export(person: Person) -> list[dict]:
    filed = BursaryApplication.objects.filed().of(person).with_list_data()
    return [
        examining.exported(one, "demande de bourse", following.facts(one))
        for one in filed.order_by("pk")
    ]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    yield from examining.files(BursaryApplication.objects.filed().of(person))
