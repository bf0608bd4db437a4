"""What is written about plans of action, visits, and installations that last."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording
from installation.messages.requests import TO_DESK, TO_PERSON

_SAMPLES = {
    "personne": "docteure Caubet",
    "nom": "Inès Caubet",
    "reference": "BD47-2026-0001",
    "acces": "Ce lien est valable jusqu'au 25 décembre 2026. Ensuite, il en propose un nouveau.",
    "jour": "4 décembre 2026",
    "le": "4 mai 2027",
    "nombre": "14",
    "programme": "9\u00a0h\u00a030 à 11\u00a0h : Maison de santé, Nérac, avec le docteur Lasserre",
    "raison": "Le docteur Lasserre est absent ce jour-là.",
    "contact": "docteur Lasserre",
    "horaire": "9\u00a0h\u00a030 à 11\u00a0h",
    "lieu": "Maison de santé, Nérac",
    "souhait": "Plutôt un lundi de janvier.",
    "commune": "Nérac",
    "duree": "6 mois",
    "numero": "05 36 49 12 47",
    "etapes": "S'inscrire au tableau de l'Ordre (pour le 2 mars 2027)",
    "validite": "25 janvier 2027",
}
_VISIT = {
    **TO_PERSON,
    "jour": "Jour de la visite",
    "programme": "Programme, une ligne par rencontre",
    "raison": "Raison de l'annulation",
}
_HOST = {
    "contact": "Personne rencontrée",
    "nom": "Nom de la personne qui vient",
    "jour": "Jour de la visite",
    "horaire": "Heures de la rencontre",
    "lieu": "Lieu de la rencontre",
}
_QUESTION = {
    "personne": "Comment saluer la personne",
    "commune": "Commune d'exercice",
    "duree": "Temps passé depuis le premier jour",
    "lien": "Lien pour répondre oui, en un clic",
    "lien_autre": "Lien pour répondre autre chose",
    "validite": "Dernier jour des liens",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "plan-opened",
        "À la personne : son plan d'action est prêt",
        "Votre plan d'action, étape par étape",
        """
Bonjour {personne},

Votre plan d'action est prêt : {nombre} étapes, dans l'ordre, jusqu'au premier jour.

> Premier jour prévu : le {le}

Chaque étape dit qui s'en occupe, pour quelle date, et quelle pièce garder. Cochez les vôtres quand elles sont faites ; si la date change, dites-le-nous et le reste suit.

[Voir mon plan]({lien})

{acces}
""",
        {**TO_PERSON, "le": "Premier jour prévu", "nombre": "Nombre d'étapes"},
    ),
    _template(
        "step-late",
        "À la personne : des étapes de son plan ont dépassé leur date",
        "Où en est votre plan d'action ?",
        """
Bonjour {personne},

La date de ces étapes est passée :

> {etapes}

Si c'est fait, cochez-les. Si vous attendez une réponse, ou si votre date d'arrivée a changé, dites-le-nous : le plan se décale.

[Ouvrir mon plan]({lien})

{acces}
""",
        {**TO_PERSON, "etapes": "Étapes en retard, une par ligne"},
        secret=True,
    ),
    _template(
        "step-late-desk",
        "À l'agent : une personne n'avance pas dans son plan",
        "{nom} : étapes en retard",
        """
Bonjour,

{nom} (dossier {reference}) n'a pas fait ces étapes :

> {etapes}
> Téléphone : {numero}

Un appel aide souvent plus qu'une relance.

[Ouvrir le plan]({lien})
""",
        {
            **TO_DESK,
            "etapes": "Étapes en retard, une par ligne",
            "numero": "Téléphone de la personne",
        },
    ),
    _template(
        "visit-invitation",
        "À la personne : l'invitation à une visite",
        "Votre visite du {jour}",
        """
Bonjour {personne},

Nous vous accueillons le {jour}. Voici le programme :

> {programme}

Le fichier joint met la journée dans votre agenda. Confirmez votre venue, ou demandez une autre date : les personnes que vous rencontrerez ne sont prévenues qu'ensuite.

[Confirmer ou changer la date]({lien})

{acces}
""",
        _VISIT,
    ),
    _template(
        "visit-changed",
        "À la personne : le programme de la visite a changé",
        "Votre visite du {jour} : le programme a changé",
        """
Bonjour {personne},

Le programme de votre visite a changé. Le voici en entier, pour le {jour} :

> {programme}

Le fichier joint remplace le précédent dans votre agenda.

[Voir la visite]({lien})

{acces}
""",
        _VISIT,
    ),
    _template(
        "visit-cancelled",
        "À la personne : la visite est annulée",
        "La visite du {jour} est annulée",
        """
Bonjour {personne},

La visite du {jour} n'aura pas lieu.

> {raison}

Le fichier joint la retire de votre agenda. Nous vous proposons une autre date dès que possible.

