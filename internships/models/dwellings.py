import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from phonenumber_field.modelfields import PhoneNumberField

from territory.sorting import sort_key


class DwellingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)

    def to_publish(self):
        """Written by their owners, waiting for the desk."""
        return self.exclude(submitted_at=None)

    def in_order(self):
        return self.order_by("commune__sort_key", "sort_key", "pk")

    def managed_by(self, person, day: dt.date):
        """Those of the bodies a person acts for that day."""
        acting = person.memberships.acting(day).values("organisation")
        return self.filter(owner__in=acting)


class Dwelling(models.Model):
    """A house or a flat lent by a body, whose beds are booked one by one.

    Its address shows only to whoever a bed is kept for, or who manages it.
    """

    class Terms(models.TextChoices):
        # Loi n° 89-462 du 6 juillet 1989, articles 25-12 et suivants : 1 to 10 months,
        # no deposit.
        MOBILITY_LEASE = "mobility_lease", "bail mobilité"
        OCCUPATION = "occupation", "convention d'occupation temporaire"

    class Equipment(models.TextChoices):
        FIBRE = "fibre", "internet par la fibre"
        WIFI = "wifi", "internet"
        KITCHEN = "kitchen", "cuisine équipée"
        WASHING = "washing", "lave-linge"
        DESK = "desk", "espace de travail"
        PARKING = "parking", "stationnement"
        BICYCLE = "bicycle", "local à vélos"
        GARDEN = "garden", "jardin"
        LINEN = "linen", "draps et linge fournis"
        TELEVISION = "television", "télévision"

    name = models.CharField(
        "nom", max_length=100, help_text="« Maison partagée de la Bartère »."
    )
    sort_key = models.CharField(max_length=220, db_collation="C", editable=False)
    owner = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="dwellings",
        verbose_name="propriétaire",
        help_text="Ses membres gèrent les chambres, et celles-là seulement.",
    )
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        related_name="dwellings",
        verbose_name="commune",
    )
    address = models.CharField("adresse", max_length=200)
    access = models.TextField(
        "pour entrer",
        max_length=1000,
        blank=True,
        help_text="Étage, boîte à clés, stationnement : donné à l'occupant seulement.",
    )
    situation = models.CharField(
        "où c'est, en une phrase",
        max_length=150,
        blank=True,
        help_text="« À dix minutes à pied du centre » : paraît, sans l'adresse.",
    )
    presentation = models.TextField("présentation", max_length=3000, blank=True)
    equipment = ArrayField(
        models.CharField(max_length=20, choices=Equipment),
        verbose_name="équipement",
        default=list,
        blank=True,
    )
    rules = models.TextField("règles de la maison", max_length=3000, blank=True)
    charges = models.CharField(
        "charges",
        max_length=200,
        blank=True,
        help_text="« Eau, électricité et internet compris ».",
    )
    terms = models.CharField(
        "contrat", max_length=20, choices=Terms, default=Terms.OCCUPATION
    )
    deposit = models.DecimalField(
        "dépôt de garantie, en euros",
        max_digits=7,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text="Un bail mobilité n'en prend pas.",
    )
    buffer_days = models.PositiveSmallIntegerField(
        "jours entre deux séjours",
        default=2,
        validators=[MaxValueValidator(30)],
        help_text="Pour le ménage et les réparations.",
    )
    hold_days = models.PositiveSmallIntegerField(
        "jours pour confirmer une option",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Au-delà, la chambre est proposée à la personne suivante.",
    )
    accepts_animals = models.BooleanField("animaux acceptés", default=False)
    accepts_children = models.BooleanField("enfants acceptés", default=False)
    needs_car = models.BooleanField("une voiture est nécessaire", default=False)
    payment_words = models.TextField(
        "comment payer le loyer",
        max_length=1000,
        blank=True,
        help_text="« Par virement au Trésor public de Nérac, IBAN FR76… » : dans "
        "chaque appel de loyer.",
    )
    # Who gives the keys.
    contact_name = models.CharField("qui remet les clés", max_length=150, blank=True)
    contact_phone = PhoneNumberField("téléphone", blank=True)
    cofinanced_by = models.ManyToManyField(
        "territory.Organisation",
        blank=True,
        related_name="cofinanced_dwellings",
        verbose_name="cofinancé par",
    )
    monthly_cost = models.DecimalField(
        "coût par mois pour la collectivité, en euros",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Loyer payé, charges, assurance, entretien.",
    )
    is_open = models.BooleanField("proposé", default=True)
    # Written by its owner and not read by the desk yet: it opens nothing by itself.
    submitted_at = models.DateTimeField(
        "à publier depuis le", null=True, blank=True, editable=False
    )

    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name = "logement"
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "commune"],
                name="internships_one_dwelling_of_a_name",
                violation_error_message="Ce logement existe déjà dans cette commune.",
            ),
            models.CheckConstraint(
                condition=~Q(terms="mobility_lease") | Q(deposit=0),
                name="internships_mobility_lease_takes_no_deposit",
                violation_error_message="Un bail mobilité ne prend pas de dépôt.",
            ),
            models.CheckConstraint(
                condition=Q(
                    deposit__gte=0, buffer_days__lte=30, hold_days__range=(1, 30)
                ),
                name="internships_dwelling_figures_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(is_open=False),
                name="internships_the_desk_opens_new_dwellings",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="internships_dwelling_owner"),
            models.Index(fields=["commune"], name="internships_dwelling_place"),
        ]

    def __str__(self):
        return f"{self.name} ({self.commune.name})"

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("internships:dwelling-detail", args=[self.pk])

    def publish(self) -> None:
        """What its owner wrote is read: its rooms are proposed."""
        self.is_open, self.submitted_at = True, None
        self.save(update_fields=["is_open", "submitted_at"])

    publish.alters_data = True

    @property
    def equipment_names(self) -> list[str]:
        known = dict(self.Equipment.choices)
        return [str(known[code]) for code in self.equipment if code in known]


