"""The e-mails about a bank account: never its number, only its mask."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accounts import roles
from accounts.models import User
from bursaries.models import BankAccount
from casework import links
from casework.days import said
from casework.models import Entry
from casework.outbox import post

NOT_ME = "bursaries.bank-account-not-me"


def given(account: BankAccount, addresses: Iterable[str]) -> None:
    """To every address it may concern, each with its own link."""
    for rank, address in enumerate(sorted(addresses)):
        token = links.issue(NOT_ME, account, to_email=address)
        post(
            f"bursaries.bank-account-given:{account.pk}:{rank}",
            to=address,
            template="bursaries.bank-account-given",
            context={
                "personne": account.person.full_name,
                "compte": account.masked,
                "le": said(account.given_at),
                "lien": links.url(token),
            },
            about=account,
            secret=True,
        )


def refused(account: BankAccount, entry: Entry) -> None:
    address = account.given_by.email
    post(
        f"bursaries.bank-account-refused:{entry.pk}",
        to=address,
        template="bursaries.bank-account-refused",
        context={
            "personne": account.person.full_name,
            "compte": account.masked,
            "motif": account.reason,
            "lien": f"{settings.SITE_URL}{reverse('bursaries:bank-account')}",
        },
        about=account,
    )


def blocked(account: BankAccount, entry: Entry) -> None:
    """To each of finances: it cannot wait for somebody to open the list."""
    officers = User.objects.filter(
        groups__name=roles.FINANCES, is_active=True, is_staff=True
    )
    for officer in officers.order_by("pk").distinct():
        post(
            f"bursaries.bank-account-blocked:{entry.pk}:{officer.pk}",
            to=officer.email,
            template="bursaries.bank-account-blocked",
            context={
                "nom": account.person.full_name,
                "compte": account.masked,
                "lien": f"{settings.SITE_URL}{account.get_absolute_url()}",
            },
            about=account,
        )
