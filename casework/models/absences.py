from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(period__contains=day)


class Absence(models.Model):
    """The days somebody of the desk is away, and who answers meanwhile."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="absences",
        verbose_name="absent(e)",
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="remplacé(e) par",
    )
    period = DateRangeField("période")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "absence"
        verbose_name_plural = "absences"
        ordering = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="casework_one_absence_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Une absence est déjà notée pour une partie de ces jours."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(stand_in=F("user")),
                name="casework_nobody_stands_in_for_oneself",
                violation_error_message="Personne ne se remplace soi-même.",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False)
                & Q(period__startswith__isnull=False)
                & Q(period__endswith__isnull=False),
                name="casework_an_absence_begins_and_ends",
                violation_error_message="Une absence a un premier et un dernier jour.",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.period.lower:%d/%m/%Y}"

    def clean(self):
        if not (self.user_id and self.stand_in_id and self.period):
            return
        others = Absence.objects.exclude(pk=self.pk).filter(period__overlap=self.period)
        if met := circle(self, others.select_related("user__person")):
            raise ValidationError(
                f"Le remplacement tourne en rond : {met.user} est en absence du "
                f"{met.period.lower:%d/%m/%Y} au {met.last_day:%d/%m/%Y}, et ses "
                f"dossiers reviennent à {self.user}. Choisissez quelqu'un d'autre, ou "
                "d'autres jours."
            )

    @property
    def last_day(self) -> date:
        return self.period.upper - timedelta(days=1)


def circle(absence: Absence, others: Iterable[Absence]) -> Absence | None:
    """The absence by which a stand-in's own stand-ins lead back to whoever is away."""
    by_user: dict[int, list[Absence]] = {}
    for other in others:
        by_user.setdefault(other.user_id, []).append(other)

    def follow(user_id: int, first: date, after: date, seen: frozenset[int]):
        if user_id in seen:
            return None
        for other in by_user.get(user_id, ()):
            start = max(first, other.period.lower)
            end = min(after, other.period.upper)
            if start >= end:
                continue
            if other.stand_in_id == absence.user_id:
                return other
            if met := follow(other.stand_in_id, start, end, seen | {user_id}):
                return met
        return None

    period = absence.period
    return follow(absence.stand_in_id, period.lower, period.upper, frozenset())
