"""The kinds of request: how each is offered, what it asks, how it is spoken of."""

from dataclasses import dataclass

from installation.models import InstallationRequest

Kind = InstallationRequest.Kind


@dataclass(frozen=True)
class KindOfRequest:
    """One way in: its card, the pages of its form, and its words in the dossier."""

    title: str
    detail: str
    icon: str
    # Names of `steps.PAGES`, without the last one, the same for all.
    pages: tuple[str, ...]
    heading: str
    places: str = "Lieu d’exercice"
    # Somebody may come along: the family page, and the spouse who may be invited.
    has_family: bool = False


KINDS: dict[str, KindOfRequest] = {
    Kind.INSTALLATION: KindOfRequest(
        title="M’installer",
        detail="Vous cherchez où exercer, seul ou en équipe, avec ou sans famille.",
        icon="map-pin",
        pages=("identity", "practice", "project", "family"),
        heading="Votre installation",
        places="Lieux souhaités",
        has_family=True,
    ),
    Kind.LOCUM: KindOfRequest(
        title="Remplacer",
        detail="Quelques jours, un été ou des remplacements réguliers.",
        icon="calendar-days",
        pages=("identity", "practice", "locum", "family"),
        heading="Vos remplacements",
        places="Lieux souhaités",
        has_family=True,
    ),
    Kind.PRACTICE_MAINTENANCE: KindOfRequest(
        title="Continuer d’exercer ici",
        detail="Un assistant, un secrétariat, un groupe à rejoindre ou à créer, un "
        "cabinet qui s’épuise.",
        icon="stethoscope",
        pages=("identity", "current-practice", "maintenance"),
        heading="Votre exercice ici",
    ),
    Kind.RETIREMENT_SUCCESSION: KindOfRequest(
        title="Préparer ma retraite",
        detail="Une date, un successeur, vos patients, vos murs. Avec discrétion, si "
        "vous le voulez.",
        icon="sunrise",
        pages=("identity", "current-practice", "succession"),
        heading="Votre succession",
    ),
    Kind.STRUCTURE_VACANCY: KindOfRequest(
        title="Pourvoir un poste",
        detail="Maison ou centre de santé, hôpital, cabinet : vous cherchez un "
        "praticien.",
        icon="briefcase",
        pages=("contact", "vacancy"),
        heading="Votre poste à pourvoir",
        places="Commune du poste",
    ),
    Kind.STRUCTURE_PROJECT: KindOfRequest(
        title="Monter une structure",
        detail="Commune, intercommunalité ou équipe : maison de santé, centre, "
        "cabinet secondaire, logements.",
        icon="building-2",
        pages=("contact", "structure-project"),
        heading="Votre projet de structure",
        places="Commune du projet",
    ),
    Kind.QUESTION: KindOfRequest(
        title="Poser une question",
        detail="Quelques mots et un numéro : une personne du guichet vous rappelle.",
        icon="phone-incoming",
        pages=(),
        heading="Votre question",
        places="Lieux",
    ),
    Kind.OTHER: KindOfRequest(
        title="Autre chose",
        detail="Rien de tout cela ? Dites-nous ce qu’il vous faut, avec vos mots.",
        icon="message-square",
        pages=("identity", "other"),
        heading="Votre demande",
        places="Lieux",
    ),
}

# The cards of the home page, by who is reading them.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Vous arrivez", (Kind.INSTALLATION, Kind.LOCUM)),
    (
        "Vous exercez déjà ici",
        (Kind.PRACTICE_MAINTENANCE, Kind.RETIREMENT_SUCCESSION),
    ),
    (
        "Vous êtes une structure ou une commune",
        (Kind.STRUCTURE_VACANCY, Kind.STRUCTURE_PROJECT),
    ),
    ("Vous ne savez pas", (Kind.QUESTION, Kind.OTHER)),
)


def of(request: InstallationRequest) -> KindOfRequest:
    return KINDS[request.kind]


def cards(*, asked_in_pages: bool = False) -> list[tuple[str, list]]:
    """The choice as it is shown: under each heading, what may be asked."""
    return [
        (
            title,
            [
                (kind, KINDS[kind])
                for kind in group
                if KINDS[kind].pages or not asked_in_pages
            ],
        )
        for title, group in GROUPS
    ]
