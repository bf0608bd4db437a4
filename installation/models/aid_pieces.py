"""The pieces of a request for aid, each with its own state."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class AidPieceQuerySet(models.QuerySet):
    def awaited(self):
        """Asked for, and not there or sent back."""
        return self.filter(
            is_required=True,
            state__in=[AidPiece.State.AWAITED, AidPiece.State.REJECTED],
        )

    def in_order(self):
        return self.select_related("document").order_by("rank", "pk")


class AidPiece(models.Model):
    """One piece of a request for aid: awaited, received, accepted or sent back."""

    class State(models.TextChoices):
        AWAITED = "awaited", "attendue"
        RECEIVED = "received", "reçue"
        ACCEPTED = "accepted", "acceptée"
        REJECTED = "rejected", "à refaire"

    request = models.ForeignKey(
        "installation.AidRequest",
        models.CASCADE,
        related_name="pieces",
        verbose_name="demande",
    )
    code = models.CharField("code", max_length=30)
    label = models.CharField("pièce", max_length=150)
    is_required = models.BooleanField("obligatoire", default=True)
    rank = models.PositiveSmallIntegerField("ordre", default=0)
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.AWAITED
    )
    note = models.CharField("ce qui ne va pas", max_length=300, blank=True)
    document = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aid_piece",
        verbose_name="document",
    )
    received_on = models.DateField("reçue le", null=True, blank=True)

    objects = AidPieceQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce d'une demande d'aide"
        verbose_name_plural = "pièces des demandes d'aide"
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "code"], name="installation_one_piece_a_code"
            ),
            models.CheckConstraint(
                condition=Q(state="awaited")
                | Q(document__isnull=False, received_on__isnull=False),
                name="installation_received_piece_has_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(note=""),
                name="installation_rejected_piece_says_why",
            ),
        ]

    def __str__(self):
        return self.label

    def receive(self, document, on: dt.date) -> None:
        self.document, self.received_on = document, on
        self.state, self.note = self.State.RECEIVED, ""
        self.save(update_fields=["document", "received_on", "state", "note"])

    def accept(self) -> None:
        if self.document_id is None:
            raise ValidationError("Cette pièce n'est pas arrivée.")
        self.state, self.note = self.State.ACCEPTED, ""
        self.save(update_fields=["state", "note"])

    def reject(self, why: str) -> None:
        if self.document_id is None:
            raise ValidationError("Cette pièce n'est pas arrivée.")
        if not why.strip():
            raise ValidationError("Dites ce qui ne va pas.")
        self.state, self.note = self.State.REJECTED, why.strip()
        self.save(update_fields=["state", "note"])

    for transition in (receive, accept, reject):
        transition.alters_data = True
    del transition
