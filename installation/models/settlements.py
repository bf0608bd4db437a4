"""The proven outcome of a dossier: somebody practises here, and stays."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.days import said

# The four proofs (domain: what proves an installation), the Ordre's first.
PROOFS = ("has_order", "has_contract", "has_urssaf", "has_activity")


class SettlementState(models.TextChoices):
    DECLARED = "declared", "déclarée"
    VALIDATED = "validated", "validée"
    LEFT = "left", "terminée"


class SettlementQuerySet(models.QuerySet):
    def counted(self):
        """« Installations réalisées » (R-43)."""
        return self.filter(is_counted=True)

    def present(self):
        return self.filter(state=SettlementState.VALIDATED)

    def with_list_data(self):
        return self.select_related(
            "request", "person", "commune", "structure", "validated_by__person"
        ).defer("commune__contour")


class Settlement(models.Model):
    """Where somebody settled, since when, and what proves it."""

    State = SettlementState

    class Mode(models.TextChoices):
        LIBERAL = "liberal", "en libéral"
        SALARIED = "salaried", "en salarié"
        MIXED = "mixed", "en exercice mixte"

    request = models.OneToOneField(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="settlement",
        verbose_name="dossier",
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="settlements",
        verbose_name="personne",
    )
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        related_name="+",
        verbose_name="commune",
    )
    address = models.CharField("adresse", max_length=200, blank=True)
    structure = models.ForeignKey(
        "territory.HealthStructure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="structure",
    )
    mode = models.CharField("exercice", max_length=10, choices=Mode)
    first_day_on = models.DateField("premier jour d'exercice")
    days_a_week = models.PositiveSmallIntegerField(
        "jours par semaine",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(7)],
    )
    state = models.CharField(
        "état", max_length=10, choices=SettlementState, default=SettlementState.DECLARED
    )
    has_order = models.BooleanField("inscription au tableau de l'Ordre", default=False)
    has_contract = models.BooleanField(
        "conventionnement CPAM ou MSA, ou contrat de travail signé", default=False
    )
    has_urssaf = models.BooleanField("affiliation à l'URSSAF", default=False)
    has_activity = models.BooleanField("premier relevé d'activité", default=False)
    declared_at = models.DateTimeField("déclarée le", default=timezone.now)
    # None: the person declared it from a link, without an account.
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="déclarée par",
    )
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="validée par",
    )
    # Decided once, when it is validated: an installation that ends was one.
    is_counted = models.BooleanField("comptée", default=False)
    not_counted_because = models.CharField(
        "pourquoi elle ne compte pas", max_length=300, blank=True
    )
    left_on = models.DateField("départ le", null=True, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "installation"
        ordering = ["-first_day_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_counted=True),
                name="installation_one_counted_settlement_a_person",
                violation_error_message=(
                    "Une installation de cette personne est déjà comptée (R-43)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="declared", validated_at=None, validated_by=None)
                | Q(
                    ~Q(state="declared"),
                    validated_at__isnull=False,
                    validated_by__isnull=False,
                ),
                name="installation_validated_settlement_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="declared")
                | Q(has_order=True)
                & (Q(has_contract=True) | Q(has_urssaf=True) | Q(has_activity=True)),
                name="installation_validated_settlement_is_proven",
            ),
            models.CheckConstraint(
                condition=~Q(state="declared") | Q(is_counted=False),
                name="installation_only_validated_settlements_count",
            ),
            models.CheckConstraint(
                condition=Q(state="left", left_on__isnull=False)
                | Q(~Q(state="left"), left_on=None),
                name="installation_who_left_left_on_a_day",
            ),
        ]

    def __str__(self):
        return f"Installation à {self.commune}"

    @property
    def is_validated(self) -> bool:
        return self.state != SettlementState.DECLARED

    @property
    def proofs(self) -> frozenset[str]:
        return frozenset(name for name in PROOFS if getattr(self, name))

    @property
    def proof_labels(self) -> list[str]:
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in PROOFS
            if getattr(self, name)
        ]

    def validate(self, *, by, today: dt.date, not_counted_because: str = "") -> None:
        """Proven: from now on it is a fact; whether it counts was judged beside."""
        if self.is_validated:
            raise ValidationError(
                f"Cette installation est déjà validée, par {self.validated_by}."
            )
        if self.first_day_on > today:
            raise ValidationError(
                f"Le premier jour est le {said(self.first_day_on)} : validez à partir "
                "de ce jour-là."
            )
        self.state = SettlementState.VALIDATED
        self.validated_at, self.validated_by = timezone.now(), by
        self.not_counted_because = not_counted_because
        self.is_counted = not not_counted_because
        self.save(
            update_fields=[
                *PROOFS,
                "state",
                "validated_at",
                "validated_by",
                "is_counted",
                "not_counted_because",
            ]
        )

    def leave(self, on: dt.date) -> None:
        """They no longer practise here."""
        if self.state != SettlementState.VALIDATED:
            raise ValidationError("Seule une installation validée peut se terminer.")
        if on < self.first_day_on:
            raise ValidationError(
                f"Le départ vient après le premier jour, le {said(self.first_day_on)}."
            )
        self.state, self.left_on = SettlementState.LEFT, on
        self.save(update_fields=["state", "left_on"])

    def come_back(self) -> None:
        """They had not left after all."""
        if self.state != SettlementState.LEFT:
            raise ValidationError("Cette installation n'est pas terminée.")
        self.state, self.left_on = SettlementState.VALIDATED, None
        self.save(update_fields=["state", "left_on"])

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Two people are one: one of their installations counts (R-43). Two dossiers
        are one: the installation that is proven stays."""
        if kept.person_id != absorbed.person_id:
            absorbed.person_id = kept.person_id
            absorbed.is_counted = False
            absorbed.not_counted_because = (
                "Une installation de cette personne est déjà comptée (R-43)."
            )
            absorbed.save(update_fields=["person", "is_counted", "not_counted_because"])
        elif not absorbed.is_validated:
            absorbed.delete()
        elif not kept.is_validated:
            dossier = kept.request_id
            kept.delete()
            absorbed.request_id = dossier
            absorbed.save(update_fields=["request"])
        elif kept.is_the_same_as(absorbed):
            kept._take_from(absorbed)
        else:
            raise ValidationError(
                f"Chaque dossier a son installation validée : {kept.in_words} ; "
                f"{absorbed.in_words}. Ce sont deux accompagnements : gardez les deux "
                "dossiers, chacun compte ses suivis."
            )

    @property
    def in_words(self) -> str:
        """« à Nérac depuis le 2 mars 2026 »."""
        return f"{self.commune.with_a} depuis le {said(self.first_day_on)}"

    def is_the_same_as(self, other: "Settlement") -> bool:
        """Validated twice, in two dossiers: same place, same day, same end if any."""
        names = ("commune_id", "first_day_on", "state", "left_on")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def _take_from(self, twin: "Settlement") -> None:
        """The proofs and the answers that the other row has and this one has not."""
        for name in PROOFS:
            setattr(self, name, getattr(self, name) or getattr(twin, name))
        if twin.is_counted:
            self.is_counted, self.not_counted_because = True, ""
        known = {row.months: row for row in self.follow_ups.all()}
        for row in twin.follow_ups.exclude(answered_at=None):
            mine = known.get(row.months)
            if mine is None:
                row.settlement = self
                row.save(update_fields=["settlement"])
            elif mine.answered_at is None:
                mine.answer, mine.answered_at = row.answer, row.answered_at
                mine.save(update_fields=["answer", "answered_at"])
        twin.delete()
        self.save(update_fields=[*PROOFS, "is_counted", "not_counted_because"])

    for transition in (validate, leave, come_back):
        transition.alters_data = True
    del transition


class FollowUpQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at=None)

    def asked(self, day: dt.date):
        """Those whose day has come, of people who are still here as far as we know,
        and who have not answered a later one."""
        later = FollowUp.objects.exclude(answered_at=None).filter(
            settlement=models.OuterRef("settlement"),
            due_on__gt=models.OuterRef("due_on"),
        )
        return self.unanswered().filter(
            ~models.Exists(later),
            due_on__lte=day,
            settlement__state=SettlementState.VALIDATED,
        )


class FollowUp(models.Model):
    """« Toujours là ? », asked some months after the first day."""

    class Answer(models.TextChoices):
        YES = "yes", "toujours là"
        NO = "no", "plus là"
        CALL = "call", "souhaite être appelé ou appelée"

    settlement = models.ForeignKey(
        Settlement,
        models.CASCADE,
        related_name="follow_ups",
        verbose_name="installation",
    )
    months = models.PositiveSmallIntegerField("mois")
    due_on = models.DateField("à demander le")
    answer = models.CharField("réponse", max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d'une installation"
        verbose_name_plural = "suivis des installations"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "months"],
                name="installation_one_follow_up_a_term",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(~Q(answer=""), answered_at__isnull=False),
                name="installation_follow_up_answer_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at=None),
                name="installation_follow_ups_due",
            ),
        ]

    def __str__(self):
        return f"Suivi à {self.term}"

    @property
    def term(self) -> str:
        if self.months < 12:
            return f"{self.months} mois"
        years = self.months // 12
        return f"{years} an{'s' * (years > 1)}"

    def note(self, answer: str) -> None:
        """The answer, which may be corrected: the last one is true."""
        if answer not in self.Answer.values:
            raise ValidationError("Choisissez une réponse.")
        self.answer, self.answered_at = answer, timezone.now()
        self.save(update_fields=["answer", "answered_at"])

    note.alters_data = True