[Ouvrir mon dossier]({lien})

{acces}
""",
        _VISIT,
    ),
    _template(
        "visit-thanks",
        "À la personne : merci d'être venue",
        "Merci de votre visite",
        """
Bonjour {personne},

Merci d'être venu ou venue le {jour}. Nous vous appelons dans quelques jours pour en parler.

Ce qui vous a plu, ce qui vous a fait hésiter : écrivez-le tant que c'est frais, c'est ce qui nous aide le plus.

[Écrire dans mon dossier]({lien})

{acces}
""",
        {**TO_PERSON, "jour": "Jour de la visite"},
    ),
    _template(
        "visit-host",
        "À qui reçoit une visite : l'invitation et ses changements",
        "Rencontre avec {nom}, le {jour}",
        """
Bonjour,

Merci de recevoir {nom}, qui pense s'installer dans le Département.

> Le {jour}, {horaire}
> {lieu}
> Rencontre prévue avec {contact}

Le fichier joint met la rencontre dans votre agenda, ou remplace la précédente. Un empêchement ? Appelez-nous : {telephone}.
""",
        _HOST,
    ),
    _template(
        "visit-host-cancelled",
        "À qui reçoit une visite : la rencontre est annulée",
        "La rencontre du {jour} avec {nom} est annulée",
        """
Bonjour,

La rencontre du {jour} ({horaire}, {lieu}) avec {nom} n'aura pas lieu. Le fichier joint la retire de votre agenda.

Merci d'avoir accepté. Nous revenons vers vous si une autre date est possible.
""",
        _HOST,
    ),
    _template(
        "visit-host-thanks",
        "À qui a reçu une visite : merci",
        "Merci d'avoir reçu {nom}",
        """
Bonjour,

Merci d'avoir reçu {nom} le {jour}. Votre accueil compte pour beaucoup dans une décision comme celle-ci.

Une impression, une piste à proposer ? Appelez-nous : {telephone}.
""",
        _HOST,
    ),
    _template(
        "visit-confirmed",
        "À l'agent : la visite est confirmée",
        "{nom} vient le {jour}",
        """
Bonjour,

{nom} confirme sa venue le {jour}. Les personnes à rencontrer qui ont un courriel viennent de recevoir leur invitation.

[Ouvrir la visite]({lien})
""",
        {**TO_DESK, "jour": "Jour de la visite", "souhait": "Autre date demandée"},
    ),
    _template(
        "visit-other-day",
        "À l'agent : une autre date est demandée pour une visite",
        "{nom} demande une autre date de visite",
        """
Bonjour,

{nom} ne peut pas venir le {jour} :

> {souhait}

[Proposer une autre date]({lien})
""",
        {**TO_DESK, "jour": "Jour de la visite", "souhait": "Autre date demandée"},
    ),
    _template(
        "settlement-declared",
        "À l'agent : une installation est déclarée",
        "{nom} s'installe à {commune}",
        """
Bonjour,

{nom} déclare son installation à {commune}.

> Premier jour d'exercice : le {le}

Vérifiez les preuves (Ordre, et conventionnement, URSSAF ou premier relevé), puis validez.

[Ouvrir l'installation]({lien})
""",
        {**TO_DESK, "commune": "Commune d'exercice", "le": "Premier jour d'exercice"},
    ),
    _template(
        "settlement-validated",
        "À la personne : son installation est validée",
        "Bienvenue à {commune}",
        """
Bonjour {personne},

Votre installation à {commune}, le {le}, est enregistrée. Bienvenue.

Nous prendrons de vos nouvelles de temps en temps, en un clic : c'est ainsi que nous savons si l'accueil tient ses promesses.

[Ouvrir mon dossier]({lien})

{acces}
""",
        {**TO_PERSON, "commune": "Commune d'exercice", "le": "Premier jour d'exercice"},
    ),
    _template(
        "presence",
        "À la personne installée : toujours là ?",
        "{commune}, {duree} après : toujours là ?",
        """
Bonjour {personne},

Cela fait {duree} que vous exercez à {commune}. Y êtes-vous toujours ?

[Oui, toujours là]({lien})

Sinon, ou pour que nous vous appelions : {lien_autre}

Ces liens sont valables jusqu'au {validite}.
""",
        _QUESTION,
        secret=True,
    ),
    _template(
        "presence-call",
        "Au guichet : une personne installée ne répond pas",
        "{nom}, {duree} après : à appeler",
        """
Bonjour,

{nom}, installée ou installé à {commune} depuis {duree}, n'a pas répondu à « toujours là ? ».

> Téléphone : {numero}

Notez la réponse dans le dossier {reference} : le suivi suivant en dépend.

[Noter la réponse]({lien})
""",
        {
            **TO_DESK,
            "commune": "Commune d'exercice",
            "duree": "Temps passé depuis le premier jour",
            "numero": "Téléphone de la personne",
        },
    ),
]
