from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReferralMessageQuerySet(models.QuerySet):
    def with_list_data(self):
        return self.select_related("author__person")


class ReferralMessage(models.Model):
    """What a partner and the person it helps write to each other about one need."""

    class Side(models.TextChoices):
        PARTNER = "partner", "le partenaire"
        PERSON = "person", "la personne"
        DESK = "desk", "le guichet"

    referral = models.ForeignKey(
        "installation.Referral",
        models.CASCADE,
        related_name="messages",
        verbose_name="orientation",
    )
    side = models.CharField("écrit par", max_length=10, choices=Side)
    # Through a link there is no account: whoever writes signs.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )
    signature = models.CharField("signature", max_length=100, blank=True)
    body = models.TextField("message", max_length=3000)
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    # The form's own key: sent twice, written once.
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = ReferralMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message d'une orientation"
        verbose_name_plural = "messages des orientations"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(body=""), name="installation_referral_message_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(side="desk") | Q(author__isnull=False),
                name="installation_desk_signs_to_a_partner",
            ),
        ]
        indexes = [
            models.Index(
                fields=["referral", "created_at", "id"],
                name="installation_referral_thread",
            ),
        ]

    def __str__(self):
        return f"{self.get_side_display()}, {self.created_at:%d/%m/%Y}"
