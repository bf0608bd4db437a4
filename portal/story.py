"""The story the demonstration tells: invented people, real communes, known days.

A day is counted from today (−61: sixty-one days ago). A place is a rank among the
communes of the Département, the most populated being 0, so that the story suits
any Département.
"""

from dataclasses import dataclass, field

from territory.sorting import search_key

CLAIRE, MATHILDE, HELENE = "accueil", "terrain", "direction"
# Numbers of the range reserved for fiction.
DESK_PHONE = "05 36 49 12 47"


@dataclass(frozen=True)
class Event:
    """Something done on a dossier that day, by the desk or by its author."""

    day: int
    verb: str
    by: str = ""
    text: str = ""
    due: int = 0
    outcome: str = ""
    expected: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dossier:
    """One request and what became of it."""

    first_name: str
    last_name: str
    day: int
    title: str = ""
    key: str = ""
    kind: str = "installation"
    profession: str = "doctor"
    specialty: str = "médecine générale"
    situation: str = "locum"
    mode: str = "liberal"
    days_a_week: int | None = None
    horizon: str = "year"
    places: tuple[int, ...] = ()
    city: str = "Bordeaux"
    postal_code: str = "33000"
    needs: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    household: str = ""
    partner_occupation: str = ""
    message: str = ""
    draft_step: int = 0
    by_phone: bool = False
    bounces: bool = False
    subject: str = "installation"
    phone: str = ""
    address: str = "12 rue des Tilleuls"
    structures: tuple[str, ...] = ()
    callback: bool = False
    events: tuple[Event, ...] = field(default=())

    @property
    def email(self) -> str:
        name = self.key or search_key(f"{self.first_name} {self.last_name}")
        return f"{name.replace(' ', '.')}@demo.example"

    @property
    def wants_family_help(self) -> bool:
        return bool(self.household)


@dataclass(frozen=True)
class Partner:
    """A body the desk works with; its name is completed with real places."""

    key: str
    name: str
    kind: str
    phone: str
    topics: tuple[str, ...] = ()
    place: int = 0
    is_local: bool = False
    member: str = ""


@dataclass(frozen=True)
class Promise:
    title: str
    by: str
    day: int
    due: int
    about: str = ""
    kind: str = "promise"


@dataclass(frozen=True)
class Away:
    who: str
    stand_in: str
    first: int
    last: int


def take(day, by):
    return Event(day, "take", by)


def hand_over(day, by, to):
    return Event(day, "hand_over", by, text=to)


def write(day, by, text, *files):
    return Event(day, "write", by, text, files=files)


def expect(day, by, text, expected, due):
    """A message that asks something of the person, before a day."""
    return Event(day, "expect", by, text, due=due, expected=expected)


def answer(day, text, *files):
    return Event(day, "answer", "", text, files=files)


def note(day, by, text):
    return Event(day, "note", by, text)


def plan(day, by, text, due):
    return Event(day, "plan", by, text, due=due)


def pause(day, by, text, due):
    return Event(day, "pause", by, text, due=due)


def resume(day, by):
    return Event(day, "resume", by)


def close(day, by, outcome, text):
    return Event(day, "close", by, text, outcome=outcome)


def reopen(day, by, text):
    return Event(day, "reopen", by, text)


def withdraw(day, text):
    return Event(day, "withdraw", "", text)


