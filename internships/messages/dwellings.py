"""What the portal writes about a dwelling that a body begins to lend."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_SAMPLES = {
    "logement": "Maison partagée de la Bartère",
    "commune": "Sos",
    "organisme": "Commune de Sos",
}
_template = wording("internships", _SAMPLES)

_DWELLING = {
    "logement": "Nom du logement",
    "commune": "La commune",
    "organisme": "Qui le prête",
    "lien": "Lien de la page",
}

TEMPLATES = [
    _template(
        "dwelling-submitted",
        "Au guichet : un logement est à publier",
        "Un logement à publier à {commune}",
        """
Bonjour,

{organisme} propose un logement : {logement}, à {commune}. Il ne paraît pas tant que vous ne l'avez pas publié.

[Relire le logement]({lien})
""",
        _DWELLING,
    ),
    _template(
        "dwelling-published",
        "Au propriétaire : son logement est publié",
        "{logement} est publié",
        """
Bonjour,

{logement}, à {commune}, paraît maintenant dans la liste des chambres. Vous êtes prévenu dès qu'une chambre est demandée et confirmée.

[Gérer ce logement]({lien})
""",
        _DWELLING,
    ),
]
