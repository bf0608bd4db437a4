"""From opinions to the vote: envelope, committee, session, agenda."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from casework.days import said


class BudgetEnvelope(models.Model):
    """What the assembly voted for bursaries in one year, in euros."""

    year = models.PositiveSmallIntegerField(
        "année",
        unique=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    voted = models.DecimalField(
        "montant voté, en euros",
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0"))],
    )
    budget_line = models.CharField("ligne budgétaire", max_length=60, blank=True)
    deliberation = models.CharField("délibération", max_length=60, blank=True)

    class Meta:
        verbose_name = "enveloppe annuelle"
        verbose_name_plural = "enveloppes annuelles"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(voted__gte=0), name="bursaries_envelope_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"enveloppe {self.year}"


class CommitteeOpinionQuerySet(models.QuerySet):
    def awaited(self):
        return self.filter(received_on=None)

    def overdue(self, day: dt.date):
        """Asked for, not given, and past their day, for an application still open."""
        waiting = self.awaited().filter(due_on__lt=day)
        return waiting.filter(application__state__in=["complete", "to_vote"])


class CommitteeOpinion(models.Model):
    """What one body of the committee says of an application: an opinion, no vote."""

    class Sense(models.TextChoices):
        FAVOURABLE = "favourable", "favorable"
        RESERVED = "reserved", "favorable avec réserves"
        UNFAVOURABLE = "unfavourable", "défavorable"

    application = models.ForeignKey(
        "bursaries.BursaryApplication",
        models.CASCADE,
        related_name="opinions",
        verbose_name="demande",
    )
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name="demandé à",
    )
    asked_on = models.DateField("demandé le")
    due_on = models.DateField("attendu avant le")
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="demandé par"
    )
    received_on = models.DateField("reçu le", null=True, blank=True)
    sense = models.CharField("sens", max_length=15, choices=Sense, blank=True)
    text = models.TextField("texte", max_length=4000, blank=True)

    objects = CommitteeOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "avis du comité"
        verbose_name_plural = "avis du comité"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"],
                condition=Q(received_on=None),
                name="bursaries_one_awaited_opinion_a_body",
                violation_error_message="Cet avis est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None, sense="")
                | (Q(received_on__isnull=False) & ~Q(sense="")),
                name="bursaries_received_opinion_says_something",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on"))
                & (Q(received_on=None) | Q(received_on__gte=F("asked_on"))),
                name="bursaries_opinion_days_are_in_order",
            ),
        ]

    def __str__(self):
        return f"avis de {self.organisation}"

    def receive(self, sense: str, text: str, *, on: dt.date) -> None:
        if self.received_on:
            raise ValidationError("Cet avis est déjà enregistré.")
        self.sense, self.text, self.received_on = sense, text.strip(), on
        self.save(update_fields=["sense", "text", "received_on"])

    receive.alters_data = True


class CommitteeSessionQuerySet(models.QuerySet):
    def prepared(self):
        """Those whose votes are not recorded."""
        return self.filter(closed_at=None)

    def without_papers(self):
        """Closed, and their annex not made yet."""
        return self.filter(closed_at__isnull=False, annex=None)


class CommitteeSession(models.Model):
    """One session of the commission permanente, and its deliberation on bursaries."""

    held_on = models.DateField("séance du")
    number = models.CharField("numéro de la délibération", max_length=60, blank=True)
    closed_at = models.DateTimeField("votes enregistrés le", null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="votes enregistrés par",
    )
    # It binds from both: sent to the prefecture, then published (L. 3131-1 CGCT).
    transmitted_on = models.DateField(
        "transmise à la préfecture le", null=True, blank=True
    )
    published_on = models.DateField("publiée le", null=True, blank=True)
    # Names nobody: for the publication.
    annex = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="annexe anonymisée",
    )

    objects = CommitteeSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "séance de la commission permanente"
        verbose_name_plural = "séances de la commission permanente"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["held_on"],
                name="bursaries_one_session_a_day",
                violation_error_message="Une séance est déjà prévue ce jour.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, number="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(number="")),
                name="bursaries_closed_session_has_a_deliberation",
            ),
            models.CheckConstraint(
                condition=Q(transmitted_on=None)
                | Q(closed_at__isnull=False, transmitted_on__gte=F("held_on")),
                name="bursaries_deliberation_is_sent_after_the_vote",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None)
                | Q(closed_at__isnull=False, published_on__gte=F("held_on")),
                name="bursaries_deliberation_is_published_after_the_vote",
            ),
        ]

    def __str__(self):
        return f"séance du {said(self.held_on)}"

    def get_absolute_url(self):
        return reverse("admin:bursaries_committeesession_change", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def binds_since(self) -> dt.date | None:
        """The day the deliberation became executory: sent and published."""
        if self.transmitted_on and self.published_on:
            return max(self.transmitted_on, self.published_on)
        return None

    def require_prepared(self) -> None:
        if self.is_closed:
            raise ValidationError(
                "Les votes de cette séance sont enregistrés : elle ne change plus."
            )

    def close(self, number: str, *, by) -> None:
        self.require_prepared()
        if self.held_on > timezone.localdate():
            raise ValidationError(f"La séance a lieu le {said(self.held_on)}.")
        if not number.strip():
            raise ValidationError("Indiquez le numéro de la délibération.")
        self.number = number.strip()
        self.closed_at, self.closed_by = timezone.now(), by
        self.save(update_fields=["number", "closed_at", "closed_by"])

    def note_days(
        self, *, transmitted_on: dt.date | None, published_on: dt.date | None
    ) -> None:
        """When it was sent to the prefecture, and published."""
        if not self.is_closed:
            raise ValidationError("Enregistrez d'abord les votes.")
        for day in (transmitted_on, published_on):
            if day and day < self.held_on:
                raise ValidationError(
                    f"Cette date est avant la séance, tenue le {said(self.held_on)}."
                )
            if day and day > timezone.localdate():
                raise ValidationError("Cette date est à venir : vérifiez-la.")
        self.transmitted_on, self.published_on = transmitted_on, published_on
        self.save(update_fields=["transmitted_on", "published_on"])

    def keep_annex(self, document) -> None:
        self.annex = document
        self.save(update_fields=["annex"])

    for transition in (close, note_days, keep_annex):
        transition.alters_data = True
    del transition


class AgendaItem(models.Model):
    """An application on the agenda of a session, and what was voted of it."""

    class Vote(models.TextChoices):
        APPROVED = "approved", "accordée"
        REFUSED = "refused", "refusée"
        ADJOURNED = "adjourned", "ajournée"

    session = models.ForeignKey(
        CommitteeSession, models.CASCADE, related_name="items", verbose_name="séance"
    )
    application = models.ForeignKey(
        "bursaries.BursaryApplication",
        models.PROTECT,
        related_name="agenda_items",
        verbose_name="demande",
    )
    vote = models.CharField("vote", max_length=10, choices=Vote, blank=True)
    months = models.PositiveSmallIntegerField("mois accordés", null=True, blank=True)
    # Euros, as they were estimated for the vote.
    total = models.DecimalField(
        "montant accordé au plus",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
    )
    reason = models.TextField("motif ou conditions", max_length=2000, blank=True)

    class Meta:
        verbose_name = "point de l'ordre du jour"
        verbose_name_plural = "points de l'ordre du jour"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(vote=""),
                name="bursaries_application_awaits_one_vote",
                violation_error_message="Cette demande est déjà inscrite à une séance.",
            ),
            models.UniqueConstraint(
                fields=["session", "application"],
                name="bursaries_application_is_voted_once_a_session",
            ),
            models.CheckConstraint(
                condition=Q(
                    vote="approved",
                    months__isnull=False,
                    months__gte=1,
                    total__isnull=False,
                    total__gt=0,
                )
                | (~Q(vote="approved") & Q(months=None, total=None)),
                name="bursaries_approved_item_says_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(vote__in=["refused", "adjourned"]) | ~Q(reason=""),
                name="bursaries_other_votes_say_why",
            ),
        ]

    def __str__(self):
        return f"{self.application}, {self.session}"
