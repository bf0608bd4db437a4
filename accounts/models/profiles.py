from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts import rpps
from accounts.models.people import Person


class Profile(models.Model):
    person = models.OneToOneField(
        Person,
        models.CASCADE,
        related_name="%(class)s",
        verbose_name="personne",
    )

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.person)

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Keep what is known; let the other profile fill the blanks."""
        values = {
            field.attname: getattr(absorbed, field.attname)
            for field in cls._meta.concrete_fields
            if not getattr(kept, field.attname)
        }
        absorbed.delete()
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()


class PractitionerProfile(Profile):
    """What a person practises, or is about to."""

    class Profession(models.TextChoices):
        DOCTOR = "doctor", "médecin"
        DENTIST = "dentist", "chirurgien-dentiste"
        MIDWIFE = "midwife", "sage-femme"
        OTHER = "other", "autre profession de santé"

    class Situation(models.TextChoices):
        SETTLED = "settled", "en exercice"
        LOCUM = "locum", "en remplacement"
        SALARIED = "salaried", "en poste salarié"
        INTERN = "intern", "en internat"
        ABROAD = "abroad", "en exercice à l'étranger"
        PAUSE = "pause", "sans activité en ce moment"
        RETIRED = "retired", "à la retraite"

    profession = models.CharField(
        "profession", max_length=10, choices=Profession, blank=True
    )
    specialty = models.CharField("spécialité", max_length=100, blank=True)
    rpps = models.CharField("numéro RPPS", max_length=11, blank=True)
    situation = models.CharField(
        "situation", max_length=10, choices=Situation, blank=True
    )

    class Meta:
        verbose_name = "profil de praticien"
        verbose_name_plural = "profils de praticiens"
        constraints = [
            models.CheckConstraint(
                condition=Q(rpps="") | Q(rpps__regex=r"^[0-9]{11}$"),
                name="accounts_rpps_has_eleven_digits",
                violation_error_message="Un numéro RPPS compte onze chiffres.",
            ),
        ]
        indexes = [models.Index(fields=["rpps"], name="accounts_practitioner_rpps")]

    def clean(self):
        if self.rpps and not rpps.is_valid(self.rpps):
            raise ValidationError({"rpps": rpps.REFUSAL})


class StudentProfile(Profile):
    """What a person studies."""

    class Studies(models.TextChoices):
        MEDICINE = "medicine", "médecine"
        DENTISTRY = "dentistry", "odontologie"
        MIDWIFERY = "midwifery", "maïeutique"
        OTHER = "other", "autres études de santé"

    class Cycle(models.TextChoices):
        FIRST = "1", "premier cycle"
        SECOND = "2", "deuxième cycle (externat)"
        THIRD = "3", "troisième cycle (internat)"
        JUNIOR = "junior", "docteur junior"

    studies = models.CharField("études", max_length=10, choices=Studies, blank=True)
    cycle = models.CharField("cycle", max_length=6, choices=Cycle, blank=True)
    year = models.PositiveSmallIntegerField("année d'études", null=True, blank=True)
    faculty = models.CharField("faculté", max_length=100, blank=True)
    specialty = models.CharField("spécialité", max_length=100, blank=True)
    expected_graduation_on = models.DateField(
        "fin d'études prévue le", null=True, blank=True
    )

    class Meta:
        verbose_name = "profil d'étudiant"
        verbose_name_plural = "profils d'étudiants"
