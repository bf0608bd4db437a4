"""« Vos besoins » and « qui voit quoi », for whoever asked."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Consent
from casework.space import Badge
from installation import need_lines, shared_fields
from installation.models import InstallationRequest, Need, Referral, SharingQuestion
from installation.panels import PANELS, Panel, Place
from territory.models import Organisation

# How a referral is told to the person; one that was given back only shows that the
# desk looks elsewhere.
WHO = {
    Referral.State.SENT: "{partner} a reçu votre besoin et doit répondre.",
    Referral.State.TAKEN: "{partner} s’en occupe.",
    Referral.State.HELPED: "{partner} a apporté une aide.",
    Referral.State.NO_HELP: "{partner} n’a pas trouvé d’aide.",
    Referral.State.UNREACHABLE: "{partner} n’a pas réussi à vous joindre.",
}


@dataclass(frozen=True)
class NeedLine:
    """One need: who has it, and what was answered."""

    need: Need
    badge: Badge
    sentences: list[str]
    notes: list[tuple[str, str]]


@dataclass(frozen=True)
class Seen:
    """One partner who may be told: since when, and exactly of what."""

    organisation: Organisation
    agreed_at: datetime
    referrals: list[tuple[Referral, str]]


def panel(dossier: InstallationRequest) -> Panel | None:
    """Nothing to say of a dossier that asks for nothing and is over."""
    needs = need_lines.of(dossier)
    if not needs and not dossier.is_open:
        return None
    if dossier.forgotten_at:
        return None
    return Panel(
        "installation/_panel_needs.html",
        {
            "tracks": [
                (track, [_line(need) for need in track.needs])
                for track in need_lines.tracks(need for need in needs if need.is_kept)
            ],
            "may_add": dossier.allows("exchange"),
        },
    )


def who_sees(dossier: InstallationRequest) -> Panel | None:
    """Whom the person agreed to tell, while there is something to tell."""
    if dossier.forgotten_at:
        return None
    told = seen(dossier)
    if not told and not dossier.is_open:
        return None
    return Panel("installation/_panel_seen.html", {"seen": told})


PANELS[Place.NEEDS] = panel
PANELS[Place.WHO_SEES] = who_sees


def questions(dossier: InstallationRequest):
    """What the desk asked before telling a partner, answered or not."""
    asked = SharingQuestion.objects.filter(need__request=dossier)
    return asked.select_related("need__topic", "organisation")


def seen(dossier: InstallationRequest) -> list[Seen]:
    """Every partner the person agreed to tell, with what each reads now."""
    consents = dossier.applicant.consents.active().filter(
        purpose=Consent.Purpose.SHARE_PROFILE
    )
    running = (
        Referral.objects.running()
        .filter(need__request__applicant=dossier.applicant)
        .select_related("need__topic")
    )
    by_organisation: dict[int, list[tuple[Referral, str]]] = {}
    for referral in running.order_by("sent_at", "pk"):
        fields = ", ".join(shared_fields.labels(referral.shared_fields))
        by_organisation.setdefault(referral.organisation_id, []).append(
            (referral, fields)
        )
    return [
        Seen(
            consent.organisation,
            consent.given_at,
            by_organisation.get(consent.organisation_id, []),
        )
        for consent in consents.select_related("organisation").order_by("given_at")
    ]


def _line(need: Need) -> NeedLine:
    referrals = list(need.referrals.all())
    told = [referral for referral in referrals if referral.state in WHO]
    return NeedLine(
        need=need,
        badge=Badge(*need_lines.PERSON_BADGES[need.state]),
        sentences=[
            WHO[referral.state].format(partner=referral.organisation.name)
            for referral in told
        ],
        notes=[
            (referral.organisation.name, referral.closing_note)
            for referral in told
            if referral.closing_note
        ],
    )
