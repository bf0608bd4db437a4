"""The account somebody is paid on, as the rules of payment read it."""

from accounts.models import Person
from bursaries.models import BankAccount
from bursaries.payable import Account


def account_of(person: Person) -> Account | None:
    """None as long as there is nothing to check: never given, or refused."""
    current = BankAccount.objects.current().kept().of(person)
    account = current.filter(refused_at=None).first()
    if account is None:
        return None
    return Account(is_checked=account.is_checked, usable_at=account.usable_at)
