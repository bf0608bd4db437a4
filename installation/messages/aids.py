"""What is written about a request for the Département's aid."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework import money_messages
from casework.catalogue import wording
from casework.money_messages import TO_PERSON

_SAMPLES = {
    "reference": "AI47-2026-0001",
    "montant": "20 000 €",
    "mois": "36",
    "aide": "prime d'installation",
    "pieces": "- Présentation du projet et calendrier",
}
template = wording("installation", {**money_messages.SAMPLES, **_SAMPLES})

TEMPLATES = [
    *money_messages.templates(
        "installation",
        "aid",
        noun="demande d'aide",
        then="Nous demandons l'avis de l'ARS, puis nous vous répondons.",
        samples=_SAMPLES,
    ),
    template(
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
            **TO_PERSON,
            "montant": "Montant proposé au vote",
            "mois": "Durée de l'engagement, en mois",
            "conditions": "Conditions de l'accord",
        },
    ),
]
