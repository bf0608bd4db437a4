from datetime import date, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from casework import delivery, outbox, tasks
from casework.models import Message
from casework.models.messages import BACKOFF
from tests.casework.factories import MessageFactory, TaskFactory

MINUTE = timedelta(minutes=1)
CONTEXT = {
    "prenom": "Camille",
    "reference": "BD47-2026-0001",
    "avant": date(2026, 11, 25),
    "lien": "/mon-espace/",
}


def post(key="tests:1", **fields):
    given = {"to": "camille@example.org", "template": "tests.receipt"}
    return outbox.post(key, context=CONTEXT, **{**given, **fields})


@pytest.fixture
def refusing(monkeypatch):
    """A transport that raises what it is told to."""

    def refuse(error):
        def send_messages(backend, messages):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    return refuse


# --- Owing ------------------------------------------------------------------------


def test_a_message_goes_after_the_commit(
    templates, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = post()
        assert mailoutbox == []

    message.refresh_from_db()
    (sent,) = mailoutbox
    assert (message.state, message.attempts) == ("sent", 1)
    assert sent.subject == "Votre demande BD47-2026-0001 est arrivée"
    assert sent.to == ["camille@example.org"]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert [kind for _, kind in sent.alternatives] == ["text/html"]


def test_the_same_key_never_owes_twice(
    templates, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert post() == post(to="other@example.org")

    assert [sent.to for sent in mailoutbox] == [["camille@example.org"]]


def test_nothing_is_owed_by_a_transaction_undone(templates, mailoutbox):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)

    assert (Message.objects.count(), mailoutbox) == (0, [])


def test_a_broker_that_is_down_fails_nobody(
    templates, monkeypatch, django_capture_on_commit_callbacks
):
    def unreachable(*args, **options):
        raise OperationalError

    monkeypatch.setattr(tasks.deliver_message, "delay", unreachable)

    with django_capture_on_commit_callbacks(execute=True):
        message = post()

    assert message.state == "owed"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"template": "tests.unknown"}, LookupError),
        ({"to": ""}, ValueError),
        ({"template": "casework.new-link"}, LookupError),  # its variables are missing
    ],
)
def test_a_mistake_of_the_caller_is_told(templates, fields, error):
    with pytest.raises(error):
        post(**fields)


def test_messages_are_found_by_their_dossier(templates):
    task = TaskFactory()

    message = post(about=task)

    assert list(Message.objects.about(task)) == [message]


# --- Delivering -------------------------------------------------------------------


def test_delivering_twice_sends_once(mailoutbox):
    message = MessageFactory()

    assert [delivery.deliver(message.pk), delivery.deliver(message.pk)] == [True, False]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("state", ["sent", "failed", "cancelled"])
def test_only_what_is_owed_is_delivered(mailoutbox, state):
    sent_at = timezone.now() if state == "sent" else None
    message = MessageFactory(state=state, next_attempt_at=None, sent_at=sent_at)

    assert delivery.deliver(message.pk) is False
    assert mailoutbox == []


def test_a_message_waits_for_its_next_attempt(mailoutbox):
    later = MessageFactory(next_attempt_at=timezone.now() + timedelta(minutes=1))

    assert delivery.deliver(later.pk) is False


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (
            SMTPRecipientsRefused({"camille@example.org": (550, b"camille unknown")}),
            "failed",
            "Adresse refusée par le serveur du destinataire (550).",
        ),
        (
            SMTPRecipientsRefused({"camille@example.org": (451, b"later")}),
            "owed",
            "Adresse refusée par le serveur du destinataire (451).",
        ),
        (SMTPDataError(554, b"no"), "failed", "Message refusé par le serveur (554)."),
        (SMTPDataError(452, b"full"), "owed", "Message refusé par le serveur (452)."),
        (
            SMTPAuthenticationError(535, b"bad password"),
            "owed",
            "Le serveur de courriel a refusé (SMTPAuthenticationError 535).",
        ),
        (
            SMTPServerDisconnected("camille@example.org"),
            "owed",
            "Le serveur de courriel a refusé (SMTPServerDisconnected).",
        ),
        (
            ConnectionRefusedError("10.0.0.1"),
            "owed",
            "Serveur de courriel injoignable (ConnectionRefusedError).",
        ),
        (RuntimeError("camille"), "owed", "Incident (RuntimeError)."),
        (
            mail.BadHeaderError("camille"),
            "failed",
            "Message impossible à envoyer (BadHeaderError).",
        ),
    ],
)
def test_a_refusal_is_kept_without_personal_data(refusing, error, state, reason):
    refusing(error)
    message = MessageFactory()

    assert delivery.deliver(message.pk) is False

    message.refresh_from_db()
    assert (message.state, message.attempts) == (state, 1)
    assert message.last_error == reason


