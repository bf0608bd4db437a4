"""What is written about bursaries."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework import money_messages
from casework.catalogue import wording
from casework.money_messages import TO_PERSON

_SAMPLES = {
    "reference": "BE47-2026-0001",
    "aide": "Bourse d’engagement des internes",
    "bourse": "Bourse d’engagement des internes",
    "pieces": "- Certificat de scolarité de l’année",
    "mois": "36",
    "montant": "25 200 €",
    "seance": "11 décembre 2026",
    "deliberation": "2026-214",
    "acte": "Convention",
    "nombre": "24",
    "document": "certificat de scolarité 2026-2027",
    "changement": "J'exerce trois jours par semaine depuis septembre.",
    "compte": "FR76 … 0189",
}
_template = wording("bursaries", {**money_messages.SAMPLES, **_SAMPLES})

_TO_PARTY = {
    "personne": "Nom de la personne",
    "reference": "Référence de la convention",
    "lien": "Page de la convention",
}

TEMPLATES = [
    *money_messages.templates(
        "bursaries",
        "application",
        noun="demande de bourse",
        then="Un comité donne son avis, puis la commission permanente du Département vote.",
        samples=_SAMPLES,
    ),
    _template(
        "application-granted",
        "À la personne : la bourse est accordée",
        "Votre demande {reference} : la bourse est accordée",
        """
Bonjour {personne},

La commission permanente du Département, réunie le {seance}, vous accorde la bourse (délibération n° {deliberation}).

> {bourse}
> {mois} mois, {montant} au plus
> {conditions}

Une convention vous engage ensuite : nous vous l'envoyons à relire, puis à signer. Rien n'est versé avant elle, et elle seule vous engage.

[Voir ma demande]({lien})

{recours}
""",
        {
            **TO_PERSON,
            "bourse": "Nom de la bourse",
            "mois": "Mois accordés",
            "montant": "Montant au plus",
            "seance": "Jour de la séance",
            "deliberation": "Numéro de la délibération",
            "conditions": "Conditions",
            "recours": "Voies et délais de recours",
        },
    ),
    _template(
        "application-adjourned",
        "À la personne : le vote est reporté",
        "Votre demande {reference} : le vote est reporté",
        """
Bonjour {personne},

La commission permanente n'a pas encore décidé de votre demande : elle revient à une prochaine séance, pour ce motif.

> {motif}

Le délai ne change pas : sans réponse avant le {le}, elle sera réputée rejetée. Vous n'avez rien à faire ; nous vous appelons s'il nous faut quelque chose.

[Voir ma demande]({lien})
""",
        {
            **TO_PERSON,
            "motif": "Motif du report",
            "le": "Jour où le silence vaut rejet",
        },
    ),
    _template(
        "agreement-to-sign",
        "À la personne : sa convention est à lire et à signer",
        "À lire et à signer : {acte} {reference}",
        """
Bonjour {personne},

Le texte est prêt. Prenez le temps de le lire en entier : il vous engage, et dit ce que vous recevez, ce que vous devez et ce qui arrive si vous ne pouvez pas tenir.

> {acte}, {reference}

[Lire et signer]({lien})

Vous signez en ligne avec un code reçu par courriel, ou sur papier si vous préférez : appelez-nous. Une question, un doute ? Appelez-nous avant de signer.
""",
        {**_TO_PARTY, "acte": "Convention ou avenant"},
    ),
    _template(
        "agreement-signed",
        "À la personne : sa convention est signée de tous",
        "Signée : {acte} {reference}",
        """
Bonjour {personne},

Tous ont signé. L'exemplaire signé, avec ses preuves, vous attend dans votre espace : gardez-le.

> {acte}, {reference}

[Voir ma convention]({lien})

Il reste au Département à l'envoyer à la préfecture et à vous la notifier : elle vous engage à partir de là, et les versements peuvent commencer.
""",
        {**_TO_PARTY, "acte": "Convention ou avenant"},
    ),
    _template(
        "agreement-signed-desk",
        "Au guichet : une convention est signée de tous",
        "Signée : {acte} {reference}, {nom}",
        """
{acte} {reference}, {nom} : tous ont signé.

Il reste à l'envoyer à la préfecture, à la notifier, et à en transmettre copie à l'agence régionale de santé et à l'assurance maladie.

[Ouvrir]({lien})
""",
        {
            "acte": "Convention ou avenant",
            "reference": "Référence de la convention",
            "nom": "Nom de la personne",
            "lien": "Page de l'acte, au guichet",
        },
    ),
    _template(
        "bank-account-given",
        "À la personne : un compte bancaire est donné",
        "Un compte bancaire vient d'être donné pour votre bourse",
        """
Bonjour {personne},

Un compte bancaire a été donné le {le} pour le versement de votre bourse : {compte}.

Si c'est vous, vous n'avez rien à faire. Nous comparons le compte avec le RIB ; un compte qui en remplace un autre attend aussi 48 heures.

Si ce n'est pas vous, bloquez ce compte tout de suite : rien n'y sera versé, et nous vous appelons. Changez ensuite le mot de passe de votre espace.

