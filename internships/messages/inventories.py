"""Inventories: to sign, to correct, signed."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

SAMPLES = {
    "document": "état des lieux d'entrée",
    "logement": "Chambre bleue, Maison partagée de la Bartère",
    "locataire": "Léa Marty",
    "correction": "La lampe du bureau ne marchait pas.",
    "code": "ABCD-EFGH-2345",
}
DOCUMENT = {
    "document": "« état des lieux d'entrée » ou « de sortie »",
    "logement": "La chambre et le logement",
    "locataire": "La personne logée",
}
_template = wording("internships", SAMPLES)

TEMPLATES = [
    _template(
        "inventory-to-sign",
        "À la personne logée : un état des lieux à signer",
        "À signer : {document}",
        """Bonjour,

L'{document} de votre logement est prêt : {logement}.

Relisez-le, puis signez-le avec un code que vous recevrez par courriel. Si quelque chose n'est pas juste, dites-le sur la même page : il sera corrigé avant toute signature.

[Relire et signer]({lien})""",
        DOCUMENT | {"lien": "Lien personnel vers le document"},
        secret=True,
    ),
    _template(
        "inventory-correction",
        "Au propriétaire : une correction demandée sur un état des lieux",
        "À corriger : {document}, {locataire}",
        """Bonjour,

{locataire} a relu l'{document} et demande une correction :

> {correction}

Le document n'est plus à signer. Corrigez-le, puis terminez-le de nouveau.

[Ouvrir l'état des lieux]({lien})""",
        DOCUMENT
        | {
            "correction": "Ce que la personne a écrit",
            "lien": "Adresse de l'état des lieux",
        },
    ),
    _template(
        "inventory-signed",
        "Aux deux : l'état des lieux signé",
        "Signé : {document}",
        """Bonjour,

L'{document} est signé des deux : {logement}. Gardez le document joint : il servira à la sortie, et pour le dépôt de garantie.

> Code de vérification : {code}

[Ouvrir l'état des lieux]({lien})""",
        DOCUMENT | {"code": "Code de vérification", "lien": "Adresse du document"},
    ),
]
