"""How long bursaries are kept, and what their owner may take away."""

from collections.abc import Iterator
from datetime import date
from typing import IO

import pgtrigger
from django.db import models, transaction

from accounts.models import Person
from accounts.retention import Rule, years_before
from bursaries import agreement_following
from bursaries import application_following as following
from bursaries.actions import bank_accounts
from bursaries.actions.applications import AREA
from bursaries.models import (
    Agreement,
    BankAccount,
    BreachStep,
    BursaryApplication,
    ClauseComment,
)
from casework.journal import record
from documents import examining, serving, signing
from documents.actions import discard


def answered(day: date) -> models.QuerySet:
    """Two years after a refusal or a withdrawal."""
    return BursaryApplication.objects.answered_before(years_before(day, 2))


@transaction.atomic
def forget(application: BursaryApplication) -> None:
    """Empty who asked, and what was said of them before the vote."""
    examining.forget(application, area=AREA)
    application.opinions.update(text="")
    application.agenda_items.exclude(reason="").update(reason="Motif effacé.")


def agreements_over(day: date) -> models.QuerySet:
    """Ten years after their end, as the accounts they explain."""
    return Agreement.objects.ended_before(years_before(day, 10))


@transaction.atomic
def forget_agreement(agreement: Agreement) -> None:
    """Empty who signed, and the files that name them."""
    for deed in agreement.deeds.select_related("circuit"):
        circuit = deed.circuit
        while circuit:
            signing.forget(circuit)
            circuit = circuit.replaces
    for row in agreement.proofs.select_related("document"):
        if row.document.discarded_at is None:
            discard(row.document, by=None)
    cases = agreement.breaches.select_related("notice")
    kept = [agreement.certificate, *(case.notice for case in cases)]
    for document in kept:
        if document and document.discarded_at is None:
            discard(document, by=None)
    agreement.declarations.filter(is_unchanged=False).update(text="Effacé.")
    with pgtrigger.ignore("bursaries.BreachStep:step_of_a_breach_stays"):
        BreachStep.objects.filter(case__agreement=agreement).update(text="Effacé.")
    ClauseComment.objects.filter(clause__deed__agreement=agreement).delete()
    agreement.forget()
    forget(agreement.application)
    record("bursaries.agreement.forgotten", subject=agreement)


def forget_person(person: Person) -> None:
    examining.forget_of(BursaryApplication.objects.of(person), forget)


def useless_accounts(day: date) -> models.QuerySet:
    """Two years after a refusal, or a replacement before any check."""
    return BankAccount.objects.useless_since(years_before(day, 2))


def forget_accounts(person: Person) -> None:
    for account in BankAccount.objects.kept().of(person):
        bank_accounts.forget(account)


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
    Rule(
        key="bursaries.agreement-over",
        label="Conventions de bourse, dix ans après leur fin",
        queryset=agreements_over,
        purge=forget_agreement,
        keep_aggregate=lambda one: f"convention/{one.version.scheme.slug}/{one.ending}",
    ),
    Rule(
        key="bursaries.bank-account-refused",
        label="Comptes bancaires refusés ou jamais vérifiés, deux ans après",
        queryset=useless_accounts,
        purge=bank_accounts.forget,
        needs_archives_visa=False,
    ),
]


def export(person: Person) -> list[dict]:
    filed = BursaryApplication.objects.filed().of(person).with_list_data()
    accounts = BankAccount.objects.kept().of(person)
    return [
        *(
            examining.exported(one, "demande de bourse", following.facts(one))
            for one in filed.order_by("pk")
        ),
        *(
            {
                "nature": "convention de bourse",
                "référence": agreement.reference,
                **{
                    label: value
                    for _title, rows in agreement_following.facts(agreement)
                    for label, value in rows
                },
            }
            for agreement in Agreement.objects.of(person).with_deeds().order_by("pk")
        ),
        *(
            {
                "compte bancaire": account.masked,
                "titulaire": account.holder,
                "donné le": account.given_at,
                "vérifié le": account.checked_at,
                "refusé le": account.refused_at,
                "motif du refus": account.reason,
                "remplacé le": account.replaced_at,
            }
            for account in accounts.order_by("pk")
        ),
    ]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    yield from examining.files(BursaryApplication.objects.filed().of(person))
    for agreement in Agreement.objects.of(person).with_deeds().order_by("pk"):
        for deed in agreement.deeds.all():
            document = deed.circuit and deed.circuit.final_document
            if document and document.is_servable and (file := serving.opened(document)):
                yield f"{deed.title} {agreement.reference}.pdf", file
