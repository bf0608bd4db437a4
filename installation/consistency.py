"""What the constraints cannot say of a dossier."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef

from accounts import roles
from casework.models import Receipt
from installation.models import (
    MOST_DOCUMENTS,
    OPEN_STATES,
    AidRequest,
    InstallationRequest,
    Referral,
)


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    kind = ContentType.objects.get_for_model(InstallationRequest)
    receipts = Receipt.objects.filter(content_type=kind, object_id=OuterRef("pk"))
    filed = InstallationRequest.objects.filed()
    for reference in _references(filed.filter(~Exists(receipts))):
        yield f"Demande {reference} : déposée sans accusé de réception (R-02)."
    yield from _aids()
    yield from _referrals()
    away = InstallationRequest.objects.open().filter(case_worker__is_active=False)
    for reference in _references(away):
        yield f"Demande {reference} : suivie par un compte fermé, à confier."
    desk = roles.DESK
    outside = InstallationRequest.objects.open().filter(
        case_worker__is_active=True, case_worker__is_superuser=False
    )
    for reference in _references(outside.exclude(case_worker__groups__name__in=desk)):
        yield f"Demande {reference} : suivie par quelqu'un qui n'est plus au guichet."
    # Dossiers that became one keep the documents of each.
    alone = filed.filter(absorbed=None)
    heavy = alone.annotate(count=Count("attachments")).filter(count__gt=MOST_DOCUMENTS)
    for reference in _references(heavy):
        yield f"Demande {reference} : plus de {MOST_DOCUMENTS} documents."


def _aids() -> Iterator[str]:
    for reference in _references(AidRequest.objects.without_receipt()):
        yield f"Demande d'aide {reference} : déposée sans accusé de réception (R-02)."


def _referrals() -> Iterator[str]:
    """R-50: what a partner has in hand, it has under an agreement that still runs."""
    running = Referral.objects.running().with_list_data().order_by("pk")
    for referral in running.exclude(consent__withdrawn_at=None):
        yield (
            f"Demande {referral.need.request} : {referral.organisation} a un besoin en "
            "main alors que l'accord est retiré (R-50)."
        )
    for referral in running.exclude(need__request__state__in=OPEN_STATES):
        yield (
            f"Demande {referral.need.request} : close, mais {referral.organisation} a "
            "encore un besoin en main."
        )


def _references(requests) -> list[str]:
    return list(requests.order_by("pk").values_list("reference", flat=True))
