"""Messages owed: written with the decision, delivered after its commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models, transaction

from casework import catalogue, tasks, writing
from casework.catalogue import MessageTemplate
from casework.locking import locked
from casework.models import Message, MessageAttachment

__all__ = [
    "File",
    "MessageTemplate",
    "cancel",
    "forget",
    "post",
    "post_letter",
    "resend",
]

MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class File:
    """What goes with a message: an invitation, a document of a few pages."""

    name: str
    media_type: str
    content: bytes


def post(
    key: str,
    *,
    to: str,
    template: str,
    context: Mapping,
    about: models.Model | None = None,
    secret: bool = False,
    reply_to: str = "",
    attachments: Iterable[File] = (),
    stop_url: str = "",
) -> Message:
    """Owe someone an e-mail; the same key never owes it twice."""
    known = Message.objects.filter(key=key).first()
    if known:
        return known
    found = catalogue.templates().get(template)
    if found is None:
        raise LookupError(f"No app declares the message {template!r}.")
    reference = getattr(about, "reference", "")
    reason = f"Vous recevez ce message pour le dossier {reference}." * bool(reference)
    letter = writing.write(found, context, reason=reason)
    return post_letter(
        key,
        to=to,
        letter=letter,
        template=template,
        about=about,
        secret=secret or found.secret,
        reply_to=reply_to,
        attachments=attachments,
        stop_url=stop_url,
    )


@transaction.atomic
def post_letter(
    key: str,
    *,
    to: str,
    letter: writing.Letter,
    template: str = "",
    about: models.Model | None = None,
    secret: bool = False,
    reply_to: str = "",
    is_last: bool = False,
    attachments: Iterable[File] = (),
    stop_url: str = "",
) -> Message:
    """Owe a letter already written; the last one forgets to whom it went."""
    if not to:
        raise ValueError("A message is owed to an address.")
    files = list(attachments)
    if sum(len(file.content) for file in files) > MOST_BYTES:
        raise ValueError("A message carries five megabytes at most.")
    sealed = Message.seal(letter.text, letter.html) if secret else ""
    owed = {
        "recipient": to,
        "subject": letter.subject,
        "text": "" if secret else letter.text,
        "html": "" if secret else letter.html,
        "sealed": sealed,
        "is_secret": secret,
        "template_key": template,
        "reply_to": reply_to,
        "is_last": is_last,
        "stop_url": stop_url,
        "about": about,
    }
    message, created = Message.objects.get_or_create(key=key, defaults=owed)
    if created:
        MessageAttachment.objects.bulk_create(
            MessageAttachment(
                message=message,
                name=file.name,
                media_type=file.media_type,
                content=file.content,
            )
            for file in files
        )
        tasks.ring_on_commit(message.pk)
    return message


@transaction.atomic
def resend(message: Message) -> Message:
    """Try again what had been given up."""
    message = locked(message)
    message.owe_again()
    tasks.ring_on_commit(message.pk)
    return message


@transaction.atomic
def cancel(message: Message) -> Message:
    message = locked(message)
    message.cancel()
    return message


def forget(messages: models.QuerySet) -> None:
    """Leave of these messages that they were, and nothing of what they said."""
    owed = messages.exclude(state=Message.State.SENT)
    owed.update(state=Message.State.CANCELLED, next_attempt_at=None)
    MessageAttachment.objects.filter(message__in=messages).delete()
    messages.update(
        recipient="",
        subject="Message effacé",
        text="",
        html="",
        sealed="",
        reply_to="",
        stop_url="",
    )
