"""The words in which an aid sets its conditions and a person describes a project."""

from django.db import models


class Practice(models.TextChoices):
    """Who practises; more exact than a file's profession, as the aids are."""

    GP = "gp", "médecin généraliste"
    SPECIALIST = "specialist", "médecin d'une autre spécialité"
    DENTIST = "dentist", "chirurgien-dentiste"
    MIDWIFE = "midwife", "sage-femme"
    STUDENT = "student", "étudiant ou interne"
    OTHER = "other", "autre profession de santé"


class Mode(models.TextChoices):
    LIBERAL = "liberal", "en libéral"
    SALARIED = "salaried", "en salarié"
    MIXED = "mixed", "en exercice mixte"


class Plan(models.TextChoices):
    """What the person is about to do."""

    CREATION = "creation", "créer un cabinet ou rejoindre une équipe"
    TAKEOVER = "takeover", "reprendre un cabinet"
    SECONDARY = "secondary", "ouvrir un cabinet secondaire"
    VISITS = "visits", "venir quelques jours par mois"
    LOCUM = "locum", "remplacer"
    STAY = "stay", "rester, déjà en exercice ici"


class Sector(models.TextChoices):
    ONE = "1", "secteur 1"
    TWO_OPTAM = "2_optam", "secteur 2 avec OPTAM"
    TWO = "2", "secteur 2 sans OPTAM"
    NONE = "none", "hors convention"


class Place(models.TextChoices):
    HEALTH_HOUSE = "health_house", "une maison de santé"
    HEALTH_CENTRE = "health_centre", "un centre de santé"
    GROUP = "group", "un cabinet de groupe"
    ALONE = "alone", "un cabinet seul ou seule"
    HOSPITAL = "hospital", "un hôpital ou une clinique"


class TenYears(models.TextChoices):
    """Aids that may not come back before ten years: which earlier ones count."""

    NONE = "", "sans règle de dix ans"
    LOCAL = "local", "aides locales (D. 1511-47 CGCT)"
    INSURANCE = "insurance", "aides de l'assurance maladie (D. 162-1-11-1 CSS)"


def practice_of(profession: str, specialty: str) -> str:
    """A doctor is a general practitioner or not: aids make the difference."""
    if profession == "doctor":
        is_gp = any(word in specialty.lower() for word in ("generale", "générale"))
        return Practice.GP if is_gp else Practice.SPECIALIST
    return profession if profession in Practice.values else ""
