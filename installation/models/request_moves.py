"""What may happen to a request, and from which state."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import roles
from installation.models.states import TRANSITIONS, WHERE_IT_STANDS

# What every ending changes.
_ENDING = (
    "outcome",
    "closing_sentence",
    "closed_at",
    "paused_until",
    "next_action",
    "next_action_on",
    "expected",
    "expected_by",
    "to_assign_since",
)


class RequestMoves:
    """Each checks the state, changes what goes with it and saves that alone."""

    def allows(self, verb: str) -> bool:
        """May this move be made from here? What buttons ask."""
        return self.state in TRANSITIONS[verb][1]

    def submit(self, *, reference: str, next_action: str, next_action_on: dt.date):
        """Hand the draft to the desk: from now on somebody owes the next step."""
        self.require("submit")
        now = timezone.now()
        self.reference = reference
        self.submitted_at = self.to_assign_since = self.last_exchange_at = now
        self.turn = self.Turn.DESK
        self._set_next(next_action, next_action_on)
        self._move(
            "submit",
            "reference",
            "submitted_at",
            "to_assign_since",
            "last_exchange_at",
            "turn",
            "applicant",
            "next_action",
            "next_action_on",
        )

    def take_charge(self, user) -> None:
        """Someone of the desk becomes the one person who answers."""
        if self.is_open and self.case_worker:
            raise ValidationError(
                "On ne peut pas prendre en charge cette demande : "
                f"{self.case_worker.get_full_name()} la suit déjà.",
                code="transition",
            )
        self.require("take_charge")
        self._set_case_worker(user)
        self.taken_charge_at = timezone.now()
        self._move("take_charge", "case_worker", "to_assign_since", "taken_charge_at")

    def assign(self, user) -> None:
        """Hand a followed dossier to a colleague; the state does not change."""
        self.require("assign")
        if user == self.case_worker:
            raise ValidationError(f"{user} suit déjà cette demande.")
        self._set_case_worker(user)
        self._move("assign", "case_worker", "to_assign_since")

    def plan(self, action: str, on: dt.date) -> None:
        """Say what comes next, and when."""
        self.require("plan")
        self._set_next(action, on)
        self._move("plan", "next_action", "next_action_on")

    def pause(self, until: dt.date, *, today: dt.date) -> None:
        """Stop the clock until a day; the next action is to start it again."""
        self.require("pause")
        if until <= today:
            raise ValidationError("Une pause se termine après aujourd'hui.")
        self.paused_until = until
        self._set_next("Reprendre contact à la fin de la pause", until)
        self._move("pause", "paused_until", "next_action", "next_action_on")

    def resume(self, action: str, on: dt.date) -> None:
        """The pause is over."""
        self.require("resume")
        self.paused_until = None
        self._set_next(action, on)
        self._move("resume", "paused_until", "next_action", "next_action_on")

    def note_exchange(
        self, turn: str, *, expected: str = "", expected_by: dt.date | None = None
    ) -> None:
        """Somebody wrote: the other one's turn, and perhaps something is expected."""
        self.require("exchange")
        self.last_exchange_at = timezone.now()
        self.turn = turn
        self.expected, self.expected_by = expected, expected_by
        self._move("exchange", "last_exchange_at", "turn", "expected", "expected_by")

    def close(self, outcome: str, sentence: str = "") -> None:
        """End the support, and say how it ended."""
        self.require("close")
        if outcome not in self.Outcome.values or outcome == self.Outcome.DUPLICATE:
            raise ValidationError("Choisissez comment la demande se termine.")
        self._end(outcome, sentence)
        self._move("close", *_ENDING)

    def withdraw(self, sentence: str = "") -> None:
        """The person no longer asks for anything."""
        self.require("withdraw")
        self._end(self.Outcome.NO_FOLLOW_UP, sentence)
        self.withdrawn_at = self.closed_at
        self._move("withdraw", "withdrawn_at", *_ENDING)

    def join(self, kept: Self) -> None:
        """Another dossier of the same person takes over; this one leads to it."""
        self.require("join")
        if kept.is_draft or kept.merged_into_id:
            raise ValidationError("Gardez un dossier déposé, qui n'est pas un doublon.")
        if kept.applicant_id != self.applicant_id:
            raise ValidationError(
                "Ces dossiers sont ceux de deux personnes. Réunissez d'abord leurs "
                "fiches, si c'est la même."
            )
        if self.is_open and not kept.is_open:
            raise ValidationError(
                f"Le dossier {kept.reference} est clos : gardez plutôt "
                f"{self.reference}, ou rouvrez-le d'abord."
            )
        self._end(self.Outcome.DUPLICATE, "")
        self.withdrawn_at = None
        self.merged_into = kept
        self._move("join", "merged_into", "withdrawn_at", *_ENDING)

    def reopen(self, user, action: str, on: dt.date) -> None:
        """The support starts again, with whoever reopens it."""
        self.require("reopen")
        if self.merged_into_id:
            raise ValidationError(
                f"Ce dossier est réuni à {self.merged_into} : c'est lui qui se suit."
            )
        self._set_case_worker(user)
        self.taken_charge_at = self.taken_charge_at or timezone.now()
        self.outcome = self.closing_sentence = ""
        self.closed_at = self.withdrawn_at = None
        self.turn = self.Turn.DESK
        self._set_next(action, on)
        self._move(
            "reopen",
            "case_worker",
            "to_assign_since",
            "taken_charge_at",
            "outcome",
            "closing_sentence",
            "closed_at",
            "withdrawn_at",
            "turn",
            "next_action",
            "next_action_on",
        )

    def forget(self) -> None:
        """Empty what tells who asked; what was asked remains, for the counts."""
        for name in (
            "title",
            "first_name",
            "last_name",
            "email",
            "phone",
            "address",
            "postal_code",
            "city",
            "rpps",
            "message",
            "partner_occupation",
            "closing_sentence",
        ):
            setattr(self, name, "")
        self.forgotten_at = self.forgotten_at or timezone.now()
        self.save()

    for transition in (
        submit,
        take_charge,
        assign,
        plan,
        pause,
        resume,
        note_exchange,
        close,
        withdraw,
        join,
        reopen,
        forget,
    ):
        transition.alters_data = True
    del transition

    def require(self, verb: str) -> None:
        """Refuse a move that cannot be made from here, in words."""
        infinitive, allowed, _target = TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette demande : "
                f"{WHERE_IT_STANDS[self.state]}.",
                code="transition",
            )

    def _move(self, verb: str, *fields: str) -> None:
        self.state = TRANSITIONS[verb][2] or self.state
        self.save(update_fields=["state", *fields])

    def _set_case_worker(self, user) -> None:
        if not roles.is_desk(user):
            raise ValidationError(f"{user} ne travaille pas au guichet.")
        self.case_worker = user
        self.to_assign_since = None

    def _set_next(self, action: str, on: dt.date) -> None:
        action = action.strip()
        if not action or on is None:
            raise ValidationError("Dites la prochaine action et sa date.")
        self.next_action, self.next_action_on = action, on

    def _end(self, outcome: str, sentence: str) -> None:
        self.outcome, self.closing_sentence = outcome, sentence.strip()
        self.closed_at = timezone.now()
        self.paused_until = self.next_action_on = self.expected_by = None
        self.next_action = self.expected = ""
        self.to_assign_since = None
