import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from .dwellings import Dwelling
from .occupations import Stay

PHOTOS_A_LINE = 3


class LineKind(models.TextChoices):
    ITEM = "item", "élément"
    METER = "meter", "compteur"
    KEYS = "keys", "clés"


class InventoryTemplateLine(models.Model):
    """One thing that the inventories of a dwelling look at."""

    dwelling = models.ForeignKey(
        Dwelling,
        models.CASCADE,
        related_name="inventory_template",
        verbose_name="logement",
    )
    section = models.CharField("pièce", max_length=60)
    label = models.CharField("élément", max_length=100)
    kind = models.CharField(
        "nature", max_length=10, choices=LineKind, default=LineKind.ITEM
    )
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "ligne type d'état des lieux"
        verbose_name_plural = "lignes types d'état des lieux"
        ordering = ["dwelling", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling", "section", "label"],
                name="internships_template_line_once",
                violation_error_message="Cet élément est déjà dans la pièce.",
            )
        ]

    def __str__(self):
        return f"{self.section} : {self.label}"


class InventoryQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(state=Inventory.State.SIGNED)

    def to_prepare(self):
        return self.filter(state=Inventory.State.PREPARING)

    def to_sign_by(self, person):
        """Those that wait for this tenant's signature."""
        waiting = self.filter(
            state=Inventory.State.TO_SIGN,
            circuit__signatories__person=person,
            circuit__signatories__signed_at=None,
        )
        return waiting.select_related("stay__occupation__room__dwelling")


class Inventory(models.Model):
    """The state of a room and its home when a stay begins, or when it ends.

    Filled as a draft, made into a PDF, then signed by both. To correct it once made
    is to fill it again: what was signed stays, replaced by another document.
    """

    class Kind(models.TextChoices):
        ENTRY = "entry", "entrée"
        EXIT = "exit", "sortie"

    class State(models.TextChoices):
        DRAFT = "draft", "en cours de saisie"
        PREPARING = "preparing", "document en préparation"
        TO_SIGN = "to_sign", "à signer"
        SIGNED = "signed", "signé des deux"

    # What the address says of each.
    WORDS = {"entree": Kind.ENTRY, "sortie": Kind.EXIT}

    stay = models.ForeignKey(
        Stay, models.PROTECT, related_name="inventories", verbose_name="séjour"
    )
    kind = models.CharField("moment", max_length=10, choices=Kind)
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    done_on = models.DateField("fait le", null=True, blank=True)
    owner_name = models.CharField("pour le propriétaire", max_length=150, blank=True)
    owner_email = models.EmailField("courriel de qui le représente", blank=True)
    remark = models.TextField("observations", max_length=2000, blank=True)
    # What the tenant asked to change, instead of signing.
    correction = models.TextField("correction demandée", max_length=2000, blank=True)
    filled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="saisi par"
    )
    created_at = models.DateTimeField("commencé le", default=timezone.now)
    signed_at = models.DateTimeField("signé le", null=True, blank=True)
    circuit = models.OneToOneField(
        "documents.SignatureRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="signatures",
    )
    failure = models.CharField("dernier échec", max_length=80, blank=True)
    forgotten_at = models.DateTimeField("effacé le", null=True, blank=True)

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name = "état des lieux"
        verbose_name_plural = "états des lieux"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind"],
                name="internships_one_inventory_a_moment",
                violation_error_message="Cet état des lieux existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False)
                | Q(~Q(state="signed"), signed_at=None),
                name="internships_signed_inventory_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "preparing"])
                | Q(circuit__isnull=False),
                name="internships_inventory_signed_on_a_document",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(done_on__isnull=False) & ~Q(owner_name="")),
                name="internships_finished_inventory_is_complete",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.stay.occupation.room}"

    def get_absolute_url(self):
        return reverse("internships:inventory-detail", args=[self.stay_id, self.moment])

    @property
    def moment(self) -> str:
        """« entree » or « sortie », in an address."""
        return "entree" if self.kind == self.Kind.ENTRY else "sortie"

    @property
    def title(self) -> str:
        of = "d'entrée" if self.kind == self.Kind.ENTRY else "de sortie"
        return f"État des lieux {of}"

    @property
    def is_exit(self) -> bool:
        return self.kind == self.Kind.EXIT

    @property
    def tenant(self):
        return self.stay.person

    def require_draft(self) -> None:
        if self.state != self.State.DRAFT:
            raise ValidationError(
                "Cet état des lieux n'est plus en cours de saisie : reprenez-le pour "
                "le corriger."
            )

    def finish(self, *, done_on: dt.date, owner_name: str, owner_email: str) -> None:
        """Everything is filled: the document may be made."""
        self.require_draft()
        missing = [line for line in self.lines.all() if not line.is_filled]
        if missing:
            raise ValidationError(f"Il manque encore : {missing[0]}.", code="missing")
        if not self.lines.exists():
            raise ValidationError("Cet état des lieux est vide.", code="missing")
        self.done_on = done_on
        self.owner_name = owner_name.strip()
        self.owner_email = owner_email
        self.correction = ""
        self._move(self.State.PREPARING, "done_on", "owner_name", "owner_email")

    def await_signatures(self, circuit) -> None:
        """The document is made."""
        if self.state != self.State.PREPARING:
            raise ValidationError("Ce document n'est plus à préparer.")
        self.circuit = circuit
        self.failure = ""
        self._move(self.State.TO_SIGN, "circuit", "failure")

    def sign(self, now: dt.datetime) -> None:
        if self.state != self.State.TO_SIGN:
            raise ValidationError("Cet état des lieux n'est pas à signer.")
        self.signed_at = now
        self._move(self.State.SIGNED, "signed_at")

    def reopen(self, correction: str = "") -> None:
        """Something is to be corrected before both have signed."""
        if self.state == self.State.SIGNED:
            raise ValidationError("Cet état des lieux est signé : il ne change plus.")
        if self.state == self.State.DRAFT:
            raise ValidationError("Cet état des lieux est déjà en cours de saisie.")
        self.correction = correction.strip()
        self._move(self.State.DRAFT, "correction")

    def forget(self, now: dt.datetime) -> None:
        """That it was made and signed remains, and nothing of what it said."""
        self.owner_name, self.owner_email = "effacé", ""
        self.remark = self.correction = ""
        self.forgotten_at = now
        self.save(
            update_fields=[
                "owner_name",
                "owner_email",
                "remark",
                "correction",
                "forgotten_at",
            ]
        )

    for transition in (finish, await_signatures, sign, reopen, forget):
        transition.alters_data = True
    del transition

    def _move(self, state: str, *fields: str) -> None:
        self.state = state
        self.save(update_fields=["state", "correction", *fields])


