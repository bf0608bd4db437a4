"""What the portal writes about incidents in the dwellings."""

# A paragraph of a message is one line, however long.

from casework.catalogue import wording

_SAMPLES = {
    "titre": "Le chauffe-eau ne marche plus",
    "ou": "Chambre bleue, Maison partagée de la Bartère",
    "personne": "Hugo Marty",
    "urgence": "à réparer dans les jours qui viennent",
    "texte": "Plus d'eau chaude depuis ce matin.",
    "joindre": "06 12 34 56 78, hugo.marty@exemple.fr",
}
_template = wording("internships", _SAMPLES)

_INCIDENT = {
    "titre": "L'incident en quelques mots",
    "ou": "Chambre et logement",
    "personne": "Nom de la personne logée",
    "urgence": "Urgence, telle qu'elle l'a dite",
    "texte": "Ce qui vient d'être écrit",
    "lien": "Lien vers l'incident",
}

TEMPLATES = [
    _template(
        "incident-reported",
        "Au propriétaire : un incident est signalé",
        "Incident signalé : {titre}",
        """
Bonjour,

{personne} signale un incident. {ou}.

> {titre} : {urgence}

{texte}

Pour joindre la personne : {joindre}

[Voir et répondre]({lien})
""",
        _INCIDENT | {"joindre": "Ses coordonnées"},
    ),
    _template(
        "incident-answered",
        "À l'occupant ou au propriétaire : un message sur un incident",
        "Du nouveau sur l'incident : {titre}",
        """
Bonjour,

Un message vient d'arriver sur l'incident « {titre} ».

> {texte}

[Voir et répondre]({lien})
""",
        _INCIDENT,
    ),
    _template(
        "incident-closed",
        "À l'occupant : son incident est clos",
        "Incident clos : {titre}",
        """
Bonjour {personne},

L'incident « {titre} » est clos.

> {texte}

Ce n'est pas réparé ? Vous pouvez le rouvrir pendant 14 jours.

[Voir l'incident]({lien})
""",
        _INCIDENT,
    ),
    _template(
        "incident-reopened",
        "Au propriétaire : un incident est rouvert",
        "Incident rouvert : {titre}",
        """
Bonjour,

{personne} a rouvert l'incident « {titre} ». {ou}.

> {texte}

[Voir et répondre]({lien})
""",
        _INCIDENT,
    ),
]
