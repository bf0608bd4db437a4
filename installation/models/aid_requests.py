"""The request for the Département's own installation aid (L. 1511-8, I CGCT)."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casework.models import (
    MoneyRequest,
    MoneyRequestQuerySet,
    money_request_constraints,
)
from installation import aid_rules
from installation.aid_choices import Mode, Practice
from installation.models.aid_moves import AidMoves
from installation.models.aid_states import (
    AID_OPEN,
    AID_TRANSITIONS,
    WHERE_AID_STANDS,
    AidState,
)


class AidRequestQuerySet(MoneyRequestQuerySet):
    def with_list_data(self):
        return self.select_related("person", "commune", "examiner__person").defer(
            "commune__contour"
        )


class AidRequest(AidMoves, MoneyRequest):
    """What somebody asks of the Département to settle, and how it is answered."""

    State = AidState
    TRANSITIONS = AID_TRANSITIONS
    OPEN = AID_OPEN
    WHERE = WHERE_AID_STANDS

    class Kind(models.TextChoices):
        INVESTMENT_OR_RUNNING_COSTS = (
            "investment",
            "prise en charge de frais d'investissement ou de fonctionnement",
        )
        PREMISES = "premises", "mise à disposition de locaux"
        DWELLING = "dwelling", "mise à disposition d'un logement"
        INSTALLATION_BONUS = "bonus", "prime d'installation"
        FLAT_PRACTICE_BONUS = "flat_bonus", "prime d'exercice forfaitaire"

    class Beneficiary(models.TextChoices):
        PROFESSIONAL = "professional", "un professionnel de santé"
        HEALTH_CENTRE = "health_centre", "le gestionnaire d'un centre de santé"

    class Opinion(models.TextChoices):
        FAVOURABLE = "favourable", "favorable"
        RESERVED = "reserved", "favorable avec réserves"
        UNFAVOURABLE = "unfavourable", "défavorable"

    state = models.CharField(
        "état", max_length=12, choices=AidState, default=AidState.DRAFT
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="aid_requests",
        verbose_name="personne",
    )
    dossier = models.ForeignKey(
        "installation.InstallationRequest",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="aid_requests",
        verbose_name="dossier d'installation",
    )

    rpps = models.CharField("numéro RPPS", max_length=11, blank=True)
    profession = models.CharField(
        "profession", max_length=12, choices=Practice, blank=True
    )
    mode = models.CharField("exercice", max_length=10, choices=Mode, blank=True)
    beneficiary = models.CharField(
        "pour",
        max_length=15,
        choices=Beneficiary,
        default=Beneficiary.PROFESSIONAL,
    )
    centre_name = models.CharField("nom du centre de santé", max_length=150, blank=True)

    kind = models.CharField("aide demandée", max_length=12, choices=Kind, blank=True)
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune d'exercice",
    )
    first_day_on = models.DateField("premier jour prévu", null=True, blank=True)
    days_a_week = models.PositiveSmallIntegerField(
        "jours par semaine",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    commitment_months = models.PositiveSmallIntegerField(
        "durée d'engagement, en mois",
        default=aid_rules.LEAST_MONTHS,
        validators=[
            MinValueValidator(
                aid_rules.LEAST_MONTHS,
                "L'engagement est de 36 mois au moins (article R. 1511-45 du CGCT).",
            ),
            MaxValueValidator(180, "Proposez quinze ans au plus."),
        ],
    )
    amount_asked = models.DecimalField(
        "montant demandé",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    budget = models.DecimalField(
        "budget du projet",
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    project = models.TextField("le projet", max_length=4000, blank=True)
    previous_on = models.DateField(
        "dernière aide locale signée le", null=True, blank=True
    )
    previous_from = models.CharField("avec", max_length=150, blank=True)
    other_aids = models.TextField("autres aides", max_length=1000, blank=True)
    de_minimis = models.DecimalField(
        "aides de minimis reçues en trois ans",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0"))],
    )
    # The version in force when it was filed stays its reference.
    zoning = models.ForeignKey(
        "territory.Zoning",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zonage de référence",
    )
    zone_code = models.CharField("code de la zone", max_length=30, blank=True)
    zone_label = models.CharField("zone", max_length=120, blank=True)

    opinion_requested_at = models.DateTimeField(
        "avis demandé le", null=True, blank=True
    )
    opinion_received_at = models.DateTimeField("avis reçu le", null=True, blank=True)
    opinion = models.CharField(
        "sens de l'avis", max_length=15, choices=Opinion, blank=True
    )
    opinion_text = models.TextField("avis de l'ARS", max_length=4000, blank=True)
    amount_granted = models.DecimalField(
        "montant proposé au vote",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    objects = AidRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d'aide à l'installation"
        verbose_name_plural = "demandes d'aide à l'installation"
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            *money_request_constraints(
                "installation",
                "aid",
                on_clock=["submitted", "complete", "ars_opinion"],
                complete=["complete", "ars_opinion", "granted"],
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    ~Q(kind="")
                    & ~Q(profession="")
                    & Q(commune__isnull=False, first_day_on__isnull=False)
                ),
                name="installation_filed_aid_says_what_and_where",
            ),
            # R-20, article R. 1511-45 CGCT.
            models.CheckConstraint(
                condition=Q(commitment_months__gte=aid_rules.LEAST_MONTHS),
                name="installation_aid_asks_three_years",
                violation_error_message=(
                    "L'engagement est de 36 mois au moins (article R. 1511-45 du CGCT)."
                ),
            ),
            # R-26, article R. 1511-44 CGCT.
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(beneficiary="health_centre")
                | (Q(kind__in=aid_rules.KINDS_FOR_CENTRES) & ~Q(centre_name="")),
                name="installation_aid_kinds_for_centres",
                violation_error_message=(
                    "Un centre de santé peut recevoir une aide à l'investissement ou "
                    "des locaux (article R. 1511-44 du CGCT)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(kind="flat_bonus")
                | Q(mode__in=["liberal", "mixed"]),
                name="installation_flat_bonus_is_liberal",
            ),
            # R-22, article D. 1511-47 CGCT.
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(beneficiary="health_centre")
                | (~Q(attestation="") & Q(attested_at__isnull=False)),
                name="installation_filed_aid_is_attested",
            ),
            # R-23, article R. 1511-46 CGCT.
            models.CheckConstraint(
                condition=~Q(state="granted")
                | Q(
                    opinion_received_at__isnull=False,
                    amount_granted__isnull=False,
                    decided_at__isnull=False,
                ),
                name="installation_aid_is_granted_after_the_opinion",
            ),
            models.CheckConstraint(
                condition=Q(opinion_received_at=None, opinion="")
                | (Q(opinion_requested_at__isnull=False) & ~Q(opinion="")),
                name="installation_opinion_answers_a_request",
            ),
        ]
        indexes = [
            models.Index(
                fields=["implicit_refusal_on"],
                condition=Q(state__in=["submitted", "complete", "ars_opinion"]),
                name="installation_aid_clock",
            ),
        ]

    def __str__(self):
        return self.reference or "Brouillon de demande d'aide"

    def get_absolute_url(self):
        return reverse("installation:aid-request-detail", args=[self.reference])

    @property
    def is_for_centre(self) -> bool:
        return self.beneficiary == self.Beneficiary.HEALTH_CENTRE
