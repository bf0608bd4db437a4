"""The journey as the portal first proposes it; afterwards staff edit its rows."""

from dataclasses import dataclass

from installation.models import InstallationRequest, PlanTemplateStep, StepOwner
from territory.models import Topic

Kind = InstallationRequest.Kind
DOCTOR, DESK, PARTNER = StepOwner.DOCTOR, StepOwner.DESK, StepOwner.PARTNER
FAMILY = Topic.Track.FAMILY
ORDER_SITE = "https://www.conseil-national.medecin.fr/"


@dataclass(frozen=True)
class Proposed:
    """One step, and how many days from the first day of practice."""

    code: str
    title: str
    offset_days: int
    owner: str = DOCTOR
    help: str = ""
    track: str = Topic.Track.PROFESSIONAL
    proof: str = ""
    link: str = ""
    is_blocking: bool = False
    is_active: bool = True
    kinds: tuple[str, ...] = (Kind.INSTALLATION,)


STEPS: tuple[Proposed, ...] = (
    Proposed(
        "project",
        "Préciser le projet : lieu, mode, équipe, date",
        -240,
        help="Seul ou en équipe, libéral ou salarié, maison de santé, centre ou "
        "cabinet : ce que vous voulez, et ce que vous ne voulez pas.",
        is_blocking=True,
    ),
    Proposed(
        "shortlist",
        "Proposer trois lieux, avec la carte et les chiffres",
        -225,
        DESK,
    ),
    Proposed(
        "visit",
        "Visiter et rencontrer les confrères",
        -200,
        DESK,
        help="Une journée d’accueil, avec la famille si vous le souhaitez.",
    ),
    Proposed(
        "finances",
        "Faire le plan de financement",
        -180,
        help="Le simulateur d’aides du site donne un résultat indicatif, à vérifier "
        "auprès de qui l’accorde.",
    ),
    Proposed(
        "aids",
        "Demander les aides, avant tout acte qui les ferait perdre",
        -150,
        help="Certaines se demandent avant de signer un bail ou d’acheter du matériel.",
        proof="Accusés de réception des demandes",
    ),
    Proposed(
        "ars",
        "Obtenir l’avis de l’ARS ou l’autorisation d’installation",
        -120,
        PARTNER,
        help="À activer si une loi le demande.",
        proof="Avis ou autorisation",
        is_blocking=True,
        is_active=False,
    ),
    Proposed(
        "liability",
        "Souscrire l’assurance en responsabilité civile professionnelle",
        -90,
        proof="Attestation d’assurance",
    ),
    Proposed(
        "order",
        "S’inscrire au tableau de l’Ordre du département",
        -90,
        help="Formulaire, pièce d’identité, diplôme, CV, casier judiciaire et "
        "entretien. Le conseil donne ou confirme le numéro RPPS.",
        proof="Attestation d’inscription au tableau",
        link=ORDER_SITE,
        is_blocking=True,
    ),
    Proposed(
        "premises",
        "Préparer le local, le logiciel et l’e-CPS",
        -45,
        link="https://esante.gouv.fr/produits-services/e-cps",
    ),
    Proposed(
        "declaration",
        "Déclarer l’installation à l’Ordre et demander la carte CPS",
        -30,
        help="Un mois avant le premier jour au plus tard. La carte arrive en dix à "
        "quinze jours.",
        link=ORDER_SITE,
    ),
    Proposed(
        "health-insurance",
        "S’enregistrer à la CPAM, choisir le secteur, signer la convention",
        -21,
        help="L’affiliation à l’URSSAF suit.",
        proof="Accusé de conventionnement",
        link="https://www.ameli.fr/medecin",
        is_blocking=True,
    ),
    Proposed(
        "urssaf",
        "Déclarer l’activité au guichet unique des entreprises",
        -10,
        proof="Attestation d’affiliation à l’URSSAF",
        link="https://procedures.inpi.fr/",
    ),
    Proposed("first-day", "Premier jour d’exercice", 0, is_blocking=True),
    Proposed(
        "contracts",
        "Envoyer les contrats signés à l’Ordre",
        30,
        help="Dans le mois qui suit la signature.",
        link=ORDER_SITE,
    ),
    Proposed(
        "pension",
        "S’affilier à la CARMF",
        30,
        link="https://www.carmf.fr/",
    ),
    Proposed(
        "team",
        "Rejoindre la maison de santé, la SISA ou la CPTS",
        60,
        PARTNER,
    ),
    Proposed(
        "partner-job", "Chercher un emploi avec le conjoint", -150, DESK, track=FAMILY
    ),
    Proposed("school", "Inscrire les enfants à l’école", -120, track=FAMILY),
    Proposed("childcare", "Trouver un mode de garde", -120, PARTNER, track=FAMILY),
    Proposed("housing", "Choisir un logement", -60, track=FAMILY),
    Proposed(
        "licence",
        "Obtenir la licence de remplacement de l’Ordre",
        -60,
        proof="Licence de remplacement",
        link=ORDER_SITE,
        is_blocking=True,
        kinds=(Kind.LOCUM,),
    ),
    Proposed(
        "locum-liability",
        "Souscrire l’assurance en responsabilité civile professionnelle",
        -30,
        proof="Attestation d’assurance",
        kinds=(Kind.LOCUM,),
    ),
    Proposed(
        "locum-contract",
        "Signer le contrat de remplacement et l’envoyer à l’Ordre",
        -10,
        proof="Contrat signé",
        kinds=(Kind.LOCUM,),
    ),
    Proposed("locum-day", "Premier jour de remplacement", 0, kinds=(Kind.LOCUM,)),
    Proposed(
        "succession-offer",
        "Publier l’annonce de succession",
        -365,
        DESK,
        kinds=(Kind.RETIREMENT_SUCCESSION,),
    ),
    Proposed(
        "succession-notice",
        "Prévenir l’Ordre, la CPAM et la CARMF de la date d’arrêt",
        -180,
        kinds=(Kind.RETIREMENT_SUCCESSION,),
    ),
    Proposed(
        "succession-patients",
        "Prévenir les patients et dire où vont les dossiers",
        -90,
        kinds=(Kind.RETIREMENT_SUCCESSION,),
    ),
    Proposed(
        "succession-day",
        "Dernier jour d’exercice",
        0,
        kinds=(Kind.RETIREMENT_SUCCESSION,),
    ),
)


def settle(using="default", **_signal) -> None:
    """After a migration: add the steps that were never proposed, touch no other.

    A step that staff no longer want is switched off rather than removed.
    """
    rows = PlanTemplateStep.objects.using(using)
    known = set(rows.exclude(code=None).values_list("code", flat=True))
    rows.bulk_create(
        PlanTemplateStep(
            rank=10 * number,
            kinds=list(step.kinds),
            **{
                name: getattr(step, name)
                for name in (
                    "code",
                    "title",
                    "help",
                    "owner",
                    "track",
                    "offset_days",
                    "proof",
                    "link",
                    "is_blocking",
                    "is_active",
                )
            },
        )
        for number, step in enumerate(STEPS, 1)
        if step.code not in known
    )
