import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from phonenumber_field.modelfields import PhoneNumberField

from accounts import rpps
from accounts.fields import LowercaseEmailField
from territory.sorting import sort_key

from .kinds import PlacementKind


class PlacementSiteQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def in_order(self):
        return self.order_by("sort_key", "pk")

    def hosted_by(self, person, day: dt.date):
        """Those of the bodies a person acts for that day."""
        acting = person.memberships.on(day).values("organisation")
        return self.filter(organisation__in=acting)


class PlacementSite(models.Model):
    """A place where trainees are received: a practice, a health house, a ward.

    The university approves it; the Département says how one lives there.
    """

    name = models.CharField("nom", max_length=150)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placement_sites",
        verbose_name="accueilli par",
        help_text="Ses membres écrivent les offres et répondent aux étudiants.",
    )
    structure = models.ForeignKey(
        "territory.HealthStructure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placement_sites",
        verbose_name="structure de soins",
    )
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        related_name="placement_sites",
        verbose_name="commune",
    )
    address = models.CharField("adresse", max_length=200, blank=True)
    presentation = models.TextField(
        "présentation",
        max_length=3000,
        blank=True,
        help_text="L'équipe, les patients, la vie autour.",
    )
    faculty = models.CharField(
        "faculté la plus proche",
        max_length=100,
        blank=True,
        help_text="« Bordeaux », « Montpellier-Nîmes ».",
    )
    faculty_km = models.PositiveSmallIntegerField(
        "distance à la faculté, en km", null=True, blank=True
    )
    faculty_minutes = models.PositiveSmallIntegerField(
        "temps jusqu'à la faculté, en minutes", null=True, blank=True
    )
    transport = models.CharField(
        "venir sans voiture",
        max_length=200,
        blank=True,
        help_text="« Gare à 10 minutes à pied, six trains par jour ».",
    )
    is_active = models.BooleanField("reçoit des étudiants", default=True)

    objects = PlacementSiteQuerySet.as_manager()

    class Meta:
        verbose_name = "terrain de stage"
        verbose_name_plural = "terrains de stage"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "commune"],
                name="internships_one_site_of_a_name",
                violation_error_message="Ce terrain existe déjà dans cette commune.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="internships_site_of_a_host")
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("internships:site-detail", args=[self.pk])


class SupervisorQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Supervisor(models.Model):
    """A maître de stage des universités: public data of the RPPS, and no more.

    How to reach one is written only with their consent, and shown only then.
    """

    last_name = models.CharField("nom", max_length=100)
    first_name = models.CharField("prénom", max_length=100)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    rpps = models.CharField("numéro RPPS", max_length=11, blank=True)
    sites = models.ManyToManyField(
        PlacementSite, related_name="supervisors", verbose_name="terrains"
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=PlacementKind),
        verbose_name="agréments",
        default=list,
        help_text="Les stages pour lesquels la faculté l'a agréé ou agréée.",
    )
    capacity = models.PositiveSmallIntegerField(
        "étudiants par semestre",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    teaching_days = models.CharField("jours d'accueil", max_length=100, blank=True)
    languages = models.CharField("langues parlées", max_length=100, blank=True)
    shows_contact = models.BooleanField(
        "accepte que ses coordonnées soient données aux étudiants", default=False
    )
    email = LowercaseEmailField("courriel", blank=True)
    phone = PhoneNumberField("téléphone", blank=True)
    is_active = models.BooleanField("reçoit des étudiants", default=True)

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        verbose_name = "maître de stage"
        verbose_name_plural = "maîtres de stage"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["rpps"],
                condition=~Q(rpps=""),
                name="internships_one_supervisor_an_rpps",
                violation_error_message="Ce numéro RPPS est déjà celui d'un autre.",
            ),
            models.CheckConstraint(
                condition=Q(rpps="") | Q(rpps__regex=r"^[0-9]{11}$"),
                name="internships_rpps_has_eleven_digits",
                violation_error_message="Un numéro RPPS compte onze chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(shows_contact=True) | Q(email="", phone=""),
                name="internships_supervisor_contact_by_consent",
                violation_error_message=(
                    "Sans son accord, ses coordonnées ne s'enregistrent pas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, 6)),
                name="internships_supervisor_capacity_is_plausible",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    def save(self, **kwargs):
        self.sort_key = sort_key(f"{self.last_name} {self.first_name}")
        super().save(**kwargs)

    def clean(self):
        if self.rpps and not rpps.is_valid(self.rpps):
            raise ValidationError({"rpps": rpps.REFUSAL})

    @property
    def level_names(self) -> list[str]:
        known = dict(PlacementKind.choices)
        return [str(known[level]) for level in self.levels if level in known]
