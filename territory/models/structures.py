from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from territory.sorting import sort_key

from .places import Commune


class HealthStructureQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=HealthStructure.Status.OPEN)

    def in_departement(self, code):
        return self.filter(commune__departement__code=code)

    def corrected(self):
        """Those of which the desk knows better than FINESS."""
        return self.exclude(corrected_fields=[])


class HealthStructure(models.Model):
    """A place or a team where care is given, planned, open or closed.

    FINESS brings most of them. What it last said is kept in `imported`; a field the
    desk has corrected stays as the desk wrote it, whatever the next file says.
    """

    class Kind(models.TextChoices):
        HEALTH_HOUSE = "health_house", "maison de santé"
        HEALTH_CENTRE = "health_centre", "centre de santé"
        CPTS = "cpts", "communauté professionnelle territoriale de santé"
        PRIMARY_CARE_TEAM = "primary_care_team", "équipe de soins primaires"
        HOSPITAL = "hospital", "hôpital"
        PHARMACY = "pharmacy", "pharmacie"
        PRACTICE = "practice", "cabinet"
        SECONDARY_PRACTICE = "secondary_practice", "cabinet secondaire"

    class Status(models.TextChoices):
        PROJECT = "project", "en projet"
        OPEN = "open", "ouverte"
        CLOSED = "closed", "fermée"

    # What FINESS may say of a structure, and staff may correct.
    FROM_FINESS = (
        "name",
        "kind",
        "status",
        "commune_id",
        "address",
        "postal_code",
        "city",
        "phone",
        "longitude",
        "latitude",
        "opened_on",
    )

    name = models.CharField("nom", max_length=150)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    status = models.CharField(
        "état", max_length=10, choices=Status, default=Status.OPEN
    )
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        related_name="health_structures",
        verbose_name="commune",
    )
    finess = models.CharField(
        "numéro FINESS", max_length=9, unique=True, null=True, blank=True
    )
    public = models.BooleanField("portée par une collectivité", default=False)
    address = models.CharField("adresse", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    opened_on = models.DateField("ouverte le", null=True, blank=True)
    finess_updated_on = models.DateField(
        "fiche FINESS mise à jour le", null=True, blank=True, editable=False
    )
    imported = models.JSONField(
        "ce que dit FINESS", default=dict, blank=True, editable=False
    )
    corrected_fields = ArrayField(
        models.CharField(max_length=20),
        verbose_name="corrigé par le guichet",
        default=list,
        blank=True,
        editable=False,
    )
    absent_since = models.DateField(
        "absente de FINESS depuis le",
        null=True,
        blank=True,
        editable=False,
        help_text="Date du premier fichier où elle n'était plus.",
    )

    objects = HealthStructureQuerySet.as_manager()

    class Meta:
        verbose_name = "structure de soins"
        verbose_name_plural = "structures de soins"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finess=None) | Q(finess__regex=r"^[0-9AB]{9}$"),
                name="territory_finess_has_nine_characters",
                violation_error_message="Un numéro FINESS a neuf caractères.",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
                name="territory_structure_is_somewhere",
                violation_error_message=(
                    "La longitude et la latitude vont ensemble, en degrés."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.finess = self.finess or None
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)

    @property
    def differences(self) -> list[str]:
        """The fields whose value is not the one of FINESS."""
        return [
            name
            for name in self.FROM_FINESS
            if name in self.imported
            and self.as_imported(name, getattr(self, name)) != self.imported[name]
        ]

    @property
    def comparison(self) -> list[dict]:
        """What the desk wrote beside what FINESS says, for each corrected field."""
        found = []
        for name in self.corrected_fields:
            field = self._meta.get_field(name.removesuffix("_id"))
            imported = HealthStructure(**{name: self.imported.get(name)})
            found.append(
                {
                    "name": name,
                    "label": field.verbose_name,
                    "ours": self._as_read(name),
                    "imported": imported._as_read(name),
                }
            )
        return found

    def _as_read(self, name: str):
        if name == "commune_id":
            return str(self.commune) if self.commune_id else ""
        display = getattr(self, f"get_{name}_display", None)
        return display() if display else getattr(self, name)

    @staticmethod
    def as_imported(name: str, value):
        """The value as JSON keeps it."""
        if name.endswith("_on") and value:
            return value.isoformat()
        return value

    def note_corrections(self) -> None:
        """What differs from FINESS is the desk's, from now on; save it too."""
        self.corrected_fields = self.differences

    def take_imported(self, name: str) -> None:
        """Give up the desk's correction of one field for what FINESS says."""
        if name not in self.imported or name not in self.corrected_fields:
            raise ValidationError("FINESS ne dit rien d'autre sur ce point.")
        value = self.imported[name]
        field = self._meta.get_field(name.removesuffix("_id"))
        setattr(self, name, value if name.endswith("_id") else field.to_python(value))
        self.corrected_fields = [kept for kept in self.corrected_fields if kept != name]
        self.save(update_fields=[name, "sort_key", "corrected_fields"])

    take_imported.alters_data = True
