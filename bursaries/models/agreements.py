"""The agreement that binds a student, its amendments, and the words of both."""

import datetime as dt

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.fields import LowercaseEmailField
from bursaries.choices import (
    Ending,
    LegalBasis,
    Mode,
    Profession,
    Rhythm,
    ZoneReference,
)
from bursaries.models.schemes import LEAST_MONTHS
from documents.models import SignatureRequest, SigningPower


class AgreementQuerySet(models.QuerySet):
    def running(self):
        """Those that did not end."""
        return self.filter(ended_on=None)

    def ended_before(self, limit: dt.date):
        """Over for that long, and not emptied yet."""
        return self.filter(forgotten_at=None, ended_on__lte=limit)

    def of(self, person):
        return self.filter(person=person)

    def visible_to(self, user):
        """Those who prepare them and those who pay; else one's own."""
        if user.is_authenticated and user.is_active:
            readers = (*roles.DESK, roles.FINANCES)
            if user.is_superuser or (user.is_staff and roles.has_role(user, *readers)):
                return self
            return self.of(user.person_id)
        return self.none()

    def with_facts(self):
        """With all that tells where they stand."""
        return self.with_deeds().prefetch_related(
            "proofs",
            "suspensions",
            "places__commune",
            "declarations",
            "payments",
            "breaches",
        )

    def with_deeds(self):
        return self.select_related(
            "person", "version__scheme", "session"
        ).prefetch_related("deeds__circuit__signatories")


class Agreement(models.Model):
    """What the Département and one person promise each other.

    Its terms are those of its deeds, each from its day on; where it stands is told by
    its facts, and never typed.
    """

    reference = models.CharField("référence", max_length=20, unique=True)
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="agreements",
        verbose_name="personne",
    )
    application = models.OneToOneField(
        "bursaries.BursaryApplication",
        models.PROTECT,
        related_name="agreement",
        verbose_name="demande",
    )
    # Its rules stay those of that vote, whatever is voted since.
    version = models.ForeignKey(
        "bursaries.SchemeVersion",
        models.PROTECT,
        related_name="agreements",
        verbose_name="règles",
    )
    session = models.ForeignKey(
        "bursaries.CommitteeSession",
        models.PROTECT,
        related_name="agreements",
        verbose_name="séance",
    )
    profession = models.CharField("études", max_length=20, choices=Profession)
    # Who signs, as the agreement names them.
    name = models.CharField("nom", max_length=200, blank=True)
    email = LowercaseEmailField("courriel", blank=True)
    address = models.TextField("adresse", max_length=420, blank=True)
    # The diploma as it was expected when the agreement was written.
    diploma_due_on = models.DateField("diplôme prévu le")
    # Said by the desk from the diploma itself.
    diploma_on = models.DateField("diplôme obtenu le", null=True, blank=True)

    created_at = models.DateTimeField("préparée le", default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="préparée par"
    )
    ended_on = models.DateField("terminée le", null=True, blank=True)
    ending = models.CharField("fin", max_length=12, choices=Ending, blank=True)
    ending_text = models.TextField("motif de la fin", max_length=2000, blank=True)
    # That the service was done: what the person may show.
    certificate = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="attestation de fin d'engagement",
    )
    forgotten_at = models.DateTimeField("effacée le", null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-created_at", "-pk"]
        constraints = [
            #
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on=None),
                name="bursaries_one_running_agreement_a_person",
                violation_error_message="Cette personne a déjà une convention en "
                "cours : une seule à la fois.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="")
                | (Q(ended_on__isnull=False) & ~Q(ending="")),
                name="bursaries_ended_agreement_says_how",
            ),
        ]

    def __str__(self):
        return f"convention {self.reference}"

    def get_absolute_url(self):
        return reverse("bursaries:agreement-detail", args=[self.reference])

    @property
    def root(self) -> "Deed":
        """The agreement itself, before any amendment."""
        return next(deed for deed in self.deeds.all() if deed.is_root)

    @property
    def signed_deeds(self) -> list["Deed"]:
        return [deed for deed in self.deeds.all() if deed.signed_on]

    def terms_on(self, day: dt.date) -> "Deed":
        """The deed whose terms are in force that day: the last that took effect."""
        amended = [
            deed
            for deed in self.signed_deeds
            if not deed.is_root and deed.effective_on <= day
        ]
        return max(amended, key=lambda deed: deed.effective_on, default=self.root)

    @property
    def terms_now(self) -> "Deed":
        return self.terms_on(timezone.localdate())

    @property
    def open_breach(self):
        """The breach looked into today, if any."""
        return next((one for one in self.breaches.all() if not one.closed_on), None)

    def certify(self, document) -> None:
        self.certificate = document
        self.save(update_fields=["certificate"])

    certify.alters_data = True

    def require_running(self) -> None:
        if self.ended_on:
            raise ValidationError("Cette convention a pris fin : elle ne change plus.")

    def end(self, ending: str, text: str, *, on: dt.date) -> None:
        self.require_running()
        self.ending, self.ending_text, self.ended_on = ending, text.strip(), on
        self.save(update_fields=["ending", "ending_text", "ended_on"])

    def forget(self) -> None:
        """Empty who signed; what was promised and done stays."""
        self.name = self.email = self.address = ""
        self.forgotten_at = timezone.now()
        self.save(update_fields=["name", "email", "address", "forgotten_at"])

    for transition in (end, forget):
        transition.alters_data = True
    del transition


class DeedQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(circuit__state=SignatureRequest.State.SIGNED)

    def to_prepare(self):
        """Approved, and the PDF is still to be made."""
        return self.filter(
            approved_at__isnull=False, circuit=None, abandoned_at=None
        ) | self.filter(
            approved_at__isnull=False,
            abandoned_at=None,
            circuit__state=SignatureRequest.State.ABANDONED,
        )

    def to_sign(self):
        return self.filter(
            approved_at__isnull=False,
            abandoned_at=None,
            circuit__state=SignatureRequest.State.OPEN,
        )

    def not_over(self):
        """Neither abandoned nor binding: somebody has something to do."""
        return self.filter(abandoned_at=None).filter(
            Q(transmitted_on=None) | Q(notified_on=None)
        )

    def not_binding(self):
        """Signed by all, and still to be sent or notified."""
        return self.signed().filter(Q(transmitted_on=None) | Q(notified_on=None))


# What a deed says, once it was approved: a new one says otherwise.
TERMS = (
    "starts_on",
    "months",
    "amounts",
    "max_total",
    "rhythm",
    "commitment_months",
    "window_months",
    "days_a_week",
    "modes",
    "zones",
    "zone_reference",
)


class Deed(models.Model):
    """One deed of an agreement: the agreement itself (number 0), then amendments.

    It states all the terms, those that do not change included. Amounts are euros a
    month, year of bursary after year; the last goes on.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "en rédaction"
        PREPARING = "preparing", "PDF en préparation"
        TO_SIGN = "to_sign", "à la signature"
        SIGNED = "signed", "signée"
        EXECUTORY = "executory", "exécutoire"
        ABANDONED = "abandoned", "abandonnée"

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="deeds", verbose_name="convention"
    )
    number = models.PositiveSmallIntegerField("avenant", default=0)
    # Empty for the agreement itself: it binds from its signature.
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    purpose = models.TextField(
        "objet",
        max_length=1000,
        blank=True,
        help_text="Pourquoi cet avenant, en une ou deux phrases.",
    )

    legal_basis = models.CharField("base légale", max_length=10, choices=LegalBasis)
    starts_on = models.DateField("premier mois")
    months = models.PositiveSmallIntegerField(
        "mois payés", validators=[MinValueValidator(1), MaxValueValidator(144)]
    )
    amounts = ArrayField(
        models.DecimalField(max_digits=8, decimal_places=2),
        verbose_name="montants par mois",
    )
    max_total = models.DecimalField(
        "total au plus, en euros", max_digits=9, decimal_places=2
    )
    rhythm = models.CharField("versés", max_length=10, choices=Rhythm)
    commitment_months = models.PositiveSmallIntegerField(
        "engagement, en mois d'exercice",
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    window_months = models.PositiveSmallIntegerField(
        "mois pour s'installer après le diplôme",
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    days_a_week = models.DecimalField(
        "jours d'exercice par semaine", max_digits=2, decimal_places=1
    )
    modes = ArrayField(
        models.CharField(max_length=10, choices=Mode), verbose_name="modes d'exercice"
    )
    zones = ArrayField(
        models.CharField(max_length=30), verbose_name="zones", default=list, blank=True
    )
    zone_reference = models.CharField(
        "zonage qui compte", max_length=10, choices=ZoneReference
    )

    created_at = models.DateTimeField("rédigée le", default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="rédigée par"
    )
    approved_at = models.DateTimeField("arrêtée le", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="arrêtée par",
    )
    # Who signs for the Département, as the deed names them.
    signer_name = models.CharField("signée par", max_length=200, blank=True)
    signer_capacity = models.CharField("en qualité de", max_length=120, blank=True)
    signer_email = LowercaseEmailField("courriel du signataire", blank=True)
    power = models.ForeignKey(
        "documents.SigningPower",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pouvoir de signer",
    )
    circuit = models.OneToOneField(
        "documents.SignatureRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="signature",
    )
    # The name of the error of the last attempt at the PDF; empty once made.
    failure = models.CharField("dernier échec", max_length=80, blank=True)
    transmitted_on = models.DateField(
        "transmise à la préfecture le", null=True, blank=True
    )
    notified_on = models.DateField("notifiée le", null=True, blank=True)
    abandoned_at = models.DateTimeField("abandonnée le", null=True, blank=True)
    abandoned_because = models.TextField("motif", max_length=1000, blank=True)

    objects = DeedQuerySet.as_manager()

    class Meta:
        verbose_name = "acte d'une convention"
        verbose_name_plural = "actes des conventions"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="bursaries_one_deed_a_number"
            ),
            models.UniqueConstraint(
                fields=["agreement", "effective_on"],
                condition=Q(abandoned_at=None, effective_on__isnull=False),
                name="bursaries_one_amendment_a_day",
                violation_error_message="Un autre avenant prend effet ce jour-là : "
                "choisissez un autre jour, ou complétez-le.",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(approved_at=None, abandoned_at=None),
                name="bursaries_one_deed_is_written_at_a_time",
                violation_error_message="Un acte de cette convention est déjà en "
                "rédaction.",
            ),
            models.CheckConstraint(
                condition=Q(number=0, effective_on=None)
                | (Q(number__gt=0, effective_on__isnull=False) & ~Q(purpose="")),
                name="bursaries_amendment_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | (
                    Q(approved_at__isnull=False, approved_by__isnull=False)
                    & ~Q(signer_name="")
                    & ~Q(signer_capacity="")
                ),
                name="bursaries_approved_deed_says_who_signs",
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at=None, abandoned_because="")
                | (Q(abandoned_at__isnull=False) & ~Q(abandoned_because="")),
                name="bursaries_abandoned_deed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(transmitted_on=None, notified_on=None)
                | Q(circuit__isnull=False, abandoned_at=None),
                name="bursaries_only_a_signed_deed_is_sent",
            ),
            # R-11, article L. 1511-8, II CGCT.
            models.CheckConstraint(
                condition=~Q(legal_basis="studies")
                | Q(commitment_months__gte=LEAST_MONTHS),
                name="bursaries_deed_binds_five_years",
                violation_error_message="L'indemnité d'étude demande au moins cinq "
                "ans d'exercice : 60 mois (article L. 1511-8, II du CGCT).",
            ),
            models.CheckConstraint(
                condition=Q(
                    amounts__len__gte=1,
                    modes__len__gte=1,
                    months__gte=1,
                    max_total__gt=0,
                    days_a_week__gt=0,
                    starts_on__day=1,
                ),
                name="bursaries_deed_says_its_terms",
            ),
        ]
        indexes = [
            models.Index(
                fields=["approved_at"],
                condition=Q(transmitted_on=None) | Q(notified_on=None),
                name="bursaries_deeds_not_binding",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_deed_keeps_its_terms",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.approved_at IS NOT NULL AND NEW.approved_at IS NOT NULL
                        AND (
                            OLD.starts_on, OLD.months, OLD.amounts, OLD.max_total,
                            OLD.rhythm, OLD.commitment_months, OLD.window_months,
                            OLD.days_a_week, OLD.modes, OLD.zones,
                            OLD.zone_reference, OLD.effective_on, OLD.legal_basis
                        ) IS DISTINCT FROM (
                            NEW.starts_on, NEW.months, NEW.amounts, NEW.max_total,
                            NEW.rhythm, NEW.commitment_months, NEW.window_months,
                            NEW.days_a_week, NEW.modes, NEW.zones,
                            NEW.zone_reference, NEW.effective_on, NEW.legal_basis
                        )
                    THEN
                        RAISE EXCEPTION 'an approved deed keeps its terms';
                    END IF;
                    IF OLD.circuit_id IS NOT NULL AND (
                        NEW.approved_at IS NULL OR
                        NEW.circuit_id IS DISTINCT FROM OLD.circuit_id
                    ) AND EXISTS (
                        SELECT 1 FROM documents_signaturerequest
                        WHERE id = OLD.circuit_id AND state = 'signed'
                    ) THEN
                        RAISE EXCEPTION 'a signed deed stays as it is';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="approved_deed_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.approved_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        if self.is_root:
            return str(self.agreement)
        return f"avenant n° {self.number} à la {self.agreement}"

    def get_absolute_url(self):
        return reverse("admin:bursaries_deed_change", args=[self.pk])

    @property
    def is_root(self) -> bool:
        return self.number == 0

    @property
    def title(self) -> str:
        """« Avenant n° 1 », as the document and the pages call it."""
        return "Convention" if self.is_root else f"Avenant n° {self.number}"

    @property
    def state(self) -> str:
        if self.abandoned_at:
            return self.State.ABANDONED
        if self.approved_at is None:
            return self.State.DRAFT
        if self.signed_on:
            return self.State.EXECUTORY if self.binds_since else self.State.SIGNED
        if self.circuit and self.circuit.state == SignatureRequest.State.OPEN:
            return self.State.TO_SIGN
        return self.State.PREPARING

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    @property
    def signed_on(self) -> dt.date | None:
        """The day the last one signed."""
        circuit = self.circuit
        if circuit is None or circuit.state != SignatureRequest.State.SIGNED:
            return None
        return timezone.localdate(circuit.closed_at)

    @property
    def binds_since(self) -> dt.date | None:
        """Signed by all, sent to the prefecture, notified (L. 3131-1 CGCT)."""
        if self.signed_on and self.transmitted_on and self.notified_on:
            return max(self.signed_on, self.transmitted_on, self.notified_on)
        return None

    def require_draft(self) -> None:
        if self.abandoned_at:
            raise ValidationError("Cet acte est abandonné.")
        if self.approved_at:
            raise ValidationError(
                "Ce texte est arrêté : reprenez-le d'abord en rédaction."
            )

    def approve(self, *, power: SigningPower, by) -> None:
        """Nothing changes any more: the PDF is made from it."""
        self.require_draft()
        if not power.holds(timezone.localdate()):
            raise ValidationError(f"{power.name} ne signe pas pour le Département.")
        self.power = power
        self.signer_name = power.name
        self.signer_capacity = power.full_capacity[:120]
        self.signer_email = power.email
        self.approved_at, self.approved_by = timezone.now(), by
        self.save(
            update_fields=[
                "power",
                "signer_name",
                "signer_capacity",
                "signer_email",
                "approved_at",
                "approved_by",
            ]
        )

    def await_signatures(self, circuit) -> None:
        """Its PDF is made and is put to the signature."""
        if self.state != self.State.PREPARING:
            raise ValidationError("Ce texte n'attend pas son PDF.")
        self.circuit, self.failure = circuit, ""
        self.save(update_fields=["circuit", "failure"])

    def reopen(self) -> None:
        """Back to writing; the circuit stays, and the next one replaces it."""
        if self.state not in {self.State.PREPARING, self.State.TO_SIGN}:
            raise ValidationError(
                "Ce texte est signé de tous : un avenant le change, rien d'autre."
                if self.signed_on
                else "Ce texte est déjà en rédaction, ou abandonné."
            )
        self.approved_at = self.approved_by = None
        self.failure = ""
        self.save(update_fields=["approved_at", "approved_by", "failure"])

    def abandon(self, because: str) -> None:
        if self.signed_on or self.abandoned_at:
            raise ValidationError("Cet acte est signé, ou déjà abandonné.")
        if not because.strip():
            raise ValidationError("Dites pourquoi il est abandonné.")
        self.abandoned_at, self.abandoned_because = timezone.now(), because.strip()
        self.save(update_fields=["abandoned_at", "abandoned_because"])

    def note_days(
        self, *, transmitted_on: dt.date | None, notified_on: dt.date | None
    ) -> None:
        """When it was sent to the prefecture, and handed to the person."""
        if not self.signed_on:
            raise ValidationError("Tous n'ont pas encore signé.")
        for day in (transmitted_on, notified_on):
            if day and day < self.signed_on:
                raise ValidationError("Cette date est avant la dernière signature.")
            if day and day > timezone.localdate():
                raise ValidationError("Cette date est à venir : vérifiez-la.")
        self.transmitted_on, self.notified_on = transmitted_on, notified_on
        self.save(update_fields=["transmitted_on", "notified_on"])

    for transition in (approve, await_signatures, reopen, abandon, note_days):
        transition.alters_data = True
    del transition


_OF_A_DRAFT = """
    IF EXISTS (
        SELECT 1 FROM bursaries_deed
        WHERE id = COALESCE(NEW.deed_id, OLD.deed_id) AND approved_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the words of an approved deed are frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class DeedClause(models.Model):
    """One article of a deed, in its own words; frozen with it."""

    deed = models.ForeignKey(
        Deed, models.CASCADE, related_name="clauses", verbose_name="acte"
    )
    key = models.SlugField("clé", max_length=40)
    rank = models.PositiveSmallIntegerField("ordre")
    title = models.CharField("titre", max_length=120)
    body = models.TextField("texte", max_length=6000)
    # The words of the library it began with; 0: those of the portal.
    library_number = models.PositiveSmallIntegerField("version du modèle", default=0)
    is_reworded = models.BooleanField("retouchée", default=False)

    class Meta:
        verbose_name = "article d'une convention"
        verbose_name_plural = "articles des conventions"
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deed", "key"], name="bursaries_one_clause_a_key"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="clause_frozen_with_deed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_A_DRAFT,
            )
        ]

    def __str__(self):
        return self.title


class ClauseCommentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(resolved_at=None)


class ClauseComment(models.Model):
    """What a reviewer says of one article, until somebody has dealt with it."""

    clause = models.ForeignKey(
        DeedClause, models.CASCADE, related_name="comments", verbose_name="article"
    )
    text = models.TextField("remarque", max_length=1000)
    made_at = models.DateTimeField("faite le", default=timezone.now)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="faite par"
    )
    resolved_at = models.DateTimeField("traitée le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="traitée par",
    )

    objects = ClauseCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque sur un article"
        verbose_name_plural = "remarques sur les articles"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="bursaries_resolved_comment_says_by_whom",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    def resolve(self, *, by) -> None:
        if self.resolved_at:
            return
        self.resolved_at, self.resolved_by = timezone.now(), by
        self.save(update_fields=["resolved_at", "resolved_by"])

    resolve.alters_data = True


class DeedCopy(models.Model):
    """A copy of a signed deed sent where the law wants one (L. 1511-8, I CGCT)."""

    class To(models.TextChoices):
        ARS = "ars", "agence régionale de santé"
        CPAM = "cpam", "caisse primaire d'assurance maladie"

    deed = models.ForeignKey(
        Deed, models.CASCADE, related_name="copies", verbose_name="acte"
    )
    to = models.CharField("envoyée à", max_length=10, choices=To)
    sent_on = models.DateField("envoyée le")
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="envoyée par"
    )

    class Meta:
        verbose_name = "copie d'un acte"
        verbose_name_plural = "copies des actes"
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deed", "to"],
                name="bursaries_one_copy_a_body",
                violation_error_message="Cette copie est déjà notée.",
            ),
        ]

    def __str__(self):
        return self.get_to_display()


class ClauseText(models.Model):
    """One wording of one clause of the library, as staff wrote it.

    The last number counts; the wording of a scheme comes before the one for all,
    and the portal's own before nobody wrote any. Nothing is written over.
    """

    key = models.SlugField("clé", max_length=40)
    scheme = models.ForeignKey(
        "bursaries.Scheme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clause_texts",
        verbose_name="bourse",
        help_text="Vide : pour toutes.",
    )
    number = models.PositiveSmallIntegerField("version")
    title = models.CharField("titre", max_length=120)
    body = models.TextField("texte", max_length=6000)
    is_used = models.BooleanField(
        "figure dans les conventions",
        default=True,
        help_text="Décochez pour l'en retirer : les conventions signées la gardent.",
    )
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    written_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="écrite par"
    )

    class Meta:
        verbose_name = "clause"
        verbose_name_plural = "clauses"
        ordering = ["key", "scheme", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "scheme", "number"],
                nulls_distinct=False,
                name="bursaries_one_wording_a_number",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="wording_of_a_clause_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"
