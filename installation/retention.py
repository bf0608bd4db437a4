"""How long a request is kept, and what its owner may take away."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import IO

from django.db import models, transaction
from django.db.models import Q

from accounts.models import Person
from accounts.retention import Rule, years_before
from casework import forgetting
from casework.journal import record
from casework.locking import locked
from documents import serving
from documents.actions import discard
from installation import (
    aid_keeping,
    family,
    following_keeping,
    letters,
    need_keeping,
    offer_keeping,
    partner_threads,
    presentation,
    recap,
)
from installation.actions import family as family_actions
from installation.models import FamilyAccess, InstallationRequest, ReferralMessage

Outcome = InstallationRequest.Outcome
DRAFT_DAYS = 90


def old_drafts(day: date) -> models.QuerySet:
    limit = day - timedelta(days=DRAFT_DAYS)
    return InstallationRequest.objects.drafts().filter(saved_at__date__lte=limit)


def without_follow_up(day: date) -> models.QuerySet:
    """Two years after the last contact."""
    limit = years_before(day, 2)
    closed = _remembered().exclude(outcome=Outcome.SETTLED)
    return closed.filter(closed_at__date__lte=limit).filter(
        Q(last_exchange_at=None) | Q(last_exchange_at__date__lte=limit)
    )


def settled(day: date) -> models.QuerySet:
    """Five years after the installation."""
    closed = _remembered().filter(outcome=Outcome.SETTLED)
    return closed.filter(closed_at__date__lte=years_before(day, 5))


def _remembered():
    return InstallationRequest.objects.closed().filter(forgotten_at=None)


@transaction.atomic
def forget(request: InstallationRequest) -> None:
    """Empty what tells who asked, what was written and sent; keep what is counted."""
    request = locked(request)
    attachments = request.attachments.select_related("document")
    for attachment in attachments.filter(document__discarded_at=None):
        discard(attachment.document, by=None)
    request.exchanges.update(body="Message effacé.")
    request.aid_reviews.all().delete()
    ReferralMessage.objects.filter(referral__need__request=request).update(
        body="Message effacé.", signature=""
    )
    need_keeping.forget(request)
    following_keeping.forget(request)
    family_actions.end_all(request)
    forgetting.forget(request)
    request.forget()
    if details := getattr(request, "details", None):
        details.forget()
    record("installation.request.forgotten", subject=request)


def category(request: InstallationRequest) -> str:
    """What stays in the counts: kind and outcome, nobody."""
    return f"{request.kind}/{request.outcome}"


def warn(request: InstallationRequest, purge_on: date) -> None:
    letters.before_purge(request, purge_on)


RULES = [
    *aid_keeping.RULES,
    Rule(
        key="installation.draft",
        label="Brouillons de demande, trois mois après leur dernier enregistrement",
        queryset=old_drafts,
        purge=lambda draft: draft.delete(),
        needs_archives_visa=False,
    ),
    Rule(
        key="installation.without-follow-up",
        label="Demandes sans installation, deux ans après le dernier échange",
        queryset=without_follow_up,
        purge=forget,
        warn=warn,
        keep_aggregate=category,
    ),
    Rule(
        key="installation.settled",
        label="Dossiers d'installation, cinq ans après l'installation",
        queryset=settled,
        purge=forget,
        warn=warn,
        keep_aggregate=category,
    ),
]


def export(person: Person) -> list[dict]:
    """Every request of a person, in the words of their own dossier; then the family
    sides where they were invited."""
    requests = InstallationRequest.objects.of(person).order_by("created_at", "pk")
    return [
        {
            "référence": request.reference,
            "état": request.get_state_display(),
            "déposée le": request.submitted_at,
            "close le": request.closed_at,
            "issue": request.get_outcome_display(),
            "réponses": {
                title: dict(answers) for title, answers in recap.facts(request)
            },
            "besoins": need_keeping.export(request),
            **following_keeping.export(request),
            **offer_keeping.export(request),
            "échanges": [
                {
                    "de": line.get("author") or "vous",
                    "le": line["at"],
                    "texte": line["text"],
                }
                for line in presentation.thread(request)
                if line["kind"] != "system"
            ],
            "échanges avec les partenaires": [
                {
                    "de": line["author"] or "vous",
                    "le": line["at"],
                    "texte": line["text"],
                }
                for line in partner_threads.written(request)
            ],
        }
        for request in requests
    ] + [
        *(_family_side(access) for access in person.family_accesses.all()),
        *aid_keeping.export(person),
        *offer_keeping.export_mentor(person),
    ]


def _family_side(access: FamilyAccess) -> dict:
    """What they wrote as a guest, and what is said of their household."""
    said = dict(family.facts(access.request)) if access.is_accepted else {}
    return {
        "côté famille du dossier": access.request.reference,
        "invité le": access.invited_at,
        "accepté le": access.accepted_at,
        "terminé le": access.ended_at,
        "adresse de l'invitation": access.invited_email,
        "foyer": said,
        "échanges": [
            {"de": "vous", "le": exchange.created_at, "texte": exchange.body}
            for exchange in access.exchanges.all()
        ],
    }


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    for request in InstallationRequest.objects.of(person):
        attachments = request.attachments.public().select_related("document")
        for attachment in attachments:
            if attachment.document.is_servable:
                name = f"{request.reference}/{attachment.document.name}"
                if content := serving.opened(attachment.document):
                    yield name, content
                else:
                    sentence = "Fichier introuvable, prévenez le guichet.\n"
                    yield f"{name}.absent.txt", BytesIO(sentence.encode())
    yield from aid_keeping.files(person)
