"""What may happen to a request for aid, and from which state."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone


class AidMoves:
    """Those that the request for money does not know by itself."""

    def submit(self, *, reference: str, zone) -> None:
        """File it, under the zoning of the day (R-24, R-25)."""
        self.zoning_id = zone.zoning_id
        self.zone_code, self.zone_label = zone.code, zone.label
        self.file(reference, "zoning", "zone_code", "zone_label")

    def request_opinion(self) -> None:
        self.require("request_opinion")
        self.opinion_requested_at = timezone.now()
        self._move("request_opinion", "opinion_requested_at")

    def receive_opinion(self, opinion: str, text: str) -> None:
        self.require("receive_opinion")
        if opinion not in self.Opinion.values:
            raise ValidationError("Dites le sens de l'avis.")
        self.opinion, self.opinion_text = opinion, text.strip()
        self.opinion_received_at = timezone.now()
        self._move("receive_opinion", "opinion", "opinion_text", "opinion_received_at")

    def grant(self, amount: Decimal, text: str, *, went_on_because: str = "") -> None:
        """Agree in principle; the vote and the convention follow."""
        self.require("grant")
        if self.opinion_received_at is None:
            raise ValidationError(
                "L'avis de l'ARS précède l'accord (article R. 1511-46 du CGCT)."
            )
        self.amount_granted, self.decision_text = amount, text.strip()
        self.went_on_because = went_on_because.strip()
        self.decided_at = timezone.now()
        self._move(
            "grant", "amount_granted", "decision_text", "went_on_because", "decided_at"
        )

    def forget(self) -> None:
        """Empty what tells who asked; what was asked stays, for the counts."""
        self.empty("rpps", "project", "other_aids", "previous_from", "opinion_text")

    for transition in (submit, request_opinion, receive_opinion, grant, forget):
        transition.alters_data = True
    del transition
