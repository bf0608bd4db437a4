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
    "rappel": "Installation attendue dans trois mois",
    "page": "https://portail.example/gestion/",
    "zonage": "zonage ARS médecins",
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
    _template(
        "agreement-reminder-enrolment",
        "À la personne : son certificat de scolarité est attendu",
        "Votre certificat de scolarité, convention {reference}",
        """
Bonjour {personne},

L'année universitaire commence : envoyez-nous votre certificat de scolarité depuis votre espace, une photo suffit. Sans lui au 15 novembre, les versements attendent.

[Envoyer mon certificat]({lien})

Vous redoublez, vous suspendez vos études ? Dites-le nous, la convention le prévoit.
""",
        {**_TO_PARTY},
    ),
    _template(
        "agreement-reminder-study-end",
        "À la personne : la fin de ses études approche",
        "La fin de vos études, convention {reference}",
        """
Bonjour {personne},

Votre diplôme est prévu vers le {le}. C'est le bon moment pour préparer votre installation : lieux, cabinets, maisons de santé, remplacements, logement, emploi du conjoint. Nous vous y aidons.

[Voir ma convention]({lien})

La date a changé ? Répondez à ce courriel ou appelez-nous.
""",
        {**_TO_PARTY, "le": "Jour prévu du diplôme"},
    ),
    _template(
        "agreement-reminder-settle",
        "À la personne : son installation est attendue",
        "Votre installation avant le {le}, convention {reference}",
        """
Bonjour {personne},

Votre convention prévoit une installation avant le {le}. Où en êtes-vous ? Dites-nous ce qui avance et ce qui manque : nous connaissons les lieux, les équipes et les communes qui vous attendent.

[Voir ma convention]({lien})

Un congé, une maladie, une naissance suspendent ce délai : dites-le nous.
""",
        {**_TO_PARTY, "le": "Dernier jour pour s'installer"},
    ),
    _template(
        "agreement-reminder-settle-late",
        "À la personne : le délai d'installation est passé",
        "Votre installation était prévue avant le {le}",
        """
Bonjour {personne},

Votre convention prévoyait une installation avant le {le}, et nous n'en connaissons pas. Appelez-nous : avant toute démarche, nous cherchons une solution avec vous.

[Voir ma convention]({lien})

Si vous êtes déjà installé(e), dites-nous où et depuis quand. Un congé, une maladie, une naissance suspendent ce délai.
""",
        {**_TO_PARTY, "le": "Dernier jour pour s'installer"},
    ),
    _template(
        "agreement-reminder-declaration",
        "À la personne : sa déclaration annuelle d'exercice",
        "Deux clics pour votre déclaration annuelle, convention {reference}",
        """
Bonjour {personne},

Votre déclaration annuelle d'exercice est attendue pour le {le}. Si rien n'a changé, deux clics suffisent.

[Faire ma déclaration]({lien})
""",
        {**_TO_PARTY, "le": "Jour anniversaire de l'installation"},
    ),
    _template(
        "agreement-reminder-declaration-late",
        "À la personne : sa déclaration annuelle n'est pas arrivée",
        "Votre déclaration annuelle était attendue le {le}",
        """
Bonjour {personne},

Nous n'avons pas reçu votre déclaration annuelle d'exercice, attendue le {le}. Si rien n'a changé, deux clics suffisent. Si quelque chose a changé, dites-le nous en une phrase.

[Faire ma déclaration]({lien})
""",
        {**_TO_PARTY, "le": "Jour anniversaire de l'installation"},
    ),
    _template(
        "agreement-reminder-service-end",
        "À la personne : son engagement sera bientôt tenu",
        "Votre engagement sera tenu le {le}",
        """
Bonjour {personne},

Votre engagement sera tenu le {le}. Vous recevrez alors une attestation de fin d'engagement. Nous espérons que vous restez : dites-nous ce qui vous y aiderait.

[Voir ma convention]({lien})
""",
        {**_TO_PARTY, "le": "Jour où l'engagement est tenu"},
    ),
    _template(
        "agreement-reminder-suspension-end",
        "À la personne : sa convention va reprendre",
        "Votre convention reprend le {le}",
        """
Bonjour {personne},

La suspension de votre convention prend fin le {le}. Si vous ne reprenez pas ce jour-là, dites-le nous avant : deux dates suffisent, aucun motif médical n'est demandé.

[Voir ma convention]({lien})
""",
        {**_TO_PARTY, "le": "Fin de la suspension"},
    ),
    _template(
        "agreement-reminder-desk",
        "Au guichet : une échéance d'une convention approche",
        "{rappel} : {nom}, convention {reference}",
        """
{rappel} : {nom}, convention {reference}, échéance du {le}. La personne en est avertie par le même envoi.

[Ouvrir la convention]({page})
""",
        {
            "rappel": "Ce dont il s'agit",
            "nom": "Nom de la personne",
            "reference": "Référence de la convention",
            "le": "Jour de l'échéance",
            "page": "Page de la convention, au guichet",
        },
    ),
    _template(
        "agreement-reminder-zoning",
        "Au guichet : un nouveau zonage touche des conventions",
        "Nouveau {zonage} : {nombre} conventions à relire",
        """
Un nouveau {zonage} est en vigueur depuis le {depuis}. Conventions signées avant lui, sans lieu d'exercice encore : {nombre}. Chacune dit quel zonage compte pour elle (celui de la signature, celui de l'installation, ou le plus favorable) : dites à la personne ce qui change pour elle.

[Ouvrir les conventions]({lien})
""",
        {
            "zonage": "Nom du zonage",
            "depuis": "Premier jour du zonage",
            "nombre": "Nombre de conventions",
            "lien": "Liste des conventions",
        },
    ),
]
