"""A request for money: who asks, its clock, and the moves every one of them knows."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from accounts import roles
from accounts.fields import LowercaseEmailField
from casework import clock

from .receipts import Receipt

# What someone must have said to seize the service (R-01, L. 112-8 CRPA).
IDENTITY = {
    "first_name": "le prénom",
    "last_name": "le nom",
    "email": "le courriel",
    "address": "l'adresse",
    "postal_code": "le code postal",
    "city": "la ville",
}


# A draft is kept so long after it was last saved.
DRAFT_DAYS = 90


def require_identity(request) -> None:
    """Refuse a request, of any kind, that does not say who asks."""
    missing = [said for name, said in IDENTITY.items() if not getattr(request, name)]
    if missing:
        raise ValidationError(
            f"Pour déposer la demande, il manque {', '.join(missing)} : la loi "
            "demande de savoir qui écrit (article L. 112-8 du code des relations "
            "entre le public et l'administration)."
        )


class MoneyRequestQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state="draft")

    def filed(self):
        """What the desk sees: everything but drafts."""
        return self.exclude(state="draft")

    def open(self):
        return self.filter(state__in=self.model.OPEN)

    def of(self, person):
        return self.filter(person=person)

    def visible_to(self, user):
        """Those who answer and decide, and those who will pay; else one's own."""
        if user.is_authenticated and user.is_active:
            readers = (*roles.DESK, roles.FINANCES)
            if user.is_superuser or (user.is_staff and roles.has_role(user, *readers)):
                return self.filed()
            return self.of(user.person_id)
        return self.none()

    def old_drafts(self, day: dt.date):
        """Nobody came back to them for three months."""
        limit = day - dt.timedelta(days=DRAFT_DAYS)
        return self.drafts().filter(saved_at__date__lte=limit)

    def answered_before(self, limit: dt.date):
        """Refused or withdrawn, that long ago, and not emptied yet."""
        kept = self.filter(forgotten_at=None)
        refused = kept.filter(state="refused", decided_at__date__lte=limit)
        withdrawn = kept.filter(state="withdrawn", withdrawn_at__date__lte=limit)
        return refused | withdrawn

    def without_receipt(self):
        """Filed, and nobody was told: a fault of ours (R-02)."""
        kind = ContentType.objects.get_for_model(self.model)
        given = Receipt.objects.filter(content_type=kind, object_id=OuterRef("pk"))
        return self.filed().filter(~Exists(given))

    def on_the_clock(self):
        """Their silence will be a refusal: complete, or not yet examined."""
        return self.open().exclude(state="incomplete")


