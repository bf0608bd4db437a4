"""What is written about a request for the Département's aid."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_TO_PERSON = {
    "personne": "Nom de la personne",
    "reference": "Référence de la demande",
    "lien": "Lien vers la demande",
}
_TO_DESK = {
    "reference": "Référence de la demande",
    "nom": "Nom de la personne",
    "lien": "Adresse de la demande au guichet",
    "le": "Jour où le silence vaut rejet",
}
_SAMPLES = {
    "personne": "Inès Caubet",
    "nom": "Inès Caubet",
    "reference": "AI47-2026-0001",
    "le": "23 janvier 2027",
    "avant_le": "23 décembre 2026",
    "depuis": "23 novembre 2026",
    "montant": "20 000 €",
    "mois": "36",
    "aide": "prime d'installation",
    "pieces": "- Présentation du projet et calendrier",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "aid-receipt",
        "À la personne : l'accusé de réception de sa demande d'aide",
        "Votre demande d'aide {reference} est arrivée",
        """
Bonjour {personne},

Votre demande d'aide à l'installation est arrivée. Nous vérifions qu'il n'y manque rien, puis nous l'examinons.

> {texte}

[Suivre ma demande]({lien})

Gardez ce message : il vaut accusé de réception (articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration).
""",
        {
            **_TO_PERSON,
            "texte": "Texte de l'accusé de réception",
            "le": "Jour où le silence vaut rejet",
        },
    ),
    _template(
        "aid-pieces-missing",
        "À la personne : les pièces qui manquent à sa demande d'aide",
        "Il manque des pièces à votre demande {reference} : à envoyer avant le {avant_le}",
        """
Bonjour {personne},

Il manque, dans votre demande d'aide :

{pieces}

Merci de les transmettre avant le {avant_le}. Le délai de réponse du service ne court qu'à compter de la réception d'un dossier complet (article L. 114-5 du code des relations entre le public et l'administration).

[Envoyer les pièces]({lien})

Une pièce est difficile à obtenir ? Appelez-nous, nous cherchons avec vous.
""",
        {
            **_TO_PERSON,
            "pieces": "Les pièces, une par ligne",
            "avant_le": "Date limite",
        },
    ),
    _template(
        "aid-complete",
        "À la personne : sa demande d'aide est complète",
        "Votre demande {reference} est complète",
        """
Bonjour {personne},

Votre demande d'aide est complète depuis le {depuis}. Nous demandons l'avis de l'ARS, puis nous vous répondons.

> En l'absence de réponse avant le {le}, elle sera réputée rejetée : vous pourriez alors la contester.

[Suivre ma demande]({lien})
""",
        {
            **_TO_PERSON,
            "depuis": "Jour où le dossier est devenu complet",
            "le": "Jour où le silence vaut rejet",
        },
    ),
    _template(
        "aid-granted",
        "À la personne : accord de principe sur sa demande d'aide",
        "Votre demande {reference} : un accord de principe",
        """
Bonjour {personne},

Le Département donne un accord de principe à votre demande d'aide.

> Montant proposé au vote : {montant}
> Engagement : {mois} mois d'exercice dans la zone
> {conditions}

Il reste deux étapes : le vote de l'assemblée départementale, puis la signature d'une convention. L'aide n'est acquise qu'après elles : ne commandez rien sur sa foi seule.

[Voir ma demande]({lien})
""",
        {
            **_TO_PERSON,
            "montant": "Montant proposé au vote",
            "mois": "Durée de l'engagement, en mois",
            "conditions": "Conditions de l'accord",
        },
    ),
    _template(
        "aid-refused",
        "À la personne : sa demande d'aide est refusée",
        "Votre demande d'aide {reference} : notre réponse",
        """
Bonjour {personne},

Nous ne pouvons pas donner suite à votre demande d'aide, pour ce motif :

> {motif}

{recours}

D'autres aides existent peut-être pour votre projet. Le guichet reste à vos côtés : appelez-nous.

[Voir ma demande]({lien})
""",
        {
            **_TO_PERSON,
            "motif": "Motif du refus",
            "recours": "Voies et délais de recours",
        },
    ),
    _template(
        "aid-withdrawn",
        "À la personne : sa demande d'aide est retirée",
        "Votre demande d'aide {reference} est retirée",
        """
Bonjour {personne},

Vous avez retiré votre demande d'aide : elle ne sera pas examinée. Vous pourrez en déposer une autre.

[Voir ma demande]({lien})
""",
        _TO_PERSON,
    ),
    _template(
        "aid-reminder-pieces",
        "À la personne : des pièces sont toujours attendues",
        "Votre demande {reference} attend des pièces avant le {avant_le}",
        """
Bonjour {personne},

Nous attendons encore des pièces pour examiner votre demande d'aide. La date limite est le {avant_le}.

[Envoyer les pièces]({lien})

Une pièce est difficile à obtenir ? Appelez-nous, nous cherchons avec vous.
""",
        {**_TO_PERSON, "avant_le": "Date limite"},
    ),
    _template(
        "aid-new",
        "Au guichet : une demande d'aide à l'installation",
        "Demande d'aide {reference} : à examiner",
        """
Bonjour,

{nom} demande une aide à l'installation : {aide}.

> Le silence vaudra rejet le {le}, si le dossier est complet.

[Examiner la demande]({lien})
""",
        {**_TO_DESK, "aide": "Aide demandée"},
    ),
    _template(
        "aid-pieces-received",
        "Au guichet : toutes les pièces d'une demande d'aide sont là",
        "Les pièces de la demande {reference} sont arrivées",
        """
Bonjour,

{nom} a envoyé toutes les pièces de la demande {reference}. Les deux mois courent depuis aujourd'hui : vérifiez-les, puis déclarez le dossier complet.

[Examiner la demande]({lien})
""",
        _TO_DESK,
    ),
    _template(
        "aid-withdrawn-desk",
        "Au guichet : une demande d'aide est retirée",
        "{nom} a retiré sa demande d'aide {reference}",
        """
Bonjour,

{nom} a retiré sa demande d'aide {reference}. Il n'y a plus rien à faire.

[Voir la demande]({lien})
""",
        _TO_DESK,
    ),
    _template(
        "aid-reminder-silence",
        "Au guichet : une demande d'aide sera bientôt réputée rejetée",
        "Répondre à {nom} avant le {le} : demande d'aide {reference}",
        """
Bonjour,

Sans réponse avant le {le}, la demande d'aide de {nom} sera réputée rejetée (article L. 231-4, 3° du code des relations entre le public et l'administration).

[Ouvrir la demande]({lien})
""",
        _TO_DESK,
    ),
]
