"""Needs and referrals in « mes données », and what is left of them afterwards."""

from django.db.models.functions import Now

from installation import shared_fields
from installation.models import InstallationRequest, Referral, SharingQuestion


def forget(request: InstallationRequest) -> None:
    """Keep what is counted: topics, partners, states and dates; empty the words."""
    referrals = Referral.objects.filter(need__request=request)
    referrals.running().update(state=Referral.State.RECALLED, ended_at=Now())
    referrals.update(to_email="", contact_name="", message="", closing_note="")
    SharingQuestion.objects.filter(need__request=request).update(message="")
    SharingQuestion.objects.filter(need__request=request).pending().delete()
    request.needs.update(details="")
    request.needs.exclude(dropped_at=None).update(dropped_reason="Motif effacé.")


def export(request: InstallationRequest) -> list[dict]:
    """What was asked for, who was told of it, and of what exactly."""
    return [
        {
            "sujet": need.topic.name,
            "précisions": need.details,
            "noté le": need.created_at,
            "état": need.state_label,
            "transmis à": [
                {
                    "partenaire": referral.organisation.name,
                    "le": referral.sent_at,
                    "données": shared_fields.labels(referral.shared_fields),
                    "état": referral.get_state_display(),
                    "réponse": referral.closing_note,
                }
                for referral in need.referrals.all()
            ],
        }
        for need in request.needs.with_referrals()
    ]
