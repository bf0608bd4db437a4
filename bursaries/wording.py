"""Sentences that bind whoever ticks or signs them."""

from bursaries.models import BursaryApplication
from casework.typography import euros


def attestation(application: BursaryApplication) -> str:
    """No contract of the same kind, and the other grants declared (R-14, R-12)."""
    sentences = [
        f"Je soussigné(e) {application.full_name} atteste sur l’honneur ne pas être "
        "signataire d’un contrat d’engagement de service public (CESP) en cours, ni "
        "d’un autre contrat de même nature. J’ai pris connaissance de l’article "
        "R. 631-24 du code de l’éducation."
    ]
    if application.others_monthly:
        sentences.append(
            "J’indique les aides reçues d’autres collectivités pour la même période : "
            f"{application.others_from}, {euros(application.others_monthly)} par mois."
        )
    else:
        sentences.append(
            "Je ne reçois aucune aide d’une autre collectivité pour la même période."
        )
    return " ".join(sentences)
