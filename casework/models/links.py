from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from .attachment import AboutQuerySet


class AccessLink(models.Model):
    """A link sent by e-mail that opens one thing; only its digest is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=80)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    to_email = models.EmailField("envoyé à")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField("valable jusqu'au")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    used_at = models.DateTimeField("ouvert le", null=True, blank=True)

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = "lien d'accès"
        verbose_name_plural = "liens d'accès"
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "scope"],
                name="casework_links_of_a_subject",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="casework_link_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return f"{self.scope} {self.object_id}"

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at