class MoneyRequest(models.Model):
    """What somebody asks of the Département in money, and how it is answered.

    The journey adds `state`, `person`, `pieces` and what is asked; it says the table
    of its moves, which states are open, and where each stands, in words. The moves
    here need « submit », « ask_pieces », « complete », « refuse » and « withdraw ».
    """

    # verb: (infinitive, states it may be made from, state it leads to or None)
    TRANSITIONS: ClassVar[Mapping[str, tuple[str, frozenset[str], str | None]]]
    # Filed and not decided: somebody owes an answer.
    OPEN: ClassVar[tuple[str, ...]]
    WHERE: ClassVar[Mapping[str, str]]

    reference = models.CharField("référence", max_length=20, blank=True)

    # Who they said they were on the day.
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    email = LowercaseEmailField("courriel", blank=True)
    phone = PhoneNumberField("téléphone", blank=True)
    address = models.TextField("adresse", max_length=300, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("ville", max_length=100, blank=True)
    # As it was ticked.
    attestation = models.TextField("attestation", blank=True)
    attested_at = models.DateTimeField("attestée le", null=True, blank=True)

    created_at = models.DateTimeField("commencée le", default=timezone.now)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now)
    submitted_at = models.DateTimeField("déposée le", null=True, blank=True)
    pieces_asked_on = models.DateField("pièces demandées le", null=True, blank=True)
    pieces_by = models.DateField("pièces attendues avant le", null=True, blank=True)
    complete_on = models.DateField("complète depuis le", null=True, blank=True)
    implicit_refusal_on = models.DateField("réputée rejetée le", null=True, blank=True)
    examiner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="examinée par",
    )
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decision_text = models.TextField("motif ou conditions", max_length=4000, blank=True)
    # Why an officer went on in spite of a warning (design promise 7).
    went_on_because = models.TextField(
        "passé outre parce que", max_length=1000, blank=True
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    forgotten_at = models.DateTimeField("effacée le", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.person.full_name

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_deemed_refused(self, day: dt.date) -> bool:
        """Silence has lasted two months; an express answer may still come."""
        end = self.implicit_refusal_on
        return bool(self.is_open and end and end < day)

    def allows(self, verb: str) -> bool:
        return self.state in self.TRANSITIONS[verb][1]

    def require(self, verb: str) -> None:
        """Refuse a move that cannot be made from here, in words."""
        infinitive, allowed, _target = self.TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette demande : "
                f"{self.WHERE[self.state]}.",
                code="transition",
            )

    def file(self, reference: str, *fields: str) -> None:
        """The clock starts, subject to the file being complete."""
        self.require("submit")
        self.reference = reference
        self.submitted_at = timezone.now()
        received_on = timezone.localdate(self.submitted_at)
        self.implicit_refusal_on = clock.implicit_refusal_on(received_on)
        self._move(
            "submit",
            "reference",
            "submitted_at",
            "implicit_refusal_on",
            "attestation",
            "attested_at",
            *fields,
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
        self.implicit_refusal_on = clock.implicit_refusal_on(on)
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

    def empty(self, *more: str) -> None:
        """Forget who asked; what was asked stays, for the counts."""
        for name in (*IDENTITY, "phone", "went_on_because", *more):
            setattr(self, name, "")
        # The sentence named the person; that it was signed, and when, is kept.
        self.attestation = "Attestation effacée." if self.attested_at else ""
        self.decision_text = "Motif effacé." if self.decided_at else ""
        self.forgotten_at = self.forgotten_at or timezone.now()
        self.save()

    for transition in (file, ask_pieces, complete, refuse, withdraw, empty):
        transition.alters_data = True
    del transition

    def _move(self, verb: str, *fields: str) -> None:
        self.state = self.TRANSITIONS[verb][2] or self.state
        self.save(update_fields=["state", *fields])


def money_request_constraints(
    app: str, noun: str, *, on_clock: list[str], complete: list[str]
) -> list[models.BaseConstraint]:
    """What the database holds of every request for money.

    `on_clock`: states whose silence will be a refusal. `complete`: those that a whole
    file alone reaches.
    """
    return [
        models.UniqueConstraint(
            fields=["reference"],
            condition=~Q(reference=""),
            name=f"{app}_{noun}_reference_is_unique",
        ),
        models.UniqueConstraint(
            fields=["person"],
            condition=Q(state="draft"),
            name=f"{app}_one_{noun}_draft_a_person",
        ),
        models.CheckConstraint(
            condition=Q(state="draft", reference="", submitted_at=None)
            | (~Q(state="draft") & ~Q(reference="") & Q(submitted_at__isnull=False)),
            name=f"{app}_filed_{noun}_has_a_reference",
        ),
        # R-01, article L. 112-8 CRPA.
        models.CheckConstraint(
            condition=Q(state="draft")
            | Q(forgotten_at__isnull=False)
            | (
                ~Q(first_name="")
                & ~Q(last_name="")
                & ~Q(email="")
                & ~Q(address="")
                & ~Q(postal_code="")
                & ~Q(city="")
            ),
            name=f"{app}_filed_{noun}_says_who",
        ),
        # the clock runs unless pieces are awaited.
        models.CheckConstraint(
            condition=~Q(state__in=on_clock) | Q(implicit_refusal_on__isnull=False),
            name=f"{app}_{noun}_clock_has_an_end",
        ),
        models.CheckConstraint(
            condition=~Q(state="incomplete")
            | Q(
                implicit_refusal_on=None,
                pieces_asked_on__isnull=False,
                pieces_by__isnull=False,
            ),
            name=f"{app}_incomplete_{noun}_has_a_limit_date",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=complete) | Q(complete_on__isnull=False),
            name=f"{app}_complete_{noun}_says_since_when",
        ),
        models.CheckConstraint(
            condition=~Q(state="refused")
            | (Q(decided_at__isnull=False) & ~Q(decision_text="")),
            name=f"{app}_refused_{noun}_says_why",
        ),
        models.CheckConstraint(
            condition=Q(state="withdrawn", withdrawn_at__isnull=False)
            | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
            name=f"{app}_withdrawn_{noun}_is_dated",
        ),
    ]
