from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class PurgeNotice(models.Model):
    """A row was announced for destruction; thirty days later it may go."""

    rule = models.CharField("règle", max_length=80)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    warned_on = models.DateField("annoncée le")

    class Meta:
        verbose_name = "destruction annoncée"
        verbose_name_plural = "destructions annoncées"
        ordering = ["warned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "content_type", "object_id"],
                name="accounts_purge_is_announced_once",
            )
        ]

    def __str__(self):
        return f"{self.rule} {self.object_id}"

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        absorbed.delete()


class ArchiveVisa(models.Model):
    """The departmental Archives agree to a destruction (R-52).

    It covers what was announced up to a day, so that one visa serves one slip.
    """

    rule = models.CharField("règle", max_length=80)
    reference = models.CharField("référence du visa", max_length=80)
    granted_on = models.DateField("accordé le")
    announced_until = models.DateField(
        "couvre les destructions annoncées jusqu'au",
        help_text="Date du bordereau soumis aux Archives, ce jour compris.",
    )
    recorded_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="enregistré par",
    )
    recorded_at = models.DateTimeField(
        "enregistré le", default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = "visa des Archives"
        verbose_name_plural = "visas des Archives"
        ordering = ["-granted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "reference"],
                name="accounts_visa_is_recorded_once",
                violation_error_message="Ce visa est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=models.Q(announced_until__lte=models.F("granted_on")),
                name="accounts_visa_covers_the_past",
                violation_error_message=(
                    "Un visa ne couvre que des destructions annoncées avant lui."
                ),
            ),
        ]

    def __str__(self):
        return self.reference


class PurgeAggregate(models.Model):
    """How many rows a rule destroyed in a year; nothing says whose."""

    rule = models.CharField("règle", max_length=80)
    year = models.PositiveSmallIntegerField("année")
    category = models.CharField("catégorie", max_length=80, blank=True)
    count = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "bilan de destruction"
        verbose_name_plural = "bilans de destruction"
        ordering = ["-year", "rule", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "year", "category"],
                name="accounts_one_aggregate_a_year",
            )
        ]

    def __str__(self):
        return f"{self.rule} {self.year}"


class ConsistencyRun(models.Model):
    """What one nightly check found: sentences with numbers, never names."""

    ran_at = models.DateTimeField("contrôlé le", default=timezone.now)
    findings = models.JSONField("constats", default=list)

    class Meta:
        verbose_name = "contrôle de cohérence"
        verbose_name_plural = "contrôles de cohérence"
        ordering = ["-ran_at"]

    def __str__(self):
        return f"{self.ran_at:%d/%m/%Y}"
