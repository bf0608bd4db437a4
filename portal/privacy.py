"""What the page on personal data says: the register of processings, in words.

The lines follow the register kept by the data protection officer; a new purpose
adds its line here.
"""

from dataclasses import dataclass

from accounts import discovery


@dataclass(frozen=True)
class Processing:
    purpose: str
    data: str
    basis: str
    recipients: str


PROCESSINGS = [
    Processing(
        purpose="Accompagner une installation ou le maintien d’un exercice",
        data=(
            "Identité, coordonnées, profession et numéro RPPS, projet, lieux souhaités,"
            " messages et pièces du dossier. Sur la famille : des nombres et des"
            " tranches d’âge, seulement si vous demandez de l’aide."
        ),
        basis="Mission d’intérêt public (RGPD, article 6-1-e)",
        recipients=(
            "Les agents du guichet. Un partenaire (ARS, CPAM, employeur, commune…)"
            " seulement avec votre accord, pour ce que vous lui demandez."
        ),
    ),
    Processing(
        purpose="Répondre à une question et rappeler",
        data="Nom, téléphone ou courriel, question posée.",
        basis="Mission d’intérêt public (RGPD, article 6-1-e)",
        recipients="Les agents du guichet.",
    ),
    Processing(
        purpose="Transmettre votre profil à un partenaire, vous écrire sur la vie ici",
        data="Les données nommées dans la case que vous cochez.",
        basis="Votre consentement (RGPD, article 6-1-a), à retirer quand vous voulez",
        recipients="Le partenaire nommé dans la case.",
    ),
    Processing(
        purpose="Publier des offres d’exercice et prévenir de ce qui paraît",
        data=(
            "L’offre et les coordonnées de son auteur, montrées s’il le veut ; pour les"
            " alertes, votre adresse et votre recherche."
        ),
        basis="Votre consentement (RGPD, article 6-1-a), à retirer quand vous voulez",
        recipients=(
            "Tout le monde pour ce qui est publié ; d’une succession confidentielle,"
            " le territoire seul, jusqu’à l’accord des deux personnes."
        ),
    ),
    Processing(
        purpose="Tenir votre compte et le protéger",
        data=(
            "Adresse électronique, mot de passe haché, second facteur, dates de"
            " connexion, traces techniques."
        ),
        basis="Exécution du service demandé (RGPD, article 6-1-b)",
        recipients="Les administrateurs du service, chez l’hébergeur.",
    ),
    Processing(
        purpose="Accuser réception et prouver ce qui a été décidé",
        data="Référence, dates et suites de chaque demande, documents produits.",
        basis="Obligation légale (RGPD, article 6-1-c)",
        recipients=(
            "Les agents du guichet ; les Archives départementales pour ce qui doit"
            " être conservé."
        ),
    ),
]


def retention_rules() -> list[str]:
    """What is destroyed and when, in the words of the rules that do it."""
    return [
        rule.label
        for _, module in discovery.modules("retention")
        for rule in getattr(module, "RULES", [])
    ]
