"""Mail that Django and allauth send enters the outbox like any other."""

from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend

from accounts.mail import LAST_LETTER
from casework import outbox, writing


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND. These messages carry codes and sign-in links: all are sealed."""

    def send_messages(self, email_messages):
        for mail in email_messages:
            letter = self._letter(mail)
            files = [self._file(part) for part in mail.attachments]
            last = LAST_LETTER in mail.extra_headers
            for address in mail.recipients():
                outbox.post_letter(
                    f"mail:{uuid4()}",
                    to=address,
                    letter=letter,
                    secret=True,
                    reply_to=", ".join(mail.reply_to),
                    is_last=last,
                    attachments=files,
                )
        return len(email_messages)

    def _letter(self, mail) -> writing.Letter:
        subject = " ".join(mail.subject.split())[:250]
        laid_out = writing.lay_out(subject, writing.plain_blocks(mail.body))
        alternatives = getattr(mail, "alternatives", None) or ()
        html = next(
            (part[0] for part in alternatives if part[1] == "text/html"), laid_out.html
        )
        return writing.Letter(subject, mail.body, html)

    @staticmethod
    def _file(part) -> outbox.File:
        """Django keeps a file as its name, content and type, or as a MIME part."""
        if hasattr(part, "get_payload"):
            content = part.get_payload(decode=True) or b""
            return outbox.File(
                part.get_filename() or "document", part.get_content_type(), content
            )
        name, content, media_type = part
        if isinstance(content, str):
            content = content.encode()
        return outbox.File(
            name or "document", media_type or "application/octet-stream", content
        )
