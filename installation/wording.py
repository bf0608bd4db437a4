"""The words that are kept: what a person reads when they agree to something."""

CONSENT_TO_NEWS = (
    "J'accepte de recevoir les nouvelles du guichet par courriel. Je peux retirer cet "
    "accord à tout moment."
)

# What a partner gets, by the topic it covers: this, and nothing else.
SHARED = {
    "housing": "taille du foyer, lieux souhaités, échéance",
    "partner-job": "métier recherché, lieux souhaités, échéance",
    "school": "nombre d'enfants par tranche d'âge, lieux souhaités, échéance",
    "childcare": "nombre d'enfants de moins de 3 ans, lieux souhaités, échéance",
    "leisure": "activités souhaitées, lieux souhaités",
}
SHARED_ELSE = "profession, exercice souhaité, lieux souhaités, échéance"


def consent_to_share(organisation) -> str:
    return (
        f"J'accepte que mon profil soit transmis à {organisation.name} pour m'aider "
        "dans mon installation. Je peux retirer cet accord à tout moment."
    )


def shared_with(organisation) -> str:
    """The exact data an organisation would get, for the topics it covers."""
    slugs = [topic.slug for topic in organisation.topics.all()]
    said = [SHARED[slug] for slug in slugs if slug in SHARED] or [SHARED_ELSE]
    parts = dict.fromkeys(part for text in said for part in text.split(", "))
    return ", ".join(["nom, courriel, téléphone", *parts])
