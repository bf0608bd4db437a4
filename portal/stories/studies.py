"""The bursaries: what Départements are known to vote, marked as to be verified."""

import datetime as dt
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from accounts.models import Person, User
from bursaries import agreement_papers
from bursaries.actions import agreements, applications, clock, schemes, votes
from bursaries.choices import Mode, Moment, Profession, StudyLevel
from bursaries.models import (
    BudgetEnvelope,
    BursaryApplication,
    CommitteeSession,
    Deed,
    RepaymentStep,
    Scheme,
    SchemeAmount,
    SchemeDocument,
    SchemeVersion,
)
from bursaries.repayment import Formula
from bursaries.schedule import academic_year
from documents.models import SigningPower
from portal.stories.papers import applicant, scan, send_pieces

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
    if not Scheme.objects.exists():
        _vote(world)
    if not BursaryApplication.objects.exists():
        _apply(world)


def _vote(world) -> None:
    if world.departement.code == "48":
        _interns(world, monthly=["700"], source=_LOZERE)
        _dentists(world, source=_LOZERE)
    else:
        _interns(world, monthly=["700", "800", "900"], source=_INVENTED)
        _dentists(world, source=_INVENTED)


def _apply(world) -> None:
    """Applications in every state; the intern of the demonstration has a draft."""
    claire = world.user("accueil")
    version = SchemeVersion.objects.on(world.day).get(scheme__slug="internes")
    with world.on(-40):
        _complete(version, _person("Lina", "Moreau"), claire, 36)
    with world.on(-18):
        short = _file(version, _person("Malo", "Ferrand"), claire, 24)
    with world.on(-15):
        limit = world.day + dt.timedelta(days=7)
        applications.ask_pieces(short, by_day=limit, by=claire)
    with world.on(-70):
        refused = _file(version, _person("Zoé", "Cazenave"), claire, 36)
    with world.on(-61):
        reason = "Vos études se terminent avant le premier mois demandé."
        applications.refuse(refused, reason, by=claire)
    with world.on(-2):
        _file(version, _person("Adam", "Roussel"), claire, 12)
    _hold_a_session(world, version)
    intern = world.user("interne").person
    applications.save_draft(intern, _answers(version, intern, 24))


def _hold_a_session(world, version: SchemeVersion) -> None:
    """One session voted and binding, the next one prepared with its envelope."""
    claire = world.user("accueil")
    for years, voted in ((0, 60000), (1, 90000), (2, 90000)):
        BudgetEnvelope.objects.create(
            year=world.day.year + years,
            voted=voted,
            budget_line="65-6513 bourses",
            deliberation="Budget primitif",
        )
    with world.on(-75):
        first = _complete(version, _person("Sarah", "Delmas"), claire, 36)
        second = _complete(version, _person("Yanis", "Faure"), claire, 36)
    with world.on(-50):
        held = CommitteeSession.objects.create(held_on=timezone.localdate())
        items = [votes.put_to_vote(one, held, by=claire) for one in (first, second)]
        said = [
            votes.Voted("approved", 36),
            votes.Voted("adjourned", None, "Le projet est à préciser."),
        ]
        keys = [item.pk for item in items]
        votes.close(held, "2026-0312", dict(zip(keys, said, strict=True)), by=claire)
    with world.on(-45):
        day = timezone.localdate()
        votes.note_days(held, transmitted_on=day, published_on=day, by=claire)
    CommitteeSession.objects.create(held_on=world.day + dt.timedelta(days=17))
    _bind(world, first, claire)


def _bind(world, granted: BursaryApplication, by: User) -> None:
    """An agreement signed on paper by both, and binding; its first papers wait."""
    head = world.user("direction")
    with world.on(-44):
        deed = agreements.draft(granted, by=by).root
        power = SigningPower.objects.create(
            name=head.get_full_name(),
            capacity="par délégation du président",
            decision="arrêté n° 2026-031 du 12 janvier 2026",
            email=head.email,
            starts_on=timezone.localdate() - dt.timedelta(days=300),
        )
        deed = agreements.approve(deed, power=power, by=head)
        agreement_papers.prepare(deed.pk)
    with world.on(-40):
        deed = Deed.objects.get(pk=deed.pk)
        agreements.sign_on_paper(deed, scan("Convention signée"), by=by)
    with world.on(-38):
        day = timezone.localdate()
        agreements.note_days(deed, transmitted_on=day, notified_on=day, by=by)
        for body in ("ars", "cpam"):
            agreements.send_copy(deed, to=body, sent_on=day, by=by)
    with world.on(-3):
        year = academic_year(timezone.localdate())
        paper = scan("Certificat de scolarité")
        clock.send_proof(deed.agreement, "enrolment", paper, year=year, by=by)


def _complete(version, person: Person, by: User, months: int) -> BursaryApplication:
    application = _file(version, person, by, months)
    _send_pieces(application, by)
    return applications.complete(application, by=by)


def _person(first_name: str, last_name: str) -> Person:
    return applicant(
        first_name, last_name, phone="05 36 49 01 63", address="3 cours Pasteur"
    )


def _answers(version: SchemeVersion, person: Person, months: int) -> dict:
    month = timezone.localdate().replace(day=1) + relativedelta(months=3)
    return {
        "version": version,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "address": person.address or "3 cours Pasteur",
        "postal_code": person.postal_code or "33000",
        "city": person.city or "Bordeaux",
        "profession": Profession.MEDICINE,
        "level": StudyLevel.DES_SOCLE_1,
        "faculty": "Université de Bordeaux",
        "is_enrolled": True,
        "is_in_eu": True,
        "may_practise": True,
        "diploma_on": month + relativedelta(months=42),
        "starts_on": month,
        "months": months,
        "project": "Médecin généraliste dans une maison de santé, après un SASPAS "
        "dans le département.",
    }


def _file(version, person: Person, by: User, months: int) -> BursaryApplication:
    draft = applications.save_draft(person, _answers(version, person, months))
    return applications.submit(draft, by=by, is_attested=True)


def _send_pieces(request: BursaryApplication, by: User) -> None:
    send_pieces(request, kind="bursary", area=applications.AREA, by=by)


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
    with world.on(-90):
        schemes.publish(version, opens_on=timezone.localdate(), by=head)
