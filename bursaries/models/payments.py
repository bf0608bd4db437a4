"""What is paid to a person, line by line, and who ordered and approved it."""

import datetime as dt

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bursaries.schedule import Line


class PaymentLineQuerySet(models.QuerySet):
    def of(self, agreement):
        return self.filter(agreement=agreement)

    def planned(self):
        """Nobody ordered them: facts may still move them."""
        return self.filter(ordered_at=None)

    def settled(self):
        """Ordered, and not given up: they stay as they are."""
        return self.exclude(ordered_at=None).filter(cancelled_at=None)

    def due(self, day: dt.date):
        return self.planned().filter(due_on__lte=day)

    def to_approve(self):
        return self.settled().filter(approved_at=None)

    def to_send(self):
        """Approved, and in no export yet."""
        return self.settled().exclude(approved_at=None).filter(sent_in=None)

    def awaiting_bank(self):
        """Sent, and neither paid nor rejected."""
        return self.settled().exclude(sent_in=None).filter(paid_on=None, rejection="")

    def paid(self):
        return self.exclude(paid_on=None)

    def rejected(self):
        return self.settled().exclude(rejection="")

    def with_list_data(self):
        return self.select_related("agreement__person", "ordered_by__person")


class PaymentLine(models.Model):
    """One payment of an agreement, in euros, due from the day after its months.

    `years` are the academic years its months belong to; `highest` is what the
    dearest of them gives. Once ordered its sum and days never change.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "prévu"
        ORDERED = "ordered", "à approuver"
        APPROVED = "approved", "approuvé"
        SENT = "sent", "transmis aux finances"
        PAID = "paid", "payé"
        REJECTED = "rejected", "rejeté par la banque"
        CANCELLED = "cancelled", "annulé"

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.PROTECT,
        related_name="payments",
        verbose_name="convention",
    )
    since = models.DateField("pour le temps depuis le")
    due_on = models.DateField("dû à partir du")
    amount = models.DecimalField("montant, en euros", max_digits=9, decimal_places=2)
    months = models.PositiveSmallIntegerField("mois")
    years = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="années universitaires"
    )
    highest = models.DecimalField(
        "montant du mois le plus élevé", max_digits=9, decimal_places=2
    )

    ordered_at = models.DateTimeField("ordonné le", null=True, blank=True)
    ordered_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ordonné par",
    )
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="approuvé par",
    )
    sent_in = models.ForeignKey(
        "bursaries.PaymentExport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name="export",
    )
    # The one that was checked when the file was made: a later change pays no other.
    account = models.ForeignKey(
        "bursaries.BankAccount",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )
    paid_on = models.DateField("payé le", null=True, blank=True)
    warrant = models.CharField("mandat", max_length=40, blank=True)
    rejection = models.CharField("rejet", max_length=200, blank=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    objects = PaymentLineQuerySet.as_manager()

    class Meta:
        verbose_name = "versement"
        verbose_name_plural = "versements"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "since"],
                condition=Q(cancelled_at=None),
                name="bursaries_one_payment_a_time",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, months__gt=0, due_on__gt=F("since")),
                name="bursaries_payment_is_something",
            ),
            models.CheckConstraint(
                condition=Q(ordered_at=None, ordered_by=None)
                | Q(ordered_at__isnull=False, ordered_by__isnull=False),
                name="bursaries_ordered_payment_says_by_whom",
            ),
            # Two people, whatever the screen says.
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | (
                    Q(
                        approved_at__isnull=False,
                        approved_by__isnull=False,
                        ordered_by__isnull=False,
                    )
                    & ~Q(approved_by=F("ordered_by"))
                ),
                name="bursaries_another_person_approves",
                violation_error_message="Une autre personne approuve ce que vous "
                "ordonnez.",
            ),
            models.CheckConstraint(
                condition=Q(sent_in=None, account=None)
                | Q(
                    sent_in__isnull=False,
                    account__isnull=False,
                    approved_at__isnull=False,
                ),
                name="bursaries_only_approved_payments_are_sent",
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None, warrant="")
                | Q(paid_on__isnull=False, sent_in__isnull=False, cancelled_at=None),
                name="bursaries_only_sent_payments_are_paid",
            ),
            models.CheckConstraint(
                condition=Q(rejection="") | Q(paid_on=None, sent_in__isnull=False),
                name="bursaries_payment_is_paid_or_rejected",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None)
                | Q(ordered_at__isnull=False, paid_on=None),
                name="bursaries_only_an_order_is_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(ordered_at=None),
                name="bursaries_payments_planned",
            ),
            models.Index(
                fields=["ordered_at"],
                condition=Q(paid_on=None, ordered_at__isnull=False),
                name="bursaries_payments_ordered",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ordered_payment_keeps_its_sum",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.ordered_at IS NOT NULL AND (
                        OLD.agreement_id, OLD.since, OLD.due_on, OLD.amount,
                        OLD.months, OLD.years, OLD.ordered_at, OLD.ordered_by_id
                    ) IS DISTINCT FROM (
                        NEW.agreement_id, NEW.since, NEW.due_on, NEW.amount,
                        NEW.months, NEW.years, NEW.ordered_at, NEW.ordered_by_id
                    ) THEN
                        RAISE EXCEPTION 'an ordered payment keeps its sum';
                    END IF;
                    IF OLD.paid_on IS NOT NULL AND
                        to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD)
                    THEN
                        RAISE EXCEPTION 'a paid line stays as it is';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="ordered_payment_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.ordered_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"versement du {self.due_on:%d/%m/%Y}"

    @property
    def key(self) -> str:
        """What the file of finances calls it: the same whenever it is read."""
        return f"{self.agreement.reference}-{self.pk}"

    @property
    def line(self) -> Line:
        """As the rules read it."""
        return Line(
            since=self.since,
            due_on=self.due_on,
            amount=self.amount,
            months=self.months,
            years=tuple(self.years),
            highest=self.highest,
        )

    @property
    def state(self) -> str:
        if self.cancelled_at:
            return self.State.CANCELLED
        if self.paid_on:
            return self.State.PAID
        if self.rejection:
            return self.State.REJECTED
        if self.sent_in_id:
            return self.State.SENT
        if self.approved_at:
            return self.State.APPROVED
        return self.State.ORDERED if self.ordered_at else self.State.PLANNED

    def order(self, *, by) -> None:
        if self.ordered_at:
            raise ValidationError("Ce versement est déjà ordonné.")
        self.ordered_at, self.ordered_by = timezone.now(), by
        self.save(update_fields=["ordered_at", "ordered_by"])

    def approve(self, *, by) -> None:
        if self.state != self.State.ORDERED:
            raise ValidationError("Ce versement n'attend pas d'approbation.")
        if self.ordered_by_id == by.pk:
            raise ValidationError("Une autre personne approuve ce que vous ordonnez.")
        self.approved_at, self.approved_by = timezone.now(), by
        self.save(update_fields=["approved_at", "approved_by"])

    def send(self, export: "PaymentExport", account) -> None:
        self.sent_in, self.account = export, account
        self.save(update_fields=["sent_in", "account"])

    def cancel(self) -> None:
        """Given up before it left: its time is planned again."""
        if self.state not in {self.State.ORDERED, self.State.APPROVED}:
            raise ValidationError("Ce versement ne s'annule plus.")
        self.cancelled_at = timezone.now()
        self.save(update_fields=["cancelled_at"])

    def confirm(self, *, on: dt.date, warrant: str) -> None:
        self.paid_on, self.warrant, self.rejection = on, warrant, ""
        self.save(update_fields=["paid_on", "warrant", "rejection"])

    def reject(self, why: str) -> None:
        self.rejection = why
        self.save(update_fields=["rejection"])

    def send_again(self) -> None:
        if self.state != self.State.REJECTED:
            raise ValidationError("Ce versement n'a pas été rejeté.")
        self.rejection, self.sent_in, self.account = "", None, None
        self.save(update_fields=["rejection", "sent_in", "account"])

    for transition in (order, approve, send, cancel, confirm, reject, send_again):
        transition.alters_data = True
    del transition


class PaymentExport(models.Model):
    """One file handed to the finance software: the approved lines of a moment."""

    made_at = models.DateTimeField("fait le", default=timezone.now)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="fait par"
    )

    class Meta:
        verbose_name = "export des versements"
        verbose_name_plural = "exports des versements"
        ordering = ["-made_at"]

    def __str__(self):
        return f"export n° {self.pk}"
