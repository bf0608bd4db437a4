"""The e-mails of a plan of action, of an installation, and of what follows it."""

from django.utils import timezone

from casework import links
from casework.days import said
from casework.outbox import post
from installation.letters import admin_url, greeted, in_charge_addresses, to_applicant
from installation.models import FollowUp, Plan, Settlement

PRESENT, STILL_HERE = "installation.presence", "installation.presence-yes"


def plan_opened(plan: Plan, entry) -> None:
    to_applicant(
        plan.request,
        f"installation.plan-opened:{entry.pk}",
        "installation.plan-opened",
        {"le": said(plan.planned_on), "nombre": str(plan.steps.count())},
    )


def declared(settlement: Settlement, entry) -> None:
    request = settlement.request
    for address in in_charge_addresses(request):
        post(
            f"installation.settlement-declared:{entry.pk}:{address}",
            to=address,
            template="installation.settlement-declared",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "commune": settlement.commune.name,
                "le": said(settlement.first_day_on),
                "lien": f"{admin_url(request)}?onglet=installation",
            },
            about=request,
        )


def validated(settlement: Settlement, entry) -> None:
    to_applicant(
        settlement.request,
        f"installation.settlement-validated:{entry.pk}",
        "installation.settlement-validated",
        {
            "commune": settlement.commune.name,
            "le": said(settlement.first_day_on),
        },
    )


def question(follow_up: FollowUp, address: str) -> dict:
    """What « toujours là ? » says, with a link for yes and one for anything else."""
    settlement = follow_up.settlement
    declared = links.scopes()[PRESENT]
    return {
        "personne": greeted(settlement.request),
        "commune": settlement.commune.name,
        "duree": follow_up.term,
        "lien": links.url(links.issue(STILL_HERE, follow_up, to_email=address)),
        "lien_autre": links.url(links.issue(PRESENT, follow_up, to_email=address)),
        "validite": said(timezone.localdate() + declared.valid_for),
    }


def call_about(follow_up: FollowUp) -> dict:
    """For the desk: nobody answered, here is the number."""
    request = follow_up.settlement.request
    phone = request.phone or request.applicant.phone
    return {
        "reference": request.reference,
        "nom": request.full_name,
        "commune": follow_up.settlement.commune.name,
        "duree": follow_up.term,
        "numero": phone.as_national if phone else "aucun numéro connu",
        "lien": f"{admin_url(request)}?onglet=installation",
    }
