import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import PractitionerProfile
from listings.models import Listing, ListingQuerySet
from territory.sorting import search_key

# What an author writes freely, and what could therefore give a secret away.
TEXTS = (
    "title",
    "summary",
    "body",
    "specialty",
    "terms",
    "equipment",
    "software",
    "team",
    "housing",
)
# An e-mail, a site, or a French number however it is spaced.
ADDRESS = re.compile(
    r"\S+@\S+|www\.\S+|(?:\+33|\b0033|\b0)\W{0,2}0?\W{0,2}\d(?:\W{0,3}\d\d){4}\b"
)
# Too common to name anybody: « Dr Le Roy » is given away by « Roy ».
NOT_A_NAME = {"dr", "dre", "docteur", "docteure", "de", "du", "des", "le", "la", "les"}


class PracticeOfferQuerySet(ListingQuerySet):
    def in_commune(self, commune):
        """Where the commune shows: a confidential succession is in none."""
        return self.filter(commune=commune, is_confidential=False)

    def in_zone(self, code: str, zones):
        """In a zone of one of these assignments; the same reserve applies."""
        there = zones.filter(category_code=code).values("commune")
        return self.filter(commune__in=there, is_confidential=False)


class PracticeOffer(Listing):
    """A place to practise: a succession, a post, premises, a locum."""

    class Kind(models.TextChoices):
        SUCCESSION = "succession", "succession"
        SALARIED_POST = "salaried_post", "poste salarié"
        PREMISES = "premises", "local libre en maison de santé"
        LOCUM = "locum", "remplacement"
        SECONDARY_PRACTICE = "secondary_practice", "cabinet secondaire"

    class Mode(models.TextChoices):
        LIBERAL = "liberal", "en libéral"
        SALARIED = "salaried", "en salarié"
        MIXED = "mixed", "en exercice mixte"

    kind = models.CharField("nature", max_length=20, choices=Kind)
    profession = models.CharField(
        "profession", max_length=10, choices=PractitionerProfile.Profession
    )
    specialty = models.CharField("spécialité", max_length=100, blank=True)
    mode = models.CharField("exercice", max_length=10, choices=Mode)
    structure = models.ForeignKey(
        "territory.HealthStructure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="structure de soins",
    )
    available_from = models.DateField("à partir du", null=True, blank=True)
    available_until = models.DateField(
        "jusqu'au", null=True, blank=True, help_text="Pour un remplacement."
    )
    days_a_week = models.PositiveSmallIntegerField(
        "jours par semaine",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    terms = models.CharField(
        "prix, loyer ou rémunération",
        max_length=200,
        blank=True,
        help_text="« Loyer de 450 € charges comprises », « rétrocession de 90 % ».",
    )
    equipment = models.CharField("équipement", max_length=300, blank=True)
    software = models.CharField("logiciel", max_length=100, blank=True)
    team = models.CharField("équipe sur place", max_length=300, blank=True)
    housing = models.CharField("logement à proximité", max_length=300, blank=True)
    is_confidential = models.BooleanField(
        "succession confidentielle",
        default=False,
        help_text="Seule l'intercommunalité paraît, jusqu'à ce que vous et la personne "
        "intéressée acceptiez d'être mis en relation.",
    )

    # What may be shown and narrowed by, kept apart from what may not.
    intercommunality = models.ForeignKey(
        "territory.Intercommunality",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="intercommunalité",
    )
    public_from = models.DateField("à partir du (public)", null=True, editable=False)

    objects = PracticeOfferQuerySet.as_manager()

    class Meta(Listing.Meta):
        verbose_name = "offre d'exercice"
        verbose_name_plural = "offres d'exercice"
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_confidential=False)
                | Q(kind="succession", contact_is_public=False),
                name="installation_only_successions_are_confidential",
                violation_error_message=(
                    "Seule une succession peut être confidentielle, et ses "
                    "coordonnées ne paraissent pas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(available_until=None)
                | Q(available_from__isnull=False)
                & Q(available_until__gte=models.F("available_from")),
                name="installation_offer_ends_after_it_starts",
                violation_error_message="La fin doit suivre le début.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week=None) | Q(days_a_week__range=(1, 6)),
                name="installation_offer_days_are_plausible",
            ),
        ]
        indexes = [
            *Listing.Meta.indexes,
            models.Index(
                fields=["intercommunality", "-published_at", "-id"],
                condition=Q(state="published"),
                name="practiceoffer_of_a_territory",
            ),
            models.Index(
                fields=["kind", "-published_at", "-id"],
                condition=Q(state="published"),
                name="practiceoffer_of_a_kind",
            ),
        ]

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.intercommunality = self.commune.intercommunality
            self.public_from = self.available_from
            if self.is_confidential and self.available_from:
                # The year alone: a date narrowed day by day would be guessed.
                self.public_from = self.available_from.replace(month=1, day=1)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("installation:offer-detail", args=[self.pk])

    def get_confirmed_url(self):
        return reverse("installation:offer-confirmed", args=[self.pk])

    def clean(self):
        if self.is_confidential:
            self._refuse_giveaways()
        if self.kind == self.Kind.LOCUM and not self.available_from:
            raise ValidationError(
                {"available_from": "Dites quand le remplacement commence."}
            )

    @property
    def place(self) -> str:
        """Where, as far as anyone may know."""
        if not self.is_confidential:
            return self.commune.name
        group = self.intercommunality
        return group.short_name if group else "le Département"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.PUBLISHED, self.State.SUBMITTED}

    @property
    def public_words(self) -> str:
        """What its page shows: a confidential one is in no commune and has no name."""
        words = [
            self.get_kind_display(),
            self.get_profession_display(),
            self.get_mode_display(),
            *(getattr(self, name) for name in TEXTS),
            self.place,
        ]
        if self.intercommunality:
            words.append(self.intercommunality.short_name)
        if self.structure and not self.is_confidential:
            words.append(self.structure.name)
        return " ".join(words)

    def giveaways(self) -> dict[str, str]:
        """The texts that name what is confidential, and what they name."""
        codes = [self.commune.code, *self.commune.postal_codes]
        names = [self.commune.name, *codes]
        names += [body.name for body in (self.structure, self.organisation) if body]
        secrets = {search_key(name): name for name in names}
        for name in (self.contact_name, self.owner.last_name if self.owner else ""):
            for word in name.replace("-", " ").split():
                key = search_key(word)
                if len(key) > 2 and key not in NOT_A_NAME:
                    secrets[key] = word
        found = {}
        for field in TEXTS:
            text = f" {search_key(getattr(self, field))} "
            named = [
                word for key, word in secrets.items() if key and f" {key} " in text
            ]
            named += ADDRESS.findall(getattr(self, field))
            if named:
                found[field] = ", ".join(named)
        return found

    def _refuse_giveaways(self) -> None:
        if not hasattr(self, "commune"):
            return
        refusals = {
            field: f"Ce texte nomme « {named} » : une succession confidentielle ne le "
            "peut pas."
            for field, named in self.giveaways().items()
        }
        if refusals:
            raise ValidationError(refusals)


class Interest(models.Model):
    """A person is interested in an offer, within their dossier."""

    offer = models.ForeignKey(
        PracticeOffer,
        models.CASCADE,
        related_name="interests",
        verbose_name="offre",
    )
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="personne"
    )
    request = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="interests",
        verbose_name="demande",
    )
    # In which words they agreed that the author gets their name; empty, they did not.
    wording = models.TextField("accord pour l'auteur", blank=True)
    created_at = models.DateTimeField("le", default=timezone.now)

    objects = models.Manager()

    class Meta:
        verbose_name = "marque d'intérêt"
        verbose_name_plural = "marques d'intérêt"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"],
                name="installation_interested_once",
                violation_error_message="Cette offre est déjà notée.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.offer}"

    @property
    def shares_contact(self) -> bool:
        return bool(self.wording)

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Interested twice is interested; what was agreed to still holds."""
        wording = kept.wording or absorbed.wording
        absorbed.delete()
        kept.wording = wording
        kept.save(update_fields=["wording"])
