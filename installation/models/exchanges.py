from django.db import models
from django.db.models import Q
from django.utils import timezone

MOST_DOCUMENTS = 20


class ExchangeQuerySet(models.QuerySet):
    def public(self):
        """What the applicant reads: everything but the desk's own notes."""
        return self.exclude(audience=Exchange.Audience.INTERNAL)

    def family(self):
        """What whoever was invited to the family side reads, and nothing else."""
        return self.filter(audience=Exchange.Audience.FAMILY)

    def from_desk(self):
        return self.exclude(author=None)

    def with_list_data(self):
        return self.select_related(
            "author__person", "family_access__person"
        ).prefetch_related("attachments__document")


class Exchange(models.Model):
    """One message of a dossier, or a note the desk keeps for itself."""

    class Audience(models.TextChoices):
        PUBLIC = "public", "message à la personne"
        FAMILY = "family", "message du côté famille"
        INTERNAL = "internal", "note interne"

    request = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="exchanges",
        verbose_name="demande",
    )
    # Nobody of the desk wrote it: the applicant did.
    author = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="écrit par",
    )
    # Whoever was invited to the family side wrote it.
    family_access = models.ForeignKey(
        "installation.FamilyAccess",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name="écrit du côté famille par",
    )
    audience = models.CharField(
        "destinataire", max_length=10, choices=Audience, default=Audience.PUBLIC
    )
    body = models.TextField("message", max_length=5000)
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    # The form's own key: sent twice, written once.
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = "échange"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(audience="internal") | Q(author__isnull=False),
                name="installation_notes_are_the_desk_s",
            ),
            models.CheckConstraint(
                condition=Q(family_access=None) | Q(audience="family", author=None),
                name="installation_family_writes_on_its_side",
            ),
            models.CheckConstraint(
                condition=~Q(body=""), name="installation_exchange_says_something"
            ),
        ]
        indexes = [
            models.Index(
                fields=["request", "created_at", "id"],
                name="installation_thread",
            ),
        ]

    def __str__(self):
        return f"{self.get_audience_display()} du {self.created_at:%d/%m/%Y}"

    @property
    def is_from_applicant(self) -> bool:
        return self.author_id is None and self.family_access_id is None

    @property
    def is_family(self) -> bool:
        return self.audience == self.Audience.FAMILY

    @property
    def family_name(self) -> str:
        """Who of the family side wrote it, if somebody there did."""
        return self.family_access.shown_name if self.family_access else ""

    @property
    def is_internal(self) -> bool:
        return self.audience == self.Audience.INTERNAL


class AttachmentQuerySet(models.QuerySet):
    def public(self):
        """What the applicant may open: their files, and those sent to them."""
        return self.filter(audience=Exchange.Audience.PUBLIC)


class Attachment(models.Model):
    """A document of a dossier, on its own or sent with a message."""

    request = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="attachments",
        verbose_name="demande",
    )
    document = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        related_name="installation_attachment",
        verbose_name="document",
    )
    exchange = models.ForeignKey(
        Exchange,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="message",
    )
    audience = models.CharField(
        "destinataire",
        max_length=10,
        choices=Exchange.Audience,
        default=Exchange.Audience.PUBLIC,
    )
    from_applicant = models.BooleanField("envoyé par la personne", default=False)
    created_at = models.DateTimeField("joint le", default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="public") | Q(from_applicant=False),
                name="installation_applicant_sees_their_files",
            ),
        ]

    def __str__(self):
        return self.document.name
