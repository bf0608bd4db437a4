"""The bursaries: what Départements are known to vote, marked as to be verified."""

from decimal import Decimal

from bursaries.actions import schemes
from bursaries.choices import Mode, Moment, Profession, StudyLevel
from bursaries.models import RepaymentStep, Scheme, SchemeAmount, SchemeDocument
from bursaries.repayment import Formula

INTERNS = [
    StudyLevel.DES_SOCLE_1,
    StudyLevel.DES_APPRO_1,
    StudyLevel.DES_APPRO_2,
    StudyLevel.DES_CONSO,
]
DOCUMENTS = [
    ("identite", "Pièce d’identité", Moment.APPLICATION),
    ("inscription", "Certificat de scolarité de l’année", Moment.APPLICATION),
    ("rib", "Relevé d’identité bancaire à votre nom", Moment.APPLICATION),
    ("motivation", "Lettre de motivation et projet professionnel", Moment.APPLICATION),
    ("cv", "Curriculum vitæ", Moment.APPLICATION),
    ("inscription", "Certificat de scolarité de l’année", Moment.YEARLY),
    ("releve", "Relevé de validation des semestres", Moment.YEARLY),
    ("diplome", "Diplôme, procès-verbal de thèse", Moment.GRADUATION),
    ("ordre", "Attestation d’inscription au tableau de l’Ordre", Moment.SETTLING),
    ("lieu", "Bail, contrat ou lettre d’intégration", Moment.SETTLING),
    ("activite", "Déclaration annuelle d’activité", Moment.SERVICE),
]
CALENDAR = (
    "Vous demandez quand vous voulez ; le comité se réunit à l’automne.\n"
    "La commission permanente vote, puis la convention se signe.\n"
    "Le premier versement suit la signature et le certificat de scolarité."
)
_LOZERE = "lozere.fr (2010, 2012) : montant d’aujourd’hui à vérifier"
_INVENTED = "Exemple pour la démonstration : le Département n’a rien voté de tel"


def tell(world) -> None:
    if Scheme.objects.exists():
        return
    if world.departement.code == "48":
        _interns(world, monthly=["700"], source=_LOZERE)
        _dentists(world, source=_LOZERE)
    else:
        _interns(world, monthly=["700", "800", "900"], source=_INVENTED)
        _dentists(world, source=_INVENTED)


def _interns(world, *, monthly: list[str], source: str) -> None:
    scheme = Scheme.objects.create(
        name="Bourse d’engagement des internes",
        slug="internes",
        summary="Pour les internes en médecine qui s’installeront ici : une bourse "
        "chaque mois, contre cinq ans d’exercice.",
        rank=1,
    )
    _publish(
        world,
        scheme,
        monthly,
        professions=[Profession.MEDICINE],
        levels=INTERNS,
        max_months=36,
        window_months=12,
        formula=Formula.PRORATA_TIME,
        source=source,
    )


def _dentists(world, *, source: str) -> None:
    scheme = Scheme.objects.create(
        name="Bourse d’engagement en odontologie",
        slug="odontologie",
        summary="Pour les deux dernières années d’études de chirurgie dentaire, contre "
        "cinq ans d’exercice.",
        rank=2,
    )
    _publish(
        world,
        scheme,
        ["700"],
        professions=[Profession.DENTISTRY],
        levels=[StudyLevel.DENTAL_5, StudyLevel.DENTAL_T1],
        max_months=24,
        window_months=24,
        formula=Formula.YEAR_STEPS,
        source=source,
    )


def _publish(world, scheme: Scheme, monthly: list[str], **rules) -> None:
    head = world.user("direction")
    version = schemes.new_version(scheme, by=head)
    for name, value in rules.items():
        setattr(version, name, value)
    version.modes = [Mode.LIBERAL, Mode.SALARIED, Mode.MIXED]
    version.zones = ["ZIP", "ZAC"]
    if Profession.DENTISTRY in version.professions:
        version.zones = ["très sous-dotée", "sous-dotée"]
    version.is_example = True
    version.calendar = CALENDAR
    version.save()
    for year, amount in enumerate(monthly, 1):
        SchemeAmount.objects.create(version=version, year=year, amount=Decimal(amount))
    if version.formula == Formula.YEAR_STEPS:
        for year in range(1, 6):
            RepaymentStep.objects.create(
                version=version, below_months=12 * year, percent=120 - 20 * year
            )
    for rank, (code, label, moment) in enumerate(DOCUMENTS):
        SchemeDocument.objects.create(
            version=version, code=code, label=label, moment=moment, rank=rank
        )
    schemes.publish(version, opens_on=world.day, by=head)
