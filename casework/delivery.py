"""Sending what is owed: one message, under its row's lock."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from casework.models import Message

logger = structlog.get_logger(__name__)


def deliver(message_id: int) -> bool:
    """Send the message unless it has gone already; say whether it went now.

    The lock lasts as long as the sending: another worker passes by. A crash between
    the server's answer and our commit sends a second copy, with the same Message-ID.
    """
    with transaction.atomic():
        due = Message.objects.due(timezone.now()).filter(pk=message_id)
        message = due.select_for_update(
            of=["self"], skip_locked=True, no_key=True
        ).first()
        if message is None:
            return False
        try:
            envelope(message).send()
        except Exception as error:
            # Whatever broke, the row must say so and the others must go.
            reason, for_good = diagnose(error)
            message.mark_refused(reason, for_good=for_good)
            logger.warning(
                "message refused",
                message=message.pk,
                error=type(error).__name__,
            )
            return False
        message.mark_sent()
    return True


def deliver_all() -> tuple[int, int]:
    """Send everything due, here and now; how many went, how many did not."""
    sent = refused = 0
    due = Message.objects.due(timezone.now()).order_by("next_attempt_at", "pk")
    for message_id in list(due.values_list("pk", flat=True)):
        if deliver(message_id):
            sent += 1
        else:
            refused += 1
    return sent, refused


def envelope(message: Message) -> EmailMultiAlternatives:
    text, html = message.parts()
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=text,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **_way_to_stop(message),
        },
        connection=get_connection(settings.OUTBOX_TRANSPORT_BACKEND),
    )
    if html:
        mail.attach_alternative(html, "text/html")
    for file in message.attachments.all():
        mail.attach(file.name, bytes(file.content), file.media_type)
    return mail


def _way_to_stop(message: Message) -> dict[str, str]:
    """The button that mail programs show themselves (RFC 8058)."""
    if not message.stop_url:
        return {}
    return {
        "List-Unsubscribe": f"<{message.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def diagnose(error: Exception) -> tuple[str, bool]:
    """A sentence without personal data, and whether trying again is pointless."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        code = max(codes, default=0)
        for_good = bool(codes) and all(500 <= code < 600 for code in codes)
        return f"Adresse refusée par le serveur du destinataire ({code}).", for_good
    if isinstance(error, SMTPDataError):
        code = error.smtp_code
        return f"Message refusé par le serveur ({code}).", 500 <= code < 600
    if isinstance(error, SMTPException):
        code = getattr(error, "smtp_code", "")
        detail = f"{type(error).__name__} {code}".strip()
        return f"Le serveur de courriel a refusé ({detail}).", False
    if isinstance(error, OSError):
        return f"Serveur de courriel injoignable ({type(error).__name__}).", False
    if isinstance(error, ValueError):
        # A header or an address that no server would take, or a lost key.
        return f"Message impossible à envoyer ({type(error).__name__}).", True
    return f"Incident ({type(error).__name__}).", False
