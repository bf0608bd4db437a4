"""The kinds of placement, and how a trainee is accompanied in each."""

from django.db import models


class PlacementKind(models.TextChoices):
    """What the studies call for (arrêté of 3 August 2023 for general medicine)."""

    EXTERN_GP = "extern_gp", "externat en médecine générale"
    N1 = "n1", "niveau 1 chez le praticien"
    SASPAS = "saspas", "SASPAS (niveau 2)"
    WOMAN_CHILD = "woman_child", "santé de la femme et de l'enfant"
    POLYVALENT = "polyvalent", "médecine polyvalente"
    EMERGENCY = "emergency", "urgences"
    FREE = "free", "stage libre"
    JUNIOR_DOCTOR = "junior_doctor", "docteur junior"
    PMI = "pmi", "protection maternelle et infantile"
    HOSPITAL = "hospital", "stage hospitalier"
    DENTAL_ACTIVE = "dental_active", "stage actif d'odontologie"
    DISCOVERY = "discovery", "stage de découverte"


class Supervision(models.TextChoices):
    DIRECT = "direct", "supervision directe"
    INDIRECT = "indirect", "supervision indirecte"
    AUTONOMY = "autonomy", "autonomie supervisée"


class Modality(models.TextChoices):
    FULL = "full", "à temps plein sur place"
    COUPLED = "coupled", "stage couplé"
    ALTERNATING = "alternating", "en alternance entre plusieurs maîtres de stage"


# Those that interns do, to whom the CHU pays lodging and transport (domain: R-33).
OF_INTERNS = frozenset(
    {
        PlacementKind.N1,
        PlacementKind.SASPAS,
        PlacementKind.WOMAN_CHILD,
        PlacementKind.POLYVALENT,
        PlacementKind.EMERGENCY,
        PlacementKind.FREE,
        PlacementKind.PMI,
        PlacementKind.HOSPITAL,
    }
)

# Whose zone is the dentists': those of the others are the doctors'.
OF_DENTISTS = frozenset({PlacementKind.DENTAL_ACTIVE})
