"""What is written about every request for money, whatever it asks."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from collections.abc import Mapping

from casework.catalogue import MessageTemplate, wording

TO_PERSON = {
    "personne": "Nom de la personne",
    "reference": "Référence de la demande",
    "lien": "Lien vers la demande",
}
TO_DESK = {
    "reference": "Référence de la demande",
    "nom": "Nom de la personne",
    "lien": "Adresse de la demande au guichet",
    "le": "Jour où le silence vaut rejet",
}
SAMPLES = {
    "personne": "Inès Caubet",
    "nom": "Inès Caubet",
    "le": "23 janvier 2027",
    "avant_le": "23 décembre 2026",
    "depuis": "23 novembre 2026",
}


def templates(
    app: str, area: str, *, noun: str, then: str, samples: Mapping[str, str]
) -> list[MessageTemplate]:
    """The messages of one kind of request, their keys begun by `area`.

    `noun` is « demande d'aide »; `then` is the sentence that tells what follows once
    the file is complete.
    """
    template = wording(app, {**SAMPLES, **samples})

    def worded(text: str) -> str:
        return text.replace("DEMANDE", noun).replace("SUITE", then)

    return [
        template(
            f"{area}-{name}", worded(title), worded(subject), worded(body), variables
        )
        for name, title, subject, body, variables in _TEXTS
    ]


_TEXTS = [
    (
        "receipt",
        "À la personne : l'accusé de réception de sa DEMANDE",
        "Votre DEMANDE {reference} est arrivée",
        """
Bonjour {personne},

Votre DEMANDE est arrivée. Nous vérifions qu'il n'y manque rien, puis nous l'examinons.

> {texte}

[Suivre ma demande]({lien})

Gardez ce message : il vaut accusé de réception (articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration).
""",
        {
            **TO_PERSON,
            "texte": "Texte de l'accusé de réception",
            "le": "Jour où le silence vaut rejet",
        },
    ),
    (
        "pieces-missing",
        "À la personne : les pièces qui manquent à sa DEMANDE",
        "Il manque des pièces à votre demande {reference} : à envoyer avant le {avant_le}",
        """
Bonjour {personne},

Il manque, dans votre DEMANDE :

{pieces}

Merci de les transmettre avant le {avant_le}. Le délai de réponse du service ne court qu'à compter de la réception d'un dossier complet (article L. 114-5 du code des relations entre le public et l'administration).

[Envoyer les pièces]({lien})

Une pièce est difficile à obtenir ? Appelez-nous, nous cherchons avec vous.
""",
        {
            **TO_PERSON,
            "pieces": "Les pièces, une par ligne",
            "avant_le": "Date limite",
        },
    ),
    (
        "complete",
        "À la personne : sa DEMANDE est complète",
        "Votre demande {reference} est complète",
        """
Bonjour {personne},

Votre DEMANDE est complète depuis le {depuis}. SUITE

> En l'absence de réponse avant le {le}, elle sera réputée rejetée : vous pourriez alors la contester.

[Suivre ma demande]({lien})
""",
        {
            **TO_PERSON,
            "depuis": "Jour où le dossier est devenu complet",
            "le": "Jour où le silence vaut rejet",
        },
    ),
    (
        "refused",
        "À la personne : sa DEMANDE est refusée",
        "Votre DEMANDE {reference} : notre réponse",
        """
Bonjour {personne},

Nous ne pouvons pas donner suite à votre DEMANDE, pour ce motif :

> {motif}

{recours}

D'autres aides existent peut-être pour votre projet. Le guichet reste à vos côtés : appelez-nous.

[Voir ma demande]({lien})
""",
        {
            **TO_PERSON,
            "motif": "Motif du refus",
            "recours": "Voies et délais de recours",
        },
    ),
    (
        "withdrawn",
        "À la personne : sa DEMANDE est retirée",
        "Votre DEMANDE {reference} est retirée",
        """
Bonjour {personne},

Vous avez retiré votre DEMANDE : elle ne sera pas examinée. Vous pourrez en déposer une autre.

[Voir ma demande]({lien})
""",
        TO_PERSON,
    ),
    (
        "reminder-pieces",
        "À la personne : des pièces sont toujours attendues",
        "Votre demande {reference} attend des pièces avant le {avant_le}",
        """
Bonjour {personne},

Nous attendons encore des pièces pour examiner votre DEMANDE. La date limite est le {avant_le}.

[Envoyer les pièces]({lien})

Une pièce est difficile à obtenir ? Appelez-nous, nous cherchons avec vous.
""",
        {**TO_PERSON, "avant_le": "Date limite"},
    ),
    (
        "new",
        "Au guichet : une DEMANDE",
        "À examiner : DEMANDE {reference}",
        """
Bonjour,

{nom} dépose une DEMANDE : {aide}.

> Le silence vaudra rejet le {le}, si le dossier est complet.

[Examiner la demande]({lien})
""",
        {**TO_DESK, "aide": "Aide demandée"},
    ),
    (
        "pieces-received",
        "Au guichet : toutes les pièces d'une DEMANDE sont là",
        "Les pièces de la demande {reference} sont arrivées",
        """
Bonjour,

{nom} a envoyé toutes les pièces de la demande {reference}. Les deux mois courent depuis aujourd'hui : vérifiez-les, puis déclarez le dossier complet.

[Examiner la demande]({lien})
""",
        TO_DESK,
    ),
    (
        "withdrawn-desk",
        "Au guichet : une DEMANDE est retirée",
        "{nom} a retiré sa DEMANDE {reference}",
        """
Bonjour,

{nom} a retiré sa DEMANDE {reference}. Il n'y a plus rien à faire.

[Voir la demande]({lien})
""",
        TO_DESK,
    ),
    (
        "reminder-silence",
        "Au guichet : une DEMANDE sera bientôt réputée rejetée",
        "Répondre à {nom} avant le {le} : DEMANDE {reference}",
        """
Bonjour,

Sans réponse avant le {le}, la DEMANDE de {nom} sera réputée rejetée (article L. 231-4, 3° du code des relations entre le public et l'administration).

[Ouvrir la demande]({lien})
""",
        TO_DESK,
    ),
]
