"""The catalogue of aids, and what the finder answered to somebody."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from installation import eligibility
from installation.aid_choices import (
    Mode,
    Place,
    Plan,
    Practice,
    Sector,
    TenYears,
)
from territory.models import Zoning

# what is said of an aid is read again at least every six months.
REVIEW_DAYS = 184


def _among(choices, label: str, help_text: str = "Rien de coché : tous."):
    return ArrayField(
        models.CharField(max_length=15, choices=choices),
        verbose_name=label,
        default=list,
        blank=True,
        help_text=help_text,
    )


class AidProgrammeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_published=True)

    def on(self, day: dt.date):
        """Those whose rule is in force that day."""
        return self.filter(valid__contains=day)

    def with_conditions(self):
        """All that the finder reads, in a fixed number of queries."""
        return self.select_related("funder").prefetch_related("zones", "excludes")

    def to_review(self, day: dt.date):
        return self.published().filter(review_on__lt=day)


class AidProgramme(models.Model):
    """One aid somebody may ask for: who grants it, how much, on which conditions."""

    class Nature(models.TextChoices):
        INSURANCE = "insurance", "Assurance maladie"
        LOCAL = "local", "Collectivités"
        TAX = "tax", "Impôts et cotisations"
        STATE = "state", "État et ARS"
        LOAN = "loan", "Prêts"

    class Intake(models.TextChoices):
        OPEN = "open", "ouverte"
        CLOSED = "closed", "fermée aux nouvelles demandes"
        UNSURE = "unsure", "à vérifier"

    name = models.CharField("nom", max_length=150)
    slug = models.SlugField("adresse de la page", max_length=80, unique=True)
    nature = models.CharField("famille", max_length=12, choices=Nature)
    funder = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme qui l'accorde",
    )
    funder_name = models.CharField(
        "qui l'accorde",
        max_length=150,
        blank=True,
        help_text="Quand l'organisme n'est pas dans l'annuaire.",
    )
    summary = models.TextField("en deux phrases", max_length=600)
    amount_text = models.CharField("montant, en mots", max_length=200)
    amount = models.DecimalField(
        "montant",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="S'il ne dépend pas de la zone.",
    )

    professions = _among(Practice, "professions", "Rien de coché : toutes.")
    modes = _among(Mode, "modes d'exercice")
    plans = _among(Plan, "projets")
    structures = _among(Place, "lieux d'exercice")
    sectors = _among(Sector, "secteurs conventionnels (médecins)")
    first_settlement_only = models.BooleanField(
        "première installation libérale seulement", default=False
    )
    min_days_a_week = models.PositiveSmallIntegerField(
        "jours par semaine, au moins", null=True, blank=True
    )
    employees_below = models.PositiveSmallIntegerField(
        "moins de … salariés", null=True, blank=True
    )
    ten_years = models.CharField(
        "règle des dix ans",
        max_length=10,
        choices=TenYears,
        blank=True,
        default=TenYears.NONE,
    )
    excludes = models.ManyToManyField(
        "self", verbose_name="ne se cumule pas avec", symmetrical=True, blank=True
    )
    other_conditions = models.TextField(
        "autres conditions",
        max_length=2000,
        blank=True,
        help_text="Une par ligne. Le portail ne les vérifie pas : il les rappelle, et "
        "répond « probable » au lieu de « oui ».",
    )

    intake = models.CharField(
        "nouvelles demandes", max_length=10, choices=Intake, default=Intake.OPEN
    )
    intake_note = models.CharField(
        "précision",
        max_length=300,
        blank=True,
        help_text="Ce que deviennent les contrats en cours, ou ce qui reste à savoir.",
    )
    closed_on = models.DateField(
        "fermée à partir du",
        null=True,
        blank=True,
        help_text="Le premier jour où l'on ne peut plus la demander.",
    )
    valid = DateRangeField(
        "règle en vigueur",
        help_text="Du premier jour au jour de fin, celui-ci non compris.",
    )
    legal_reference = models.CharField("texte", max_length=300, blank=True)
    source = models.CharField("source", max_length=200)
    source_url = models.URLField("adresse de la source", blank=True)
    contact = models.CharField(
        "à qui demander",
        max_length=300,
        help_text="L'organisme, son service, son téléphone ou son site.",
    )
    advice = models.TextField("à savoir avant de demander", max_length=1000, blank=True)
    is_requested_here = models.BooleanField(
        "se demande sur ce site",
        default=False,
        help_text="L'aide à l'installation du Département.",
    )

    is_verified = models.BooleanField(
        "lue dans une source sûre",
        default=False,
        help_text="Sinon la page dit « à vérifier ».",
    )
    checked_on = models.DateField("vérifiée le", default=timezone.localdate)
    review_on = models.DateField(
        "à relire avant le", help_text="Six mois au plus après la vérification."
    )
    review_owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="responsable de la fiche",
    )
    is_published = models.BooleanField("publiée", default=True)
    rank = models.PositiveSmallIntegerField("ordre", default=100)

    objects = AidProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "aide"
        verbose_name_plural = "aides"
        ordering = ["rank", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gte=F("checked_on"))
                & Q(review_on__lte=F("checked_on") + dt.timedelta(days=REVIEW_DAYS)),
                name="installation_aid_is_reviewed_within_six_months",
                violation_error_message=(
                    "Une fiche se relit au plus tard six mois après sa vérification."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(intake="closed") | Q(closed_on__isnull=False),
                name="installation_closed_aid_says_since_when",
                violation_error_message="Dites depuis quel jour elle est fermée.",
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="installation_aid_has_a_first_day",
                violation_error_message="Indiquez le premier jour de la règle.",
            ),
            models.CheckConstraint(
                condition=Q(funder__isnull=False) | ~Q(funder_name=""),
                name="installation_aid_says_who_grants",
                violation_error_message="Dites qui accorde cette aide.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("installation:aid-programme", args=[self.slug])

    def clean(self):
        if self.slug in {"demande", "joindre"}:
            raise ValidationError({"slug": "Cette adresse est déjà prise."})

    @property
    def granted_by(self) -> str:
        return self.funder.name if self.funder else self.funder_name

    @property
    def other_condition_lines(self) -> list[str]:
        lines = (line.strip(" -•\t") for line in self.other_conditions.splitlines())
        return [line for line in lines if line]

    def is_overdue(self, day: dt.date) -> bool:
        """Past its review date: what the page says may have changed (R-70)."""
        return self.review_on < day

    def is_to_verify(self, day: dt.date) -> bool:
        unsure = self.intake == self.Intake.UNSURE
        return unsure or not self.is_verified or self.is_overdue(day)

    @property
    def conditions(self) -> eligibility.Conditions:
        """The row as the rules read it."""
        return eligibility.Conditions(
            professions=tuple(self.professions),
            modes=tuple(self.modes),
            plans=tuple(self.plans),
            structures=tuple(self.structures),
            sectors=tuple(self.sectors),
            first_settlement_only=self.first_settlement_only,
            min_days_a_week=self.min_days_a_week,
            employees_below=self.employees_below,
            zones=tuple(zone.rule for zone in self.zones.all()),
            ten_years=self.ten_years,
            excludes={other.slug: other.name for other in self.excludes.all()},
            others=tuple(self.other_condition_lines),
            closed_on=self.closed_on if self.intake == self.Intake.CLOSED else None,
            is_unsure=self.intake == self.Intake.UNSURE,
            intake_note=self.intake_note,
            is_verified=self.is_verified,
            review_on=self.review_on,
            contact=self.contact,
            amount=self.amount,
            amount_text=self.amount_text,
        )


class AidZone(models.Model):
    """Zones in which an aid is paid, and how much it is there."""

    programme = models.ForeignKey(
        AidProgramme, models.CASCADE, related_name="zones", verbose_name="aide"
    )
    zoning_kind = models.CharField("zonage", max_length=20, choices=Zoning.Kind)
    codes = ArrayField(
        models.CharField(max_length=40),
        verbose_name="catégories",
        help_text="Séparées par des virgules : ZIP, QPV_ZIP.",
    )
    amount = models.DecimalField(
        "montant", max_digits=9, decimal_places=2, null=True, blank=True
    )
    amount_text = models.CharField("montant, en mots", max_length=200, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "zone d'une aide"
        verbose_name_plural = "zones et montants"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(codes=[]),
                name="installation_aid_zone_names_a_category",
                violation_error_message="Nommez au moins une catégorie.",
            ),
        ]

    def __str__(self):
        return f"{self.get_zoning_kind_display()} : {', '.join(self.codes)}"

    @property
    def rule(self) -> eligibility.ZoneRule:
        return eligibility.ZoneRule(
            kind=self.zoning_kind,
            codes=tuple(self.codes),
            amount=self.amount,
            amount_text=self.amount_text,
        )


class AidReview(models.Model):
    """What the finder answered one day, kept in a dossier as it was read."""

    dossier = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="aid_reviews",
        verbose_name="dossier",
    )
    commune = models.ForeignKey(
        "territory.Commune", models.PROTECT, related_name="+", verbose_name="commune"
    )
    # Each as the page showed it: (label, value), (aid, verdict, reasons), (zoning).
    answers = models.JSONField("réponses")
    results = models.JSONField("résultats")
    zonings = models.JSONField("zonages")
    query = models.TextField("recherche", blank=True, editable=False)
    created_at = models.DateTimeField("faite le", default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="faite par",
    )

    objects = models.Manager()

    class Meta:
        verbose_name = "recherche d'aides"
        verbose_name_plural = "recherches d'aides"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"Aides à {self.commune}, le {self.created_at:%d/%m/%Y}"
