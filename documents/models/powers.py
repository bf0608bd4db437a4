import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.fields import LowercaseEmailField


class SigningPowerQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        """Those who may sign that day."""
        return self.filter(starts_on__lte=day).filter(
            Q(ends_on=None) | Q(ends_on__gt=day)
        )


class SigningPower(models.Model):
    """Somebody who signs for the Département from a day on, until another excluded.

    The president by their election; anybody else by a delegation, whose act is named
    (article L. 3221-3 CGCT).
    """

    name = models.CharField("nom", max_length=200)
    capacity = models.CharField(
        "en qualité de",
        max_length=60,
        help_text="« président du conseil départemental », « vice-présidente »…",
    )
    decision = models.CharField(
        "délégation",
        max_length=120,
        blank=True,
        help_text="L'arrêté, son numéro et sa date. Vide pour qui préside.",
    )
    email = LowercaseEmailField(
        "courriel",
        blank=True,
        help_text="Pour signer en ligne avec un code. Vide : sur papier.",
    )
    starts_on = models.DateField("à partir du", default=timezone.localdate)
    ends_on = models.DateField(
        "jusqu'au",
        null=True,
        blank=True,
        help_text="Le premier jour où cette personne ne signe plus. Vide : sans terme.",
    )

    objects = SigningPowerQuerySet.as_manager()

    class Meta:
        verbose_name = "signataire du Département"
        verbose_name_plural = "signataires du Département"
        ordering = ["name", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="documents_power_ends_after_it_starts",
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(capacity=""),
                name="documents_power_says_who_signs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_on", "ends_on"], name="documents_powers_by_day"
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.capacity}"

    def holds(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @property
    def full_capacity(self) -> str:
        """With the act of the delegation, as a text to sign says it."""
        return f"{self.capacity} ({self.decision})" if self.decision else self.capacity
