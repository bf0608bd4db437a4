"""The pieces of a request for aid, each with its own state."""

from django.db import models
from django.db.models import Q

from documents.models import Piece


class AidPiece(Piece):
    """One piece of a request for aid."""

    request = models.ForeignKey(
        "installation.AidRequest",
        models.CASCADE,
        related_name="pieces",
        verbose_name="demande",
    )

    class Meta(Piece.Meta):
        verbose_name = "pièce d'une demande d'aide"
        verbose_name_plural = "pièces des demandes d'aide"
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
