import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class IndemnityRateQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        return self.filter(period__contains=day)


class IndemnityRate(models.Model):
    """What the State pays a trainee, or pay that a ceiling is counted from, and when.

    Staff date a new row when a text changes; an amount is always shown with its
    source.
    """

    class Kind(models.TextChoices):
        LODGING = "lodging", "indemnité d'hébergement du CHU, par mois"
        TRANSPORT = "transport", "indemnité de transport du CHU, par mois"
        JUNIOR = "junior", "indemnité de docteur junior en ZIP, par mois"
        PAY = "pay", "émoluments de troisième année d'internat, par an"

    kind = models.CharField("montant", max_length=10, choices=Kind)
    amount = models.DecimalField("en euros", max_digits=8, decimal_places=2)
    period = DateRangeField(
        "en vigueur", help_text="Du premier jour au jour de fin, celui-ci non compris."
    )
    source = models.CharField("source", max_length=200)

    objects = IndemnityRateQuerySet.as_manager()

    class Meta:
        verbose_name = "montant d'indemnité"
        verbose_name_plural = "montants des indemnités"
        ordering = ["kind", "-period"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                name="internships_one_rate_at_a_time",
                violation_error_message=(
                    "Ce montant est déjà fixé dans cette période : fermez-la d'abord."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="internships_rate_has_a_first_day",
                violation_error_message="Indiquez le premier jour.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="internships_rate_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} : {self.amount} €"

    @property
    def since(self) -> dt.date:
        return self.period.lower
