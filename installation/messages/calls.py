"""What follows a call, and two demands that become one."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import MessageTemplate
from installation.messages.requests import SAMPLES, TO_DESK, TO_PERSON

TEMPLATES = [
    MessageTemplate(
        key="installation.registered",
        title="À la personne : le dossier ouvert après un appel, à compléter",
        subject="Suite à notre échange : votre dossier {reference}",
        body="""
Bonjour {personne},

Suite à notre échange, votre dossier {reference} est ouvert : vous n'aurez rien à répéter.

> Prochaine nouvelle : le {le}
> Pour joindre {agent} : {numero}

Il manque peut-être quelques réponses sur votre exercice, votre projet ou votre famille. Complétez-les quand vous voulez, page par page : nous chercherons mieux.

[Compléter mon dossier]({lien})

{acces}

> {texte}

Gardez ce message : il vaut accusé de réception (articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration).
""".strip(),
        variables={
            **TO_PERSON,
            "agent": "Qui suit le dossier",
            "numero": "Téléphone de l'agent, ou du guichet",
            "le": "Date de la prochaine action",
            "texte": "Texte de l'accusé de réception",
        },
        samples=SAMPLES,
    ),
    MessageTemplate(
        key="installation.merged",
        title="À la personne : ses deux demandes n'en font plus qu'une",
        subject="Vos demandes {autre} et {reference} sont réunies",
        body="""
Bonjour {personne},

Vos demandes {autre} et {reference} avançaient chacune de leur côté : elles n'en font plus qu'une, sous le numéro {reference}. Vos messages, vos documents et ce que vous avez demandé s'y trouvent : vous n'avez rien à refaire.

> Prochaine nouvelle : le {le}

[Voir mon dossier]({lien})

{acces}
""".strip(),
        variables={
            **TO_PERSON,
            "autre": "Référence de l'autre demande",
            "le": "Date de la prochaine action",
        },
        samples={**SAMPLES, "autre": "BD47-2026-0002"},
    ),
    MessageTemplate(
        key="installation.completed",
        title="À l'agent : la personne a complété son dossier",
        subject="{nom} a complété le dossier {reference}",
        body="""
Bonjour,

{nom} a répondu aux questions restées ouvertes. Ses réponses sont dans le dossier {reference}, onglets Projet et Famille.

[Ouvrir le dossier]({lien})
""".strip(),
        variables=TO_DESK,
        samples=SAMPLES,
    ),
]
