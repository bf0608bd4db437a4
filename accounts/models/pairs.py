from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone


class DistinctPairQuerySet(models.QuerySet):
    def of(self, model: type[models.Model]):
        return self.filter(kind=ContentType.objects.get_for_model(model))

    def ids(self) -> set[tuple[int, int]]:
        """Both numbers of each pair, the lower first."""
        return set(self.values_list("low", "high"))


class DistinctPair(models.Model):
    """Two rows that look alike and are not the same: the desk has looked."""

    kind = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", verbose_name="nature"
    )
    # Numbers, not keys: a merge moves keys, and this says nothing of the merged row.
    low = models.PositiveBigIntegerField("l'un")
    high = models.PositiveBigIntegerField("l'autre")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="dit par",
    )
    said_at = models.DateTimeField("dit le", default=timezone.now)

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        verbose_name = "paire distincte"
        verbose_name_plural = "paires distinctes"
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "low", "high"], name="accounts_pair_said_once"
            ),
            models.CheckConstraint(
                condition=models.Q(low__lt=F("high")), name="accounts_pair_is_of_two"
            ),
        ]

    def __str__(self):
        return f"{self.low} et {self.high}"

    @classmethod
    def say(cls, one: models.Model, other: models.Model, *, by) -> "DistinctPair":
        """Keep two rows apart; said twice, it is said."""
        low, high = sorted((one.pk, other.pk))
        pair, _created = cls.objects.get_or_create(
            kind=ContentType.objects.get_for_model(one),
            low=low,
            high=high,
            defaults={"said_by": by},
        )
        return pair
