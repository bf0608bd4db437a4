"""Our register of the aids already signed: what the ten-year rule looks at."""

import datetime as dt

from django.db import models

from installation import eligibility


class LocalAidRecordQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)


class LocalAidRecord(models.Model):
    """One aid to settle already signed with somebody: our register (R-21)."""

    class Source(models.TextChoices):
        OURS = "ours", "convention de ce Département"
        PARTNER = "partner", "communiquée par une autre collectivité"

    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="local_aids",
        verbose_name="personne",
    )
    signed_on = models.DateField("signée le")
    kind = models.CharField("aide", max_length=150)
    source = models.CharField(
        "connue par", max_length=10, choices=Source, default=Source.OURS
    )
    note = models.CharField("précision", max_length=200, blank=True)

    objects = LocalAidRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "convention d'aide antérieure"
        verbose_name_plural = "conventions d'aide antérieures"
        ordering = ["-signed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "signed_on", "kind"],
                name="installation_a_local_aid_is_noted_once",
                violation_error_message="Cette convention est déjà notée.",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, signée le {self.signed_on:%d/%m/%Y}"

    @property
    def eligible_from(self) -> dt.date:
        """The first day of a new aid (D. 1511-47)."""
        return eligibility.eligible_from(self.signed_on)
