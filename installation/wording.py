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
