"""The words schemes and applications share."""

from django.db.models import TextChoices


class LegalBasis(TextChoices):
    """Under which article money is given; each has rules of its own."""

    STUDIES = "studies", "indemnité d'étude (article L. 1511-8, II du CGCT)"
    LOCAL = "local", "vote local, au titre de l'intérêt départemental"


class Profession(TextChoices):
    """What the studies lead to."""

    MEDICINE = "medicine", "médecine"
    DENTISTRY = "dentistry", "odontologie"
    MIDWIFERY = "midwifery", "maïeutique"
    PHYSIOTHERAPY = "physiotherapy", "masso-kinésithérapie"
    SPEECH_THERAPY = "speech_therapy", "orthophonie"
    ADVANCED_NURSING = "advanced_nursing", "pratique avancée infirmière"


# The only two that L. 1511-8, II knows.
STUDIES_PROFESSIONS = (Profession.MEDICINE, Profession.DENTISTRY)


class StudyLevel(TextChoices):
    """A year of study, in the order they are done."""

    PASS_LAS = "pass_las", "PASS ou L.AS (1re année)"
    DFGSM2 = "dfgsm2", "médecine, 2e année (DFGSM2)"
    DFGSM3 = "dfgsm3", "médecine, 3e année (DFGSM3)"
    DFASM1 = "dfasm1", "médecine, 4e année (DFASM1)"
    DFASM2 = "dfasm2", "médecine, 5e année (DFASM2)"
    DFASM3 = "dfasm3", "médecine, 6e année (DFASM3)"
    DES_SOCLE_1 = "des_socle_1", "internat, phase socle"
    DES_APPRO_1 = "des_appro_1", "internat, phase d'approfondissement, 1re année"
    DES_APPRO_2 = "des_appro_2", "internat, phase d'approfondissement, 2e année"
    DES_CONSO = "des_conso", "internat, phase de consolidation (docteur junior)"
    POST_DES = "post_des", "internat terminé, thèse à soutenir"
    DENTAL_2 = "dental_2", "odontologie, 2e année"
    DENTAL_3 = "dental_3", "odontologie, 3e année"
    DENTAL_4 = "dental_4", "odontologie, 4e année"
    DENTAL_5 = "dental_5", "odontologie, 5e année"
    DENTAL_T1 = "dental_t1", "odontologie, 6e année (T1, cycle court)"
    DENTAL_INTERN = "dental_intern", "odontologie, internat"
    OTHER = "other", "autre année d'études de santé"


# The years of which the ceiling of the third cycle counts (D. 1511-54, R-13).
THIRD_CYCLE = (
    StudyLevel.DES_SOCLE_1,
    StudyLevel.DES_APPRO_1,
    StudyLevel.DES_APPRO_2,
    StudyLevel.DES_CONSO,
    StudyLevel.DENTAL_T1,
    StudyLevel.DENTAL_INTERN,
)


class Mode(TextChoices):
    """How they may practise in return."""

    LIBERAL = "liberal", "en libéral"
    SALARIED = "salaried", "en salarié"
    MIXED = "mixed", "en exercice mixte"


class Unit(TextChoices):
    """What an amount is given for."""

    MONTH = "month", "par mois"
    YEAR = "year", "par an"


class Rhythm(TextChoices):
    """When money is paid, always for the time that has passed."""

    MONTHLY = "monthly", "chaque mois"
    QUARTERLY = "quarterly", "chaque trimestre"
    YEARLY = "yearly", "une fois par an"


class ZoneReference(TextChoices):
    """Which version of the zoning says whether a place of practice will do."""

    SIGNATURE = "signature", "celui en vigueur à la signature de la convention"
    SETTLING = "settling", "celui en vigueur au premier jour d'exercice"
    FAVOURABLE = "favourable", "le plus favorable des deux"


class RepeatedYear(TextChoices):
    """What becomes of payments when a year is repeated (never of the ceiling, R-13)."""

    UNPAID = "unpaid", "elle n'est pas payée"
    PAID = "paid", "elle est payée"
    LENGTHENS = "lengthens", "elle est payée et allonge l'engagement d'un an"


class Moment(TextChoices):
    """When a document is asked for."""

    APPLICATION = "application", "à la demande"
    YEARLY = "yearly", "chaque année d'études"
    GRADUATION = "graduation", "à la fin des études"
    SETTLING = "settling", "à l'installation"
    SERVICE = "service", "chaque année d'exercice"


class Cesp(TextChoices):
    """Where one stands with the State's own contract (CESP)."""

    NEVER = "never", "non, jamais"
    ENDED = "ended", "oui, il est terminé ou résilié"
    BEFORE = "before", "oui, demandé avant le 16 janvier 2026"
    SINCE = "since", "oui, demandé depuis le 16 janvier 2026"


class Ending(TextChoices):
    """How an agreement ended; the facts before it say why."""

    FULFILLED = "fulfilled", "engagement tenu"
    REPAID = "repaid", "remboursée"
    RELEASED = "released", "libérée de l'engagement par délibération"
    TERMINATED = "terminated", "résiliée d'un commun accord"
    WITHDRAWN = "withdrawn", "abandonnée avant la signature"


class ProofKind(TextChoices):
    """What a paper of an agreement proves."""

    ENROLMENT = "enrolment", "certificat de scolarité"
    TRANSCRIPT = "transcript", "relevé de validation des semestres"
    DIPLOMA = "diploma", "diplôme ou procès-verbal de thèse"
    ORDER = "order", "inscription au tableau de l'Ordre"
    PRACTICE = "practice", "contrat, conventionnement ou immatriculation"
    PLACE = "place", "bail ou lettre d'intégration"
    ACTIVITY = "activity", "justificatif d'activité"


class SuspensionReason(TextChoices):
    """Why an agreement is suspended, in one word: no medical paper is ever kept."""

    MATERNITY = "maternity", "maternité"
    ADOPTION = "adoption", "adoption"
    PATERNITY = "paternity", "paternité"
    ILLNESS = "illness", "longue maladie"
    OTHER = "other", "absence justifiée"


class Ground(TextChoices):
    """What does not seem to be kept."""

    UNSETTLED = "unsettled", "aucune installation dans le délai"
    STOPPED = "stopped", "exercice interrompu"
    PARTIAL = "partial", "exercice partiel"
    STUDIES = "studies", "études abandonnées"


class Outcome(TextChoices):
    """How a breach was settled."""

    CLEARED = "cleared", "l'engagement est tenu, ou repris"
    RELEASED = "released", "libération par délibération"
    REPAID = "repaid", "tout est remboursé"
