"""Files that go with a message."""

import pytest
from django.core.mail import EmailMessage, send_mail

from casework import delivery, outbox
from casework.models import Message, MessageAttachment
from casework.outbox import File
from tests.casework.factories import MessageFactory
from tests.casework.test_outbox import CONTEXT

INVITATION = File(
    "visite.ics", "text/calendar; method=REQUEST", "SUMMARY:Mézin\r\n".encode()
)
LEAFLET = File("accueil.pdf", "application/pdf", b"%PDF-1.7 \xff\x00")


def post(key="tests:1", **fields):
    given = {"to": "camille@example.org", "template": "tests.receipt"}
    return outbox.post(key, context=CONTEXT, **{**given, **fields})


def test_files_go_with_the_message_as_they_were(templates, mailoutbox):
    message = post(attachments=[INVITATION, LEAFLET])

    delivery.deliver(message.pk)

    (sent,) = mailoutbox
    parts = [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in sent.message().walk()
        if part.get_filename()
    ]
    assert parts == [
        ("text/calendar", INVITATION.content),
        ("application/pdf", LEAFLET.content),
    ]
    assert 'method="REQUEST"' in sent.message().as_string()


def test_the_same_key_keeps_its_first_files(templates):
    post(attachments=[INVITATION])

    post(attachments=[LEAFLET])

    assert [file.name for file in MessageAttachment.objects.all()] == ["visite.ics"]


def test_files_too_heavy_for_a_mail_are_refused(templates):
    with pytest.raises(ValueError, match="five megabytes"):
        post(attachments=[File("a.bin", "application/zip", b"x" * 5_300_000)])

    assert not Message.objects.exists()


def test_a_forgotten_message_forgets_its_files(templates):
    post(attachments=[INVITATION])
    kept = post("tests:2", attachments=[LEAFLET])

    outbox.forget(Message.objects.filter(key="tests:1"))

    assert [file.message for file in MessageAttachment.objects.all()] == [kept]


def test_the_last_letter_takes_its_files_along(mailoutbox):
    message = MessageFactory(is_last=True)
    message.attachments.create(name="a.txt", media_type="text/plain", content=b"a")

    delivery.deliver(message.pk)

    assert (len(mailoutbox), message.attachments.count()) == (1, 0)


@pytest.mark.parametrize(
    "attach",
    [
        lambda mail: mail.attach("a.txt", "Bonjour", "text/plain"),
        lambda mail: mail.attach("a.bin", b"\xff\xfe", None),
    ],
)
def test_mail_of_a_package_keeps_its_files(settings, mailoutbox, attach):
    settings.EMAIL_BACKEND = "casework.mail.OutboxBackend"
    mail = EmailMessage("Sujet", "Texte", to=["camille@example.org"])
    attach(mail)

    mail.send()

    message = Message.objects.get()
    delivery.deliver(message.pk)
    (sent,) = mailoutbox
    assert [part[0] for part in sent.attachments] == [mail.attachments[0][0]]
    assert send_mail("Sans", "Rien", None, ["camille@example.org"]) == 1
