"""The words that are kept: what a person reads when they agree to something."""

from installation import shared_fields

CONSENT_TO_NEWS = (
    "J'accepte de recevoir les nouvelles du guichet par courriel. Je peux retirer cet "
    "accord à tout moment."
)


def consent_to_share(organisation) -> str:
    return (
        f"J'accepte que mon profil soit transmis à {organisation.name} pour m'aider "
        "dans mon installation. Je peux retirer cet accord à tout moment."
    )


def shared_with(organisation) -> str:
    """The exact data an organisation would get, for the topics it covers."""
    return ", ".join(shared_fields.labels_for(organisation))


def interest_wording(offer) -> str:
    """What a person agrees to when an offer interests them."""
    if offer.is_confidential:
        return (
            "J'accepte que mon nom et mes coordonnées soient donnés à l'auteur de "
            "cette offre, s'il accepte lui aussi d'être mis en relation."
        )
    return (
        "J'accepte que mon nom et mes coordonnées soient donnés à l'auteur de cette "
        "offre."
    )


def ten_years_attestation(name: str, rpps: str) -> str:
    """What is ticked, kept as it was, and annexed to the convention (R-22)."""
    number = f", RPPS {rpps}" if rpps else ""
    return (
        f"Je soussigné(e) {name}{number}, atteste sur l'honneur n'avoir signé aucune "
        "convention d'aide à l'installation ou au maintien avec une collectivité "
        "territoriale ou un groupement depuis moins de dix ans (article D. 1511-47 du "
        "CGCT). La présente attestation est annexée à la convention."
    )
