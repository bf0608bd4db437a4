"""What the portal writes about a bed: to whoever asked for it, and to its owner."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_SAMPLES = {
    "personne": "Hugo Marty",
    "reference": "LG47-2026-0001",
    "chambre": "Chambre bleue, Maison partagée de la Bartère",
    "commune": "Nérac",
    "loyer": "120 €",
    "du": "2 novembre 2026",
    "au": "2 mai 2027",
    "jusquau": "30 novembre 2026",
    "adresse": "12 rue des Lilas, Nérac",
    "acces": "Premier étage, boîte à clés à gauche de la porte.",
    "cles": "Mairie de Nérac, 05 99 00 00 00",
    "motif": "L'attestation ne nomme pas le logement.",
    "suite": "La personne qui suit est sollicitée.",
    "proposition": "Pourriez-vous arriver le 9 novembre 2026, dans la même chambre ?",
    "texte": "Votre demande « Logement » a été reçue le 2 octobre 2026.",
}
_template = wording("internships", _SAMPLES)
_REQUEST = {
    "personne": "Nom de la personne",
    "reference": "Numéro de la demande",
    "du": "Jour d'arrivée",
    "au": "Jour de départ",
    "lien": "Lien de la page",
}
_BED = _REQUEST | {
    "chambre": "La chambre et le logement",
    "commune": "La commune",
    "loyer": "Le loyer par mois",
}
_WHY = {"motif": "Pourquoi"}

TEMPLATES = [
    _template(
        "housing-filed",
        "À l'étudiant : sa demande de logement est reçue",
        "Votre demande de logement {reference}",
        """
Bonjour {personne},

Votre demande de logement est reçue : arrivée le {du}, départ le {au}.

[Suivre ma demande]({lien})

Dès qu'une chambre vous convient, une option est posée à votre nom et nous vous l'écrivons.

> {texte}
""",
        _REQUEST | {"texte": "Texte de l'accusé de réception"},
    ),
    _template(
        "bed-offered",
        "À l'étudiant : une chambre à confirmer",
        "Une chambre à {commune} : option jusqu'au {jusquau}",
        """
Bonjour {personne},

Une chambre vous est réservée. Confirmez-la avant la fin du {jusquau} : ensuite, elle sera proposée à la personne suivante.

> {chambre}, {commune}
> Arrivée le {du}, départ le {au}
> {loyer} par mois
> Option jusqu'au {jusquau}

[Confirmer ou décliner]({lien})
""",
        _BED | {"jusquau": "Dernier jour pour confirmer"},
    ),
    _template(
        "bed-reminder",
        "À l'étudiant : son option se termine bientôt",
        "Votre option se termine le {jusquau}",
        """
Bonjour {personne},

La chambre réservée pour vous attend votre réponse. Après le {jusquau}, elle sera proposée à la personne suivante.

> {chambre}, {commune}
> Arrivée le {du}, départ le {au}

[Confirmer ou décliner]({lien})
""",
        _BED | {"jusquau": "Dernier jour pour confirmer"},
    ),
    _template(
        "bed-expired",
        "À l'étudiant : son option a expiré",
        "L'option sur votre chambre a expiré",
        """
Bonjour {personne},

Votre option sur cette chambre est terminée ; la chambre est proposée à la personne suivante.

> {chambre}, {commune}

Votre demande {reference} reste sur la liste d'attente, à la place que lui donne son score.

[Voir ma demande]({lien})
""",
        _BED,
    ),
    _template(
        "bed-taken-back",
        "À l'étudiant : la chambre ne peut plus être prêtée",
        "Votre chambre n'est plus disponible",
        """
Bonjour {personne},

La chambre retenue pour vous ne peut plus être prêtée.

> {chambre}, {commune}
> {motif}

Votre demande {reference} est de nouveau sur la liste d'attente et nous cherchons avec vous.

[Voir ma demande]({lien})
""",
        _BED | _WHY,
    ),
    _template(
        "bed-confirmed",
        "À l'étudiant : sa chambre est confirmée",
        "Votre chambre à {commune} est confirmée",
        """
Bonjour {personne},

Votre chambre est confirmée.

> {chambre}
> {adresse}
> {acces}
> Arrivée le {du}, départ le {au}
> {loyer} par mois
> Clés : {cles}

Avant les clés, il reste deux choses : l'attestation d'assurance habitation, à envoyer depuis votre espace, et l'état des lieux d'entrée, signé sur place.

Le calendrier ci-joint note vos dates dans votre agenda.

[Préparer mon arrivée]({lien})
""",
        _BED
        | {
            "adresse": "L'adresse du logement",
            "acces": "Pour entrer",
            "cles": "Qui remet les clés",
        },
    ),
    _template(
        "bed-confirmed-owner",
        "Au propriétaire : une chambre est confirmée",
        "{personne} arrive le {du}",
        """
