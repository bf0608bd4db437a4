import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from .occupations import Stay

ZERO = Decimal("0.00")


class RentCallQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(stay__occupation__request__person=person)

    def payable_to(self, person, day: dt.date):
        """Those of the bodies a person acts for that day."""
        acting = person.memberships.acting(day).values("organisation")
        return self.filter(payee__in=acting)

    def standing(self):
        return self.filter(cancelled_at=None)

    def unpaid(self):
        return self.standing().filter(settled_on=None)

    def settled(self):
        return self.standing().filter(settled_on__isnull=False)

    def late(self, day: dt.date):
        return self.unpaid().filter(due_on__lt=day)

    def without_receipt(self):
        return self.settled().filter(receipt=None)

    def with_list_data(self):
        return self.select_related(
            "payee",
            "receipt",
            "stay__occupation__room__dwelling__commune",
            "stay__occupation__request__person",
        ).defer(
            "stay__occupation__room__dwelling__commune__contour",
        )


class RentCall(models.Model):
    """What one month of a stay costs, as the owner asks for it.

    Amount and period follow the dates of the stay; what was received never changes.
    """

    stay = models.ForeignKey(
        Stay, models.PROTECT, related_name="rent_calls", verbose_name="séjour"
    )
    month = models.DateField("mois", help_text="Son premier jour.")
    period = DateRangeField("nuits couvertes")
    amount = models.DecimalField(
        "à payer",
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(ZERO)],
        help_text="Charges comprises, en euros.",
    )
    charges = models.DecimalField(
        "dont charges", max_digits=8, decimal_places=2, default=ZERO
    )
    # Who owned the dwelling then: a sale does not move what is owed.
    payee = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="rent_calls",
        verbose_name="à payer à",
    )
    called_at = models.DateTimeField("appelé le", default=timezone.now)
    due_on = models.DateField("à payer avant le")
    paid_amount = models.DecimalField(
        "reçu", max_digits=8, decimal_places=2, default=ZERO, editable=False
    )
    settled_on = models.DateField("soldé le", null=True, editable=False)
    cancelled_at = models.DateTimeField("annulé le", null=True, editable=False)
    receipt = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="quittance",
    )

    objects = RentCallQuerySet.as_manager()

    class Meta:
        verbose_name = "appel de loyer"
        verbose_name_plural = "appels de loyer"
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "month"],
                name="internships_one_rent_call_a_month",
                violation_error_message="Ce mois est déjà appelé pour ce séjour.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="internships_rent_month_is_its_first"
            ),
            models.CheckConstraint(
                condition=Q(
                    amount__gte=0,
                    paid_amount__gte=0,
                    charges__gte=0,
                    charges__lte=F("amount"),
                ),
                name="internships_rent_amounts_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_rent_call_has_both_ends",
            ),
            # Paid is dated, and only what is wholly paid is.
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=False, settled_on=None)
                | Q(
                    cancelled_at=None,
                    settled_on=None,
                    paid_amount__lt=F("amount"),
                )
                | Q(
                    cancelled_at=None,
                    settled_on__isnull=False,
                    paid_amount__gte=F("amount"),
                ),
                name="internships_paid_rent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(amount=0),
                name="internships_cancelled_rent_costs_nothing",
            ),
            models.CheckConstraint(
                condition=Q(receipt=None) | Q(settled_on__isnull=False),
                name="internships_receipt_once_paid",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(settled_on=None, cancelled_at=None),
                name="internships_rent_unpaid",
            ),
            models.Index(
                fields=["payee", "-month"], name="internships_rent_of_an_owner"
            ),
        ]

    def __str__(self):
        return f"Loyer de {self.month_name}, {self.stay.occupation.room}"

    @property
    def month_name(self) -> str:
        return date_format(self.month, "F Y")

    @property
    def person(self):
        return self.stay.person

    @property
    def room(self):
        return self.stay.occupation.room

    @property
    def nights(self) -> int:
        return (self.period.upper - self.period.lower).days

    @property
    def last_on(self) -> dt.date:
        """The last day it covers, as people say it."""
        return self.period.upper - dt.timedelta(days=1)

    @property
    def rent_only(self) -> Decimal:
        return self.amount - self.charges

    @property
    def balance(self) -> Decimal:
        """What remains to be paid."""
        return max(self.amount - self.paid_amount, ZERO)

    @property
    def overpaid(self) -> Decimal:
        """What the owner gives back: the stay became shorter after it was paid."""
        return max(self.paid_amount - self.amount, ZERO)

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None

    @property
    def is_open(self) -> bool:
        return self.cancelled_at is None and not self.is_settled

    def is_late(self, day: dt.date) -> bool:
        return self.is_open and self.due_on < day

    def count(self, received: Decimal, last_on: dt.date | None) -> None:
        """What has been received of it, all payments together, the last that day."""
        self.paid_amount = received
        self._settle(last_on)
        self.save(update_fields=["paid_amount", "settled_on"])

    def revise(self, due, day: dt.date) -> None:
        """The dates of the stay changed: so do its nights and what they cost."""
        self.period, self.amount, self.charges = due.period, due.amount, due.charges
        self.cancelled_at = None
        self._settle(self.settled_on or day)
        self.save(
            update_fields=["period", "amount", "charges", "cancelled_at", "settled_on"]
        )

    def cancel(self) -> None:
        """No night of the stay is in that month any more."""
        if self.cancelled_at is not None:
            raise ValidationError("Cet appel est déjà annulé.")
        self.cancelled_at, self.settled_on = timezone.now(), None
        self.amount = self.charges = ZERO
        self.save(update_fields=["cancelled_at", "settled_on", "amount", "charges"])

    def keep_receipt(self, document) -> None:
        """Given for what is wholly paid (loi du 6 juillet 1989, article 21)."""
        if not self.is_settled:
            raise ValidationError("La quittance se donne une fois le mois payé.")
        self.receipt = document
        self.save(update_fields=["receipt"])

    def drop_receipt(self) -> None:
        self.receipt = None
        self.save(update_fields=["receipt"])

    for transition in (count, revise, cancel, keep_receipt, drop_receipt):
        transition.alters_data = True
    del transition

    def _settle(self, day: dt.date | None) -> None:
        is_paid = self.cancelled_at is None and self.paid_amount >= self.amount
        self.settled_on = day if is_paid else None


class RentPaymentQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)


class RentPayment(models.Model):
    """Money received for a rent call, as the owner or the desk wrote it down."""

    class Means(models.TextChoices):
        TRANSFER = "transfer", "virement"
        CHEQUE = "cheque", "chèque"
        CASH = "cash", "espèces"
        TREASURY = "treasury", "titre de recettes"
        OTHER = "other", "autrement"

    call = models.ForeignKey(
        RentCall, models.PROTECT, related_name="payments", verbose_name="appel"
    )
    amount = models.DecimalField("montant reçu", max_digits=8, decimal_places=2)
    paid_on = models.DateField("reçu le")
    means = models.CharField(
        "moyen", max_length=10, choices=Means, default=Means.TRANSFER
    )
    recorded_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="noté par",
    )
    recorded_at = models.DateTimeField("noté le", default=timezone.now)
    cancelled_at = models.DateTimeField("annulé le", null=True, editable=False)

    objects = RentPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "paiement de loyer"
        verbose_name_plural = "paiements de loyer"
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="internships_payment_is_positive",
                violation_error_message="Un paiement est supérieur à zéro.",
            ),
        ]

    def __str__(self):
        return f"{self.get_means_display().capitalize()} du {self.paid_on:%d/%m/%Y}"

    def cancel(self) -> None:
        """It was written by mistake."""
        if self.cancelled_at is not None:
            raise ValidationError("Ce paiement est déjà annulé.")
        self.cancelled_at = timezone.now()
        self.save(update_fields=["cancelled_at"])

    cancel.alters_data = True
