from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from casework.catalogue import templates
from casework.declared import ladders

from .attachment import AboutQuerySet


class LadderStep(models.Model):
    """One reminder of a ladder: whom to tell, after how many working days."""

    class Audience(models.TextChoices):
        PERSON = "person", "la personne concernée"
        IN_CHARGE = "in_charge", "l'agent en charge"
        DESK = "desk", "tout le guichet"
        HEAD = "head", "la direction"
        PARTNER = "partner", "le partenaire"

    ladder = models.CharField("échelle", max_length=80)
    offset_days = models.PositiveSmallIntegerField(
        "délai", help_text="En jours ouvrés, à partir du fait qui compte."
    )
    audience = models.CharField("destinataire", max_length=20, choices=Audience)
    template_key = models.CharField("modèle de message", max_length=80)
    is_active = models.BooleanField("active", default=True)

    class Meta:
        verbose_name = "relance"
        verbose_name_plural = "relances"
        ordering = ["ladder", "offset_days", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "offset_days", "audience"],
                name="casework_one_step_a_day_and_audience",
                violation_error_message=(
                    "Une relance part déjà ce jour-là pour ce destinataire."
                ),
            )
        ]

    def __str__(self):
        return f"{self.title}, à {self.offset_days} j"

    def clean(self):
        if self.ladder and self.ladder not in ladders():
            raise ValidationError({"ladder": "Cette échelle n'existe pas."})
        if self.template_key and self.template_key not in templates():
            raise ValidationError({"template_key": "Ce modèle n'existe pas."})

    @property
    def title(self) -> str:
        ladder = ladders().get(self.ladder)
        return ladder.title if ladder else self.ladder


class ReminderSent(models.Model):
    """One step climbed for one fact: it will not be climbed again."""

    step = models.ForeignKey(LadderStep, models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    since = models.DateField("depuis le")
    sent_at = models.DateTimeField("le", default=timezone.now)
    # Several steps may be due at once, after a holiday: only the last one speaks.
    was_skipped = models.BooleanField(default=False)

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = "relance faite"
        verbose_name_plural = "relances faites"
        constraints = [
            models.UniqueConstraint(
                fields=["step", "content_type", "object_id", "since"],
                name="casework_a_reminder_is_sent_once",
            )
        ]

    def __str__(self):
        return f"{self.step} ({self.since})"

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        absorbed.delete()
