"""What a Département voted: schemes, and the versions of their rules."""

import datetime as dt
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bursaries.choices import (
    LegalBasis,
    Mode,
    Moment,
    Profession,
    RepeatedYear,
    Rhythm,
    StudyLevel,
    Unit,
    ZoneReference,
)
from bursaries.repayment import Formula
from casework.days import said

# R-11, article L. 1511-8, II CGCT.
LEAST_MONTHS = 60
FROZEN = (
    "Cette version est publiée : elle ne change plus. Un nouveau vote est une nouvelle "
    "version."
)


# Addresses beside those of the schemes.
TAKEN = {"demande", "conventions", "compte", "transparence"}


def is_free_address(slug: str) -> None:
    if slug in TAKEN:
        raise ValidationError("Cette adresse est déjà celle d'une autre page.")


class Scheme(models.Model):
    """One bursary of the Département, whatever the versions of its rules."""

    name = models.CharField("nom", max_length=120)
    slug = models.SlugField(
        "adresse de la page", max_length=60, unique=True, validators=[is_free_address]
    )
    summary = models.TextField(
        "en une phrase",
        max_length=400,
        help_text="Pour qui, combien, contre quoi : sous le titre de la page.",
    )
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "bourse"
        verbose_name_plural = "bourses"
        ordering = ["rank", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("bursaries:scheme-detail", args=[self.slug])


class SchemeVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def drafts(self):
        return self.filter(published_at=None)

    def on(self, day: dt.date):
        """Those under which one may apply that day."""
        return self.published().filter(valid__contains=day)

    def with_rules(self):
        return self.select_related("scheme").prefetch_related(
            "amounts", "steps", "documents"
        )


class SchemeVersion(models.Model):
    """The rules of a scheme as one vote made them.

    Frozen once published, by the database: whoever applied or signed under it keeps
    it. Months, days a week and percentages are what a student reads.
    """

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="versions", verbose_name="bourse"
    )
    number = models.PositiveSmallIntegerField("version", default=1)
    # Days on which one may apply; no end until the next version, or a withdrawal.
    valid = DateRangeField("demandes ouvertes", null=True, blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="publiée par",
    )

    legal_basis = models.CharField(
        "base légale", max_length=10, choices=LegalBasis, default=LegalBasis.STUDIES
    )
    deliberation = models.CharField(
        "délibération", max_length=60, blank=True, help_text="Son numéro."
    )
    deliberated_on = models.DateField("votée le", null=True, blank=True)
    # What was read somewhere and not checked with whoever voted it.
    is_example = models.BooleanField(
        "exemple à vérifier",
        default=False,
        help_text="La page publique le dit.",
    )
    source = models.CharField("source", max_length=200, blank=True)

    professions = ArrayField(
        models.CharField(max_length=20, choices=Profession),
        verbose_name="études",
        default=list,
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=StudyLevel),
        verbose_name="années d'études",
        default=list,
    )
    places_a_year = models.PositiveSmallIntegerField(
        "bourses par an", null=True, blank=True, help_text="Vide : pas de nombre fixé."
    )
    asks_eu = models.BooleanField(
        "inscription dans l'Union européenne",
        default=True,
        help_text="Faculté de l'Union européenne ou de l'Espace économique européen.",
    )

    unit = models.CharField(
        "les montants sont", max_length=5, choices=Unit, default=Unit.MONTH
    )
    rhythm = models.CharField(
        "versés", max_length=10, choices=Rhythm, default=Rhythm.MONTHLY
    )
    max_months = models.PositiveSmallIntegerField(
        "mois payés au plus", validators=[MinValueValidator(1), MaxValueValidator(144)]
    )
    max_total = models.DecimalField(
        "total au plus, en euros",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )

    commitment_months = models.PositiveSmallIntegerField(
        "engagement, en mois d'exercice",
        default=LEAST_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    window_months = models.PositiveSmallIntegerField(
        "mois pour s'installer après le diplôme",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    days_a_week = models.DecimalField(
        "jours d'exercice par semaine",
        max_digits=2,
        decimal_places=1,
        default=Decimal("4"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("6"))],
    )
    modes = ArrayField(
        models.CharField(max_length=10, choices=Mode),
        verbose_name="modes d'exercice",
        default=list,
    )
    zones = ArrayField(
        models.CharField(max_length=30),
        verbose_name="zones",
        default=list,
        blank=True,
        help_text="Codes du zonage de la profession : ZIP, ZAC… Vide : partout dans "
        "le département.",
    )
    zone_reference = models.CharField(
        "zonage qui compte",
        max_length=10,
        choices=ZoneReference,
        default=ZoneReference.SIGNATURE,
    )

    repeated_year = models.CharField(
        "année redoublée",
        max_length=10,
        choices=RepeatedYear,
        default=RepeatedYear.UNPAID,
    )
    max_repeated_years = models.PositiveSmallIntegerField(
        "années redoublées au plus", default=1, validators=[MaxValueValidator(4)]
    )
    pauses_payments = models.BooleanField(
        "les versements s'arrêtent pendant une suspension", default=True
    )
    pauses_service = models.BooleanField(
        "l'engagement est prolongé des jours de suspension", default=True
    )
    enrolment_month = models.PositiveSmallIntegerField(
        "certificat de scolarité avant, mois",
        default=11,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    enrolment_day = models.PositiveSmallIntegerField(
        "certificat de scolarité avant, jour",
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )

    formula = models.CharField(
        "remboursement", max_length=20, choices=Formula, default=Formula.PRORATA_TIME
    )
    penalty_fixed = models.DecimalField(
        "pénalité fixe, en euros", max_digits=8, decimal_places=2, default=Decimal("0")
    )
    penalty_monthly = models.DecimalField(
        "pénalité par mois depuis la signature, en euros",
        max_digits=8,
        decimal_places=2,
        default=Decimal("0"),
    )
    penalty_least = models.DecimalField(
        "pénalité au moins, en euros",
        max_digits=8,
        decimal_places=2,
        default=Decimal("0"),
    )
    bears_interest = models.BooleanField(
        "intérêts au taux légal depuis la mise en demeure", default=False
    )
    notice_days = models.PositiveSmallIntegerField(
        "délai de la mise en demeure, en jours",
        default=30,
        validators=[MinValueValidator(8), MaxValueValidator(180)],
    )
    max_instalments = models.PositiveSmallIntegerField(
        "mensualités de remboursement au plus",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    calendar = models.TextField(
        "calendrier",
        max_length=1000,
        blank=True,
        help_text="Quand demander, quand l'assemblée se réunit, quand l'argent arrive.",
    )

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version d'une bourse"
        verbose_name_plural = "versions des bourses"
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="bursaries_one_version_a_number"
            ),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(published_at=None),
                name="bursaries_one_draft_a_scheme",
                violation_error_message="Une version de cette bourse est déjà en "
                "préparation.",
            ),
            ExclusionConstraint(
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                name="bursaries_one_version_at_a_time",
                violation_error_message="Une autre version est en vigueur ces jours.",
            ),
            # R-11, article L. 1511-8, II CGCT.
            models.CheckConstraint(
                condition=~Q(legal_basis="studies")
                | Q(commitment_months__gte=LEAST_MONTHS),
                name="bursaries_five_years_of_service",
                violation_error_message="L'indemnité d'étude demande au moins cinq ans "
                "d'exercice : 60 mois (article L. 1511-8, II du CGCT). Pour une durée "
                "plus courte, changez la base légale.",
            ),
            #
            models.CheckConstraint(
                condition=~Q(legal_basis="studies")
                | Q(professions__contained_by=["medicine", "dentistry"]),
                name="bursaries_medicine_or_dentistry",
                violation_error_message="L'indemnité d'étude est réservée à la "
                "médecine et à l'odontologie (article L. 1511-8, II du CGCT). Pour "
                "d'autres études, changez la base légale.",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None, valid=None)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    valid__startswith__isnull=False,
                    professions__len__gte=1,
                    levels__len__gte=1,
                    modes__len__gte=1,
                ),
                name="bursaries_published_version_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(is_example=True)
                | (~Q(deliberation="") & Q(deliberated_on__isnull=False)),
                name="bursaries_published_version_was_voted",
            ),
            models.CheckConstraint(
                condition=Q(
                    penalty_fixed__gte=0, penalty_monthly__gte=0, penalty_least__gte=0
                ),
                name="bursaries_penalty_is_not_negative",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_version_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # Only the days on which one may apply still move.
                func="""
                    IF OLD.published_at IS NOT NULL AND
                        to_jsonb(NEW) - 'valid' <> to_jsonb(OLD) - 'valid'
                    THEN
                        RAISE EXCEPTION 'a published version is frozen';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="published_version_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"{self.scheme}, version {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def opens_on(self) -> dt.date | None:
        return self.valid.lower if self.valid else None

    @property
    def closed_on(self) -> dt.date | None:
        """The first day on which nobody applies under it any more."""
        return self.valid.upper if self.valid else None

    def is_open_on(self, day: dt.date) -> bool:
        return bool(self.valid) and day in self.valid

    @property
    def monthly_amounts(self) -> list[Decimal]:
        """Euros a month, year of bursary after year; the last one goes on."""
        share = 1 if self.unit == Unit.MONTH else 12
        return [row.amount / share for row in self.amounts.all()]

    def monthly_amount(self, year: int) -> Decimal:
        """Euros a month in the n-th year of the bursary, from 1."""
        amounts = self.monthly_amounts
        return amounts[min(year, len(amounts)) - 1] if amounts else Decimal("0")

    def total_for(self, months: int) -> Decimal:
        """What so many months of the bursary come to, as this version limits them."""
        months = min(months, self.max_months)
        whole = sum(
            (self.monthly_amount(month // 12 + 1) for month in range(months)),
            Decimal("0"),
        ).quantize(Decimal("0.01"))
        return min(whole, self.max_total) if self.max_total else whole

    def require_draft(self) -> None:
        if self.is_published:
            raise ValidationError(FROZEN)

    def publish(self, *, opens_on: dt.date, by) -> None:
        """From that day one applies under these rules, which no longer change."""
        self.require_draft()
        if not self.amounts.exists():
            raise ValidationError("Indiquez au moins un montant.")
        if self.formula == Formula.YEAR_STEPS and not self.steps.exists():
            raise ValidationError("Indiquez les paliers du remboursement.")
        if not (self.is_example or (self.deliberation and self.deliberated_on)):
            raise ValidationError("Indiquez la délibération et le jour du vote.")
        for field, sentence in (
            (self.professions, "Choisissez les études que cette bourse concerne."),
            (self.levels, "Choisissez les années d'études que cette bourse concerne."),
            (self.modes, "Choisissez au moins un mode d'exercice."),
        ):
            if not field:
                raise ValidationError(sentence)
        self.valid = DateRange(opens_on, None)
        self.published_at, self.published_by = timezone.now(), by
        self.validate_constraints()
        self.save(update_fields=["valid", "published_at", "published_by"])

    publish.alters_data = True

    def close(self, on: dt.date) -> None:
        """Nobody applies under it from that day; what was signed goes on."""
        if not self.is_published:
            raise ValidationError("Cette version n'est pas publiée.")
        if on <= self.opens_on:
            raise ValidationError(
                f"Elle ouvre le {said(self.opens_on)} : fermez-la un jour plus tard."
            )
        if self.closed_on and self.closed_on <= on:
            return
        self.valid = DateRange(self.opens_on, on)
        self.save(update_fields=["valid"])

    close.alters_data = True


_OF_A_DRAFT = """
    IF EXISTS (
        SELECT 1 FROM bursaries_schemeversion
        WHERE id = COALESCE(NEW.version_id, OLD.version_id)
        AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published version is frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def frozen_with_version(name: str) -> pgtrigger.Trigger:
    """Rows of a version are written while it is a draft, and never after."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_OF_A_DRAFT,
    )


class SchemeAmount(models.Model):
    """What is given in one year of the bursary; the last one goes on."""

    version = models.ForeignKey(
        SchemeVersion, models.CASCADE, related_name="amounts", verbose_name="version"
    )
    year = models.PositiveSmallIntegerField(
        "année de bourse",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    amount = models.DecimalField(
        "montant, en euros",
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("1"))],
    )

    class Meta:
        verbose_name = "montant d'une bourse"
        verbose_name_plural = "montants d'une bourse"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "year"],
                name="bursaries_one_amount_a_year",
                violation_error_message="Cette année a déjà son montant.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="bursaries_amount_is_positive"
            ),
        ]
        triggers = [frozen_with_version("amount_frozen_with_version")]

    def __str__(self):
        return f"année {self.year} : {self.amount} €"


class RepaymentStep(models.Model):
    """Below so many months of service, this share is paid back."""

    version = models.ForeignKey(
        SchemeVersion, models.CASCADE, related_name="steps", verbose_name="version"
    )
    below_months = models.PositiveSmallIntegerField("avant, en mois d'exercice")
    percent = models.DecimalField(
        "à rembourser, en pour cent",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = "palier de remboursement"
        verbose_name_plural = "paliers de remboursement"
        ordering = ["below_months"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "below_months"], name="bursaries_one_step_a_bound"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="bursaries_step_is_a_share",
            ),
        ]
        triggers = [frozen_with_version("step_frozen_with_version")]

    def __str__(self):
        return f"avant {self.below_months} mois : {self.percent} %"


class SchemeDocument(models.Model):
    """A document that a scheme asks for, and when."""

    version = models.ForeignKey(
        SchemeVersion, models.CASCADE, related_name="documents", verbose_name="version"
    )
    code = models.SlugField("code", max_length=30)
    label = models.CharField("document", max_length=150)
    moment = models.CharField(
        "demandé", max_length=12, choices=Moment, default=Moment.APPLICATION
    )
    is_required = models.BooleanField("obligatoire", default=True)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "document demandé"
        verbose_name_plural = "documents demandés"
        ordering = ["moment", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code", "moment"],
                name="bursaries_one_document_a_code",
            ),
        ]
        triggers = [frozen_with_version("document_frozen_with_version")]

    def __str__(self):
        return self.label
