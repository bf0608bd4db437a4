"""What the desk and the portal write about a request."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

TO_PERSON = {
    "personne": "Comment saluer la personne",
    "reference": "Référence du dossier",
    "lien": "Lien vers le dossier",
    "acces": "Comment le lien s'ouvre, et jusqu'à quand",
}
TO_DESK = {
    "reference": "Référence du dossier",
    "nom": "Nom de la personne",
    "lien": "Adresse du dossier au guichet",
}
SAMPLES = {
    "personne": "docteure Caubet",
    "nom": "Inès Caubet",
    "reference": "BD47-2026-0001",
    "agent": "Claire Dumas",
    "avant_le": "25 novembre 2026",
    "le": "25 novembre 2026",
    "suite": "Appeler pour préciser le projet",
    "acces": "Ce lien est valable jusqu'au 25 décembre 2026. Ensuite, il en propose un nouveau.",
}
_template = wording("installation", SAMPLES)

TEMPLATES = [
    _template(
        "resume",
        "À la personne : le lien pour reprendre son brouillon",
        "Reprendre votre demande là où vous l'avez laissée",
        """
Bonjour {personne},

Votre brouillon est enregistré. Ce lien l'ouvre sur n'importe quel appareil, là où vous l'avez laissé.

[Reprendre ma demande]({lien})

Il est valable jusqu'au {validite}. Rien n'est envoyé au guichet tant que vous n'avez pas déposé la demande.
""",
        {
            "personne": "Comment saluer la personne",
            "lien": "Lien vers le brouillon",
            "validite": "Dernier jour du lien",
        },
        secret=True,
    ),
    _template(
        "receipt",
        "À la personne : l'accusé de réception de sa demande",
        "Votre demande {reference} est partie : réponse avant le {avant_le}",
        """
Bonjour {personne},

Votre demande est partie. Une personne du guichet la lit et vous répond avant le {avant_le}. D'ici là, vous n'avez rien à faire.

> {texte}

[Suivre ma demande]({lien})

{acces}

Gardez ce message : il vaut accusé de réception (articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration).
""",
        {
            **TO_PERSON,
            "texte": "Texte de l'accusé de réception",
            "avant_le": "Date de la première réponse",
            "sujet": "Nature de la demande",
        },
    ),
    _template(
        "question-receipt",
        "À la personne : l'accusé de réception de sa question",
        "Votre question {reference} : nous vous rappelons avant le {avant_le}",
        """
Bonjour {personne},

Votre question est arrivée. Une personne du guichet vous rappelle ou vous écrit avant le {avant_le}.

> {texte}

[Voir ma question]({lien})

{acces}
""",
        {
            **TO_PERSON,
            "texte": "Texte de l'accusé de réception",
            "avant_le": "Date de la première réponse",
            "sujet": "Nature de la demande",
        },
    ),
    _template(
        "case-worker",
        "À la personne : qui suit sa demande",
        "{agent} suit votre demande {reference}",
        """
Bonjour {personne},

{agent} a lu votre demande et la suit désormais : vous n'aurez rien à répéter.

> Prochaine nouvelle : le {le}
> Pour joindre {agent} : {numero}

[Ouvrir mon dossier]({lien})

{acces}
""",
        {
            **TO_PERSON,
            "agent": "Qui suit la demande",
            "le": "Date de la prochaine nouvelle",
            "numero": "Téléphone, ou courriel",
        },
    ),
    _template(
        "message",
        "À la personne : un message du guichet",
        "{agent} vous a écrit à propos de votre demande",
        """
Bonjour {personne},

{agent} vous écrit :

> {texte}

[Lire et répondre]({lien})

{acces}
""",
        {**TO_PERSON, "agent": "Qui écrit", "texte": "Le message"},
    ),
    _template(
        "message-expecting",
        "À la personne : un message qui attend quelque chose d'elle",
        "À faire avant le {avant_le} : {attendu}",
        """
Bonjour {personne},

{agent} vous écrit, et attend une réponse :

> {attendu}
> Avant le {avant_le}

{texte}

[Répondre]({lien})

{acces}
""",
        {
            **TO_PERSON,
            "agent": "Qui écrit",
            "texte": "Le message",
            "attendu": "Ce qui est attendu",
            "avant_le": "Avant quelle date",
        },
    ),
    _template(
        "paused",
        "À la personne : sa demande est en pause",
        "Votre demande {reference} est en pause jusqu'au {jusqu_au}",
        """
Bonjour {personne},

Votre demande est en pause. Nous reprenons contact le {jusqu_au} ; d'ici là, votre dossier est gardé tel quel et personne ne vous relance.

Vous voulez reprendre plus tôt ? Écrivez un message dans votre dossier, cela suffit.

[Ouvrir mon dossier]({lien})

{acces}
""",
        {**TO_PERSON, "jusqu_au": "Fin de la pause"},
    ),
    _template(
        "closed",
        "À la personne : sa demande est close",
        "Votre demande {reference} se termine",
        """
