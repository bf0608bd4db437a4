"""What the portal writes about listings and searches."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_AUTHOR = {
    "nom": "Personne à joindre",
    "titre": "Titre de l'annonce",
    "lien": "Lien vers l'annonce",
}
_SAMPLES = {
    "nom": "Docteure Caubet",
    "titre": "Cabinet de médecine générale à reprendre",
    "jusqu_au": "22 janvier 2027",
    "combien": "2 nouvelles annonces",
    "liste": "Offres d’exercice",
    "recherche": "succession, Albret Communauté",
    "annonces": "Cabinet à reprendre, Nérac : https://exemple.fr/offre",
    "arreter": "https://exemple.fr/arreter",
}
_template = wording("listings", _SAMPLES)

TEMPLATES = [
    _template(
        "to-moderate",
        "Au guichet : une annonce à relire",
        "Annonce à relire : {titre}",
        """
Bonjour,

Une annonce attend d'être relue avant de paraître : {titre}.

[Relire l'annonce]({lien})
""",
        {"titre": "Titre de l'annonce", "lien": "Adresse de l'annonce au guichet"},
    ),
    _template(
        "published",
        "À l'auteur : son annonce est en ligne",
        "Votre annonce est en ligne : {titre}",
        """
Bonjour {nom},

Le guichet a relu votre annonce : elle est en ligne jusqu'au {jusqu_au}. Avant cette date, nous vous demanderons en un clic si elle est toujours d'actualité.

> {titre}

[Voir l'annonce]({lien})
""",
        {**_AUTHOR, "jusqu_au": "Dernier jour en ligne"},
    ),
    _template(
        "refused",
        "À l'auteur : son annonce est à corriger",
        "À corriger avant de paraître : {titre}",
        """
Bonjour {nom},

Le guichet a relu votre annonce. Il reste quelque chose à corriger avant qu'elle paraisse :

> {motif}

[Corriger l'annonce]({lien})

Une question ? Appelez le guichet, nous la corrigeons avec vous.
""",
        {**_AUTHOR, "motif": "Ce qui est à corriger"},
    ),
    _template(
        "confirm",
        "À l'auteur : son annonce est-elle toujours d'actualité ?",
        "Toujours d'actualité ? {titre}",
        """
Bonjour {nom},

Votre annonce est en ligne jusqu'au {jusqu_au}. Elle tient toujours ? Un clic la prolonge de soixante jours.

> {titre}

[Oui, elle tient toujours]({lien})

Vous avez trouvé quelqu'un ? N'y touchez pas : elle s'arrêtera d'elle-même. Un mot au guichet nous fera plaisir.
""",
        {**_AUTHOR, "jusqu_au": "Dernier jour en ligne"},
        secret=True,
    ),
    _template(
        "expired",
        "À l'auteur : son annonce n'est plus en ligne",
        "Votre annonce n'est plus en ligne : {titre}",
        """
Bonjour {nom},

Sans nouvelles de vous, votre annonce n'est plus en ligne depuis aujourd'hui. Si elle tient toujours, un clic la fait revenir.

> {titre}

[La remettre en ligne]({lien})
""",
        _AUTHOR,
        secret=True,
    ),
    _template(
        "search-confirm",
        "À qui cherche : confirmer une alerte",
        "Confirmez votre alerte : {recherche}",
        """
Bonjour,

Vous avez demandé à être prévenu ou prévenue des nouvelles annonces de la liste « {liste} » :

> {recherche}

[Oui, prévenez-moi]({lien})

Vous n'avez rien demandé ? Oubliez ce message : sans ce clic, nous n'écrirons pas.
""",
        {
            "recherche": "Ce qui est cherché",
            "liste": "Nom de la liste",
            "lien": "Lien qui confirme",
        },
        secret=True,
    ),
    _template(
        "alert",
        "À qui cherche : de nouvelles annonces",
        "{combien} : {recherche}",
        """
Bonjour,

{combien} depuis notre dernier message, pour votre recherche « {recherche} » :

- {annonces}

[Voir la liste]({lien})

[Ne plus recevoir cette alerte]({arreter})
""",
        {
            "combien": "Nombre d'annonces",
            "recherche": "Ce qui est cherché",
            "annonces": "Les annonces, une par ligne",
            "lien": "Lien vers la liste",
            "arreter": "Lien qui arrête l'alerte",
        },
    ),
]
