"""What may happen to a request for aid, and from which state."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework import receipts
from installation.models.aid_states import AID_TRANSITIONS, WHERE_AID_STANDS


class AidMoves:
    """Each checks the state, changes what goes with it and saves that alone."""

    def allows(self, verb: str) -> bool:
        return self.state in AID_TRANSITIONS[verb][1]

    def require(self, verb: str) -> None:
        """Refuse a move that cannot be made from here, in words."""
        infinitive, allowed, _target = AID_TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette demande : "
                f"{WHERE_AID_STANDS[self.state]}.",
                code="transition",
            )

    def submit(self, *, reference: str, zone) -> None:
        """File it: the clock starts, subject to the file being complete."""
        self.require("submit")
        self.reference = reference
        self.submitted_at = timezone.now()
        self.implicit_refusal_on = receipts.implicit_refusal_on(
            timezone.localdate(self.submitted_at)
        )
        self.zoning_id = zone.zoning_id
        self.zone_code, self.zone_label = zone.code, zone.label
        self._move(
            "submit",
            "reference",
            "submitted_at",
            "implicit_refusal_on",
            "zoning",
            "zone_code",
            "zone_label",
            "attestation",
            "attested_at",
        )

    def ask_pieces(self, *, on: dt.date, by_day: dt.date, examiner) -> None:
        """Pieces are missing: the clock stops until they come (R-05)."""
        self.require("ask_pieces")
        if by_day <= on:
            raise ValidationError("La date limite vient après aujourd'hui.")
        self.pieces_asked_on, self.pieces_by = on, by_day
        self.complete_on = self.implicit_refusal_on = None
        self.examiner = examiner
        self._move(
            "ask_pieces",
            "pieces_asked_on",
            "pieces_by",
            "complete_on",
            "implicit_refusal_on",
            "examiner",
        )

    def complete(self, *, on: dt.date, examiner) -> None:
        """The file is whole since that day: two months from there (R-04)."""
        self.require("complete")
        if on < timezone.localdate(self.submitted_at):
            raise ValidationError("Un dossier n'est pas complet avant son dépôt.")
        self.complete_on = on
        self.implicit_refusal_on = receipts.implicit_refusal_on(on)
        self.pieces_asked_on = self.pieces_by = None
        self.examiner = examiner
        self._move(
            "complete",
            "complete_on",
            "implicit_refusal_on",
            "pieces_asked_on",
            "pieces_by",
            "examiner",
        )

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

    def refuse(self, reason: str) -> None:
        self.require("refuse")
        if not reason.strip():
            raise ValidationError("Dites pourquoi la demande est refusée.")
        self.decision_text = reason.strip()
        self.decided_at = timezone.now()
        self._move("refuse", "decision_text", "decided_at")

    def withdraw(self) -> None:
        self.require("withdraw")
        self.withdrawn_at = timezone.now()
        self._move("withdraw", "withdrawn_at")

    def forget(self) -> None:
        """Empty what tells who asked; what was asked stays, for the counts."""
        names = ("first_name", "last_name", "email", "phone", "address", "postal_code")
        more = ("city", "rpps", "project", "other_aids", "previous_from", "attestation")
        for name in (*names, *more, "opinion_text", "decision_text", "went_on_because"):
            setattr(self, name, "")
        # The sentence named the person; that it was signed, and when, is kept.
        self.attestation = "Attestation effacée." if self.attested_at else ""
        self.decision_text = "Motif effacé." if self.decided_at else ""
        self.forgotten_at = self.forgotten_at or timezone.now()
        self.save()

    for transition in (
        submit,
        ask_pieces,
        complete,
        request_opinion,
        receive_opinion,
        grant,
        refuse,
        withdraw,
        forget,
    ):
        transition.alters_data = True
    del transition

    def _move(self, verb: str, *fields: str) -> None:
        self.state = AID_TRANSITIONS[verb][2] or self.state
        self.save(update_fields=["state", *fields])
