import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SealCertificate(models.Model):
    """One certificate the Département's seal was made with, from its first use on.

    It is what /verifier/ trusts: a seal counts as ours when its certificate is here
    and nobody declared it revoked.
    """

    # SHA-256 of the certificate (DER), in hexadecimal.
    fingerprint = models.CharField("empreinte", max_length=64, unique=True)
    subject = models.CharField("titulaire", max_length=300)
    issuer = models.CharField("délivré par", max_length=300)
    not_before = models.DateTimeField("valable depuis le")
    not_after = models.DateTimeField("valable jusqu'au")
    first_used_at = models.DateTimeField("utilisé depuis le", default=timezone.now)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    revoked_because = models.TextField("motif", max_length=1000, blank=True)

    class Meta:
        verbose_name = "certificat du cachet"
        verbose_name_plural = "certificats du cachet"
        ordering = ["-first_used_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_before__lt=models.F("not_after")),
                name="documents_certificate_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="documents_revoked_certificate_says_why",
            ),
        ]

    def __str__(self):
        return self.subject

    def is_usable(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and self.not_before <= now <= self.not_after

    def revoke(self, because: str, now: dt.datetime) -> None:
        """From now on nothing is sealed with it, and no seal it made is trusted."""
        if self.revoked_at:
            raise ValidationError("Ce certificat est déjà révoqué.")
        if not because.strip():
            raise ValidationError("Dites pourquoi ce certificat est révoqué.")
        self.revoked_at, self.revoked_because = now, because.strip()
        self.save(update_fields=["revoked_at", "revoked_because"])

    revoke.alters_data = True