Bonjour,

{personne} a confirmé sa chambre.

> {chambre}
> Arrivée le {du}, départ le {au}

Les clés se remettent après l'attestation d'assurance et l'état des lieux d'entrée signé.

[Voir le séjour]({lien})
""",
        _BED,
    ),
    _template(
        "stay-cancelled",
        "Au propriétaire : un séjour n'aura pas lieu",
        "{personne} ne viendra pas",
        """
Bonjour,

{personne} a retiré sa demande : la chambre est libre et sera proposée à la personne suivante.

> {chambre}
> Du {du} au {au}

[Voir le logement]({lien})
""",
        _BED,
    ),
    _template(
        "stay-changed",
        "À l'étudiant : ses dates ont changé",
        "Vos nouvelles dates : du {du} au {au}",
        """
Bonjour {personne},

Les dates de votre chambre ont changé.

> {chambre}, {commune}
> Arrivée le {du}, départ le {au}

[Voir ma demande]({lien})
""",
        _BED,
    ),
    _template(
        "stay-changed-owner",
        "Au propriétaire : les dates d'un séjour ont changé",
        "{personne} : du {du} au {au}",
        """
Bonjour,

Les dates du séjour de {personne} ont changé.

> {chambre}
> Arrivée le {du}, départ le {au}

[Voir le séjour]({lien})
""",
        _BED,
    ),
    _template(
        "housing-refused",
        "À l'étudiant : sa demande de logement est sans suite",
        "Votre demande de logement {reference}",
        """
Bonjour {personne},

Nous n'avons pas pu vous loger, du {du} au {au}.

> {motif}

Vous pouvez faire une autre demande ou nous appeler : {telephone}.

[Voir ma demande]({lien})
""",
        _REQUEST | _WHY,
    ),
    _template(
        "stay-longer",
        "Au guichet : une prolongation à arranger",
        "{personne} voudrait rester jusqu'au {jusquau}",
        """
Bonjour,

{personne} loge jusqu'au {au} et voudrait rester jusqu'au {jusquau}. Quelqu'un d'autre est attendu dans cette chambre.

> {suite}

Accordez la prolongation dès que la chambre est libre, ou dites que ce n'est pas possible.

[Ouvrir la demande {reference}]({lien})
""",
        _REQUEST | {"jusquau": "Départ souhaité", "suite": "Ce qui est déjà fait"},
    ),
    _template(
        "make-room",
        "À qui arrive ensuite : laisser quelqu'un rester plus longtemps ?",
        "Une question sur votre chambre à {commune}",
        """
Bonjour {personne},

La personne qui loge avant vous dans « {chambre} » aimerait y rester jusqu'au {jusquau}. Rien ne change sans votre accord.

> {proposition}

[Répondre oui ou non]({lien})

Si vous ne répondez pas, vous gardez votre chambre et vos dates.
""",
        _BED | {"jusquau": "Départ souhaité", "proposition": "Ce qui vous est proposé"},
    ),
    _template(
        "stay-no-longer",
        "À l'étudiant : la prolongation n'est pas possible",
        "Votre séjour se termine le {au}",
        """
Bonjour {personne},

Votre séjour ne peut pas être prolongé : il se termine le {au}.

> {motif}

[Voir mon séjour]({lien})
""",
        _REQUEST | _WHY,
    ),
    _template(
        "insurance-sent",
        "Au propriétaire : une attestation d'assurance à vérifier",
        "Attestation d'assurance de {personne} à vérifier",
        """
Bonjour,

{personne} a envoyé son attestation d'assurance habitation.

> {chambre}
> Arrivée le {du}

[Vérifier l'attestation]({lien})
""",
        _BED,
    ),
    _template(
        "insurance-refused",
        "À l'étudiant : son attestation d'assurance est à refaire",
        "Votre attestation d'assurance est à refaire",
        """
Bonjour {personne},

Votre attestation d'assurance ne peut pas être acceptée.

> {motif}

Envoyez-en une autre avant votre arrivée, le {du} : sans elle, les clés ne peuvent pas être remises.

[Envoyer une attestation]({lien})
""",
        _BED | _WHY,
    ),
    _template(
        "insurance-awaited",
        "À l'étudiant : son attestation d'assurance est attendue",
        "Votre attestation d'assurance, avant le {du}",
        """
Bonjour {personne},

Vous arrivez le {du}. Sans attestation d'assurance habitation, les clés ne peuvent pas être remises : demandez-la à votre assureur et envoyez-la depuis votre espace.

> {chambre}, {commune}

[Envoyer mon attestation]({lien})
""",
        _BED,
    ),
]
