"""Links sent by e-mail: a GET shows, a POST trades the token for a session.

Mail scanners follow every link, so that following one must do nothing.
"""

import hashlib
import secrets
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import discovery
from casework.models import AccessLink
from casework.outbox import post

SESSION_KEY = "casework.links"
# New links to one address for one thing, within an hour.
RENEWALS = 3


@dataclass(frozen=True)
class LinkScope:
    """What a kind of link opens, and for how long.

    `act` is done when the button of its page is pressed, never before: a link that
    is one click and no more, such as « toujours d'actualité ».

    `addresses` gives those that may hold it today: once its address has left, a link
    opens nothing and is not replaced.
    """

    title: str
    redirect: Callable[[models.Model], str]
    valid_for: timedelta = timedelta(days=14)
    template_key: str = "casework.new-link"
    button: str = "Continuer"
    act: Callable[[models.Model], object] | None = None
    addresses: Callable[[models.Model], Container[str]] | None = None


@cache
def scopes() -> dict[str, LinkScope]:
    found: dict[str, LinkScope] = {}
    for label, module in discovery.modules("links"):
        for scope, declared in getattr(module, "SCOPES", {}).items():
            if scope in found:
                raise LookupError(f"{label}.links: {scope} is taken.")
            found[scope] = declared
    return found


def issue(
    scope: str,
    subject: models.Model,
    *,
    to_email: str,
    valid_for: timedelta | None = None,
) -> str:
    """The token to send; the database only keeps its digest."""
    declared = scopes()[scope]
    token = secrets.token_urlsafe(32)
    AccessLink.objects.create(
        token_hash=_digest(token),
        scope=scope,
        subject=subject,
        to_email=to_email,
        expires_at=timezone.now() + (valid_for or declared.valid_for),
    )
    return token


def url(token: str) -> str:
    """The whole address to put in a message."""
    return f"{settings.SITE_URL}{reverse('casework:link', args=[token])}"


def find(token: str) -> AccessLink | None:
    link = AccessLink.objects.filter(token_hash=_digest(token)).first()
    return link if link and _is_held(link) else None


def redeem(request, token: str, scope: str | None = None) -> str:
    """Trade the token for this session's right to one thing; where to go next."""
    link = find(token)
    if (
        link is None
        or link.scope not in scopes()
        or (scope and link.scope != scope)
        or not link.is_open(timezone.now())
        or link.subject is None
    ):
        raise ValidationError("Ce lien n'est plus valable.")
    known = request.session.get(SESSION_KEY, [])
    # A session somebody else prepared must not receive the right.
    request.session.cycle_key()
    request.session[SESSION_KEY] = sorted({*known, link.pk})
    AccessLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    declared = scopes()[link.scope]
    if declared.act:
        declared.act(link.subject)
    return declared.redirect(link.subject)


def scoped(request, scope: str) -> set[int]:
    """The ids this session may open; a link taken back closes the session's right."""
    kept = request.session.get(SESSION_KEY, [])
    if not kept:
        return set()
    links = AccessLink.objects.filter(pk__in=kept, scope=scope, revoked_at=None)
    return {link.object_id for link in links if _is_held(link)}


def revoke(subject: models.Model, scope: str | None = None) -> int:
    links = AccessLink.objects.about(subject).filter(revoked_at=None)
    if scope:
        links = links.filter(scope=scope)
    return links.update(revoked_at=timezone.now())


@transaction.atomic
def renew(token: str) -> None:
    """Send a new link to the known address, and to no other; quietly limited."""
    expired = AccessLink.objects.select_for_update(no_key=True).filter(
        token_hash=_digest(token), revoked_at=None
    )
    link = expired.first()
    if link is None or link.scope not in scopes() or link.subject is None:
        return
    if not _is_held(link):
        return
    now = timezone.now()
    recent = AccessLink.objects.filter(
        scope=link.scope,
        content_type=link.content_type,
        object_id=link.object_id,
        created_at__gte=now - timedelta(hours=1),
    )
    if link.is_open(now) or recent.count() >= RENEWALS:
        return
    declared = scopes()[link.scope]
    new = issue(link.scope, link.subject, to_email=link.to_email)
    post(
        f"casework.link:{uuid4()}",
        to=link.to_email,
        template="casework.new-link",
        context={
            "objet": declared.title,
            "lien": url(new),
            "validite": timezone.localdate(now + declared.valid_for),
        },
        about=link.subject,
        secret=True,
    )


def _is_held(link: AccessLink) -> bool:
    """Is the address it was sent to still one of those it may be sent to?"""
    declared = scopes().get(link.scope)
    if declared is None or declared.addresses is None:
        return True
    subject = link.subject
    return subject is not None and link.to_email in declared.addresses(subject)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