[Ce n'est pas moi]({lien})

Vous pouvez aussi nous appeler au {telephone}.
""",
        {
            "personne": "Nom de la personne",
            "compte": "Compte, masqué",
            "le": "Jour où il est donné",
            "lien": "Lien qui bloque le compte",
        },
        secret=True,
    ),
    _template(
        "bank-account-refused",
        "À la personne : son compte bancaire est refusé",
        "Votre compte bancaire est à donner de nouveau",
        """
Bonjour {personne},

Nous ne pouvons pas verser votre bourse sur le compte {compte}, pour ce motif :

> {motif}

[Donner un autre RIB]({lien})

Une question ? Appelez-nous au {telephone}.
""",
        {
            "personne": "Nom de la personne",
            "compte": "Compte, masqué",
            "motif": "Motif du refus",
            "lien": "Lien vers « Mon compte bancaire »",
        },
    ),
    _template(
        "bank-account-blocked",
        "Aux finances : une personne dit ne pas avoir donné ce compte",
        "Compte bancaire bloqué : appeler {nom}",
        """
Bonjour,

{nom} a répondu « ce n'est pas moi » au message qui annonce le compte {compte}. Il est bloqué : rien n'y sera versé.

Appelez la personne au numéro déjà connu avant la demande, puis levez le blocage ou refusez le compte.

[Ouvrir le compte]({lien})
""",
        {
            "nom": "Nom de la personne",
            "compte": "Compte, masqué",
            "lien": "Adresse du compte au guichet",
        },
    ),
    _template(
        "agreement-proof-rejected",
        "À la personne : un justificatif de sa convention est à refaire",
        "À refaire : {document}, convention {reference}",
        """
Bonjour {personne},

Nous n'avons pas pu retenir le document que vous avez envoyé.

> {document}
> {motif}

[Envoyer le document]({lien})

Il est difficile à obtenir ? Appelez-nous, nous cherchons avec vous.
""",
        {
            **_TO_PARTY,
            "document": "Le document",
            "motif": "Ce qui ne va pas",
        },
    ),
    _template(
        "agreement-practice-changed",
        "Au guichet : l'exercice de quelqu'un a changé",
        "Exercice changé : {nom}, convention {reference}",
        """
{nom} a répondu à la déclaration annuelle de sa convention {reference} : son exercice a changé.

> {changement}

[Ouvrir la convention]({lien})
""",
        {
            "reference": "Référence de la convention",
            "nom": "Nom de la personne",
            "changement": "Ce qui a changé, dans ses mots",
            "lien": "Page de la convention, au guichet",
        },
    ),
    _template(
        "agreement-paid",
        "À la personne : un versement de sa bourse est payé",
        "Versement de {montant}, convention {reference}",
        """
Bonjour {personne},

Un versement de {montant} a été payé le {le} sur votre compte. Selon votre banque, il y paraît sous quelques jours.

[Voir ma convention]({lien})
""",
        {
            **_TO_PARTY,
            "montant": "Montant du versement",
            "le": "Jour du paiement",
        },
    ),
    _template(
        "agreement-fulfilled",
        "À la personne : son engagement est tenu",
        "Votre engagement est tenu, convention {reference}",
        """
Bonjour {personne},

Vous avez tenu votre engagement. Une attestation de fin d'engagement est disponible dans votre espace. Merci.

[Voir ma convention]({lien})
""",
        {**_TO_PARTY},
    ),
    _template(
        "agreement-notice-given",
        "À la personne : elle est mise en demeure",
        "Une lettre importante pour votre convention {reference}",
        """
Bonjour {personne},

Une mise en demeure vous est adressée pour votre convention : elle vous arrive aussi par courrier recommandé. Elle vous laisse jusqu'au {avant_le}.

Appelez-nous sans attendre : un congé, une maladie, une naissance suspendent la convention, et nous préférons de loin trouver une solution avec vous.

[Voir ma convention]({lien})
""",
        {**_TO_PARTY, "avant_le": "Fin du délai"},
    ),
    _template(
        "agreement-repayment-due",
        "À la personne : la somme à rembourser est calculée",
        "Remboursement de la bourse, convention {reference}",
        """
Bonjour {personne},

Le délai de la mise en demeure est passé. La somme à rembourser, calculée comme la convention le prévoit et vérifiée par un second agent, est de {montant}.

Elle peut être répartie en mensualités : appelez-nous pour en convenir avant de recevoir le titre de recettes.

[Voir ma convention]({lien})

{recours}
""",
        {
            **_TO_PARTY,
            "montant": "Somme à rembourser",
            "recours": "Voies et délais de recours",
        },
    ),
    _template(
        "agreement-repayment-spread",
        "À la personne : l'échéancier de son remboursement",
        "Votre échéancier de remboursement, convention {reference}",
        """
Bonjour {personne},

Le remboursement est réparti en {nombre} mensualités de {montant} environ, la première avant le {le}. Le paiement se fait auprès du payeur départemental, sur le titre que vous recevez.

[Voir ma convention]({lien})

Une difficulté pour payer ? Appelez-nous avant la date.
""",
        {
            **_TO_PARTY,
            "nombre": "Nombre de mensualités",
            "montant": "Montant de la première",
            "le": "Jour de la première",
        },
    ),
]
