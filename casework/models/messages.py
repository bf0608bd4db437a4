import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import crypto
from casework.catalogue import templates

from .attachment import AboutQuerySet

# Minutes before each new attempt: three days in all, then a person looks at it.
BACKOFF = (1, 5, 15, 60, 180, 360, 720, 1440, 1440)


class MessageQuerySet(AboutQuerySet):
    def owed(self):
        return self.filter(state=Message.State.OWED)

    def due(self, at: datetime):
        """Owed, and whose time has come."""
        return self.owed().filter(next_attempt_at__lte=at)

    def failed(self):
        return self.filter(state=Message.State.FAILED)


class Message(models.Model):
    """An e-mail owed to one address; the key says for what, so it is owed once."""

    class State(models.TextChoices):
        OWED = "owed", "à envoyer"
        SENT = "sent", "envoyé"
        FAILED = "failed", "en échec"
        CANCELLED = "cancelled", "annulé"

    key = models.CharField("clé", max_length=200, unique=True)
    recipient = models.CharField("destinataire", max_length=254)
    subject = models.CharField("objet", max_length=250)
    text = models.TextField("texte", blank=True)
    html = models.TextField("mise en forme", blank=True)
    # The text and HTML of a message that carries a code or a sign-in link.
    sealed = models.TextField(blank=True, editable=False)
    is_secret = models.BooleanField("confidentiel", default=False)
    # The one that says an account is closed: the address goes with it.
    is_last = models.BooleanField("dernier message", default=False)
    # Where whoever asked for these messages stops them (RFC 8058).
    stop_url = models.URLField(max_length=300, blank=True, editable=False)
    template_key = models.CharField("modèle", max_length=80, blank=True)
    reply_to = models.CharField("répondre à", max_length=254, blank=True)
    state = models.CharField("état", max_length=20, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField(
        "prochain essai", null=True, blank=True, default=timezone.now
    )
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    last_error = models.CharField("dernier refus", max_length=200, blank=True)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey()

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state="owed"),
                name="casework_messages_owed",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(state="failed"),
                name="casework_messages_failed",
            ),
            models.Index(
                fields=["content_type", "object_id"],
                name="casework_messages_of_a_dossier",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(~Q(state="sent"), sent_at=None),
                name="casework_a_sent_message_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="owed", next_attempt_at__isnull=False)
                | Q(~Q(state="owed"), next_attempt_at=None),
                name="casework_an_owed_message_has_a_next_attempt",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=True) | Q(sealed=""),
                name="casework_only_secrets_are_sealed",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def message_id(self) -> str:
        """The same for every copy: a second one is recognised by mail programs."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:40]
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
        return f"<{digest}@{domain or 'localhost'}>"

    @property
    def is_blanked(self) -> bool:
        return not (self.text or self.sealed)

    @staticmethod
    def seal(text: str, html: str) -> str:
        return crypto.encrypt(json.dumps([text, html]))

    def parts(self) -> tuple[str, str]:
        """The text and the HTML to send, unsealed if they were."""
        if self.sealed:
            text, html = json.loads(crypto.decrypt(self.sealed))
            return text, html
        return self.text, self.html

    def mark_sent(self) -> None:
        """It went; a secret has served and is blanked, except in the demo."""
        if self.sealed and settings.OUTBOX_KEEP_SECRETS:
            self.text, self.html = self.parts()
        self.state = self.State.SENT
        self.sent_at = timezone.now()
        self.attempts += 1
        self.next_attempt_at = None
        self.last_error = ""
        self.sealed = ""
        self._forget_if_last()
        self._save_outcome()

    def mark_refused(self, reason: str, *, for_good: bool = False) -> None:
        """It did not go: try later, or give up and let a person look."""
        self.attempts += 1
        self.last_error = reason[:200]
        if for_good or self.attempts > len(BACKOFF):
            self.state = self.State.FAILED
            self.next_attempt_at = None
            self._forget_if_last()
        else:
            wait = timedelta(minutes=BACKOFF[self.attempts - 1])
            self.next_attempt_at = timezone.now() + wait
        self._save_outcome()

    def _forget_if_last(self) -> None:
        if self.is_last:
            self.recipient = self.sealed = self.text = self.html = ""
            self.attachments.all().delete()

    def _save_outcome(self) -> None:
        self.save(
            update_fields=[
                "state",
                "attempts",
                "next_attempt_at",
                "sent_at",
                "last_error",
                "recipient",
                "sealed",
                "text",
                "html",
            ]
        )

    def owe_again(self) -> None:
        """A person asks for a new attempt."""
        if self.state != self.State.FAILED:
            raise ValidationError("Seul un courriel en échec peut être renvoyé.")
        if self.is_blanked:
            raise ValidationError("Le contenu de ce courriel a été effacé.")
        self.state = self.State.OWED
        self.attempts = 0
        self.next_attempt_at = timezone.now()
        self.save(update_fields=["state", "attempts", "next_attempt_at"])

    def readdress(self, recipient: str) -> None:
        """Somebody put the address right, before a new attempt."""
        if self.state != self.State.FAILED:
            raise ValidationError("Ce courriel n'est pas en échec.")
        self.recipient = recipient
        self.save(update_fields=["recipient"])

    def cancel(self) -> None:
        if self.state not in {self.State.OWED, self.State.FAILED}:
            raise ValidationError("Ce courriel est déjà parti ou annulé.")
        self.state = self.State.CANCELLED
        self.next_attempt_at = None
        self.sealed = ""
        self.save(update_fields=["state", "next_attempt_at", "sealed"])

    for transition in (mark_sent, mark_refused, owe_again, readdress, cancel):
        transition.alters_data = True
    del transition


class MessageAttachment(models.Model):
    """A file that goes with a message, and is forgotten with it.

    It is not sealed: a code or a sign-in link belongs in the text.
    """

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="attachments", verbose_name="courriel"
    )
    name = models.CharField("nom", max_length=150)
    # With its parameters: « text/calendar; method=REQUEST ».
    media_type = models.CharField("type", max_length=100)
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "pièce jointe d'un courriel"
        verbose_name_plural = "pièces jointes des courriels"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class EmailTemplate(models.Model):
    """The words staff chose for one message; empty, those of the portal are used."""

    key = models.CharField("modèle", max_length=80, unique=True)
    subject = models.CharField("objet", max_length=200, blank=True)
    body = models.TextField("texte", blank=True)
    updated_at = models.DateTimeField("modifié le", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="modifié par",
    )

    class Meta:
        verbose_name = "modèle de message"
        verbose_name_plural = "modèles de messages"
        ordering = ["key"]

    def __str__(self):
        template = templates().get(self.key)
        return template.title if template else self.key

    @property
    def is_edited(self) -> bool:
        return bool(self.subject or self.body)
