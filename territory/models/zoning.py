from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from .places import Commune


class ZoningQuerySet(models.QuerySet):
    def on(self, day):
        """The versions in force that day."""
        return self.filter(valid__contains=day)


class Zoning(models.Model):
    """One version of one official map of zones, in force for a period."""

    class Kind(models.TextChoices):
        ARS_DOCTORS = "ars_doctors", "zonage ARS médecins"
        ARS_DENTISTS = "ars_dentists", "zonage ARS chirurgiens-dentistes"
        ARS_NURSES = "ars_nurses", "zonage ARS infirmiers"
        ARS_PHYSIOS = "ars_physios", "zonage ARS kinésithérapeutes"
        ARS_MIDWIVES = "ars_midwives", "zonage ARS sages-femmes"
        ARS_SPEECH_THERAPISTS = "ars_speech", "zonage ARS orthophonistes"
        FRR = "frr", "France Ruralités Revitalisation"

    kind = models.CharField("zonage", max_length=20, choices=Kind)
    version = models.CharField("version", max_length=60)
    legal_reference = models.CharField(
        "référence juridique",
        max_length=300,
        help_text="L'arrêté, son numéro et sa date.",
    )
    region_code = models.CharField(
        "code de la région",
        max_length=3,
        blank=True,
        help_text="Celle dont l'ARS a pris l'arrêté ; vide pour un zonage national.",
    )
    valid = DateRangeField(
        "en vigueur",
        help_text="Du premier jour au jour de fin, celui-ci non compris.",
    )

    objects = ZoningQuerySet.as_manager()

    class Meta:
        verbose_name = "zonage"
        ordering = ["kind", "region_code", "-valid"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("region_code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                name="territory_one_zoning_at_a_time",
                violation_error_message=(
                    "Une autre version de ce zonage est en vigueur dans cette "
                    "période : fermez-la la veille."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="frr", region_code="")
                | (~Q(kind="frr") & ~Q(region_code="")),
                name="territory_national_zoning_has_no_region",
                violation_error_message=(
                    "Un zonage ARS porte le code de sa région ; le zonage FRR, "
                    "national, n'en porte pas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="territory_zoning_has_a_first_day",
                violation_error_message="Indiquez le premier jour du zonage.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.version}"


class ZoneAssignmentQuerySet(models.QuerySet):
    def on(self, day):
        """The zones in force that day."""
        return self.filter(zoning__valid__contains=day)

    def of_kind(self, kind):
        return self.filter(zoning__kind=kind)


class ZoneAssignment(models.Model):
    """The zone one commune falls in under one version of a zoning."""

    zoning = models.ForeignKey(
        Zoning, models.CASCADE, related_name="assignments", verbose_name="zonage"
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="zones", verbose_name="commune"
    )
    category_code = models.CharField("code de la zone", max_length=30)
    category_label = models.CharField("zone", max_length=120)

    objects = ZoneAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "classement d'une commune"
        verbose_name_plural = "classements des communes"
        ordering = ["zoning", "commune__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["zoning", "commune"],
                name="territory_one_zone_a_commune",
                violation_error_message="Cette commune est déjà classée.",
            ),
        ]

    def __str__(self):
        return f"{self.commune} : {self.category_label}"
