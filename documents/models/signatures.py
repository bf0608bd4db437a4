import hmac
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.fields import LowercaseEmailField
from territory.sorting import search_key

# Without I, L, O, U, 0 and 1: what is read aloud or copied from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 12
MAIL_CODE_LENGTH = 6
MAIL_CODE_LIVES = timedelta(minutes=15)
MAIL_CODE_TRIES = 5


def draw_code() -> str:
    """A verification code: to be printed on the document before it is signed."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class SignatureRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SignatureRequest.State.OPEN)

    def signed(self):
        return self.filter(state=SignatureRequest.State.SIGNED)

    def to_file(self):
        """Everybody signed, and the final file is still to be made."""
        return self.signed().filter(signed_document=None, forgotten_at=None)


class SignatureRequest(models.Model):
    """One circuit: one produced document, and those who sign it.

    To begin again is another circuit that replaces this one: what somebody signed
    is never written over.
    """

    class State(models.TextChoices):
        OPEN = "open", "en cours de signature"
        SIGNED = "signed", "signé"
        ABANDONED = "abandoned", "abandonné"

    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        related_name="signature_requests",
        verbose_name="document à signer",
    )
    # Anyone may read it at /verifier/: no name, no address.
    nature = models.CharField("nature", max_length=80)
    title = models.CharField("titre", max_length=200)
    is_ordered = models.BooleanField("dans l'ordre", default=False)
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.OPEN, editable=False
    )
    created_at = models.DateTimeField("ouvert le", default=timezone.now)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    code = models.CharField(
        "code de vérification", max_length=CODE_LENGTH, unique=True, default=draw_code
    )
    signed_document = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signature_result",
        verbose_name="document signé",
    )
    # What the signed document was sealed with; nothing where no seal is configured.
    seal = models.ForeignKey(
        "documents.SealCertificate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sealed_circuits",
        verbose_name="cachet",
    )
    # The name of the error of the last attempt at the final file; empty once made.
    failure = models.CharField("dernier échec", max_length=80, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="remplace",
    )
    forgotten_at = models.DateTimeField("effacé le", null=True, blank=True)

    objects = SignatureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "circuit de signature"
        verbose_name_plural = "circuits de signature"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | Q(~Q(state="open"), closed_at__isnull=False),
                name="documents_closed_circuit_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(signed_document=None) | Q(state="signed"),
                name="documents_only_signed_circuit_has_file",
            ),
            models.CheckConstraint(
                condition=Q(signed_document=None) | ~Q(signed_document=F("document")),
                name="documents_signed_file_is_another",
            ),
            models.CheckConstraint(
                condition=Q(seal=None) | Q(signed_document__isnull=False),
                name="documents_only_signed_file_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="documents_circuit_replaces_another",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=f"^[{CODE_ALPHABET}]{{{CODE_LENGTH}}}$"),
                name="documents_code_can_be_typed",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="open"),
                name="documents_one_open_circuit_a_document",
                violation_error_message="Ce document est déjà à la signature.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Where anyone may check the document."""
        return reverse("documents:verify-code", args=[self.spaced_code])

    @property
    def spaced_code(self) -> str:
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))

    @property
    def final_document(self):
        """What to hand out: the signed file as soon as there is one."""
        return self.signed_document or self.document

    def waiting(self) -> list["Signatory"]:
        """Those whose turn it is."""
        unsigned = [one for one in self.signatories.all() if not one.has_signed]
        if self.is_ordered and unsigned:
            first = min(one.rank for one in unsigned)
            return [one for one in unsigned if one.rank == first]
        return unsigned

    def require_open(self) -> None:
        if self.state == self.State.SIGNED:
            raise ValidationError("Ce document est déjà signé de tous.")
        if self.state == self.State.ABANDONED:
            raise ValidationError(
                "Cette signature a été abandonnée : demandez le nouveau document."
            )

    def complete(self) -> None:
        """The last one signed."""
        self.require_open()
        if any(not one.has_signed for one in self.signatories.all()):
            raise ValidationError("Il manque encore une signature.")
        self._close(self.State.SIGNED)

    complete.alters_data = True

    def abandon(self) -> None:
        self.require_open()
        self._close(self.State.ABANDONED)

    abandon.alters_data = True

    def _close(self, state) -> None:
        self.state = state
        self.closed_at = timezone.now()
        self.save(update_fields=["state", "closed_at"])

    def file(self, document, seal=None) -> None:
        """Keep the final file, and what it was sealed with; there is one, once."""
        if self.state != self.State.SIGNED or self.signed_document_id:
            raise ValidationError("Le document signé se produit une seule fois.")
        self.signed_document, self.seal = document, seal
        self.failure = ""
        self.save(update_fields=["signed_document", "seal", "failure"])

    file.alters_data = True

    def forget(self) -> None:
        """Who signed is no longer known; that it was signed, and when, remains."""
        self.title = "Document effacé"
        self.forgotten_at = timezone.now()
        self.save(update_fields=["title", "forgotten_at"])

    forget.alters_data = True


