"""What the portal writes about placements."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_SAMPLES = {
    "personne": "Hugo Marty",
    "stage": "niveau 1 chez le praticien",
    "terrain": "Maison de santé de Nérac",
    "debut": "2 novembre 2026",
    "fin": "2 mai 2027",
    "motif": "Changement d'affectation par la faculté.",
}
_template = wording("internships", _SAMPLES)
_PLACEMENT = {
    "personne": "Nom de l'étudiante ou de l'étudiant",
    "stage": "Nature du stage",
    "terrain": "Lieu du stage",
    "debut": "Premier jour",
    "fin": "Dernier jour",
}
_LINK = {"lien": "Lien de la page"}

TEMPLATES = [
    _template(
        "placement-noted",
        "À l'étudiant : l'arrivée déclarée est notée",
        "Votre stage est noté : {terrain}",
        """
Bonjour {personne},

Nous savons maintenant que vous venez, et nous serons là.

> {stage}
> {terrain}
> Du {debut} au {fin}

[Voir mon stage]({lien})
""",
        _PLACEMENT | _LINK,
    ),
    _template(
        "placement-cancelled",
        "À l'étudiant : le stage est annulé",
        "Stage annulé : {terrain}",
        """
Bonjour {personne},

Votre stage à {terrain}, du {debut} au {fin}, est annulé.

> {motif}

Vous pouvez signaler un nouvel intérêt. Si une chambre vous était réservée, dites-nous si vous la gardez.

[Voir mes stages]({lien})
""",
        _PLACEMENT | _LINK | {"motif": "Pourquoi"},
    ),
    _template(
        "placement-cancelled-host",
        "Au terrain : le stage est annulé",
        "{personne} ne viendra pas",
        """
Bonjour,

{personne} ne viendra pas en stage à {terrain}, du {debut} au {fin}.

> {motif}

La place est de nouveau libre : votre offre la montre.
""",
        _PLACEMENT | {"motif": "Pourquoi"},
    ),
    _template(
        "placement-over",
        "À l'étudiant : le bilan du stage",
        "Votre stage à {terrain} : six questions",
        """
Bonjour {personne},

Votre stage à {terrain} s'est terminé le {fin}. Six questions, deux minutes : vos réponses ne paraissent jamais seules, mais en moyenne, à partir de cinq bilans.

[Répondre]({lien})
""",
        _PLACEMENT | _LINK,
        secret=True,
    ),
]