class InventoryLine(models.Model):
    """One thing looked at: its state, its reading, or how many keys."""

    class Condition(models.TextChoices):
        NEW = "new", "neuf"
        GOOD = "good", "bon état"
        WORN = "worn", "usé"
        DAMAGED = "damaged", "dégradé"
        ABSENT = "absent", "absent"

    inventory = models.ForeignKey(
        Inventory, models.CASCADE, related_name="lines", verbose_name="état des lieux"
    )
    # The same thing, at the entry.
    before = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="after",
        verbose_name="à l'entrée",
    )
    section = models.CharField("pièce", max_length=60)
    label = models.CharField("élément", max_length=100)
    kind = models.CharField(
        "nature", max_length=10, choices=LineKind, default=LineKind.ITEM
    )
    rank = models.PositiveSmallIntegerField("ordre", default=0)
    condition = models.CharField("état", max_length=10, choices=Condition, blank=True)
    reading = models.DecimalField(
        "relevé", max_digits=10, decimal_places=2, null=True, blank=True
    )
    count = models.PositiveSmallIntegerField("nombre", null=True, blank=True)
    remark = models.CharField("remarque", max_length=200, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "ligne d'état des lieux"
        verbose_name_plural = "lignes d'état des lieux"
        ordering = ["inventory", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inventory", "section", "label"],
                name="internships_inventory_line_once",
                violation_error_message="Cet élément est déjà dans la pièce.",
            ),
            models.CheckConstraint(
                condition=Q(kind="item", reading=None, count=None)
                | Q(kind="meter", condition="", count=None)
                | Q(kind="keys", condition="", reading=None),
                name="internships_line_says_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(reading=None) | Q(reading__gte=0),
                name="internships_meter_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(before=None) | ~Q(before=F("id")),
                name="internships_line_follows_another",
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.section})"

    @property
    def is_filled(self) -> bool:
        values = {
            LineKind.ITEM: self.condition or None,
            LineKind.METER: self.reading,
            LineKind.KEYS: self.count,
        }
        return values[self.kind] is not None

    @property
    def said(self) -> str:
        """« usé », « 1 204 », « 2 clés »."""
        if not self.is_filled:
            return "à remplir"
        if self.kind == LineKind.ITEM:
            return self.get_condition_display()
        if self.kind == LineKind.METER:
            return f"{self.reading.normalize():f}".replace(".", ",")
        return f"{self.count} clé{'s' if self.count > 1 else ''}"


class InventoryPhoto(models.Model):
    """A picture of one thing of an inventory."""

    line = models.ForeignKey(
        InventoryLine, models.CASCADE, related_name="photos", verbose_name="ligne"
    )
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="image"
    )

    objects = models.Manager()

    class Meta:
        verbose_name = "photo d'état des lieux"
        verbose_name_plural = "photos d'état des lieux"
        ordering = ["line", "pk"]

    def __str__(self):
        return f"Photo : {self.line}"
