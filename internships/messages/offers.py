"""What the portal writes to the hosts of placement offers."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_HOST = {
    "nom": "Personne à joindre pour l'offre",
    "titre": "Titre de l'offre",
    "lien": "Lien qui renouvelle l'offre",
}
_SAMPLES = {
    "nom": "Docteure Lasserre",
    "titre": "Niveau 1 à la maison de santé de Nérac",
    "jusqu_au": "3 mai 2027",
    "semestre": "mai – octobre 2027",
}
_template = wording("internships", _SAMPLES)

TEMPLATES = [
    _template(
        "offer-renewal",
        "À l'hôte d'un stage : renouveler son offre",
        "Recevez-vous encore pour {semestre} ? {titre}",
        """
Bonjour {nom},

Le semestre se termine bientôt : votre offre de stage est en ligne jusqu'au {jusqu_au}. Si vous recevez de nouveau pour {semestre}, un clic la renouvelle telle quelle, places et photos comprises. Le guichet l'a déjà relue : elle paraît tout de suite.

> {titre}

[Renouveler pour {semestre}]({lien})

Quelque chose a changé ? Renouvelez, puis modifiez-la dans votre espace. Vous ne recevez personne cette fois ? Ne faites rien, elle s'arrêtera d'elle-même.
""",
        {
            **_HOST,
            "jusqu_au": "Dernier jour en ligne",
            "semestre": "Semestre suivant",
        },
        secret=True,
    ),
    _template(
        "offer-ended",
        "À l'hôte d'un stage : son offre n'est plus en ligne",
        "Votre offre de stage n'est plus en ligne : {titre}",
        """
Bonjour {nom},

Le semestre est terminé, et votre offre de stage n'est plus en ligne. Merci d'avoir reçu des étudiants. Si vous en recevez encore, un clic la renouvelle pour le semestre suivant.

> {titre}

[Renouveler l'offre]({lien})
""",
        _HOST,
        secret=True,
    ),
]