def test_attempts_are_spaced_out_then_given_up(refusing, time_machine):
    refusing(ConnectionRefusedError())
    message = MessageFactory()
    waits = []

    for _ in range(len(BACKOFF)):
        delivery.deliver(message.pk)
        message.refresh_from_db()
        waits.append(round((message.next_attempt_at - timezone.now()) / MINUTE))
        time_machine.move_to(message.next_attempt_at)
    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert waits == list(BACKOFF)
    assert (message.state, message.next_attempt_at) == ("failed", None)


def test_the_sweep_rings_for_what_was_left_behind(mailoutbox):
    MessageFactory()  # its own bell has just rung
    left = MessageFactory(next_attempt_at=timezone.now() - timedelta(minutes=1))

    tasks.sweep_messages()

    assert list(Message.objects.filter(state="sent")) == [left]


def test_the_command_sends_what_is_due(mailoutbox, capsys):
    MessageFactory.create_batch(2)

    call_command("send_due_messages")
    call_command("send_due_messages")

    assert capsys.readouterr().out.splitlines() == [
        "2 sent, 0 not sent (tried again later).",
        "0 sent, 0 not sent (tried again later).",
    ]


# --- Giving up, starting again ----------------------------------------------------


def test_a_failed_message_may_be_sent_again(
    mailoutbox, django_capture_on_commit_callbacks
):
    message = MessageFactory(failed=True, attempts=10)

    with django_capture_on_commit_callbacks(execute=True):
        outbox.resend(message)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)


@pytest.mark.parametrize("state", ["owed", "sent", "cancelled"])
def test_only_a_failed_message_is_sent_again(state):
    message = MessageFactory(
        state=state,
        next_attempt_at=timezone.now() if state == "owed" else None,
        sent_at=timezone.now() if state == "sent" else None,
    )

    with pytest.raises(ValidationError, match="en échec"):
        outbox.resend(message)


def test_a_cancelled_message_never_goes(mailoutbox):
    message = outbox.cancel(MessageFactory())

    assert delivery.deliver(message.pk) is False
    with pytest.raises(ValidationError, match="déjà parti ou annulé"):
        outbox.cancel(message)


def test_what_is_forgotten_leaves_only_that_it_was():
    message = MessageFactory()

    outbox.forget(Message.objects.filter(pk=message.pk))

    message.refresh_from_db()
    assert (message.state, message.recipient, message.text) == ("cancelled", "", "")


# --- Secrets ----------------------------------------------------------------------


def test_a_secret_is_sealed_then_blanked(mailoutbox):
    message = MessageFactory(secret=True)
    assert "123456" not in message.sealed

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert mailoutbox[0].body == "Code : 123456"
    assert (message.text, message.html, message.sealed) == ("", "", "")


def test_a_secret_stays_sealed_while_it_waits(refusing):
    refusing(ConnectionRefusedError())
    message = MessageFactory(secret=True)

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.text == ""
    assert message.parts() == ("Code : 123456", "")


def test_the_demonstration_shows_its_secrets(settings):
    settings.OUTBOX_KEEP_SECRETS = True
    message = MessageFactory(secret=True)

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.text == "Code : 123456"


def test_mail_of_django_enters_the_outbox_sealed(
    settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "casework.mail.OutboxBackend"

    with django_capture_on_commit_callbacks(execute=True):
        mail.send_mail(
            "Votre code",
            "Bonjour,\n\nhttps://exemple.fr/compte/\n\nA bientôt.",
            None,
            ["camille@example.org", "alix@example.org"],
        )

    assert [sent.to[0] for sent in mailoutbox] == [
        "camille@example.org",
        "alix@example.org",
    ]
    assert 'href="https://exemple.fr/compte/"' in mailoutbox[0].alternatives[0][0]
    assert set(Message.objects.values_list("is_secret", "state", "text")) == {
        (True, "sent", "")
    }


# --- Constraints ------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "sent", "next_attempt_at": None},
        {"next_attempt_at": None},
        {"state": "failed"},
        {"sealed": "x"},
        {"key": "tests:taken"},
    ],
)
def test_the_database_refuses_an_incoherent_message(fields):
    MessageFactory(key="tests:taken")

    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(**fields)
