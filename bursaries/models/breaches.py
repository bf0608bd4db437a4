"""When an agreement is not kept: what was tried, claimed, computed and repaid."""

import datetime as dt

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bursaries.choices import Ground, Outcome
from bursaries.instalments import Instalment, Receipt


class BreachCaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on=None)

    def with_list_data(self):
        return self.select_related("agreement").prefetch_related(
            "steps", "sheets__instalments", "sheets__receipts"
        )


class BreachCase(models.Model):
    """One time an agreement seemed not to be kept, until it was settled one way.

    Its stage follows from what was done: nothing is demanded without a formal notice,
    nothing is repaid without a calculation that another agent checked (R-60).
    """

    class Stage(models.TextChoices):
        SUSPECTED = "suspected", "à éclaircir"
        AMICABLE = "amicable", "recherche d'un accord"
        NOTICE = "notice", "mise en demeure"
        DUE = "due", "remboursement à organiser"
        REPAYING = "repaying", "remboursement en cours"
        CLOSED = "closed", "close"

    agreement = models.ForeignKey(
        "bursaries.Agreement",
        models.PROTECT,
        related_name="breaches",
        verbose_name="convention",
    )
    ground = models.CharField("motif", max_length=12, choices=Ground)
    # From when it is counted: the day they stopped, or should have settled.
    since = models.DateField("depuis le")
    opened_on = models.DateField("ouverte le")
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="ouverte par"
    )
    # The letter with its deadline and its legal basis.
    notice_on = models.DateField("mise en demeure le", null=True, blank=True)
    notice_until = models.DateField("délai jusqu'au", null=True, blank=True)
    notice = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lettre",
    )
    closed_on = models.DateField("close le", null=True, blank=True)
    outcome = models.CharField("issue", max_length=12, choices=Outcome, blank=True)
    outcome_text = models.TextField("motif de l'issue", max_length=2000, blank=True)

    objects = BreachCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "manquement"
        verbose_name_plural = "manquements"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(closed_on=None),
                name="bursaries_one_open_breach_an_agreement",
                violation_error_message="Un manquement est déjà ouvert.",
            ),
            # letter, deadline and day go together.
            models.CheckConstraint(
                condition=Q(notice_on=None, notice_until=None, notice=None)
                | Q(
                    notice_on__isnull=False,
                    notice_until__isnull=False,
                    notice__isnull=False,
                    notice_until__gt=F("notice_on"),
                    notice_on__gte=F("opened_on"),
                ),
                name="bursaries_notice_has_letter_and_deadline",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="") & ~Q(outcome_text="")),
                name="bursaries_closed_breach_says_how",
            ),
        ]

    def __str__(self):
        return f"manquement, {self.agreement}"

    @property
    def sheet(self) -> "RepaymentSheet | None":
        """The calculation that counts: the last one that was checked."""
        checked = [one for one in self.sheets.all() if one.is_checked]
        return max(checked, key=lambda one: one.number, default=None)

    @property
    def stage(self) -> str:
        if self.closed_on:
            return self.Stage.CLOSED
        if sheet := self.sheet:
            planned = bool(sheet.instalments.all())
            return self.Stage.REPAYING if planned else self.Stage.DUE
        if self.notice_on:
            return self.Stage.NOTICE
        return self.Stage.AMICABLE if self.steps.all() else self.Stage.SUSPECTED

    @property
    def stage_label(self) -> str:
        return str(self.Stage(self.stage).label)

    def require_open(self) -> None:
        if self.closed_on:
            raise ValidationError("Ce manquement est clos.")

    def give_notice(self, document, *, on: dt.date, until: dt.date) -> None:
        self.require_open()
        if self.notice_on:
            raise ValidationError("La mise en demeure est déjà partie.")
        self.notice, self.notice_on, self.notice_until = document, on, until
        self.save(update_fields=["notice", "notice_on", "notice_until"])

    def close(self, outcome: str, text: str, *, on: dt.date) -> None:
        self.require_open()
        if not text.strip():
            raise ValidationError("Dites pourquoi.")
        self.outcome, self.outcome_text, self.closed_on = outcome, text.strip(), on
        self.save(update_fields=["outcome", "outcome_text", "closed_on"])

    for transition in (give_notice, close):
        transition.alters_data = True
    del transition


class BreachStep(models.Model):
    """One contact, one delay granted, one step of the person: what a court asks."""

    class Kind(models.TextChoices):
        CALL = "call", "appel"
        LETTER = "letter", "courrier ou courriel"
        MEETING = "meeting", "rendez-vous"
        DELAY = "delay", "délai accordé"
        PERSON = "person", "démarche de la personne"

    case = models.ForeignKey(
        BreachCase, models.CASCADE, related_name="steps", verbose_name="manquement"
    )
    on = models.DateField("le")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    text = models.TextField("ce qui s'est dit", max_length=2000)
    until = models.DateField("délai jusqu'au", null=True, blank=True)
    noted_at = models.DateTimeField("noté le", default=timezone.now)
    noted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "démarche d'un manquement"
        verbose_name_plural = "démarches des manquements"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="delay", until__isnull=False, until__gt=F("on"))
                | (~Q(kind="delay") & Q(until=None)),
                name="bursaries_delay_has_its_end",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="step_of_a_breach_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} du {self.on:%d/%m/%Y}"


