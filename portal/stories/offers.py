"""Offers of practice, a succession that stays confidential, and two mentors."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Person
from installation.actions import offers, pairings
from installation.listings import OFFERS
from installation.models import InstallationRequest, Mentor, PracticeOffer
from listings import actions as listing_actions
from territory.models import HealthStructure, Intercommunality

PUBLISHED, WAITING, CORRECT = "published", "waiting", "correct"


@dataclass(frozen=True)
class Told:
    """One offer: who writes it, what it says, when, and what became of it."""

    title: str
    summary: str
    body: str
    kind: str
    place: int
    day: int
    by: str = ""
    contact: str = "Paule Cazenave"
    mode: str = "liberal"
    profession: str = "doctor"
    specialty: str = "médecine générale"
    starts: int = 0
    ends: int = 0
    days_a_week: int | None = None
    terms: str = ""
    equipment: str = ""
    software: str = ""
    team: str = ""
    housing: str = ""
    confidential: bool = False
    in_structure: bool = False
    outcome: str = PUBLISHED


STORY = [
    Told(
        "Cabinet de médecine générale, deux bureaux",
        "Patientèle de trente ans, secrétaire à garder, six mois ensemble pour "
        "présenter chacun.",
        "Je pars à la retraite et je voudrais que mes patients soient suivis. Les murs "
        "se louent ou se vendent. Deux bureaux, une salle d’attente, un parking.",
        "succession",
        place=4,
        day=-25,
        contact="Docteur Lasserre",
        starts=290,
        days_a_week=4,
        terms="Pas de droit de présentation",
        equipment="Échographe, électrocardiographe",
        confidential=True,
    ),
    Told(
        "Médecin généraliste au centre de santé",
        "Trois confrères, deux assistantes, 35 heures, les gardes au choix.",
        "Un poste salarié de la fonction publique, avec du temps pour se former. Le "
        "projet de soins s’écrit ensemble ; une matinée par semaine à l’école.",
        "salaried_post",
        place=0,
        day=-40,
        by="mairie",
        mode="salaried",
        contact="Madame Sylvie Nadal",
        starts=60,
        days_a_week=4,
        terms="Grille des praticiens hospitaliers, reprise de l’ancienneté",
        team="Trois médecins, deux infirmières Asalée, une sage-femme",
        housing="Un studio meublé, le temps de chercher",
    ),
    Told(
        "Un bureau libre dans la maison de santé",
        "Vingt mètres carrés, lumineux, à côté d’une kinésithérapeute et de deux "
        "infirmières.",
        "Secrétariat et salle de réunion partagés. Réunion de coordination le mardi "
        "midi, avec ceux qui le veulent.",
        "premises",
        place=6,
        day=-12,
        by="maitre-de-stage",
        contact="Docteur Marc Delprat",
        terms="Loyer de 420 € charges comprises, trois mois offerts",
        team="Deux médecins, trois infirmières, une kinésithérapeute",
        software="Maiia",
        in_structure=True,
    ),
    Told(
        "Remplacement de juillet et août",
        "Deux mois au calme, vingt patients par jour, logement au-dessus du cabinet.",
        "Nous partons en famille. Le secrétariat reste ; les visites se font le jeudi. "
        "Un confrère voisin répond si vous avez un doute.",
        "locum",
        place=9,
        day=-8,
        by="maitre-de-stage",
        contact="Docteur Marc Delprat",
        starts=220,
        ends=281,
        days_a_week=4,
        terms="Rétrocession de 90 %",
        housing="Un appartement de trois pièces, au-dessus du cabinet",
        software="Weda",
    ),
    Told(
        "Cabinet dentaire à deux fauteuils",
        "Clientèle fidèle, assistante qualifiée, radiologie récente.",
        "Le second fauteuil est libre depuis un an : on peut commencer à deux.",
        "succession",
        place=2,
        day=-33,
        contact="Docteure Anne Périé",
        profession="dentist",
        specialty="",
        starts=120,
        terms="À discuter, crédit-bail possible",
        equipment="Deux fauteuils, panoramique numérique",
    ),
    Told(
        "Une consultation par semaine, loin des villes",
        "La commune prête un cabinet équipé à qui vient un jour par semaine.",
        "Cabinet secondaire dans l’ancienne poste, refait l’an dernier. Une infirmière "
        "y passe chaque matin. Nous payons le loyer et l’électricité.",
        "secondary_practice",
        place=18,
        day=-17,
        by="mairie",
        mode="mixed",
        contact="Pierre Lacoste",
        days_a_week=1,
        terms="Local prêté par la commune",
        equipment="Fauteuil d’examen, électrocardiographe",
    ),
    Told(
        "Pédiatre en maison de santé",
        "Deux jours par semaine pour commencer, des parents qui attendent.",
        "La permanence de PMI est dans le même bâtiment.",
        "premises",
        place=1,
        day=-4,
        contact="La coordinatrice",
        specialty="pédiatrie",
        days_a_week=2,
        in_structure=True,
    ),
    Told(
        "Collaboration libérale, possible association",
        "Un mois pour se connaître, puis on décide ensemble.",
        "Le cabinet est ancien et la patientèle jeune. Je cherche quelqu’un qui aime "
        "les visites à domicile.",
        "succession",
        place=12,
        day=-2,
        by="maitre-de-stage",
        contact="Docteur Marc Delprat",
        starts=90,
        outcome=WAITING,
    ),
    Told(
        "Local à louer",
        "Un local en centre-bourg.",
        "Ancienne pharmacie, 80 mètres carrés.",
        "premises",
        place=22,
        day=-6,
        by="mairie",
        contact="Pierre Lacoste",
        outcome=CORRECT,
    ),
]

WELCOME = [
    (
        "maitre-de-stage",
        ["start", "rural", "team"],
        "Le jeudi midi, et par téléphone le soir.",
        "Installée depuis douze ans, je reçois des internes et j’aime faire visiter.",
    ),
    (
        "helene.roux@demo.example",
        ["administrative", "family"],
        "Le mardi, au cabinet ou au marché.",
        "Arrivée avec trois enfants : je connais les écoles et les démarches.",
    ),
]


def tell(world) -> None:
    """The offers, the mentors, and an interest that waits for an answer."""
    if PracticeOffer.objects.exists():
        return
    for told in STORY:
        with world.on(told.day):
            _write(world, told)
    for key, themes, availability, words in WELCOME:
        _welcome(world, key, themes, availability, words)
    _be_interested(world)


def _write(world, told: Told) -> None:
    author = world.user(told.by) if told.by else None
    desk = world.user("accueil")
    commune = world.place(told.place)
    organisation = None
    if author:
        membership = author.person.memberships.on(world.day).first()
        organisation = membership and membership.organisation
    structures = HealthStructure.objects.filter(commune=commune)
    offer = PracticeOffer(
        kind=told.kind,
        title=told.title,
        summary=told.summary,
        body=told.body,
        profession=told.profession,
        specialty=told.specialty,
        mode=told.mode,
        commune=commune,
        structure=structures.first() if told.in_structure else None,
        available_from=_day(world, told.starts),
        available_until=_day(world, told.ends),
        days_a_week=told.days_a_week,
        terms=told.terms,
        equipment=told.equipment,
        software=told.software,
        team=told.team,
        housing=told.housing,
        is_confidential=told.confidential,
        owner=_owner(told, author),
        organisation=organisation,
        contact_name=told.contact,
        contact_email=author.email if author else _address(told),
        contact_phone="+33536490144",
    )
    offer = offers.write(offer, by=author or desk, send=True)
    if told.outcome == PUBLISHED:
        listing_actions.publish(offer, by=desk)
    elif told.outcome == CORRECT:
        listing_actions.refuse(
            offer, "Dites le loyer, et si le local est aux normes d’accès.", by=desk
        )


def _owner(told: Told, author) -> Person | None:
    """The doctor who retires has no login: the desk wrote it with him."""
    if author:
        return author.person
    if not told.confidential:
        return None
    return Person.objects.create(
        first_name="Yves", last_name="Lasserre", title="dr", email=_address(told)
    )


def _address(told: Told) -> str:
    name = "lasserre" if told.confidential else "cabinet"
    return f"{name}@demo.example"


def _day(world, offset: int) -> dt.date | None:
    return world.day + dt.timedelta(days=offset) if offset else None


def _welcome(world, key: str, themes, availability: str, words: str) -> None:
    desk = world.user("accueil")
    if "@" in key:
        person = Person.objects.create(
            first_name="Hélène", last_name="Roux", title="dre", email=key
        )
    else:
        person = world.user(key).person
    here = Intercommunality.objects.in_departement(settings.DEPARTEMENT)
    mentor = Mentor(
        person=person,
        themes=themes,
        availability=availability,
        intercommunality=world.place(6).intercommunality or here.first(),
        introduction=words,
    )
    pairings.volunteer(mentor, by=desk)


def _be_interested(world) -> None:
    """A doctor would take over the confidential practice; a search is kept."""
    doctor = world.user("medecin")
    listing_actions.save_search(
        OFFERS, {"nature": "succession"}, frequency="weekly", person=doctor.person
    )
    open_ones = InstallationRequest.objects.open()
    offer = PracticeOffer.objects.filter(is_confidential=True).first()
    for dossier in open_ones.of(doctor.person).order_by("-pk")[:1]:
        offers.express_interest(
            offer,
            dossier,
            word="Je connais bien ce territoire, j’y ai remplacé deux étés.",
            shares_contact=True,
            by=doctor,
        )
        mentor = Mentor.objects.exclude(person__user=None).first()
        pairings.propose_mentor(
            dossier,
            mentor,
            word="Vous aimez tous les deux les visites à domicile.",
            by=world.user("accueil"),
        )
