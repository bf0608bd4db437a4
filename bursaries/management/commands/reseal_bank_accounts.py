from django.core.management.base import BaseCommand

from accounts import crypto
from bursaries.actions import bank_accounts
from bursaries.models import BankAccount


class Command(BaseCommand):
    help = (
        "Seals every bank account with today's SECRET_KEY; afterwards the former one "
        "may leave SECRET_KEY_FALLBACKS."
    )

    def handle(self, *args, **options):
        done = 0
        for account in BankAccount.objects.kept().order_by("pk").iterator():
            try:
                bank_accounts.reseal(account)
            except crypto.Unreadable:
                self.stderr.write(f"Compte bancaire {account.pk} : illisible.")
            else:
                done += 1
        self.stdout.write(f"{done} comptes bancaires.")