class RepaymentSheet(models.Model):
    """One calculation of what is paid back: its inputs, its lines, its author.

    Written once and never changed; another agent checks it, or it is made again.
    """

    case = models.ForeignKey(
        BreachCase, models.PROTECT, related_name="sheets", verbose_name="manquement"
    )
    number = models.PositiveSmallIntegerField("version")
    on = models.DateField("calculé au")
    # Everything the rules read, as text: formula, paid, committed, served…
    inputs = models.JSONField("données")
    # Label and amount of each line, in order.
    lines = models.JSONField("lignes")
    due = models.DecimalField("à rembourser, en euros", max_digits=9, decimal_places=2)
    made_at = models.DateTimeField("fait le", default=timezone.now)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="fait par"
    )
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vérifié par",
    )
    # The title of receipt of the Département, once issued.
    title_number = models.CharField("titre de recettes", max_length=40, blank=True)
    title_on = models.DateField("titre émis le", null=True, blank=True)

    class Meta:
        verbose_name = "calcul de remboursement"
        verbose_name_plural = "calculs de remboursement"
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], name="bursaries_one_sheet_a_number"
            ),
            models.CheckConstraint(
                condition=Q(due__gte=0), name="bursaries_sheet_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | (
                    Q(checked_at__isnull=False, checked_by__isnull=False)
                    & ~Q(checked_by=F("made_by"))
                ),
                name="bursaries_another_agent_checks_the_sheet",
                violation_error_message="Un autre agent vérifie votre calcul.",
            ),
            models.CheckConstraint(
                condition=Q(title_number="", title_on=None)
                | (~Q(title_number="") & Q(title_on__isnull=False)),
                name="bursaries_title_is_dated",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sheet_keeps_its_figures",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF (
                        OLD.case_id, OLD.number, OLD.on, OLD.inputs, OLD.lines,
                        OLD.due, OLD.made_at, OLD.made_by_id
                    ) IS DISTINCT FROM (
                        NEW.case_id, NEW.number, NEW.on, NEW.inputs, NEW.lines,
                        NEW.due, NEW.made_at, NEW.made_by_id
                    ) OR (
                        OLD.checked_at IS NOT NULL AND
                        OLD.checked_at IS DISTINCT FROM NEW.checked_at
                    ) THEN
                        RAISE EXCEPTION 'a calculation keeps its figures';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="sheet_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"calcul n° {self.number} du {self.on:%d/%m/%Y}"

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    def check_by(self, by) -> None:
        if self.is_checked:
            raise ValidationError("Ce calcul est déjà vérifié.")
        if self.made_by_id == by.pk:
            raise ValidationError("Un autre agent vérifie votre calcul.")
        self.checked_at, self.checked_by = timezone.now(), by
        self.save(update_fields=["checked_at", "checked_by"])

    def note_title(self, number: str, on: dt.date) -> None:
        if not self.is_checked:
            raise ValidationError("Le calcul n'est pas encore vérifié.")
        self.title_number, self.title_on = number.strip(), on
        self.save(update_fields=["title_number", "title_on"])

    for transition in (check_by, note_title):
        transition.alters_data = True
    del transition


class RepaymentInstalment(models.Model):
    """One sum of a plan, to be paid back by the end of a day."""

    sheet = models.ForeignKey(
        RepaymentSheet,
        models.PROTECT,
        related_name="instalments",
        verbose_name="calcul",
    )
    due_on = models.DateField("avant le")
    amount = models.DecimalField("montant, en euros", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "mensualité de remboursement"
        verbose_name_plural = "mensualités de remboursement"
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "due_on"], name="bursaries_one_instalment_a_day"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="bursaries_instalment_is_something"
            ),
        ]

    def __str__(self):
        return f"mensualité du {self.due_on:%d/%m/%Y}"

    @property
    def value(self) -> Instalment:
        return Instalment(self.due_on, self.amount)


class RepaymentReceipt(models.Model):
    """A sum that came in; negative when the bank took it back."""

    sheet = models.ForeignKey(
        RepaymentSheet, models.PROTECT, related_name="receipts", verbose_name="calcul"
    )
    on = models.DateField("reçu le")
    amount = models.DecimalField("montant, en euros", max_digits=9, decimal_places=2)
    note = models.CharField("référence", max_length=60, blank=True)
    noted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "somme remboursée"
        verbose_name_plural = "sommes remboursées"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0), name="bursaries_receipt_is_something"
            ),
            # The same line of the bank, typed twice.
            models.UniqueConstraint(
                fields=["sheet", "on", "amount", "note"],
                name="bursaries_a_receipt_is_noted_once",
                violation_error_message="Cette somme est déjà notée : si deux sommes "
                "sont égales, distinguez-les par leur référence.",
            ),
        ]

    def __str__(self):
        return f"somme du {self.on:%d/%m/%Y}"

    @property
    def value(self) -> Receipt:
        return Receipt(self.on, self.amount)
