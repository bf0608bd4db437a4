from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class HousingBenefit(models.Model):
    """What a person gets to be housed, and when: a lent bed or an allowance.

    The two never overlap in dates (R-30, article D. 1511-52 CGCT), whoever writes
    them; two of a kind may.
    """

    class Kind(models.TextChoices):
        LENT = "lent", "logement prêté"
        ALLOWANCE = "allowance", "indemnité de logement"

    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="housing_benefits",
        verbose_name="personne",
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    period = DateRangeField("période")
    occupation = models.OneToOneField(
        "internships.Occupation",
        models.PROTECT,
        null=True,
        related_name="benefit",
        verbose_name="séjour",
    )

    objects = models.Manager()

    class Meta:
        verbose_name = "avantage de logement"
        verbose_name_plural = "avantages de logement"
        ordering = ["-period", "-pk"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.NOT_EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                name="internships_lent_bed_or_allowance",
                violation_error_message=(
                    "Un logement prêté et une indemnité de logement ne se cumulent pas "
                    "aux mêmes dates (article D. 1511-52 du CGCT)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_benefit_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind="lent", occupation__isnull=False)
                | Q(kind="allowance", occupation=None),
                name="internships_lent_bed_is_a_stay",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.person}"