class SiteDistance(models.Model):
    """How long it takes from a dwelling to a placement site."""

    class Means(models.TextChoices):
        CAR = "car", "en voiture"
        FOOT = "foot", "à pied"
        BICYCLE = "bicycle", "à vélo"
        TRANSIT = "transit", "en transports"

    dwelling = models.ForeignKey(
        Dwelling, models.CASCADE, related_name="distances", verbose_name="logement"
    )
    site = models.ForeignKey(
        "internships.PlacementSite",
        models.CASCADE,
        related_name="distances",
        verbose_name="terrain",
    )
    minutes = models.PositiveSmallIntegerField("minutes")
    means = models.CharField("moyen", max_length=10, choices=Means, default=Means.CAR)

    objects = models.Manager()

    class Meta:
        verbose_name = "trajet vers un terrain"
        verbose_name_plural = "trajets vers les terrains"
        ordering = ["minutes"]
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling", "site", "means"],
                name="internships_one_way_to_a_site",
                violation_error_message="Ce trajet est déjà noté.",
            ),
        ]

    def __str__(self):
        return f"{self.site} à {self.minutes} min {self.get_means_display()}"


class DwellingPhoto(models.Model):
    """A picture of a dwelling: what it shows is said for those who do not see it."""

    dwelling = models.ForeignKey(
        Dwelling, models.CASCADE, related_name="photos", verbose_name="logement"
    )
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="image"
    )
    alternative = models.CharField("ce que montre la photo", max_length=150)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "photo d'un logement"
        verbose_name_plural = "photos d'un logement"
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alternative=""),
                name="internships_dwelling_photo_is_described",
            ),
        ]

    def __str__(self):
        return self.alternative


class RoomQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_on=None, dwelling__is_open=True)

    def in_order(self):
        return self.order_by("dwelling__commune__sort_key", "dwelling__sort_key", "pk")

    def free(self, period):
        """Where nothing stands in any day of the period."""
        taken = Q(occupations__released_at=None, occupations__period__overlap=period)
        return self.filter(~Exists(self.model.objects.filter(taken, pk=OuterRef("pk"))))


class Room(models.Model):
    """One bed that is booked as a whole: two beds of a room are two rows."""

    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, related_name="rooms", verbose_name="logement"
    )
    name = models.CharField("nom", max_length=60, help_text="« Chambre bleue ».")
    surface = models.PositiveSmallIntegerField("surface, en m²", null=True, blank=True)
    rent = models.DecimalField(
        "loyer par mois, charges comprises, en euros",
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text="De 100 à 200 € par mois dans la charte « hébergement territorial ».",
    )
    # Receipts tell rent and charges apart (loi du 6 juillet 1989, article 21).
    charges_share = models.DecimalField(
        "dont charges par mois, en euros",
        max_digits=7,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text="La part du loyer qui paie l'eau, l'énergie, internet.",
    )
    for_two = models.BooleanField("pour deux", default=False)
    is_accessible = models.BooleanField("accessible en fauteuil roulant", default=False)
    notes = models.CharField("particularités", max_length=200, blank=True)
    closed_on = models.DateField(
        "n'est plus proposée depuis le", null=True, blank=True, editable=False
    )

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = "chambre"
        ordering = ["dwelling", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling", "name"],
                name="internships_one_room_of_a_name",
                violation_error_message="Ce logement a déjà une chambre de ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(rent__gte=0), name="internships_rent_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(charges_share__gte=0, charges_share__lte=models.F("rent")),
                name="internships_charges_are_part_of_the_rent",
                violation_error_message="Les charges sont une part du loyer.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.dwelling.name}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def close(self, day: dt.date) -> None:
        """No longer proposed to anybody, from that day."""
        self.closed_on = self.closed_on or day
        self.save(update_fields=["closed_on"])

    def reopen(self) -> None:
        self.closed_on = None
        self.save(update_fields=["closed_on"])

    close.alters_data = reopen.alters_data = True
