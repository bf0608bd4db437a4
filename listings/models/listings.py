import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from accounts.fields import LowercaseEmailField
from listings import freshness, search
from territory.sorting import search_key

from .states import EDITABLE, TRANSITIONS, WHERE_IT_STANDS, State


class ListingQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=State.PUBLISHED)

    def to_moderate(self):
        """What waits for the desk, the oldest first."""
        return self.filter(state=State.SUBMITTED).order_by("submitted_at", "pk")

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def ending(self, day: dt.date):
        """Published, and not confirmed in time."""
        return self.published().filter(expires_on__lte=day)

    def to_confirm(self, day: dt.date):
        """Published, whose author is asked whether they still stand."""
        warned_from = day + dt.timedelta(days=self.model.warn_days)
        return self.published().filter(expires_on__lte=warned_from)

    def of(self, person, day: dt.date):
        """Those of a person, or of the organisations they act for that day."""
        acting = person.memberships.on(day).values("organisation")
        return self.filter(Q(owner=person) | Q(organisation__in=acting))

    def search(self, text: str):
        return search.find(self, text)


class Listing(models.Model):
    """What somebody offers and the desk publishes, as long as it stands.

    A concrete model says what is offered. It may change `valid_days` (how long
    without a confirmation) and `warn_days`, and gives `public_words`, all that a
    search may find it by. One that ends on a day of its own is renewed and not
    confirmed: it says with which link.
    """

    State = State
    valid_days = 60
    warn_days = 14
    # What is written to its author once it has ended, and the link that it carries.
    ended_template = "listings.expired"
    ended_link = "listings.confirm"

    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField("titre", max_length=120)
    summary = models.CharField("en une phrase", max_length=300)
    body = models.TextField("description", max_length=5000, blank=True)
    commune = models.ForeignKey(
        "territory.Commune", models.PROTECT, related_name="+", verbose_name="commune"
    )
    # Nobody: the desk wrote it.
    owner = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="proposée par",
    )
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="au nom de",
    )
    contact_name = models.CharField("personne à joindre", max_length=150)
    contact_email = LowercaseEmailField("courriel")
    contact_phone = PhoneNumberField("téléphone", blank=True)
    contact_is_public = models.BooleanField(
        "montrer ces coordonnées",
        default=False,
        help_text="Sinon, le guichet met en relation.",
    )

    created_at = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    submitted_at = models.DateTimeField("envoyée le", null=True, editable=False)
    published_at = models.DateTimeField("publiée le", null=True, editable=False)
    confirmed_at = models.DateTimeField("confirmée le", null=True, editable=False)
    expires_on = models.DateField("en ligne jusqu'au", null=True, editable=False)
    withdrawn_at = models.DateTimeField("retirée le", null=True, editable=False)
    moderator = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="relue par",
    )
    refusal = models.TextField("à corriger", max_length=2000, editable=False)

    search_title = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_title", weight="A", config="french")
        + SearchVector("search_text", weight="B", config="french"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(
                    published_at__isnull=False,
                    confirmed_at__isnull=False,
                    expires_on__isnull=False,
                ),
                name="%(app_label)s_%(class)s_published_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="")
                | (~Q(state="refused") & Q(refusal="")),
                name="%(app_label)s_%(class)s_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at=None),
                name="%(app_label)s_%(class)s_withdrawn_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="%(class)s_newest",
            ),
            models.Index(
                fields=["expires_on"],
                condition=Q(state="published"),
                name="%(class)s_ending",
            ),
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(state="submitted"),
                name="%(class)s_to_moderate",
            ),
            GinIndex(fields=["search_vector"], name="%(class)s_words"),
            GinIndex(
                fields=["search_text"],
                name="%(class)s_look_alikes",
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """What is searched and what is kept drawn follow what is shown."""
        fields = kwargs.get("update_fields")
        if fields is None:
            self.search_title = search_key(self.title)
            self.search_text = search_key(f"{self.title} {self.public_words}")
        super().save(*args, **kwargs)
        freshness.changed(type(self))

    @property
    def public_words(self) -> str:
        """All that a search may find this by: nothing that its page does not show."""
        return f"{self.summary} {self.body} {self.commune.name}"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_followed(self) -> bool:
        """Has its author said already what comes after it?"""
        return False

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    def allows(self, verb: str) -> bool:
        """May this move be made from here? What buttons ask."""
        return self.state in TRANSITIONS[verb][1]

    def submit(self) -> None:
        """Ask the desk to read it."""
        self._require("submit")
        self.submitted_at = timezone.now()
        self.refusal = ""
        self._move("submit", "submitted_at", "refusal")

    def publish(self, moderator) -> None:
        """The desk has read it: it shows, until it needs to be confirmed."""
        self._require("publish")
        self.moderator = moderator
        now = timezone.now()
        # Corrected, it is not news to those who were alerted of it.
        self.published_at = self.published_at or now
        self._stand(now)
        self._move("publish", "moderator", "published_at", "confirmed_at", "expires_on")

    def refuse(self, moderator, reason: str) -> None:
        """Not like this: the author is told why and may correct it."""
        self._require("refuse")
        reason = reason.strip()
        if not reason:
            raise ValidationError("Dites à l'auteur ce qu'il faut corriger.")
        self.moderator, self.refusal = moderator, reason
        self._move("refuse", "moderator", "refusal")

    def confirm(self) -> None:
        """It still stands: it shows for as long again."""
        self._require("confirm")
        self._stand(timezone.now())
        self._move("confirm", "confirmed_at", "expires_on")

    def expire(self, day: dt.date) -> None:
        """Nobody said that it still stands."""
        self._require("expire")
        if self.expires_on > day:
            raise ValidationError("Cette annonce a été confirmée entre-temps.")
        self._move("expire")

    def withdraw(self) -> None:
        """It has found somebody, or no longer stands."""
        self._require("withdraw")
        self.withdrawn_at = timezone.now()
        self.refusal = ""
        self._move("withdraw", "withdrawn_at", "refusal")

    def forget_author(self) -> None:
        """Whoever proposed it has left: it goes off line, and no longer names them."""
        if self.state != State.WITHDRAWN:
            self.withdraw()
        self.contact_name = self.contact_email = self.contact_phone = ""
        self.contact_is_public = False
        self.body = ""
        self.save()

    for transition in (
        submit,
        publish,
        refuse,
        confirm,
        expire,
        withdraw,
        forget_author,
    ):
        transition.alters_data = True
    del transition

    def _stand(self, now: dt.datetime) -> None:
        self.confirmed_at = now
        self.expires_on = timezone.localdate(now) + dt.timedelta(days=self.valid_days)

    def _require(self, verb: str) -> None:
        infinitive, allowed, _target = TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette annonce : "
                f"{WHERE_IT_STANDS[self.state]}.",
                code="transition",
            )

    def _move(self, verb: str, *fields: str) -> None:
        self.state = TRANSITIONS[verb][2]
        self.save(update_fields=["state", *fields])
