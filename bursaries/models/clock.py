"""The facts that tell where an agreement stands: papers, suspensions, practice."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone

from bursaries.choices import Mode, ProofKind, SuspensionReason
from bursaries.spans import Span


def span_of(period) -> Span:
    """A stored period as the rules read it."""
    return Span(period.lower, period.upper or dt.date.max)


class ProofQuerySet(models.QuerySet):
    def to_check(self):
        """Sent by the person, and nobody said yet whether it will do."""
        return self.filter(checked_at=None)

    def accepted(self):
        return self.filter(is_accepted=True)


class Proof(models.Model):
    """One paper a person sent for their agreement, and what the desk said of it.

    `year` is the academic year of an enrolment, by the year it begins in.
    """

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.CASCADE,
        related_name="proofs",
        verbose_name="convention",
    )
    kind = models.CharField("document", max_length=12, choices=ProofKind)
    year = models.PositiveSmallIntegerField(
        "année universitaire",
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        related_name="+",
        verbose_name="fichier",
    )
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)
    is_accepted = models.BooleanField("accepté", null=True, blank=True)
    note = models.CharField("ce qui ne va pas", max_length=300, blank=True)
    # Said by the desk of an accepted enrolment.
    is_repeated = models.BooleanField("année redoublée", default=False)
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vérifié par",
    )

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = "justificatif d'une convention"
        verbose_name_plural = "justificatifs des conventions"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, is_accepted=None)
                | Q(
                    checked_at__isnull=False,
                    checked_by__isnull=False,
                    is_accepted__isnull=False,
                ),
                name="bursaries_checked_proof_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=None) | Q(is_accepted=True) | ~Q(note=""),
                name="bursaries_rejected_proof_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="enrolment", year__isnull=False)
                | (~Q(kind="enrolment") & Q(year=None)),
                name="bursaries_enrolment_says_its_year",
            ),
            models.CheckConstraint(
                condition=Q(is_repeated=False) | Q(kind="enrolment", is_accepted=True),
                name="bursaries_only_an_enrolment_is_repeated",
            ),
            models.UniqueConstraint(
                fields=["agreement", "year"],
                condition=Q(is_accepted=True),
                name="bursaries_one_enrolment_a_year",
                violation_error_message="Le certificat de cette année est déjà "
                "accepté.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(checked_at=None),
                name="bursaries_proofs_to_check",
            ),
        ]

    def __str__(self):
        if self.year:
            return f"{self.get_kind_display()} {self.year}-{self.year + 1}"
        return self.get_kind_display()

    def check_by(self, by, *, is_accepted: bool, note="", is_repeated=False) -> None:
        if self.checked_at:
            raise ValidationError("Ce document est déjà vérifié.")
        if not is_accepted and not note.strip():
            raise ValidationError("Dites ce qui ne va pas : la personne le lit.")
        self.is_accepted, self.note = is_accepted, note.strip()
        self.is_repeated = is_repeated and self.kind == ProofKind.ENROLMENT
        self.checked_at, self.checked_by = timezone.now(), by
        self.validate_constraints()
        self.save(
            update_fields=[
                "is_accepted",
                "note",
                "is_repeated",
                "checked_at",
                "checked_by",
            ]
        )

    check_by.alters_data = True


class Suspension(models.Model):
    """Days that an officer saw to be justified; the paper was shown, never kept."""

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.CASCADE,
        related_name="suspensions",
        verbose_name="convention",
    )
    # Open-ended until the person comes back.
    period = DateRangeField("du, au", help_text="Le jour de fin n'y est pas.")
    reason = models.CharField("motif", max_length=10, choices=SuspensionReason)
    noted_at = models.DateTimeField("constatée le", default=timezone.now)
    noted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="constatée par"
    )

    class Meta:
        verbose_name = "suspension"
        verbose_name_plural = "suspensions"
        ordering = ["period"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                name="bursaries_suspensions_never_overlap",
                violation_error_message="Une autre suspension couvre déjà une partie "
                "de ces jours.",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="bursaries_suspension_has_a_first_day",
                violation_error_message="La suspension finit après son premier jour.",
            ),
        ]

    def __str__(self):
        return f"suspension, {self.get_reason_display()}"

    @property
    def span(self) -> Span:
        return span_of(self.period)

    def finish(self, on: dt.date) -> None:
        """The day they came back: the first that counts again."""
        if on <= self.period.lower:
            raise ValidationError("La reprise vient après le premier jour.")
        self.period = DateRange(self.period.lower, on)
        self.validate_constraints()
        self.save(update_fields=["period"])

    finish.alters_data = True


class PlaceOfPractice(models.Model):
    """Where a person practises in return, accepted by the desk; places add up."""

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.CASCADE,
        related_name="places",
        verbose_name="convention",
    )
    period = DateRangeField("exerce du, au", help_text="Le jour de fin n'y est pas.")
    commune = models.ForeignKey(
        "territory.Commune", models.PROTECT, related_name="+", verbose_name="commune"
    )
    name = models.CharField("lieu", max_length=150, blank=True)
    mode = models.CharField("mode d'exercice", max_length=10, choices=Mode)
    days_a_week = models.DecimalField(
        "jours par semaine",
        max_digits=2,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("6"))],
    )
    # The zone that counted, and the zoning it was read in.
    zone = models.CharField("zone", max_length=30, blank=True)
    zoning = models.ForeignKey(
        "territory.Zoning",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zonage",
    )
    in_spite_because = models.TextField(
        "pourquoi passer outre", max_length=1000, blank=True
    )
    accepted_at = models.DateTimeField("accepté le", default=timezone.now)
    accepted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="accepté par"
    )

    class Meta:
        verbose_name = "lieu d'exercice"
        verbose_name_plural = "lieux d'exercice"
        ordering = ["period", "pk"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("commune", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                name="bursaries_one_place_at_a_time",
                violation_error_message="Ce lieu est déjà noté pour ces jours.",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="bursaries_place_has_a_first_day",
                violation_error_message="L'exercice finit après son premier jour.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__gt=0, days_a_week__lte=7),
                name="bursaries_place_is_practised_in",
            ),
        ]

    def __str__(self):
        return f"{self.name or self.commune}, {self.get_mode_display()}"

    @property
    def span(self) -> Span:
        return span_of(self.period)

    def leave(self, on: dt.date) -> None:
        """The first day on which they no longer practise there."""
        if on <= self.period.lower:
            raise ValidationError("Le départ vient après le premier jour d'exercice.")
        self.period = DateRange(self.period.lower, on)
        self.save(update_fields=["period"])

    leave.alters_data = True


class Declaration(models.Model):
    """What a person says of their practice on an anniversary of its first day."""

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.CASCADE,
        related_name="declarations",
        verbose_name="convention",
    )
    due_on = models.DateField("attendue le")
    made_at = models.DateTimeField("faite le", default=timezone.now)
    is_unchanged = models.BooleanField("rien n'a changé")
    # What changed, in the person's words.
    text = models.TextField("ce qui a changé", max_length=1000, blank=True)

    class Meta:
        verbose_name = "déclaration annuelle d'activité"
        verbose_name_plural = "déclarations annuelles d'activité"
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "due_on"],
                name="bursaries_one_declaration_a_year",
                violation_error_message="Cette déclaration est déjà faite.",
            ),
            models.CheckConstraint(
                condition=Q(is_unchanged=True, text="")
                | (Q(is_unchanged=False) & ~Q(text="")),
                name="bursaries_declaration_says_what_changed",
            ),
        ]

    def __str__(self):
        return f"déclaration du {self.due_on:%d/%m/%Y}"