DOSSIERS = [
    Dossier(
        "Camille",
        "Roussel",
        -61,
        title="dre",
        key="medecin",
        days_a_week=4,
        places=(6, 11, 3),
        needs=("housing", "partner-job", "school", "childcare"),
        children=("under_3", "6_10", "6_10"),
        household="couple_children",
        partner_occupation="infirmier",
        message=(
            "Je remplace depuis trois ans et je cherche une maison de santé où "
            "m’installer au printemps, avec mon conjoint infirmier et nos enfants."
        ),
        events=(
            take(-60, CLAIRE),
            write(
                -60,
                CLAIRE,
                "Bonjour docteure, je suis votre interlocutrice. Je vous appelle "
                "jeudi pour préciser votre projet et celui de votre famille.",
            ),
            note(
                -57,
                CLAIRE,
                "Appel de 25 minutes. Priorité : une équipe déjà en place, et un "
                "poste pour Julien à moins de 30 minutes.",
            ),
            write(
                -46,
                CLAIRE,
                "Trois lieux correspondent à votre projet. Vous trouverez en pièce "
                "jointe ce que chaque équipe recherche.",
                ("trois-lieux.pdf", "Trois lieux pour votre projet"),
            ),
            answer(
                -44,
                "Merci ! Le premier nous plaît beaucoup. Je joins mon attestation "
                "de remplacement.",
                ("attestation.pdf", "Attestation de remplacement"),
            ),
            note(-20, CLAIRE, "La crèche relancée : réponse promise sous dix jours."),
            write(
                -6,
                CLAIRE,
                "Bonjour docteure, la maison de santé vous reçoit avec plaisir. "
                "Le docteur Pujol prépare son départ et propose trois créneaux.",
            ),
            answer(
                -5,
                "Merci ! Je peux venir un vendredi, avec mon conjoint et les "
                "enfants si possible.",
            ),
            expect(
                -4,
                CLAIRE,
                "Parfait. Le docteur Pujol est là le vendredi matin : dites-moi "
                "lequel vous convient, je réserve la visite.",
                "Choisir une date de visite",
                11,
            ),
            plan(-4, CLAIRE, "Confirmer la visite au docteur Pujol", 2),
        ),
    ),
    Dossier(
        "Paul",
        "Garrigue",
        -6,
        title="dr",
        specialty="pédiatrie",
        places=(0,),
        needs=("premises",),
        message=(
            "Pédiatre libéral en région parisienne, je souhaite revenir près de "
            "ma famille d’ici l’été."
        ),
        city="Créteil",
        postal_code="94000",
    ),
    Dossier(
        "Léa",
        "Faure",
        -9,
        key="interne",
        callback=True,
        situation="intern",
        horizon="later",
        message=(
            "Je finis mon internat dans un an : qui peut m’expliquer les aides "
            "à l’installation en zone prioritaire ?"
        ),
        events=(
            take(-8, MATHILDE),
            write(
                -8,
                MATHILDE,
                "Bonjour, je vous appelle demain à 18 h, après votre garde. Nous "
                "ferons le point sur les zones et le calendrier.",
            ),
            plan(-7, MATHILDE, "Envoyer la fiche des aides à Léa Faure", 1),
        ),
    ),
    Dossier(
        "Hugo",
        "Pélissier",
        -140,
        key="dentaire",
        profession="dentist",
        specialty="odontologie générale",
        situation="intern",
        horizon="later",
        places=(2, 9),
        needs=("premises", "housing"),
        message="Je m’installerai après ma thèse, avec un associé.",
        events=(
            take(-139, MATHILDE),
            write(
                -139,
                MATHILDE,
                "Bonjour, deux cabinets cherchent à céder leur patientèle. "
                "Parlons-en quand votre date de thèse sera fixée.",
            ),
            answer(-120, "La thèse est reportée au printemps. Je reviens vers vous."),
            pause(-118, MATHILDE, "Thèse reportée au printemps.", 95),
        ),
    ),
    Dossier(
        "Manon",
        "Delrieu",
        -1,
        key="boursiere",
        callback=True,
        subject="bourse",
        situation="intern",
        horizon="later",
        message="J’ai une bourse du Département : quand dois-je choisir ma commune ?",
    ),
    Dossier(
        "Sophie",
        "Lartigue",
        -34,
        title="dre",
        specialty="gynécologie médicale",
        situation="salaried",
        mode="mixed",
        days_a_week=3,
        places=(1, 4),
        needs=("premises", "housing"),
        message="Je quitte l’hôpital pour un exercice mixte, trois jours par semaine.",
        city="Toulouse",
        postal_code="31000",
        events=(
            take(-33, MATHILDE),
            write(
                -32,
                MATHILDE,
                "Bonjour docteure, l’hôpital et la maison de santé sont d’accord "
                "pour partager votre temps. Je prépare une visite.",
            ),
            answer(-28, "Très bien. Je suis disponible les mardis et jeudis."),
            plan(-25, MATHILDE, "Rappeler la clinique pour le plateau technique", -3),
        ),
    ),
    Dossier(
        "Antoine",
        "Sarrazin",
        -260,
        title="dr",
        places=(5,),
        needs=("premises", "school"),
        message="Je cherche une association à plusieurs, avec un secrétariat.",
        events=(
            take(-259, CLAIRE),
            write(-255, CLAIRE, "Bonjour docteur, voici deux maisons de santé."),
            answer(-250, "La seconde me convient. Quand puis-je rencontrer l’équipe ?"),
            plan(-248, CLAIRE, "Organiser la rencontre avec l’équipe", -240),
            note(-238, CLAIRE, "Visite faite, accord de principe de l’équipe."),
            close(
                -42,
                CLAIRE,
                "settled",
                "Vous êtes installé depuis le début du mois : bienvenue, et à très "
                "bientôt pour faire le point.",
            ),
        ),
    ),
    Dossier(
        "Émilie",
        "Boutin",
        -75,
        title="dre",
        situation="settled",
        kind="practice_maintenance",
        places=(8,),
        message="Je suis seule au cabinet et je cherche à réduire mes charges.",
        events=(
            take(-74, CLAIRE),
            write(-73, CLAIRE, "Bonjour docteure, je vous propose un appel lundi."),
            close(
                -52,
                CLAIRE,
                "oriented",
                "La caisse d’assurance maladie instruit votre contrat d’aide au "
                "maintien ; votre correspondante vous appelle cette semaine.",
            ),
        ),
    ),
    Dossier(
        "Karim",
        "Benali",
        -96,
        title="dr",
        situation="abroad",
        horizon="later",
        places=(0, 1),
        message="J’exerce en Belgique et j’envisage un retour en France.",
        city="Liège",
        postal_code="4000",
        events=(
            take(-95, MATHILDE),
            write(-94, MATHILDE, "Bonjour docteur, quand puis-je vous appeler ?"),
            note(-80, MATHILDE, "Deux appels et un message, sans réponse."),
            close(
                -66,
                MATHILDE,
                "unreachable",
                "Je n’ai pas réussi à vous joindre. Votre demande peut être "
                "rouverte à tout moment : il suffit de nous écrire.",
            ),
        ),
    ),
    Dossier(
        "Julie",
        "Castelnau",
        -50,
        profession="other",
        specialty="ostéopathie",
        situation="settled",
        places=(7,),
        message="Je cherche un local pour transférer mon cabinet d’ostéopathie.",
        events=(
            take(-49, CLAIRE),
            close(
                -48,
                CLAIRE,
                "outside_scope",
                "Le guichet accompagne les médecins et les chirurgiens-dentistes. "
                "Le service économique de votre intercommunalité peut vous aider.",
            ),
        ),
    ),
    Dossier(
        "Marc",
        "Delpech",
        -180,
        title="dr",
        specialty="cardiologie",
        places=(0,),
        message="Projet de cabinet secondaire, un jour par semaine.",
        days_a_week=1,
        events=(
            take(-179, MATHILDE),
            write(
                -177, MATHILDE, "Bonjour docteur, deux lieux peuvent vous accueillir."
            ),
            answer(-150, "J’ai finalement choisi un autre département, merci à vous."),
            close(
                -149,
                MATHILDE,
                "no_follow_up",
                "Merci de nous l’avoir dit. Notre porte reste ouverte.",
            ),
        ),
    ),
    Dossier(
        "Nadia",
        "Ferrand",
        -110,
        title="dre",
        situation="locum",
        places=(10, 12),
        needs=("mentor", "housing", "leisure"),
        message="Remplaçante, je voudrais essayer une commune avant de choisir.",
        events=(
            take(-109, CLAIRE),
            write(-108, CLAIRE, "Bonjour docteure, quand puis-je vous appeler ?"),
            close(
                -85,
                CLAIRE,
                "unreachable",
                "Sans nouvelles de votre part, je referme votre demande. "
                "Écrivez-nous quand vous le souhaitez.",
            ),
            reopen(-12, CLAIRE, "Elle a rappelé : son remplacement se termine."),
            write(-12, CLAIRE, "Heureuse de vous retrouver. Je cherche un logement."),
            plan(-11, CLAIRE, "Proposer deux logements meublés", 4),
        ),
    ),
    Dossier(
        "Thomas",
        "Guillou",
        -30,
        title="dr",
        specialty="ophtalmologie",
        places=(1,),
        message="Je cherche un plateau technique partagé.",
        events=(
            take(-29, CLAIRE),
            withdraw(-24, "Je rejoins un cabinet à Bayonne."),
        ),
    ),
    Dossier(
        "Sarah",
        "Nogaro",
        -3,
        places=(2,),
        message="",
        draft_step=3,
    ),
    Dossier(
        "Denis",
        "Vidal",
        phone="+33536490151",
        day=-4,
        title="dr",
        kind="practice_maintenance",
        situation="settled",
        by_phone=True,
        places=(13,),
        message="Seul depuis le départ de son associé, il songe à arrêter en juin.",
        events=(
            take(-4, CLAIRE),
            note(-4, CLAIRE, "Rassuré par l’appel. Préfère le téléphone au courriel."),
            plan(-4, CLAIRE, "Visite du cabinet avec Mathilde", 3),
        ),
    ),
    Dossier(
        "Monique",
        "Aubert",
        phone="+33536490152",
        day=-18,
        title="dre",
        kind="retirement_succession",
        situation="settled",
        by_phone=True,
        places=(4,),
        message="Part en retraite l’an prochain et cherche qui lui succède.",
        events=(
            take(-18, MATHILDE),
            plan(-15, MATHILDE, "Rédiger l’annonce de cession avec la docteure", 5),
        ),
    ),
    Dossier(
        "Yann",
        "Le Goff",
        -48,
        title="dr",
        specialty="psychiatrie",
        situation="salaried",
        mode="salaried",
        places=(0, 3),
        needs=("partner-job", "school"),
        children=("11_15",),
        household="couple_children",
        partner_occupation="professeure de lettres",
        message="Praticien hospitalier, je cherche un poste salarié pour la rentrée.",
        city="Brest",
        postal_code="29200",
        events=(
            take(-47, MATHILDE),
            write(-46, MATHILDE, "Bonjour docteur, le centre de santé recrute."),
            answer(-40, "Cela m’intéresse. Avez-vous la fiche du poste ?"),
            plan(-39, MATHILDE, "Obtenir la fiche de poste du centre de santé", 6),
        ),
    ),
    Dossier(
        "Christine",
        "Moulin",
        -88,
        title="dre",
        specialty="dermatologie",
        places=(0,),
        needs=("premises",),
        message="Je réfléchis à une installation à deux, avec une associée.",
        events=(
            take(-87, CLAIRE),
            write(-86, CLAIRE, "Bonjour docteure, voici trois locaux disponibles."),
            plan(-70, CLAIRE, "Prendre des nouvelles du projet à deux", 7),
        ),
    ),
    Dossier(
        "Olivier",
        "Tastet",
        -2,
        title="dr",
        situation="retired",
        kind="locum",
        places=(6, 8, 14),
        days_a_week=2,
        message="Jeune retraité, je peux remplacer deux jours par semaine.",
        events=(
            take(-1, MATHILDE),
            plan(-1, MATHILDE, "Rappeler le docteur Tastet", 0),
        ),
    ),
    Dossier(
        "Clara",
        "Mendès",
        -26,
        title="dre",
        profession="dentist",
        specialty="odontologie pédiatrique",
        situation="locum",
        places=(3,),
        needs=("premises", "structure", "school"),
        children=("3_5",),
        household="alone_children",
        message="Je cherche un centre de santé dentaire pour enfants.",
        events=(
            take(-25, CLAIRE),
            hand_over(-24, CLAIRE, MATHILDE),
            write(-23, MATHILDE, "Bonjour docteure, je prends la suite de Claire."),
            plan(-20, MATHILDE, "Relancer la mairie pour les locaux", 1),
        ),
    ),
    Dossier(
        "Vincent",
        "Aurouze",
        -4,
        title="dr",
        specialty="médecine d’urgence",
        situation="salaried",
        places=(0, 1, 2),
        message="Urgentiste, je voudrais passer à la médecine générale de campagne.",
    ),
    Dossier(
        "Agnès",
        "Teyssier",
        -15,
        bounces=True,
        title="dre",
        situation="locum",
        places=(15,),
        needs=("housing", "leisure"),
        message="Je voudrais m’installer près d’un gîte que nous rénovons.",
        events=(
            take(-14, MATHILDE),
            pause(-10, MATHILDE, "Travaux du gîte jusqu’à la fin du mois.", 9),
        ),
    ),
]

