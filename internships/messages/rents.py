"""What the portal writes about rents."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_SAMPLES = {
    "personne": "Hugo Marty",
    "mois": "novembre 2026",
    "logement": "Chambre bleue, Maison partagée de la Bartère",
    "du": "2 novembre 2026",
    "au": "30 novembre 2026",
    "montant": "116,00 €",
    "reste": "116,00 €",
    "avant_le": "12 novembre 2026",
    "proprietaire": "Mairie de Nérac",
    "comment": "Par virement au Trésor public de Nérac, en rappelant votre nom et le mois.",
}
_template = wording("internships", _SAMPLES)

_CALL = {
    "personne": "Nom de la personne logée",
    "mois": "Mois appelé",
    "logement": "Chambre et logement",
    "du": "Première nuit du mois",
    "au": "Dernière nuit du mois",
    "montant": "Montant du mois, charges comprises",
    "reste": "Ce qui reste à payer",
    "avant_le": "À payer avant le",
    "proprietaire": "Propriétaire à qui payer",
    "comment": "Comment payer, tel que le propriétaire l'a écrit",
    "lien": "Lien vers les loyers",
}

TEMPLATES = [
    _template(
        "rent-called",
        "À la personne logée : l'appel de loyer du mois",
        "Votre loyer de {mois} : {montant}",
        """
Bonjour {personne},

Voici votre loyer de {mois} pour {logement}, nuits du {du} au {au}.

> À payer : {montant}, charges comprises
> Avant le : {avant_le}
> À : {proprietaire}

{comment}

[Voir mes loyers]({lien})

Le paiement se fait auprès du propriétaire, jamais sur ce site. Une difficulté ? Appelez-le, ou appelez-nous : on s'arrange mieux avant qu'après.
""",
        _CALL,
    ),
    _template(
        "rent-changed",
        "À la personne logée : son loyer d'un mois a changé",
        "Votre loyer de {mois} a changé : {montant}",
        """
Bonjour {personne},

Les dates de votre séjour ont changé : votre loyer de {mois} pour {logement} est recalculé.

> Nouveau montant : {montant}, charges comprises
> Reste à payer : {reste}

Vous aviez déjà payé davantage ? {proprietaire} vous rend la différence.

[Voir mes loyers]({lien})
""",
        _CALL,
    ),
    _template(
        "rent-receipt",
        "À la personne logée : sa quittance est prête",
        "Votre quittance de {mois}",
        """
Bonjour {personne},

Votre loyer de {mois} pour {logement} est payé : {montant}. Votre quittance vous attend dans votre espace.

[Télécharger ma quittance]({lien})

Elle est gratuite, et utile pour une aide au logement : gardez-la.
""",
        _CALL,
    ),
    _template(
        "rent-reminder",
        "À la personne logée : un loyer n'est pas arrivé",
        "Votre loyer de {mois} n'est pas arrivé",
        """
Bonjour {personne},

Votre loyer de {mois} pour {logement} était à payer avant le {avant_le}, et {proprietaire} ne l'a pas encore reçu en entier.

> Reste à payer : {reste}

{comment}

[Voir mes loyers]({lien})

C'est déjà payé ? Dites-le au propriétaire, qui le notera. Une difficulté ? Appelez-nous : nous cherchons une solution avec vous.
""",
        _CALL,
    ),
    _template(
        "rent-late-owner",
        "Au propriétaire : un loyer est en retard",
        "Loyer de {mois} en retard : {personne}",
        """
Bonjour,

Le loyer de {mois} de {personne}, {logement}, était à payer avant le {avant_le}. Deux rappels lui ont été envoyés.

> Reste à payer : {reste}

Vous l'avez reçu ? Notez-le dans votre espace, et les rappels s'arrêtent.

[Voir les loyers]({lien})
""",
        _CALL | {"lien": "Lien vers les loyers du propriétaire"},
    ),
]
