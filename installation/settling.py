"""When an installation is proven, when it counts (R-43), and when we ask after it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from installation.models import InstallationRequest, Settlement, SettlementState

ORDER = "has_order"
OTHERS = ("has_contract", "has_urssaf", "has_activity")
# Months after the first day: the first year closely, then every year.
TERMS = (3, 6, 12, 24, 36, 48, 60)


@dataclass(frozen=True)
class Facts:
    """What the rule reads of a dossier and of its outcome."""

    proofs: Collection[str]
    first_day_on: dt.date
    # When somebody of the desk took the dossier in charge, if anybody did.
    taken_charge_on: dt.date | None
    # Exchanges of the desk, steps done and visits made before the first day.
    acts_of_support: int
    # Another installation of the same person is counted already.
    is_counted_already: bool


def is_proven(proofs: Collection[str]) -> bool:
    """The Ordre and one other."""
    return ORDER in proofs and any(name in proofs for name in OTHERS)


def why_unproven(proofs: Collection[str]) -> str:
    if ORDER not in proofs:
        return (
            "Il manque l'inscription au tableau de l'Ordre : sans elle, une "
            "installation n'est pas prouvée."
        )
    if not is_proven(proofs):
        return (
            "Avec l'inscription à l'Ordre, il faut une autre preuve : conventionnement "
            "ou contrat de travail, URSSAF, ou premier relevé d'activité."
        )
    return ""


def why_not_counted(facts: Facts) -> str:
    """Nothing when it counts as an « installation réalisée »; else the reason."""
    if unproven := why_unproven(facts.proofs):
        return unproven
    if facts.taken_charge_on is None:
        return "Personne du guichet n'a pris le dossier en charge (R-43)."
    if facts.taken_charge_on >= facts.first_day_on:
        return (
            "Le dossier a été pris en charge après le premier jour d'exercice : "
            "l'accompagnement n'est pas complet (R-43)."
        )
    if not facts.acts_of_support:
        return (
            "Aucun échange, aucune étape et aucune visite avant le premier jour : une "
            "simple mise en relation ne compte pas (R-43)."
        )
    if facts.is_counted_already:
        return "Une installation de cette personne est déjà comptée (R-43)."
    return ""


def follow_up_days(first_day_on: dt.date) -> dict[int, dt.date]:
    """When to ask « toujours là ? », by number of months."""
    return {months: first_day_on + relativedelta(months=months) for months in TERMS}


def require_settlement(request: InstallationRequest) -> None:
    """« Installation réalisée » is proven before a dossier ends so."""
    proven = Settlement.objects.filter(request=request).exclude(
        state=SettlementState.DECLARED
    )
    if not proven.exists():
        raise ValidationError(
            "Une installation se prouve : validez-la d'abord, onglet Installation du "
            "dossier. Pour une simple mise en relation, choisissez « personne orientée "
            "».",
            code="unproven",
        )
