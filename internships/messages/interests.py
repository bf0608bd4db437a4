"""What the portal writes about interests in a placement."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_SAMPLES = {
    "nom": "Docteure Lasserre",
    "personne": "Hugo Marty",
    "etudiant": "Hugo Marty",
    "etudes": "médecine, troisième cycle (internat), Bordeaux",
    "joindre": "06 12 34 56 78, hugo.marty@exemple.fr",
    "stage": "Stage de niveau 1 en maison de santé",
    "terrain": "Maison de santé de Nérac",
    "semestre": "novembre 2026 – avril 2027",
    "mot": "J'aimerais découvrir l'exercice en équipe.",
    "motif": "Toutes les places de ce stage sont prises.",
    "debut": "2 novembre 2026",
    "fin": "2 mai 2027",
    "depuis": "12 octobre 2026",
    "suite": "Vos autres souhaits sont libérés : Maison de santé d'Agen.",
    "numero": "05 53 65 00 00",
}
_template = wording("internships", _SAMPLES)

_HOST = {
    "nom": "Personne à joindre pour l'offre",
    "etudiant": "Nom de l'étudiante ou de l'étudiant",
    "etudes": "Ce que la personne étudie",
    "joindre": "Ses coordonnées",
    "stage": "Titre de l'offre",
    "terrain": "Nom du terrain",
    "semestre": "Semestre",
    "mot": "Son mot pour l'équipe",
}
_STUDENT = {
    "personne": "Nom de l'étudiante ou de l'étudiant",
    "stage": "Titre de l'offre",
    "terrain": "Nom du terrain",
    "semestre": "Semestre",
}
_LINK = {"lien": "Lien de la page"}

TEMPLATES = [
    _template(
        "interest-received",
        "Au terrain : quelqu'un aimerait venir en stage",
        "{etudiant} aimerait venir en stage chez vous",
        """
Bonjour {nom},

{etudiant} aimerait venir en stage chez vous ({semestre}) et accepte que vous l'appeliez.

> {stage}
> {etudes}
> {joindre}

{mot}

Un oui ou un non suffit. C'est toujours l'université qui affecte : votre réponse permet à chacun de s'organiser.

[Voir et répondre]({lien})
""",
        _HOST | _LINK,
        secret=True,
    ),
    _template(
        "interest-reminder",
        "Rappel au terrain : quelqu'un attend une réponse",
        "{etudiant} attend votre réponse",
        """
Bonjour {nom},

{etudiant} a signalé son intérêt pour votre stage le {depuis} et n'a pas encore de réponse.

> {stage}
> {joindre}

Un oui ou un non suffit.

[Répondre]({lien})
""",
        _HOST | _LINK | {"depuis": "Date de l'envoi"},
        secret=True,
    ),
    _template(
        "interest-call",
        "Au guichet : un terrain ne répond pas, l'appeler",
        "À appeler : {terrain}, sans réponse depuis le {depuis}",
        """
{terrain} n'a pas répondu à {etudiant} malgré nos rappels.

> {nom}
> {numero}
> Intérêt signalé le {depuis}

[Ouvrir]({lien})
""",
        _HOST | _LINK | {"depuis": "Date de l'envoi", "numero": "Téléphone du terrain"},
    ),
    _template(
        "interest-accepted",
        "À l'étudiant : le terrain dit oui, à confirmer",
        "{terrain} vous accueillerait : confirmez-vous ?",
        """
Bonjour {personne},

{terrain} vous dit oui pour « {stage} » ({semestre}).

> {mot}

Confirmez que vous venez : votre stage est alors noté, et vos autres souhaits sont libérés.

[Confirmer]({lien})
""",
        _STUDENT | _LINK | {"mot": "Réponse du terrain"},
    ),
    _template(
        "interest-confirm-reminder",
        "Rappel à l'étudiant : le terrain attend la confirmation",
        "{terrain} attend votre confirmation",
        """
Bonjour {personne},

Le {depuis}, {terrain} vous a dit oui pour « {stage} » ({semestre}). Sans réponse de vous, la place reste bloquée pour les autres.

[Confirmer, ou renoncer]({lien})
""",
        _STUDENT | _LINK | {"depuis": "Date de la réponse du terrain"},
    ),
    _template(
        "interest-confirm-call",
        "Au guichet : un étudiant ne confirme pas",
        "À appeler : {personne} n'a pas confirmé",
        """
{personne} n'a pas répondu à {terrain}, qui lui a dit oui le {depuis}.

> {numero}

[Ouvrir]({lien})
""",
        _STUDENT
        | _LINK
        | {"depuis": "Date de la réponse du terrain", "numero": "Coordonnées"},
    ),
    _template(
        "interest-declined",
        "À l'étudiant : le terrain ne peut pas",
        "{terrain} ne pourra pas vous accueillir cette fois",
        """
Bonjour {personne},

{terrain} ne pourra pas vous accueillir pour « {stage} » ({semestre}).

> {mot}

Ce souhait est libre : vous pouvez en signaler un autre.

[Voir mes stages]({lien})
""",
        _STUDENT | _LINK | {"mot": "Réponse du terrain"},
    ),
    _template(
        "interest-confirmed",
        "À l'étudiant : le stage est noté",
        "C'est noté : {terrain}, {semestre}",
        """
Bonjour {personne},

Votre stage est noté.

> {terrain}
> Du {debut} au {fin}

{suite}

Vous cherchez une chambre ? Votre page de stage y mène.

[Voir mon stage]({lien})
""",
        _STUDENT
        | _LINK
        | {
            "debut": "Premier jour",
            "fin": "Dernier jour",
            "suite": "Ce que deviennent les autres souhaits",
        },
    ),
    _template(
        "interest-confirmed-host",
        "Au terrain : la personne vient",
        "{etudiant} vient chez vous",
        """
Bonjour {nom},

{etudiant} confirme sa venue pour « {stage} » ({semestre}).

> {joindre}

Répondre à ce message lui écrit directement.
""",
        _HOST,
    ),
    _template(
        "interest-released-host",
        "Au terrain : la personne va ailleurs",
        "{etudiant} fera son stage ailleurs",
        """
Bonjour {nom},

{etudiant} a confirmé un autre terrain et ne viendra pas pour « {stage} » ({semestre}). Vous n'avez rien à faire ; votre offre reste en ligne.
""",
        _HOST,
    ),
    _template(
        "interest-released",
        "À l'étudiant : ce souhait est libéré",
        "{terrain} : ce stage n'est plus possible",
        """
Bonjour {personne},

Votre souhait pour « {stage} » ({terrain}, {semestre}) est libéré.

> {motif}

Vous pouvez en signaler un autre.

[Voir mes stages]({lien})
""",
        _STUDENT | _LINK | {"motif": "Pourquoi"},
    ),
    _template(
        "interest-withdrawn",
        "Au terrain : la personne retire son souhait",
        "{etudiant} retire son souhait",
        """
Bonjour {nom},

{etudiant} ne souhaite plus venir pour « {stage} » ({semestre}). Vous n'avez rien à faire ; votre offre reste en ligne.
""",
        _HOST,
    ),
]
