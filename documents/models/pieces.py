import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models


class PieceQuerySet(models.QuerySet):
    def awaited(self):
        """Asked for, and not there or sent back."""
        return self.filter(
            is_required=True,
            state__in=[Piece.State.AWAITED, Piece.State.REJECTED],
        )

    def in_order(self):
        return self.select_related("document").order_by("rank", "pk")


class Piece(models.Model):
    """One piece that a request is asked for: awaited, received, accepted, sent back.

    The journey adds what it belongs to, and the constraints of its table.
    """

    class State(models.TextChoices):
        AWAITED = "awaited", "attendue"
        RECEIVED = "received", "reçue"
        ACCEPTED = "accepted", "acceptée"
        REJECTED = "rejected", "à refaire"

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
        related_name="%(app_label)s_%(class)s",
        verbose_name="document",
    )
    received_on = models.DateField("reçue le", null=True, blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["rank", "pk"]

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
