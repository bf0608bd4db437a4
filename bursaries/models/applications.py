"""The application of a student for a bursary."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from bursaries.choices import Cesp, Profession, StudyLevel
from bursaries.models.application_states import (
    OPEN,
    TRANSITIONS,
    WHERE,
    ApplicationState,
)
from casework.models import (
    MoneyRequest,
    MoneyRequestQuerySet,
    money_request_constraints,
)
from documents.models import Piece


class BursaryApplicationQuerySet(MoneyRequestQuerySet):
    def with_list_data(self):
        return self.select_related("person", "version__scheme", "examiner__person")


class BursaryApplication(MoneyRequest):
    """What a student asks under one version of a scheme, and how it is answered."""

    State = ApplicationState
    TRANSITIONS = TRANSITIONS
    OPEN = OPEN
    WHERE = WHERE

    state = models.CharField(
        "état",
        max_length=12,
        choices=ApplicationState,
        default=ApplicationState.DRAFT,
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="bursary_applications",
        verbose_name="personne",
    )
    version = models.ForeignKey(
        "bursaries.SchemeVersion",
        models.PROTECT,
        related_name="applications",
        verbose_name="bourse demandée",
    )

    profession = models.CharField(
        "études", max_length=20, choices=Profession, blank=True
    )
    level = models.CharField(
        "année d'études", max_length=20, choices=StudyLevel, blank=True
    )
    faculty = models.CharField("faculté", max_length=120, blank=True)
    is_enrolled = models.BooleanField("inscription cette année", default=False)
    is_in_eu = models.BooleanField("faculté dans l'Union européenne", default=False)
    may_practise = models.BooleanField(
        "diplôme qui permet d'exercer en France", default=False
    )
    diploma_on = models.DateField("diplôme prévu le", null=True, blank=True)
    cesp = models.CharField(
        "contrat d'engagement de service public",
        max_length=10,
        choices=Cesp,
        default=Cesp.NEVER,
    )
    has_other_commitment = models.BooleanField("autre engagement", default=False)
    # What other bodies give for the same months, as it was declared.
    others_from = models.CharField("autres aides, de qui", max_length=200, blank=True)
    others_monthly = models.DecimalField(
        "autres aides, par mois",
        max_digits=7,
        decimal_places=2,
        default=Decimal("0"),
        validators=[MinValueValidator(Decimal("0"))],
    )
    # The first day of the first month asked for.
    starts_on = models.DateField("premier mois", null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        "mois demandés",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(144)],
    )
    project = models.TextField("projet professionnel", max_length=4000, blank=True)

    # What the vote gave.
    months_granted = models.PositiveSmallIntegerField(
        "mois accordés", null=True, blank=True
    )

    objects = BursaryApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de bourse"
        verbose_name_plural = "demandes de bourse"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            *money_request_constraints(
                "bursaries",
                "application",
                on_clock=["submitted", "complete", "to_vote"],
                complete=["complete", "to_vote", "granted"],
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(
                    state__in=["submitted", "incomplete", "complete", "to_vote"]
                ),
                name="bursaries_one_open_application_a_person",
                violation_error_message="Une demande de bourse est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    ~Q(profession="")
                    & ~Q(level="")
                    & Q(
                        starts_on__isnull=False,
                        months__isnull=False,
                        diploma_on__isnull=False,
                    )
                ),
                name="bursaries_filed_application_says_what",
            ),
            # R-14, article R. 631-24 of the education code.
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(cesp="since"),
                name="bursaries_no_bursary_beside_cesp",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (~Q(attestation="") & Q(attested_at__isnull=False)),
                name="bursaries_filed_application_is_attested",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__day=1),
                name="bursaries_application_starts_with_a_month",
            ),
            models.CheckConstraint(
                condition=Q(others_monthly__gte=0),
                name="bursaries_other_grants_are_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted")
                | Q(
                    decided_at__isnull=False,
                    months_granted__isnull=False,
                    months_granted__gte=1,
                    months_granted__lte=F("months"),
                ),
                name="bursaries_granted_application_says_how_long",
            ),
        ]
        indexes = [
            models.Index(
                fields=["implicit_refusal_on"],
                condition=Q(state__in=["submitted", "complete", "to_vote"]),
                name="bursaries_application_clock",
            ),
        ]

    def __str__(self):
        return self.reference or "Brouillon de demande de bourse"

    def get_absolute_url(self):
        return reverse("bursaries:application-detail", args=[self.reference])

    @property
    def scheme(self):
        return self.version.scheme

    def put_to_vote(self) -> None:
        """On the agenda of a session."""
        self.require("put_to_vote")
        self._move("put_to_vote")

    def take_back(self) -> None:
        """Adjourned, or taken off the agenda: it waits for another session."""
        self.require("take_back")
        self._move("take_back")

    def grant(self, months: int, text: str, *, at: dt.datetime) -> None:
        """The commission voted it: so many months, from the month asked for."""
        self.require("grant")
        self.months_granted, self.decision_text = months, text.strip()
        self.decided_at = at
        self._move("grant", "months_granted", "decision_text", "decided_at")

    def forget(self) -> None:
        """Empty what tells who asked; what was asked stays, for the counts."""
        self.empty("faculty", "others_from", "project")

    for transition in (put_to_vote, take_back, grant, forget):
        transition.alters_data = True
    del transition


class ApplicationPiece(Piece):
    """One document of an application, from the list of its scheme."""

    request = models.ForeignKey(
        BursaryApplication,
        models.CASCADE,
        related_name="pieces",
        verbose_name="demande",
    )

    class Meta(Piece.Meta):
        verbose_name = "pièce d'une demande de bourse"
        verbose_name_plural = "pièces des demandes de bourse"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "code"],
                name="bursaries_one_application_piece_a_code",
            ),
            models.CheckConstraint(
                condition=Q(state="awaited")
                | Q(document__isnull=False, received_on__isnull=False),
                name="bursaries_received_piece_has_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(note=""),
                name="bursaries_rejected_piece_says_why",
            ),
        ]
