"""What is written to a partner, and to the person it helps.

A letter to a partner names nobody: a topic and a date are enough to open the page.
"""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_TO_PARTNER = {
    "organisme": "Nom de l'organisme",
    "liste": "Les besoins en cours, un par ligne : sujet et date",
    "lien": "Lien vers la page du partenaire",
    "acces": "Comment le lien s'ouvre, et jusqu'à quand",
}
_SAMPLES = {
    "organisme": "Relais petite enfance d'Albret",
    "contact": "Nathalie Garric",
    "sujet": "Garde d'enfants",
    "liste": "Garde d'enfants, transmis le 16 novembre 2026 : à prendre\nÉcole, transmis le 9 novembre 2026 : en main",
    "avant_le": "30 novembre 2026",
    "depuis": "16 novembre 2026",
    "nombre": "2 besoins vous attendent",
    "acces": "Ce lien est personnel et valable jusqu'au 23 décembre 2026. Ensuite, il en propose un nouveau.",
    "personne": "docteure Caubet",
    "reference": "BD47-2026-0001",
    "texte": "Bonjour docteure, une place se libère en mars. Quand puis-je vous appeler ?",
    "numero": "05 36 49 12 60",
    "interlocuteur": "Nathalie Garric",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "referral-sent",
        "Au partenaire : un nouveau besoin",
        "Un besoin pour vous : {sujet}",
        """
Bonjour,

Une personne qui s'installe dans le Département a besoin de vous ({organisme}). Elle nous a donné son accord pour vous transmettre ce besoin.

> {sujet}
> Premier signe attendu avant le {avant_le}

[Voir le besoin et répondre]({lien})

{acces}

Un clic suffit pour dire « Je m'en occupe » ou « Pas pour nous ». Une question ? Appelez-nous au {telephone}.
""",
        {
            "organisme": "Nom de l'organisme",
            "sujet": "Sujet du besoin",
            "avant_le": "Avant quand répondre",
            "lien": "Lien vers la page du partenaire",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
        },
        secret=True,
    ),
    _template(
        "partner-week",
        "Au partenaire : la lettre de la semaine",
        "Cette semaine : {nombre}",
        """
Bonjour,

Voici ce que le guichet a confié à {organisme}, sur une seule page :

> {liste}

[Ouvrir la page]({lien})

{acces}

Ce message part une fois par semaine, tant que quelque chose vous attend. Une question ? Appelez-nous au {telephone}.
""",
        {**_TO_PARTNER, "nombre": "Ce qui attend, en une phrase"},
        secret=True,
    ),
    _template(
        "partner-reply",
        "Au partenaire : la personne a répondu",
        "On vous a répondu : {sujet}",
        """
Bonjour,

La personne que vous aidez ({sujet}) vous a écrit. Son message se lit sur votre page.

[Lire et répondre]({lien})

{acces}
""",
        {
            "sujet": "Sujet du besoin",
            "lien": "Lien vers la page du partenaire",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
        },
        secret=True,
    ),
    _template(
        "partner-desk-word",
        "Au partenaire : le guichet lui a écrit",
        "Le guichet vous a écrit : {sujet}",
        """
Bonjour,

Le guichet vous a écrit, à propos du besoin « {sujet} ». Son message se lit sur votre page ; la personne le lit aussi.

[Lire et répondre]({lien})

{acces}

Une question ? Appelez-nous au {telephone}.
""",
        {
            "sujet": "Sujet du besoin",
            "lien": "Lien vers la page du partenaire",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
        },
        secret=True,
    ),
    _template(
        "partner-link",
        "Au partenaire : le lien qu'il a redemandé",
        "Votre lien vers les besoins confiés à {organisme}",
        """
Bonjour,

Voici le lien demandé : il ouvre la page des besoins confiés à {organisme}.

[Ouvrir la page]({lien})

{acces}

Si vous n'avez rien demandé, ignorez ce message.
""",
        {
            "organisme": "Nom de l'organisme",
            "lien": "Lien vers la page du partenaire",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
        },
        secret=True,
    ),
    _template(
        "referral-over",
        "Au partenaire : un besoin repris",
        "Plus rien à faire : {sujet}",
        """
Bonjour,

Le besoin « {sujet} », transmis le {depuis} ({organisme}), ne vous est plus confié. Vous n'avez plus rien à faire, et sa page ne montre plus rien.

Merci pour votre aide. Une question ? Appelez-nous au {telephone}.
""",
        {
            "organisme": "Nom de l'organisme",
            "sujet": "Sujet du besoin",
            "depuis": "Date de l'envoi",
        },
    ),
    _template(
        "partner-answered",
        "À la personne : un partenaire lui écrit",
        "{organisme} vous a écrit",
        """
Bonjour {personne},

{organisme} vous écrit, à propos de votre besoin « {sujet} » :

> {texte}

[Lire et répondre]({lien})

{acces}
""",
        {
            "personne": "Comment saluer la personne",
            "reference": "Référence du dossier",
            "lien": "Lien vers le dossier",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
            "organisme": "Nom de l'organisme",
            "sujet": "Sujet du besoin",
            "texte": "Le message",
        },
    ),
    _template(
        "reminder-partner",
        "Au partenaire : un besoin attend sa réponse",
        "Un besoin attend votre réponse depuis le {depuis}",
        """
Bonjour,

Une personne attend un premier signe de votre part ({organisme}) depuis le {depuis}. Même « pas pour nous » aide : nous cherchons aussitôt ailleurs.

> {liste}

[Répondre]({lien})

{acces}

Vous préférez le téléphone ? {telephone}.
""",
        {**_TO_PARTNER, "depuis": "Depuis quand"},
        secret=True,
    ),
    _template(
        "reminder-partner-taken",
        "Au partenaire : sans nouvelles d'un besoin qu'il a pris en main",
        "Où en êtes-vous ? Sans nouvelles depuis le {depuis}",
        """
Bonjour,

{organisme} a pris ce besoin en main, et nous n'avons pas de nouvelles depuis le {depuis}. Dites-nous où vous en êtes, ou fermez-le s'il est réglé.

> {liste}

[Donner des nouvelles]({lien})

{acces}

Vous préférez le téléphone ? {telephone}.
""",
        {**_TO_PARTNER, "depuis": "Depuis quand"},
        secret=True,
    ),
    _template(
        "reminder-partner-call",
        "Au guichet : un partenaire à appeler",
        "Appeler {organisme} au {numero} : sans réponse depuis le {depuis}",
        """
Bonjour,

{organisme} n'a pas répondu depuis le {depuis}, malgré les rappels.

> Appeler : {interlocuteur}, {numero}
> {liste}

[Ouvrir la fiche de l'organisme]({lien})
""",
        {
            "organisme": "Nom de l'organisme",
            "interlocuteur": "Qui répond aujourd'hui",
            "numero": "Son téléphone",
            "liste": "Les besoins qui attendent, un par ligne",
            "depuis": "Depuis quand",
            "lien": "Adresse de l'organisme au guichet",
        },
    ),
]
