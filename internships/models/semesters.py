import datetime as dt
import secrets

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper


def new_seed() -> str:
    return secrets.token_hex(8)


class SemesterQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        return self.filter(period__contains=day)

    def to_come(self, day: dt.date):
        """The one that runs and those after it, the nearest first."""
        return self.filter(period__endswith__gt=day).order_by("period")

    def in_order(self):
        return self.order_by("period")


class Semester(models.Model):
    """Six months of placements, from early May or early November.

    `period` is half-open; the day it ends is the day the next one begins.
    """

    period = DateRangeField(
        "période", help_text="Du premier jour au jour de fin, celui-ci non compris."
    )
    # What requests of equal score are drawn with: written before anybody asks.
    draw_seed = models.CharField(
        "graine du tirage", max_length=16, default=new_seed, editable=False
    )
    # Until then requests are gathered, and none gets a bed before a better one is in.
    beds_from = models.DateField(
        "chambres proposées à partir du",
        null=True,
        blank=True,
        help_text="Vide : dès qu'une chambre est libre. Avant ce jour, le guichet "
        "seul attribue.",
    )

    objects = SemesterQuerySet.as_manager()

    class Meta:
        verbose_name = "semestre"
        ordering = ["period"]
        constraints = [
            ExclusionConstraint(
                expressions=[("period", RangeOperators.OVERLAPS)],
                name="internships_one_semester_at_a_time",
                violation_error_message="Un autre semestre couvre déjà ces jours.",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_semester_has_both_ends",
                violation_error_message="Indiquez le premier jour et le jour de fin.",
            ),
        ]
        indexes = [models.Index(Upper("period"), name="internships_semester_end")]

    def __str__(self):
        # The days around its middle say which one it is, whatever its first day.
        middle = self.period.lower + (self.period.upper - self.period.lower) / 2
        if middle.month in (5, 6, 7, 8, 9, 10):
            return f"mai – octobre {middle.year}"
        first = middle.year if middle.month > 10 else middle.year - 1
        return f"novembre {first} – avril {first + 1}"

    @property
    def begins_on(self) -> dt.date:
        return self.period.lower

    @property
    def last_on(self) -> dt.date:
        """The last day, as people say it."""
        return self.period.upper - dt.timedelta(days=1)
