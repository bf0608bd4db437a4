import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q


class ScoreWeightQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        return self.filter(period__contains=day)


class ScoreWeight(models.Model):
    """How many points one fact gives a request for a bed, from a day to another."""

    class Criterion(models.TextChoices):
        PRIORITY_ZONE = "priority_zone", "stage en zone prioritaire (ZIP)"
        FAR_FACULTY = "far_faculty", "faculté à plus d'une heure"
        FAMILY = "family", "en couple ou avec des enfants"
        FIRST_PLACEMENT = "first_placement", "premier stage dans le département"
        WAITING_WEEK = "waiting_week", "semaine d'attente (dix au plus)"

    criterion = models.CharField("critère", max_length=20, choices=Criterion)
    points = models.PositiveSmallIntegerField("points")
    period = DateRangeField(
        "en vigueur", help_text="Du premier jour au jour de fin, celui-ci non compris."
    )

    objects = ScoreWeightQuerySet.as_manager()

    class Meta:
        verbose_name = "critère de priorité"
        verbose_name_plural = "critères de priorité"
        ordering = ["-points", "criterion"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("criterion", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                name="internships_one_weight_at_a_time",
                violation_error_message=(
                    "Ce critère a déjà un poids dans cette période : fermez-le la "
                    "veille."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="internships_weight_has_a_first_day",
            ),
        ]

    def __str__(self):
        return f"{self.get_criterion_display()} : {self.points} points"
