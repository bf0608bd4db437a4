import datetime as dt
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from .dwellings import Room
from .requests import HousingRequest


class OccupationQuerySet(models.QuerySet):
    def standing(self):
        """What takes a bed: neither expired, nor given up."""
        return self.filter(released_at=None)

    def holds(self):
        return self.standing().filter(kind=Occupation.Kind.HOLD)

    def stays(self):
        return self.standing().filter(kind=Occupation.Kind.STAY)

    def expired(self, now: dt.datetime):
        """Options whose time is over and whose bed is not free yet."""
        return self.holds().filter(expires_at__lte=now)

    def over(self, period):
        return self.standing().filter(period__overlap=period)

    def with_list_data(self):
        return self.select_related("room__dwelling__commune", "request__person")


class Occupation(models.Model):
    """Why a bed is not free from a day to another: `period` is half-open.

    Whatever stands on a bed never overlaps anything else that does (R-36). A hold
    becomes a stay in place, and keeps its row; what is released stays as history.
    """

    class Kind(models.TextChoices):
        HOLD = "hold", "option"
        STAY = "stay", "séjour"
        MAINTENANCE = "maintenance", "travaux"
        BUFFER = "buffer", "ménage"

    class Released(models.TextChoices):
        EXPIRED = "expired", "option expirée"
        DECLINED = "declined", "option déclinée"
        WITHDRAWN = "withdrawn", "demande retirée"
        CANCELLED = "cancelled", "annulée par le guichet ou le propriétaire"
        MOVED = "moved", "changée de chambre ou de dates"

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="occupations", verbose_name="chambre"
    )
    kind = models.CharField("nature", max_length=12, choices=Kind)
    period = DateRangeField("période")
    request = models.ForeignKey(
        HousingRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="occupations",
        verbose_name="demande",
    )
    # The days of cleaning that follow a hold or a stay; they move with it.
    follows = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        editable=False,
        related_name="buffer",
        verbose_name="suit",
    )
    expires_at = models.DateTimeField("option jusqu'au", null=True, blank=True)
    note = models.CharField("note", max_length=200, blank=True)
    created_at = models.DateTimeField("posée le", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("confirmée le", null=True, editable=False)
    released_at = models.DateTimeField("libérée le", null=True, editable=False)
    released_because = models.CharField(
        "libérée", max_length=10, choices=Released, blank=True, editable=False
    )

    objects = OccupationQuerySet.as_manager()

    class Meta:
        verbose_name = "occupation"
        ordering = ["room", "period"]
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at=None),
                name="internships_a_bed_is_booked_once",
                violation_error_message="Cette chambre est déjà prise à ces dates.",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_occupation_has_both_ends",
                violation_error_message="Indiquez le premier jour et le jour de fin.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["hold", "stay"], request__isnull=False)
                | Q(kind__in=["maintenance", "buffer"], request=None),
                name="internships_beds_are_kept_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="hold", expires_at__isnull=False, confirmed_at=None)
                | Q(kind="stay", expires_at=None, confirmed_at__isnull=False)
                | Q(
                    kind__in=["maintenance", "buffer"],
                    expires_at=None,
                    confirmed_at=None,
                ),
                name="internships_only_holds_expire",
            ),
            models.CheckConstraint(
                condition=Q(kind="buffer", follows__isnull=False)
                | (~Q(kind="buffer") & Q(follows=None)),
                name="internships_a_buffer_follows_something",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_because="")
                | (Q(released_at__isnull=False) & ~Q(released_because="")),
                name="internships_released_says_why",
            ),
            # One bed at a time: a hold or a stay, never two.
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(released_at=None),
                name="internships_one_bed_a_request",
                violation_error_message="Une chambre est déjà retenue pour elle.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(kind="hold", released_at=None),
                name="internships_holds_that_expire",
            ),
            models.Index(
                Upper("period"),
                condition=Q(released_at=None),
                name="internships_occupation_ends",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.room}"

    @property
    def held_until(self) -> dt.date:
        """The last day on which an option may be confirmed, as people say it."""
        return timezone.localdate(self.expires_at - dt.timedelta(seconds=1))

    @property
    def is_standing(self) -> bool:
        return self.released_at is None

    @property
    def nights(self) -> int:
        return (self.period.upper - self.period.lower).days

    @property
    def cleaning_days(self) -> int:
        """Those kept after it."""
        buffer = Occupation.objects.standing().filter(follows=self).first()
        return buffer.nights if buffer else 0

    def confirm(self, now: dt.datetime) -> None:
        """The option is taken up, unless its time is over."""
        if self.kind != self.Kind.HOLD or not self.is_standing:
            raise ValidationError("Cette option n'est plus ouverte.", code="gone")
        if self.expires_at <= now:
            raise ValidationError(
                "Cette option a expiré : la chambre a pu être proposée à quelqu'un "
                "d'autre.",
                code="expired",
            )
        self.kind, self.expires_at, self.confirmed_at = self.Kind.STAY, None, now
        self.save(update_fields=["kind", "expires_at", "confirmed_at"])

    def move(self, period) -> None:
        """Other days in the same bed, with its days of cleaning after them.

        What leaves a day goes first: the constraint looks at each row in turn.
        """
        later = period.upper > self.period.upper
        gap = period.upper - self.period.upper
        self.period = period
        rows = [self, *Occupation.objects.standing().filter(follows=self)]
        for row in reversed(rows) if later else rows:
            if row is not self:
                row.period = DateRange(row.period.lower + gap, row.period.upper + gap)
            row.save(update_fields=["period"])

    def release(self, because: str, now: dt.datetime) -> None:
        """The bed is free again; its days of cleaning go too."""
        if not self.is_standing:
            raise ValidationError("Cette chambre est déjà libérée.", code="gone")
        rows = [self, *Occupation.objects.standing().filter(follows=self)]
        for row in rows:
            row.released_at, row.released_because = now, because
            row.save(update_fields=["released_at", "released_because"])

    confirm.alters_data = move.alters_data = release.alters_data = True


class StayQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(occupation__request__person=person)

    def current(self):
        return self.filter(occupation__released_at=None)

    def with_list_data(self):
        return self.select_related(
            "occupation__room__dwelling__commune", "occupation__request__person"
        )


class Stay(models.Model):
    """What was agreed for a confirmed bed, and what was handed over on the way.

    Keys are given once the insurance is proven and the entry inventory signed by
    both (R-35).
    """

    occupation = models.OneToOneField(
        Occupation, models.PROTECT, related_name="stay", verbose_name="séjour"
    )
    rent = models.DecimalField("loyer par mois", max_digits=7, decimal_places=2)
    deposit = models.DecimalField(
        "dépôt de garantie", max_digits=7, decimal_places=2, default=Decimal(0)
    )
    terms = models.CharField("contrat", max_length=20)
    insurance = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="attestation d'assurance",
    )
    insurance_sent_at = models.DateTimeField("attestation envoyée le", null=True)
    insurance_checked_at = models.DateTimeField("attestation vérifiée le", null=True)
    insurance_refusal = models.CharField(
        "à refaire parce que", max_length=300, blank=True
    )
    entry_signed_at = models.DateTimeField("entrée signée le", null=True)
    deposit_received_on = models.DateField("dépôt reçu le", null=True, blank=True)
    keys_given_at = models.DateTimeField("clés remises le", null=True)
    keys_returned_at = models.DateTimeField("clés rendues le", null=True)
    exit_signed_at = models.DateTimeField("sortie signée le", null=True)
    deposit_returned_on = models.DateField("dépôt rendu le", null=True, blank=True)
    deposit_kept = models.DecimalField(
        "retenu sur le dépôt", max_digits=7, decimal_places=2, default=Decimal(0)
    )
    deposit_kept_because = models.CharField("motif", max_length=300, blank=True)
    created_at = models.DateTimeField("confirmé le", default=timezone.now)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = "séjour"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(keys_given_at=None)
                | Q(insurance_checked_at__isnull=False, entry_signed_at__isnull=False),
                name="internships_no_keys_before_insurance_and_inventory",
                violation_error_message=(
                    "Les clés se remettent après l'attestation d'assurance et l'état "
                    "des lieux d'entrée signé."
                ),
            ),
            models.CheckConstraint(
                condition=Q(keys_returned_at=None) | Q(keys_given_at__isnull=False),
                name="internships_keys_come_back_after_they_went",
            ),
            models.CheckConstraint(
                condition=Q(deposit_returned_on=None)
                | Q(exit_signed_at__isnull=False, keys_returned_at__isnull=False)
                | Q(keys_given_at=None),
                name="internships_deposit_back_after_exit",
                violation_error_message=(
                    "Le dépôt se rend après l'état des lieux de sortie et les clés."
                ),
            ),
            models.CheckConstraint(
                condition=Q(deposit_kept=0, deposit_kept_because="")
                | (
                    Q(deposit_kept__gt=0, deposit_kept__lte=models.F("deposit"))
                    & ~Q(deposit_kept_because="")
                ),
                name="internships_kept_deposit_says_why",
                violation_error_message=(
                    "Dites pourquoi une part du dépôt est retenue, sans la dépasser."
                ),
            ),
        ]

    def __str__(self):
        return f"Séjour, {self.occupation.room}"

    @property
    def person(self):
        return self.occupation.request.person

    @property
    def is_insured(self) -> bool:
        return self.insurance_checked_at is not None

    @property
    def may_have_keys(self) -> bool:
        return self.is_insured and self.entry_signed_at is not None

    def receive_insurance(self, document) -> None:
        self.insurance, self.insurance_sent_at = document, timezone.now()
        self.insurance_refusal = ""
        self.save(update_fields=["insurance", "insurance_sent_at", "insurance_refusal"])

    def accept_insurance(self) -> None:
        if self.insurance_id is None:
            raise ValidationError("Aucune attestation n'est à vérifier.")
        self.insurance_checked_at, self.insurance_refusal = timezone.now(), ""
        self.save(update_fields=["insurance_checked_at", "insurance_refusal"])

    def refuse_insurance(self, reason: str) -> None:
        if self.insurance_id is None or self.insurance_sent_at is None:
            raise ValidationError("Aucune attestation n'est à vérifier.")
        if self.keys_given_at:
            raise ValidationError("Les clés sont déjà remises.")
        if not reason.strip():
            raise ValidationError("Dites pourquoi : la personne le lira.")
        self.insurance_sent_at = self.insurance_checked_at = None
        self.insurance_refusal = reason.strip()
        self.save(
            update_fields=[
                "insurance_sent_at",
                "insurance_checked_at",
                "insurance_refusal",
            ]
        )

    def receive_deposit(self, on: dt.date) -> None:
        if not self.deposit:
            raise ValidationError("Ce logement ne demande pas de dépôt.")
        self.deposit_received_on = on
        self.save(update_fields=["deposit_received_on"])

    def give_keys(self) -> None:
        if not self.occupation.is_standing:
            raise ValidationError("Ce séjour n'aura pas lieu.")
        if self.keys_given_at:
            raise ValidationError("Les clés sont déjà remises.")
        if not self.is_insured:
            raise ValidationError("L'attestation d'assurance n'est pas vérifiée.")
        if self.entry_signed_at is None:
            raise ValidationError("L'état des lieux d'entrée n'est pas signé.")
        self.keys_given_at = timezone.now()
        self.save(update_fields=["keys_given_at"])

    def take_keys_back(self) -> None:
        if self.keys_given_at is None:
            raise ValidationError("Les clés n'ont pas été remises.")
        if self.keys_returned_at:
            raise ValidationError("Les clés sont déjà rendues.")
        self.keys_returned_at = timezone.now()
        self.save(update_fields=["keys_returned_at"])

    def return_deposit(self, on: dt.date, kept: Decimal, because: str) -> None:
        if self.deposit_received_on is None:
            raise ValidationError("Aucun dépôt n'a été reçu.")
        if self.deposit_returned_on:
            raise ValidationError("Le dépôt est déjà rendu.")
        left_well = self.exit_signed_at and self.keys_returned_at
        if self.keys_given_at and not left_well:
            raise ValidationError(
                "Le dépôt se rend après l'état des lieux de sortie et les clés."
            )
        if kept > self.deposit or kept < 0 or bool(kept) != bool(because.strip()):
            raise ValidationError(
                "Dites pourquoi une part du dépôt est retenue, sans la dépasser."
            )
        self.deposit_returned_on = on
        self.deposit_kept, self.deposit_kept_because = kept, because.strip()
        self.save(
            update_fields=[
                "deposit_returned_on",
                "deposit_kept",
                "deposit_kept_because",
            ]
        )

    def sign_entry(self) -> bool:
        """Noted once: said again, nothing changes."""
        if self.entry_signed_at:
            return False
        self.entry_signed_at = timezone.now()
        self.save(update_fields=["entry_signed_at"])
        return True

    def sign_exit(self) -> bool:
        if self.exit_signed_at:
            return False
        self.exit_signed_at = timezone.now()
        self.save(update_fields=["exit_signed_at"])
        return True

    for transition in (
        receive_insurance,
        accept_insurance,
        refuse_insurance,
        receive_deposit,
        give_keys,
        take_keys_back,
        return_deposit,
        sign_entry,
        sign_exit,
    ):
        transition.alters_data = True
    del transition
