import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

# What a discarded document is called: its own name may have said too much.
DISCARDED_NAME = "document supprimé"


def unguessable_path(document: "Document", filename: str) -> str:
    """Where the bytes go: nothing of the name given by the sender remains."""
    return f"documents/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}"


class DocumentQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(discarded_at=None)

    def held(self):
        return self.kept().filter(scan_state=Document.ScanState.HELD)

    def quarantined(self):
        return self.kept().filter(scan_state=Document.ScanState.QUARANTINED)

    def servable(self):
        return self.kept().filter(scan_state=Document.ScanState.CLEAN)


class Document(models.Model):
    """One private file, received or produced. Who may read it, the journeys know."""

    class ScanState(models.TextChoices):
        CLEAN = "clean", "disponible"
        HELD = "held", "en cours de vérification"
        QUARANTINED = "quarantined", "en quarantaine"

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "image JPEG"
        PNG = "image/png", "image PNG"
        DOCX = (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "document Word",
        )
        ODT = "application/vnd.oasis.opendocument.text", "document OpenDocument"

    # What a page may show as an image: drawn again by us when it came.
    PICTURES = (MediaType.JPEG, MediaType.PNG)

    file = models.FileField(
        "fichier", upload_to=unguessable_path, max_length=200, blank=True
    )
    name = models.CharField("nom", max_length=120)
    kind = models.CharField("nature", max_length=40, blank=True)
    media_type = models.CharField("format", max_length=100, choices=MediaType)
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    scan_state = models.CharField(
        "état", max_length=20, choices=ScanState, default=ScanState.CLEAN
    )
    threat = models.CharField("menace trouvée", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="déposé par",
    )
    created_at = models.DateTimeField("déposé le", default=timezone.now)
    discarded_at = models.DateTimeField("supprimé le", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at=None) & ~Q(file="")
                | Q(discarded_at__isnull=False, file="", name=DISCARDED_NAME),
                name="documents_file_until_discarded",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="documents_sha256_is_one",
            ),
            models.CheckConstraint(
                condition=Q(scan_state="quarantined") | Q(threat=""),
                name="documents_threat_only_in_quarantine",
            ),
            models.UniqueConstraint(
                fields=["file"], condition=~Q(file=""), name="documents_one_row_a_file"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=~Q(scan_state="clean"),
                name="documents_not_clean",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_servable(self) -> bool:
        return self.discarded_at is None and self.scan_state == self.ScanState.CLEAN

    @property
    def state_sentence(self) -> str:
        """What to say instead of a link; empty when the file can be read."""
        if self.discarded_at is not None:
            return "Ce document a été supprimé."
        if self.scan_state == self.ScanState.HELD:
            return "Ce document est en cours de vérification."
        if self.scan_state == self.ScanState.QUARANTINED:
            return "Ce document est bloqué : l'antivirus y a trouvé une menace."
        return ""

    def is_intact(self) -> bool:
        """Whether the bytes are those that were kept."""
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256

    def release(self) -> None:
        """The scanner found nothing: the file may be read."""
        self._leave_hold(self.ScanState.CLEAN)

    release.alters_data = True

    def quarantine(self, threat: str) -> None:
        """The scanner found something: nobody reads this file any more."""
        self._leave_hold(self.ScanState.QUARANTINED, threat=threat[:200])

    quarantine.alters_data = True

    def _leave_hold(self, state, *, threat: str = "") -> None:
        if self.discarded_at is not None or self.scan_state != self.ScanState.HELD:
            raise ValidationError("Seul un document en attente se vérifie.")
        self.scan_state = state
        self.threat = threat
        self.save(update_fields=["scan_state", "threat"])

    def discard(self) -> None:
        """Forget name and bytes' address; who, when, size and format remain."""
        if self.discarded_at is not None:
            raise ValidationError("Ce document est déjà supprimé.")
        self.file = ""
        self.name = DISCARDED_NAME
        self.discarded_at = timezone.now()
        self.save(update_fields=["file", "name", "discarded_at"])

    discard.alters_data = True