Bonjour {personne},

{mot}

Votre dossier reste lisible, et vous pouvez en garder une copie. S'il faut le rouvrir, appelez le guichet ou écrivez-lui : ses coordonnées sont au bas de ce message.

[Voir mon dossier]({lien})

{acces}
""",
        {**TO_PERSON, "mot": "Le mot de clôture"},
    ),
    _template(
        "reopened",
        "À la personne : sa demande est rouverte",
        "Votre demande {reference} reprend",
        """
Bonjour {personne},

Votre demande reprend. {agent} la suit, avec tout ce que vous avez déjà dit.

> Prochaine nouvelle : le {le}

[Ouvrir mon dossier]({lien})

{acces}
""",
        {
            **TO_PERSON,
            "agent": "Qui suit la demande",
            "le": "Date de la prochaine nouvelle",
        },
    ),
    _template(
        "withdrawn",
        "À la personne : sa demande est retirée",
        "Votre demande {reference} est retirée",
        """
Bonjour {personne},

Vous avez retiré votre demande : personne ne vous relance. Votre dossier reste lisible.

[Voir mon dossier]({lien})

{acces}

Si vous changez d'avis, appelez le guichet ou écrivez-lui : ses coordonnées sont au bas de ce message.
""",
        TO_PERSON,
    ),
    _template(
        "new-request",
        "Au guichet : une nouvelle demande",
        "Nouvelle demande {reference} : répondre avant le {avant_le}",
        """
Bonjour,

{nom} a déposé une demande : {nature}. La première réponse est due avant le {avant_le}.

[Ouvrir la demande]({lien})
""",
        {
            **TO_DESK,
            "nature": "Nature de la demande",
            "avant_le": "Date de la première réponse",
        },
    ),
    _template(
        "handed-over",
        "À l'agent : une demande confiée",
        "{agent} vous confie la demande {reference}",
        """
Bonjour,

{agent} vous confie la demande de {nom}.

> Prochaine action : {suite}, le {le}

[Ouvrir la demande]({lien})
""",
        {
            **TO_DESK,
            "agent": "Qui confie",
            "suite": "Prochaine action",
            "le": "Date de la prochaine action",
        },
    ),
    _template(
        "answered",
        "À l'agent : la personne a écrit",
        "Répondre à {nom} avant le {avant_le}",
        """
Bonjour,

{nom} a écrit dans le dossier {reference}. Sa réponse est attendue avant le {avant_le}.

[Lire et répondre]({lien})
""",
        {**TO_DESK, "avant_le": "Date de la réponse"},
    ),
    _template(
        "withdrawn-desk",
        "À l'agent : la personne a retiré sa demande",
        "{nom} a retiré sa demande {reference}",
        """
Bonjour,

{nom} a retiré sa demande {reference}. Il n'y a plus rien à faire.

[Voir le dossier]({lien})
""",
        TO_DESK,
    ),
    _template(
        "before-purge",
        "À la personne : son dossier va être effacé",
        "Votre dossier {reference} sera effacé le {le}",
        """
Bonjour {personne},

Votre demande est terminée depuis longtemps. La loi demande de ne pas garder vos données plus que nécessaire : votre dossier sera effacé le {le}.

Pour en garder une copie, téléchargez-le avant cette date.

[Ouvrir mon dossier]({lien})

{acces}
""",
        {**TO_PERSON, "le": "Jour de l'effacement"},
    ),
    _template(
        "quarantined",
        "À l'agent : un document bloqué par l'antivirus",
        "Un document de {nom} est bloqué",
        """
Bonjour,

L'antivirus a bloqué un document du dossier {reference}. Prévenez {nom}, puis supprimez ce document.

[Ouvrir la demande]({lien})
""",
        TO_DESK,
    ),
    _template(
        "reminder-unassigned",
        "Au guichet : personne ne suit cette demande",
        "Personne ne suit la demande {reference} depuis le {depuis}",
        """
Bonjour,

La demande de {nom} attend depuis le {depuis} que quelqu'un la prenne en charge.

[Ouvrir la demande]({lien})
""",
        {**TO_DESK, "depuis": "Depuis quand"},
    ),
    _template(
        "reminder-overdue",
        "À l'agent : la prochaine action est en retard",
        "En retard : {suite} ({reference})",
        """
Bonjour,

« {suite} », pour {nom}, était à faire le {depuis}.

[Ouvrir la demande]({lien})
""",
        {**TO_DESK, "suite": "L'action en retard", "depuis": "Sa date"},
    ),
    _template(
        "reminder-silence",
        "À l'agent : dix jours sans échange",
        "Sans nouvelle depuis le {depuis} : {nom}",
        """
Bonjour,

Le dernier échange avec {nom} date du {depuis}. Donnez des nouvelles, ou mettez le dossier en pause.

[Ouvrir la demande]({lien})
""",
        {**TO_DESK, "depuis": "Date du dernier échange"},
    ),
]
