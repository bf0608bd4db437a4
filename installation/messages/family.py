"""What is written to whoever was invited to the family side, and about them."""

# A paragraph of a message is one line, however long.
# ruff: noqa: E501

from casework.catalogue import wording

_APPLICANT = {
    "personne": "Comment saluer la personne",
    "reference": "Référence du dossier",
    "lien": "Lien vers le dossier",
    "acces": "Comment le lien s'ouvre, et jusqu'à quand",
    "nom": "Nom de la personne invitée",
}
_GUEST = {"personne": "Nom de la personne invitée"}
_SAMPLES = {
    "personne": "Julien Roussel",
    "nom": "Camille Roussel",
    "reference": "BD47-2026-0001",
    "agent": "Claire Dumas",
    "texte": "Une place s'est libérée à la micro-crèche.",
    "validite": "25 décembre 2026",
    "acces": "Ce lien est valable jusqu'au 25 décembre 2026. Ensuite, il en propose un nouveau.",
}
_template = wording("installation", _SAMPLES)

TEMPLATES = [
    _template(
        "family-invitation",
        "À la personne invitée : le côté famille d'un dossier",
        "{nom} vous invite à suivre votre projet de famille",
        """
Bonjour {personne},

{nom} prépare une installation avec nous et vous invite au côté famille de son dossier : logement, emploi, école, garde, loisirs.

Vous verrez ce que votre famille cherche, les étapes qui la concernent et les messages échangés à ce sujet. Vous pourrez nous écrire et dire ce qui change.

Vous ne verrez ni le projet professionnel, ni l'argent, ni les autres messages.

[Voir l'invitation]({lien})

Ce lien est pour vous, et pour personne d'autre, jusqu'au {validite}. Vous ne connaissez pas {nom} ? Ne faites rien : sans réponse, rien ne s'ouvre.
""",
        {
            **_GUEST,
            "nom": "Nom de qui invite",
            "lien": "Lien de l'invitation",
            "validite": "Dernier jour du lien",
        },
        secret=True,
    ),
    _template(
        "family-message",
        "À la personne invitée : un message du côté famille",
        "{agent} vous a écrit à propos de votre famille",
        """
Bonjour {personne},

{agent} vous écrit :

> {texte}

[Lire et répondre]({lien})

{acces}
""",
        {
            **_GUEST,
            "lien": "Lien vers le côté famille",
            "acces": "Comment le lien s'ouvre, et jusqu'à quand",
            "agent": "Qui écrit",
            "texte": "Le message",
        },
    ),
    _template(
        "family-ended",
        "À la personne invitée : son accès est terminé",
        "Votre accès au côté famille est terminé",
        """
Bonjour {personne},

Votre accès au côté famille du dossier de {nom} est terminé : vos liens n'ouvrent plus rien.

Une question ? Les coordonnées du guichet sont au bas de ce message.
""",
        {**_GUEST, "nom": "Nom de qui a invité"},
    ),
    _template(
        "family-accepted",
        "À la personne : son invitation est acceptée",
        "{nom} a rejoint le côté famille de votre dossier",
        """
Bonjour {personne},

{nom} a accepté votre invitation et voit désormais le côté famille de votre dossier, et rien d'autre. Vous pouvez y mettre fin à tout moment.

[Ouvrir mon dossier]({lien})

{acces}
""",
        _APPLICANT,
    ),
    _template(
        "family-left",
        "À la personne : quelqu'un a quitté le côté famille",
        "{nom} n'a plus accès au côté famille de votre dossier",
        """
Bonjour {personne},

{nom} a refusé l'invitation, ou quitté le côté famille de votre dossier. Vous n'avez rien à faire.

[Ouvrir mon dossier]({lien})

{acces}
""",
        _APPLICANT,
    ),
    _template(
        "family-updated",
        "À l'agent : ce que cherche une famille a changé",
        "Dossier {reference} : la famille cherche autre chose",
        """
Bonjour,

{nom} a changé ce que la famille cherche, dans le dossier {reference}. Les besoins nouveaux y sont déjà.

[Voir le côté famille]({lien})
""",
        {
            "reference": "Référence du dossier",
            "nom": "Qui a changé les réponses",
            "lien": "Adresse du dossier au guichet",
        },
    ),
]