class Signatory(models.Model):
    """One person who signs one document, and the evidence that they did."""

    class Means(models.TextChoices):
        ON_SPOT = "spot", "sur place, sur le même écran"
        LINK = "link", "à distance, avec un code reçu par courriel"
        PAPER = "paper", "sur papier, exemplaire numérisé"

    request = models.ForeignKey(
        SignatureRequest,
        models.CASCADE,
        related_name="signatories",
        verbose_name="circuit",
    )
    rank = models.PositiveSmallIntegerField("rang")
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne",
    )
    name = models.CharField("nom", max_length=200, blank=True)
    email = LowercaseEmailField("courriel", blank=True)
    capacity = models.CharField("qualité", max_length=60)
    # What they sign by for the Département; nothing for anybody else.
    power = models.ForeignKey(
        "documents.SigningPower",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pouvoir de signer",
    )
    means = models.CharField("moyen", max_length=10, choices=Means, blank=True)
    signed_at = models.DateTimeField("signé le", null=True, blank=True)
    # Who, when, from where, the digest of what was signed, the words agreed to.
    evidence = models.JSONField("preuve", default=dict, blank=True)
    scan = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="exemplaire numérisé",
    )
    recorded_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="recueillie par",
    )
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "signataire"
        ordering = ["request", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "rank"], name="documents_one_signatory_a_rank"
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1), name="documents_ranks_begin_at_one"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, means="", evidence={})
                | Q(signed_at__isnull=False, evidence__has_key="sha256") & ~Q(means=""),
                name="documents_signature_has_its_evidence",
            ),
            models.CheckConstraint(
                condition=Q(means="paper", scan__isnull=False)
                | Q(~Q(means="paper"), scan=None),
                name="documents_paper_signature_has_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(code_sent_at__isnull=False),
                name="documents_mail_code_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(signed_at=None),
                name="documents_mail_code_ends_with_signature",
            ),
        ]

    def __str__(self):
        return self.name or "Signataire effacé"

    @property
    def has_signed(self) -> bool:
        return self.signed_at is not None

    def is_named(self, typed: str) -> bool:
        """Whether somebody typed this name, whatever its order, accents and case."""
        expected = set(search_key(self.name).split())
        return bool(expected) and expected == set(search_key(typed).split())

    def require_turn(self) -> None:
        """The request is open, this one has not signed, and nobody comes before."""
        self.request.require_open()
        if self.has_signed:
            raise ValidationError("Cette personne a déjà signé.")
        if self not in self.request.waiting():
            raise ValidationError("Une autre personne doit signer avant.")

    def require_power(self, now: datetime) -> None:
        """Who signs for the Département holds that power on the day they sign."""
        if self.power and not self.power.holds(timezone.localdate(now)):
            raise ValidationError(
                f"{self.name} ne signe pas pour le Département ce jour-là : le texte "
                "est à reprendre, avec une autre personne qui signe."
            )

    def new_code(self, now: datetime) -> str:
        """Six figures to send by e-mail; only their digest is kept."""
        self.require_turn()
        self.require_power(now)
        code = f"{secrets.randbelow(10**MAIL_CODE_LENGTH):0{MAIL_CODE_LENGTH}}"
        self.code_hash = self._digest(code)
        self.code_sent_at = now
        self.code_tries = 0
        self.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
        return code

    new_code.alters_data = True

    def try_code(self, code: str, now: datetime) -> bool:
        """Count one more try; say whether the code is the one that was sent."""
        self.code_tries += 1
        self.save(update_fields=["code_tries"])
        return self.has_live_code(now) and hmac.compare_digest(
            self.code_hash, self._digest("".join(code.split()))
        )

    try_code.alters_data = True

    def has_live_code(self, now: datetime) -> bool:
        return (
            bool(self.code_hash)
            and self.code_tries <= MAIL_CODE_TRIES
            and now < self.code_sent_at + MAIL_CODE_LIVES
        )

    def sign(self, *, means, evidence: dict, now: datetime, by=None, scan=None) -> None:
        self.require_turn()
        self.means = means
        self.evidence = evidence
        self.signed_at = now
        self.scan = scan
        self.recorded_by = by
        self.code_hash = ""
        self.save(
            update_fields=[
                "means",
                "evidence",
                "signed_at",
                "scan",
                "recorded_by",
                "code_hash",
            ]
        )

    sign.alters_data = True

    def forget(self) -> None:
        """Keep that somebody signed these bytes, and no longer who."""
        self.person = None
        self.name = self.email = self.code_hash = ""
        if self.has_signed:
            self.evidence = {"sha256": self.evidence["sha256"]}
        self.save(update_fields=["person", "name", "email", "code_hash", "evidence"])

    forget.alters_data = True

    def _digest(self, code: str) -> str:
        salt = f"documents.signatory:{self.pk}"
        return salted_hmac(salt, code, algorithm="sha256").hexdigest()
