"""What the constraints cannot say of bursaries."""

from collections.abc import Iterator

from accounts import crypto
from bursaries import ibans
from bursaries.models import Agreement, BankAccount, BursaryApplication, Deed


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    silent = BursaryApplication.objects.without_receipt().order_by("pk")
    for reference in silent.values_list("reference", flat=True):
        yield f"Demande {reference} : déposée sans accusé de réception (R-02)."
    bare = Agreement.objects.exclude(deeds__number=0).order_by("pk")
    for reference in bare.values_list("reference", flat=True):
        yield f"Convention {reference} : sans son premier acte."
    unsigned = Deed.objects.exclude(transmitted_on=None, notified_on=None).exclude(
        circuit__state="signed"
    )
    for deed in unsigned.select_related("agreement").order_by("pk"):
        yield f"{deed} : transmise ou notifiée sans toutes ses signatures."
    for account in BankAccount.objects.kept().order_by("pk").iterator():
        yield from _of_account(account)


def _of_account(account: BankAccount) -> Iterator[str]:
    """Named by its row alone: an IBAN is not written in a report."""
    try:
        iban = account.iban
    except crypto.Unreadable:
        yield f"Compte bancaire {account.pk} : illisible avec les clés d'aujourd'hui."
        return
    if ibans.refusal(iban) or ibans.masked(iban) != account.masked:
        yield f"Compte bancaire {account.pk} : son IBAN n'est pas celui qu'il montre."