PARTNERS = [
    Partner(
        "cpam",
        "Caisse primaire d’assurance maladie {departement}",
        "cpam",
        "05 36 49 01 20",
        ("administrative", "aids"),
    ),
    Partner(
        "ars",
        "Délégation départementale {departement} de l’ARS",
        "ars",
        "05 36 49 01 21",
        ("aids", "structure"),
    ),
    Partner(
        "ordre",
        "Conseil départemental {departement} de l’Ordre des médecins",
        "ordre",
        "05 36 49 01 22",
        ("administrative", "mentor"),
    ),
    Partner(
        "emploi",
        "France Travail, agence {commune}",
        "employment",
        "05 36 49 01 23",
        ("partner-job",),
        member="partenaire",
    ),
    Partner(
        "mairie",
        "Mairie {commune}",
        "commune",
        "05 36 49 01 24",
        ("premises", "school", "leisure"),
        place=6,
        is_local=True,
        member="mairie",
    ),
    Partner(
        "petite-enfance",
        "Relais petite enfance, {group}",
        "childcare",
        "05 36 49 01 25",
        ("childcare",),
        place=6,
        is_local=True,
    ),
    Partner(
        "logement",
        "Office public de l’habitat {departement}",
        "housing",
        "05 36 49 01 26",
        ("housing",),
    ),
    Partner(
        "maison-de-sante",
        "Maison de santé {commune}",
        "practice",
        "05 36 49 01 27",
        ("structure", "mentor"),
        place=6,
        is_local=True,
        member="maitre-de-stage",
    ),
]

PROMISES = [
    Promise("Rappeler le docteur Pujol", CLAIRE, -6, 2, "medecin@demo.example"),
    Promise("Envoyer le guide du remplaçant à Léa Faure", MATHILDE, -3, 4),
    Promise(
        "Préparer la tournée des mairies",
        MATHILDE,
        -8,
        1,
        kind="todo",
    ),
    Promise(
        "Renvoyer la convention de la maison de santé",
        CLAIRE,
        -9,
        -2,
        kind="todo",
    ),
]

ABSENCES = [
    Away(HELENE, CLAIRE, -1, 3),
    Away(CLAIRE, MATHILDE, 28, 41),
]
