"""What the portal writes about offers of practice, introductions and mentors."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_PAIR = {
    "personne": "Nom de la personne à qui l'on écrit",
    "profil": "Profil de la personne qui arrive, sans son nom",
    "territoire": "Territoire",
    "lien": "Lien pour répondre",
}
_SAMPLES = {
    "nom": "Docteur Lasserre",
    "personne": "Inès Caubet",
    "autre": "Docteur Lasserre",
    "interesse": "Inès Caubet",
    "titre": "Cabinet de médecine générale à reprendre",
    "profil": "médecine générale, en remplacement, dans l'année",
    "joindre": "05 36 49 12 47, medecin@exemple.fr",
    "territoire": "Albret Communauté",
    "themes": "les premiers mois, l'exercice rural et les visites",
    "disponibilites": "le jeudi midi",
    "objet": "votre compagnonnage",
    "reference": "BD47-2026-0001",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "interested",
        "À l'auteur d'une offre : quelqu'un est intéressé",
        "{interesse} s'intéresse à votre offre",
        """
Bonjour {nom},

{interesse} ({profil}) s'intéresse à votre offre « {titre} » et accepte que vous l'appeliez.

> {joindre}

Répondre à ce message lui écrit directement. Le guichet suit son projet et reste à côté de vous deux.
""",
        {
            "nom": "Personne à joindre pour l'offre",
            "titre": "Titre de l'offre",
            "interesse": "Nom de la personne intéressée",
            "profil": "Son profil",
            "joindre": "Ses coordonnées",
        },
    ),
    _template(
        "introduction-host",
        "À l'auteur d'une succession confidentielle : quelqu'un est intéressé",
        "Quelqu'un s'intéresse à votre succession",
        """
Bonjour {personne},

Une personne que le guichet accompagne s'intéresse à votre succession « {titre} ».

> {profil}

Elle ne sait ni qui vous êtes ni où vous exercez. Si vous acceptez, et si elle accepte aussi, chacun reçoit le nom et les coordonnées de l'autre.

[Répondre]({lien})
""",
        {**_PAIR, "titre": "Titre de l'offre"},
        secret=True,
    ),
    _template(
        "introduction-guest",
        "À la personne : être mise en relation pour une succession confidentielle",
        "Être mis en relation pour une succession ({territoire})",
        """
Bonjour {personne},

Vous vous intéressez à la succession « {titre} » ({territoire}). Son auteur reste confidentiel. Si vous acceptez que vos coordonnées lui soient données, et s'il accepte aussi, chacun reçoit le nom et les coordonnées de l'autre.

[Répondre]({lien})
""",
        {**_PAIR, "titre": "Titre de l'offre"},
        secret=True,
    ),
    _template(
        "mentorship-host",
        "Au compagnon : accueillir quelqu'un",
        "Accueilleriez-vous quelqu'un ?",
        """
Bonjour {personne},

Vous avez accepté d'accueillir. Le guichet pense à vous pour une personne qui arrive :

> {profil}

{mot}

Si vous acceptez, et si elle accepte aussi, chacun reçoit le nom et les coordonnées de l'autre.

[Répondre]({lien})
""",
        {
            **_PAIR,
            "mot": "Mot du guichet",
            "themes": "Thèmes du compagnon",
            "disponibilites": "Ses disponibilités",
        },
        secret=True,
    ),
    _template(
        "mentorship-guest",
        "À la personne : rencontrer un confrère qui accueille",
        "Un confrère ou une consœur accepte de vous accueillir ({territoire})",
        """
Bonjour {personne},

Une personne installée ici accepte de partager son expérience avec vous :

> Territoire : {territoire}
> Thèmes : {themes}
> Disponibilités : {disponibilites}

{mot}

Si vous acceptez, et si elle accepte aussi, chacun reçoit le nom et les coordonnées de l'autre.

[Répondre]({lien})
""",
        {
            **_PAIR,
            "mot": "Mot du guichet",
            "themes": "Thèmes du compagnon",
            "disponibilites": "Ses disponibilités",
        },
        secret=True,
    ),
    _template(
        "met",
        "Aux deux : la mise en relation est faite",
        "Vous avez accepté tous les deux : voici comment vous joindre",
        """
Bonjour {personne},

Vous avez accepté tous les deux d'être mis en relation pour {objet}.

> {autre}
> {joindre}

Répondre à ce message lui écrit directement.
""",
        {
            "personne": "Nom de la personne à qui l'on écrit",
            "autre": "Nom de l'autre personne",
            "objet": "De quoi il s'agit",
            "joindre": "Ses coordonnées",
        },
    ),
    _template(
        "declined",
        "À l'autre : la mise en relation ne se fait pas",
        "Cette mise en relation ne se fera pas",
        """
Bonjour {personne},

La mise en relation pour {objet} ne se fera pas cette fois. Aucun nom n'a été donné. Le guichet continue de chercher avec vous.
""",
        {
            "personne": "Nom de la personne à qui l'on écrit",
            "objet": "De quoi il s'agit",
        },
    ),
    _template(
        "declined-desk",
        "À l'agent : une mise en relation est déclinée",
        "Mise en relation déclinée : {nom}",
        """
Bonjour,

La mise en relation de {nom} ({reference}) pour {objet} est déclinée.

[Ouvrir la demande]({lien})
""",
        {
            "reference": "Référence du dossier",
            "nom": "Nom de la personne",
            "objet": "De quoi il s'agit",
            "lien": "Adresse du dossier au guichet",
        },
    ),
]
