from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, IntegerField, Q, When
from django.urls import reverse

from territory import naming
from territory.sorting import search_key, sort_key

# Below this, a word shares too few letters with a name to be a slip of the hand:
# "marmadne" reaches Marmande at 0.56, "agin" reaches Agen at 0.4.
SIMILAR_ENOUGH = 0.4


class DepartementQuerySet(models.QuerySet):
    def current(self):
        """The Département this installation serves."""
        return self.get(code=settings.DEPARTEMENT)


class Departement(models.Model):
    """A French Département: the one served, or a neighbour of it."""

    code = models.CharField("code", max_length=3, unique=True)
    name = models.CharField("nom", max_length=60)
    tncc = models.PositiveSmallIntegerField(
        "article", default=0, help_text="Type de nom en clair de l'INSEE, de 0 à 8."
    )
    region_code = models.CharField("code de la région", max_length=3)
    region_name = models.CharField("région", max_length=60)
    contour = models.JSONField("contour", null=True, blank=True, editable=False)
    division_year = models.PositiveSmallIntegerField(
        "millésime du découpage",
        null=True,
        editable=False,
        help_text="Noms et codes au 1er janvier de cette année.",
    )
    loaded_at = models.DateTimeField(
        "données chargées le",
        null=True,
        editable=False,
        help_text="Dernier chargement qui a changé quelque chose.",
    )

    objects = DepartementQuerySet.as_manager()

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"

    @property
    def with_article(self) -> str:
        return naming.with_article(self.name, self.tncc)

    @property
    def with_de(self) -> str:
        return naming.with_de(self.name, self.tncc)

    @property
    def with_en(self) -> str:
        return naming.with_en(self.name, self.tncc)


class IntercommunalityQuerySet(models.QuerySet):
    def in_departement(self, code):
        """Those with at least one commune there, wherever their seat is."""
        here = Commune.objects.open().in_departement(code)
        return self.filter(pk__in=here.values("intercommunality"))


class Intercommunality(models.Model):
    """A group of communes with its own tax powers (EPCI), whole, known by its SIREN."""

    class Kind(models.TextChoices):
        COMMUNITY = "CC", "communauté de communes"
        AGGLOMERATION = "CA", "communauté d'agglomération"
        URBAN = "CU", "communauté urbaine"
        METROPOLIS = "METRO", "métropole"
        LYON = "MET69", "métropole de Lyon"

    code = models.CharField("SIREN", max_length=9, unique=True)
    name = models.CharField("nom", max_length=150)
    kind = models.CharField("type", max_length=5, choices=Kind)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    contour = models.JSONField("contour", null=True, blank=True, editable=False)

    objects = IntercommunalityQuerySet.as_manager()

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.short_name)
        super().save(**kwargs)

    @property
    def short_name(self) -> str:
        """« Pays de Duras » rather than « CC du Pays de Duras »."""
        return naming.group_short_name(self.name)


class Match(models.IntegerChoices):
    """How a commune answers a search, from the surest to a guess."""

    NAME = 0
    OTHER_NAME = 1  # a former name, a postal code, the INSEE code
    BEGINNING = 2
    WORDS = 3
    LIKENESS = 4


class CommuneQuerySet(models.QuerySet):
    def open(self):
        """Communes that exist today, not those merged or closed."""
        return self.filter(merged_into=None, closed_on=None)

    def in_departement(self, code):
        return self.filter(departement__code=code)

    def search(self, text):
        """Best match first: by name, however it is typed, former name or code.

        Every word typed begins a word of the name, or the whole looks like it; a
        postal code has no look-alikes. `match` says how well each one answers.
        """
        key = search_key(text)
        if not key:
            return self.none()
        every_word = Q()
        for word in key.split():
            every_word &= Q(search_key__contains=f" {word}")
        match = Case(
            When(search_key__startswith=f" {key} |", then=Match.NAME),
            When(search_key__contains=f"| {key} |", then=Match.OTHER_NAME),
            When(search_key__startswith=f" {key}", then=Match.BEGINNING),
            When(every_word, then=Match.WORDS),
            default=Match.LIKENESS,
            output_field=IntegerField(),
        )
        accepted = every_word
        if not key.isdigit():
            accepted |= Q(likeness__gte=SIMILAR_ENOUGH)
        return (
            self.annotate(
                match=match, likeness=TrigramWordSimilarity(key, "search_key")
            )
            .filter(accepted)
            .order_by("match", "-likeness", F("population").desc(nulls_last=True), "pk")
        )


class Commune(models.Model):
    """A commune, today's or a former one, known by its INSEE code."""

    code = models.CharField("code INSEE", max_length=5, unique=True)
    name = models.CharField("nom", max_length=100, help_text="Avec son article.")
    former_names = ArrayField(
        models.CharField(max_length=100),
        verbose_name="anciens noms",
        default=list,
        blank=True,
        help_text="Communes déléguées ou associées, retrouvées par leur nom.",
    )
    sort_key = models.CharField(max_length=220, db_collation="C", editable=False)
    search_key = models.TextField(editable=False)
    postal_codes = ArrayField(
        models.CharField(max_length=5),
        verbose_name="codes postaux",
        default=list,
        blank=True,
    )
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        related_name="communes",
        verbose_name="département",
    )
    intercommunality = models.ForeignKey(
        Intercommunality,
        models.PROTECT,
        related_name="communes",
        verbose_name="intercommunalité",
        null=True,
        blank=True,
    )
    population = models.PositiveIntegerField(
        "population municipale", null=True, blank=True
    )
    contour = models.JSONField("contour", null=True, blank=True, editable=False)
    longitude = models.FloatField("longitude", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="absorbed",
        verbose_name="fusionnée dans",
        null=True,
        blank=True,
    )
    closed_on = models.DateField(
        "supprimée le",
        null=True,
        blank=True,
        help_text="Vide pour une fusion antérieure au premier chargement.",
    )

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        ordering = ["sort_key"]
        indexes = [
            GinIndex(
                fields=["search_key"],
                name="territory_commune_search",
                opclasses=["gin_trgm_ops"],
            ),
            models.Index(
                fields=["departement", "sort_key"], name="territory_commune_order"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="territory_no_merge_into_itself",
                violation_error_message="Une commune ne fusionne pas avec elle-même.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.fill_keys()
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("commune-detail", args=[self.code])

    @property
    def with_de(self) -> str:
        return naming.commune_with_de(self.name)

    @property
    def with_a(self) -> str:
        return naming.commune_with_a(self.name)

    @property
    def current(self) -> "Commune":
        """The commune that answers for this place today."""
        return self.merged_into or self

    def fill_keys(self) -> None:
        """Derive what is stored for ordering and searching from the names."""
        self.sort_key = sort_key(self.name)
        names = [search_key(name) for name in [self.name, *self.former_names]]
        searched = " | ".join([*names, self.code.lower(), *self.postal_codes])
        self.search_key = f" {searched} |"


class CommunePopulation(models.Model):
    """The legal population of a commune for one reference year."""

    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="populations", verbose_name="commune"
    )
    year = models.PositiveSmallIntegerField("année de référence")
    municipal = models.PositiveIntegerField("population municipale")

    objects = models.Manager()

    class Meta:
        verbose_name = "population légale"
        verbose_name_plural = "populations légales"
        ordering = ["commune", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "year"],
                name="territory_one_population_a_year",
                violation_error_message="Cette année a déjà une population.",
            ),
        ]

    def __str__(self):
        return f"{self.commune}, {self.year}"
