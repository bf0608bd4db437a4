"""A request that is being written: nothing is asked of anybody yet."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person, PractitionerProfile
from casework.locking import locked
from casework.models import IDENTITY
from installation import kinds, letters
from installation.actions.answers import keep
from installation.models import CHILDREN_FIELDS, InstallationRequest, RequestDetails

Kind = InstallationRequest.Kind


def blank(person: Person | None, *, kind: str = Kind.INSTALLATION):
    """A draft not saved yet, with what we already know of the person."""
    draft = InstallationRequest(applicant=person, kind=kind)
    if person is not None:
        for name in (*IDENTITY, "title", "phone"):
            setattr(draft, name, getattr(person, name))
        profile = PractitionerProfile.objects.filter(person=person).first()
        for name in ("profession", "specialty", "situation", "rpps"):
            setattr(draft, name, getattr(profile, name, ""))
    return draft


def start(
    *, person: Person | None = None, kind: str = Kind.INSTALLATION
) -> InstallationRequest:
    """Open a draft: nothing is asked of anybody yet."""
    draft = blank(person, kind=kind)
    draft.save()
    return draft


@transaction.atomic
def save_step(
    draft: InstallationRequest, step: int, answers: Mapping
) -> InstallationRequest:
    """Keep the answers of one step; the draft may be taken up again from here."""
    draft = _locked(draft)
    keep(
        draft,
        {
            **answers,
            "step_reached": max(draft.step_reached, step + 1),
            "saved_at": timezone.now(),
        },
    )
    return draft


@transaction.atomic
def change_kind(draft: InstallationRequest, kind: str) -> InstallationRequest:
    """Ask for something else: who asks is kept, the rest is asked again."""
    draft = _locked(draft)
    if kind not in kinds.KINDS or not kinds.KINDS[kind].pages:
        raise ValidationError("Choisissez une demande de la liste.")
    if kind == draft.kind:
        return draft
    draft.kind = kind
    draft.step_reached = min(draft.step_reached, 2)
    draft.saved_at = timezone.now()
    for name in ("mode", "horizon", "household", "partner_occupation"):
        setattr(draft, name, "")
    for name in CHILDREN_FIELDS:
        setattr(draft, name, 0)
    draft.wants_family_help = draft.days_a_week = None
    draft.structures = []
    draft.save()
    for rows in (draft.topics, draft.communes, draft.intercommunalities):
        rows.clear()
    RequestDetails.objects.filter(request=draft).delete()
    return draft


@transaction.atomic
def send_resume_link(draft: InstallationRequest) -> None:
    """Owe the link that opens this draft again, to the address it holds."""
    draft = _locked(draft)
    if not draft.email:
        raise ValidationError(
            "Indiquez d'abord votre courriel à l'étape « Vous » : le lien y sera "
            "envoyé."
        )
    letters.resume_link(draft)


@transaction.atomic
def discard_draft(draft: InstallationRequest) -> None:
    """Forget a draft: nothing was asked of anybody."""
    _locked(draft, "Cette demande est déjà déposée : retirez-la plutôt.").delete()


def _locked(
    draft: InstallationRequest, refusal: str = "Cette demande est déjà déposée."
) -> InstallationRequest:
    draft = locked(draft)
    if not draft.is_draft:
        raise ValidationError(refusal, code="transition")
    return draft
