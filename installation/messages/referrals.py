"""What is written about a need handed to a partner: to the person, to the desk."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_TO_PERSON = {
    "personne": "Comment saluer la personne",
    "reference": "Référence du dossier",
    "lien": "Lien vers le dossier",
    "acces": "Comment le lien s'ouvre, et jusqu'à quand",
    "besoin": "Le besoin",
}
_TO_DESK = {
    "reference": "Référence du dossier",
    "nom": "Nom de la personne",
    "besoin": "Le besoin",
    "lien": "Adresse du dossier au guichet",
}
_SAMPLES = {
    "personne": "docteure Caubet",
    "nom": "Inès Caubet",
    "reference": "BD47-2026-0001",
    "besoin": "Logement",
    "partenaire": "Agence départementale d'information sur le logement",
    "partenaires": "Mairie de Nérac et Habitat du Confluent",
    "donnees": "nom, courriel, téléphone, taille du foyer, lieux souhaités, échéance",
    "numero": "05 36 49 12 90",
    "reponse": "une aide vous est apportée",
    "mot": "Un logement de quatre pièces est libre à partir de mars.",
    "acces": "Ce lien est valable jusqu'au 25 décembre 2026. Ensuite, il en propose un nouveau.",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "referred",
        "À la personne : son besoin est confié à un partenaire",
        "Votre besoin « {besoin} » est entre de bonnes mains",
        """
Bonjour {personne},

Avec votre accord, nous avons transmis votre besoin « {besoin} » à : {partenaires}.

> Ce qui est transmis, et rien d'autre : {donnees}

Vous serez prévenu ou prévenue dès qu'un partenaire s'en occupe. Vous pouvez retirer votre accord à tout moment, depuis votre dossier.

[Voir qui voit quoi]({lien})

{acces}
""",
        {
            **_TO_PERSON,
            "partenaires": "À qui le besoin est confié",
            "donnees": "Les données transmises",
        },
    ),
    _template(
        "referral-taken",
        "À la personne : un partenaire s'occupe de son besoin",
        "{partenaire} s'occupe de votre besoin « {besoin} »",
        """
Bonjour {personne},

{partenaire} s'occupe de votre besoin « {besoin} » et prend contact avec vous.

> Pour joindre ce partenaire : {numero}

[Suivre mes besoins]({lien})

{acces}
""",
        {
            **_TO_PERSON,
            "partenaire": "Qui s'en occupe",
            "numero": "Téléphone, ou courriel, du partenaire",
        },
    ),
    _template(
        "referral-answered",
        "À la personne : un partenaire a répondu",
        "« {besoin} » : {reponse}",
        """
Bonjour {personne},

{partenaire} a répondu à propos de votre besoin « {besoin} » : {reponse}.

> {mot}

[Voir mes besoins]({lien})

{acces}
""",
        {
            **_TO_PERSON,
            "partenaire": "Qui a répondu",
            "reponse": "La réponse, en quelques mots",
            "mot": "Le mot du partenaire",
        },
    ),
    _template(
        "consent-asked",
        "À la personne : son accord avant de transmettre",
        "Votre accord pour « {besoin} »",
        """
Bonjour {personne},

Pour votre besoin « {besoin} », nous proposons de prévenir : {partenaires}. Rien ne part sans votre accord.

> Ce qui serait transmis, et rien d'autre : {donnees}

[Accepter ou refuser]({lien})

{acces}
""",
        {
            **_TO_PERSON,
            "partenaires": "À qui le besoin serait confié",
            "donnees": "Les données qui seraient transmises",
        },
    ),
    _template(
        "consent-answered",
        "Au guichet : une personne répond à une demande d'accord",
        "{reference} : {reponse}",
        """
{nom} a répondu pour « {besoin} » et {partenaire} : {reponse}.

[Ouvrir le dossier]({lien})
""",
        {
            **_TO_DESK,
            "partenaire": "Le partenaire",
            "reponse": "Ce que la personne a répondu, et la suite",
        },
    ),
    _template(
        "referral-ended",
        "Au guichet : un partenaire a répondu, ou c'est terminé",
        "{reference}, {besoin} : {reponse}",
        """
{partenaire}, pour {nom} et le besoin « {besoin} » : {reponse}.

> {mot}

[Décider de la suite]({lien})
""",
        {
            **_TO_DESK,
            "partenaire": "Le partenaire",
            "reponse": "La réponse, en quelques mots",
            "mot": "Le mot du partenaire",
        },
    ),
    _template(
        "need-added",
        "Au guichet : une personne ajoute un besoin",
        "{reference} : un besoin de plus, {besoin}",
        """
{nom} demande aussi de l'aide pour « {besoin} ».

> {mot}

[Orienter ce besoin]({lien})
""",
        {**_TO_DESK, "mot": "Ce que la personne précise"},
    ),
]
