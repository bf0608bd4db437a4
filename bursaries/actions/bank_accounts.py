"""Giving the account one is paid on, and what finances make of it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts import roles
from accounts.models import Person, User
from bursaries import bank_letters, ibans
from bursaries.models import (
    ApplicationState,
    BankAccount,
    BursaryApplication,
)
from bursaries.models.bank_accounts import digest_of
from casework import links
from casework.journal import record
from casework.locking import locked
from documents import intake
from documents.actions import discard

KIND = "rib"


def may_give(person: Person) -> bool:
    """Nobody is asked where to be paid before a vote gave them something."""
    granted = BursaryApplication.objects.of(person)
    return granted.filter(state=ApplicationState.GRANTED).exists()


def current_of(person: Person) -> BankAccount | None:
    return BankAccount.objects.current().of(person).first()


def payable_account(person_id: int, now: datetime) -> BankAccount | None:
    """The one that finances checked, once it is not frozen any more; held."""
    accounts = BankAccount.objects.current().kept().select_for_update(no_key=True)
    account = accounts.filter(person_id=person_id).first()
    if account is None or not account.is_checked:
        return None
    return None if account.usable_at and account.usable_at > now else account


@sensitive_variables()
@transaction.atomic
def give(
    person: Person, *, holder: str, iban: str, bic: str, upload, by: User
) -> BankAccount:
    """The account from now on; whoever may be concerned is told at once."""
    person = locked(person)
    if not may_give(person):
        raise ValidationError("Un compte se donne une fois la bourse accordée.")
    iban, bic = ibans.normalised(iban), ibans.normalised(bic)
    sentence = ibans.refusal(iban) or (bic and ibans.bic_refusal(bic, iban))
    if sentence:
        raise ValidationError(sentence)
    former = current_of(person)
    former = former and locked(former)
    if former and not former.refused_at:
        if former.is_blocked:
            raise ValidationError(
                "Votre compte est bloqué, le temps que nous vous appelions : aucun "
                "autre ne peut être donné d’ici là."
            )
        if former.digest == digest_of(iban):
            raise ValidationError("C’est déjà le compte que vous nous avez donné.")
    now = timezone.now()
    account = BankAccount(
        person=person,
        holder=holder.strip(),
        contact_email=by.email,
        given_at=now,
        given_by=by,
    )
    account.seal(iban, bic)
    known = BankAccount.objects.of(person)
    if known.exists():
        account.freeze()
    addresses = {by.email, person.email, *known.values_list("contact_email", flat=True)}
    if former:
        former.replace(at=now)
    account.document = intake.receive(upload, by=by, kind=KIND)
    account.save()
    record("bursaries.bank_account.given", subject=account, actor=by)
    bank_letters.given(account, addresses - {""})
    return account


@transaction.atomic
def check(account: BankAccount, *, by: User) -> BankAccount:
    _require_finances(by)
    account = locked(account)
    account.check_it(by=by, at=timezone.now())
    record("bursaries.bank_account.checked", subject=account, actor=by)
    return account


@transaction.atomic
def refuse(account: BankAccount, *, reason: str, by: User) -> BankAccount:
    _require_finances(by)
    account = locked(account)
    account.refuse(reason, by=by, at=timezone.now())
    entry = record("bursaries.bank_account.refused", subject=account, actor=by)
    bank_letters.refused(account, entry)
    return account


@transaction.atomic
def block(account: BankAccount) -> BankAccount:
    """« Ce n'est pas moi »: nothing is paid there, and finances are told."""
    # The one of today, when another was given since: the doubt is on all that follow.
    person = locked(account.person)
    current = current_of(person)
    if current is None or current.refused_at or current.is_blocked:
        return current or account
    current = locked(current)
    current.block(at=timezone.now())
    entry = record("bursaries.bank_account.blocked", subject=current)
    bank_letters.blocked(current, entry)
    return current


@transaction.atomic
def unblock(account: BankAccount, *, by: User) -> BankAccount:
    _require_finances(by)
    account = locked(account)
    account.unblock(by=by)
    record("bursaries.bank_account.unblocked", subject=account, actor=by)
    return account


@sensitive_variables()
def read(account: BankAccount, *, by: User) -> tuple[str, str]:
    """The whole IBAN and BIC; each look is written in the journal."""
    _require_finances(by)
    record("bursaries.bank_account.read", subject=account, actor=by)
    return ibans.grouped(account.iban), account.bic


@transaction.atomic
def forget(account: BankAccount) -> None:
    account = locked(account)
    account.forget(at=timezone.now())
    if account.document.discarded_at is None:
        discard(account.document, by=None)
    links.revoke(account)
    record("bursaries.bank_account.forgotten", subject=account)


@sensitive_variables()
@transaction.atomic
def reseal(account: BankAccount) -> None:
    """With today's key, whichever had sealed it."""
    account = locked(account)
    if account.forgotten_at:
        return
    account.seal(account.iban, account.bic)
    account.save(update_fields=["sealed_iban", "sealed_bic", "digest", "masked"])


def _require_finances(user: User) -> None:
    if not roles.has_role(user, roles.FINANCES):
        raise ValidationError("Les comptes bancaires sont tenus par les finances.")
