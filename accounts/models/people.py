import re

import phonenumbers
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import to_python

from accounts.fields import LowercaseEmailField
from territory.sorting import search_key, sort_key

_PHONE_LIKE = re.compile(r"^[\d\s.+()/-]{4,}$")


def phone_digits(text: str) -> str:
    """The digits two writings of a number share: no country code, no first zero."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:00)?33|^0", "", digits, count=1)


class PersonQuerySet(models.QuerySet):
    def open(self):
        """People whose row still describes somebody."""
        return self.filter(closed_at=None)

    def unclaimed(self):
        """People the desk knows who have never signed up."""
        return self.open().filter(user=None)

    def search(self, text: str):
        """Find by name (a typo is forgiven), address or telephone."""
        text = text.replace("\0", "").strip()
        if not text:
            return self.none()
        if _PHONE_LIKE.match(text):
            digits = phone_digits(text)
            mine = Q(phone__contains=digits)
            others = Q(kind=ContactPoint.Kind.PHONE, value__contains=digits)
        elif "@" in text:
            mine = Q(email__contains=text)
            others = Q(kind=ContactPoint.Kind.EMAIL, value__contains=text.lower())
        else:
            words = search_key(text)
            if not words:
                return self.none()
            every_word = Q(*[("search_key__contains", word) for word in words.split()])
            mine = every_word | Q(search_key__trigram_word_similar=words)
            others = None
        found = self.model._base_manager.filter(mine).values("pk")
        if others is not None:
            # A union lets each half use its own index.
            found = found.union(ContactPoint.objects.filter(others).values("person"))
        return self.open().filter(pk__in=found)

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Person(models.Model):
    """One human being, with or without a login."""

    class Title(models.TextChoices):
        NONE = "", "sans titre"
        DOCTEUR = "dr", "docteur"
        DOCTEURE = "dre", "docteure"

    class Origin(models.TextChoices):
        SITE = "site", "site"
        PHONE = "phone", "téléphone"
        EMAIL = "email", "courriel"
        STAND = "stand", "événement"
        VISIT = "visit", "visite au guichet"
        PARTNER = "partner", "partenaire"
        DESK = "desk", "saisie du guichet"
        IMPORT = "import", "reprise de fichier"

    title = models.CharField(
        "titre", max_length=3, choices=Title, default=Title.NONE, blank=True
    )
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    sort_key = models.TextField(db_collation="C", editable=False)
    search_key = models.TextField(editable=False)
    email = LowercaseEmailField("courriel", blank=True)
    email_confirmed_at = models.DateTimeField(
        "courriel confirmé le", null=True, blank=True, editable=False
    )
    phone = PhoneNumberField("téléphone", blank=True)
    address = models.TextField("adresse", max_length=300, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("ville", max_length=100, blank=True)
    origin = models.CharField(
        "origine", max_length=10, choices=Origin, default=Origin.SITE
    )
    created_at = models.DateTimeField(
        "connue depuis le", default=timezone.now, editable=False
    )
    closed_at = models.DateTimeField("effacée le", null=True, editable=False)
    # The journal cannot be rewritten: what it says of a row that was absorbed
    # is found again through this one.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="absorbed",
        verbose_name="réunie à",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        indexes = [
            models.Index(fields=["sort_key", "id"], name="accounts_person_order"),
            models.Index(Lower("email"), name="accounts_person_email"),
            GinIndex(
                fields=["search_key"],
                name="accounts_person_search",
                opclasses=["gin_trgm_ops"],
            ),
            GinIndex(
                fields=["email"],
                name="accounts_person_email_search",
                opclasses=["gin_trgm_ops"],
            ),
            GinIndex(
                fields=["phone"],
                name="accounts_person_phone_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(email_confirmed_at__isnull=False),
                name="accounts_confirmed_email_is_one_person",
                violation_error_message="Cette adresse est celle d'une autre personne.",
            ),
            models.CheckConstraint(
                condition=Q(email_confirmed_at=None) | ~Q(email=""),
                name="accounts_confirmed_email_is_written",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(
                    first_name="",
                    last_name="",
                    email="",
                    phone="",
                    address="",
                    postal_code="",
                    city="",
                ),
                name="accounts_closed_person_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_at__isnull=False),
                name="accounts_merged_person_is_closed",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(f"{self.last_name} {self.first_name}".strip())
        self.search_key = search_key(f"{self.first_name} {self.last_name}")
        fields = kwargs.get("update_fields")
        if fields is not None and {"first_name", "last_name"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_key", "search_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("admin:accounts_person_change", args=[self.pk])

    @property
    def full_name(self) -> str:
        name = f"{self.first_name} {self.last_name}".strip()
        if name:
            return name
        if self.closed_at:
            return "Personne effacée"
        return self.email or str(self.phone) or "Personne sans nom"

    @property
    def formal_name(self) -> str:
        """As on an envelope: « Dr Paul Garrigue »."""
        return f"{self.title.capitalize()} {self.full_name}".strip()

    @property
    def postal_address(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        return "\n".join(line for line in (self.address, town) if line)

    @property
    def has_login(self) -> bool:
        return hasattr(self, "user")

    def empty(self) -> None:
        """Forget who this was; the row stays, for what points to it."""
        self.title = self.Title.NONE
        for name in (
            "first_name",
            "last_name",
            "email",
            "phone",
            "address",
            "postal_code",
            "city",
        ):
            setattr(self, name, "")
        self.email_confirmed_at = None
        self.closed_at = self.closed_at or timezone.now()
        self.save()

    empty.alters_data = True


class ContactPoint(models.Model):
    """Another address or number of a person, beside the main one."""

    class Kind(models.TextChoices):
        EMAIL = "email", "courriel"
        PHONE = "phone", "téléphone"

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="contact_points", verbose_name="personne"
    )
    kind = models.CharField("moyen", max_length=5, choices=Kind)
    value = models.CharField("adresse ou numéro", max_length=254)
    label = models.CharField("précision", max_length=60, blank=True)

    class Meta:
        verbose_name = "autre coordonnée"
        verbose_name_plural = "autres coordonnées"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "value"],
                name="accounts_contact_point_once",
                violation_error_message="Cette coordonnée est déjà notée.",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["value"],
                name="accounts_contact_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self):
        return self.value

    def save(self, *args, **kwargs):
        self.value = self.normalised()
        super().save(*args, **kwargs)

    def clean(self):
        field = Person._meta.get_field(self.kind or "email")
        try:
            field.formfield().clean(self.value)
        except ValidationError as refusal:
            raise ValidationError({"value": refusal.messages}) from refusal
        self.value = self.normalised()

    def normalised(self) -> str:
        if self.kind == self.Kind.PHONE:
            number = to_python(self.value, region="FR")
            # A number the national plan does not know is kept as it was typed.
            return (
                number.as_e164
                if phonenumbers.is_possible_number(number)
                else self.value
            )
        return self.value.strip().lower()

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        absorbed.delete()


class MembershipQuerySet(models.QuerySet):
    def on(self, day):
        """Those that run on a day; the last day is not part of the period."""
        return self.filter(Q(since=None) | Q(since__lte=day)).filter(
            Q(until=None) | Q(until__gt=day)
        )

    def acting(self, day):
        """Those who run what the body runs: elected officials read nobody's data."""
        return self.on(day).exclude(role=Membership.Role.ELECTED)


class Membership(models.Model):
    """A person acts for an organisation, for a time."""

    class Role(models.TextChoices):
        MEMBER = "member", "membre"
        MANAGER = "manager", "responsable"
        CONTACT = "contact", "correspondante ou correspondant"
        ELECTED = "elected", "élue ou élu"

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="memberships",
        verbose_name="organisme",
    )
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.MEMBER)
    since = models.DateField("depuis le", null=True, blank=True)
    until = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(until=None),
                name="accounts_membership_once",
                violation_error_message="Cette appartenance est déjà notée.",
            ),
            models.CheckConstraint(
                condition=Q(since=None)
                | Q(until=None)
                | Q(until__gt=models.F("since")),
                name="accounts_membership_ends_after_it_starts",
                violation_error_message="La fin doit suivre le début.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Both rows say the same thing: keep the earlier start."""
        starts = [kept.since, absorbed.since]
        kept.since = None if None in starts else min(starts)
        absorbed.delete()
        kept.save(update_fields=["since"])
