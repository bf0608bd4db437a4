"""The directory with its people, and needs in every state the desk meets."""

import datetime as dt
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange

from installation.actions import needs, referrals
from installation.models import Need
from territory.models import Contact, ContactAbsence, Organisation, Topic

CAMILLE = "medecin@demo.example"
SOPHIE = "sophie.lartigue@demo.example"
NADIA = "nadia.ferrand@demo.example"


@dataclass(frozen=True)
class Answers:
    """Somebody who answers for a partner."""

    partner: str
    name: str
    function: str
    phone: str
    topics: tuple[str, ...] = ()
    is_main: bool = False

    @property
    def email(self) -> str:
        first, _space, last = self.name.lower().partition(" ")
        return f"{first[0]}.{last}@demo.example".replace("é", "e").replace("è", "e")


PEOPLE = [
    Answers("cpam", "Sandrine Faget", "Accueil des praticiens", "05 36 49 01 30"),
    Answers("cpam", "Yann Morel", "Aides", "05 36 49 01 31", topics=("aids",)),
    Answers("ars", "Béatrice Lavigne", "Offre de soins", "05 36 49 01 32"),
    Answers("ordre", "Solange Pérès", "Secrétariat de l’Ordre", "05 36 49 01 33"),
    Answers("logement", "Odile Fabre", "Attributions", "05 36 49 01 34", is_main=True),
    Answers("logement", "Karim Haddad", "Attributions", "05 36 49 01 35"),
    Answers("mairie", "Sylvie Nadal", "Affaires scolaires", "05 36 49 01 36"),
]
# Partners of one intercommunality or of a few communes, so that there are holes.
LOCAL = [
    ("Agence du logement, {group}", "housing", "05 36 49 01 40", "housing", 2),
    ("Réseau des crèches, {group}", "childcare", "05 36 49 01 41", "childcare", 0),
    ("Inspection de l’éducation", "school", "05 36 49 01 42", "school", None),
    ("Club des entreprises, {group}", "employment", "05 36 49 01 43", "partner-job", 4),
]


def tell(world) -> None:
    """People for the partners, then what the desk asked, unless they are there."""
    if Contact.objects.exists():
        return
    _found_local(world)
    _people(world)
    _odile_is_away(world)
    _in_every_state(world)


def _found_local(world) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for number, (name, kind, phone, slug, rank) in enumerate(LOCAL):
        group = world.place(rank).intercommunality if rank is not None else None
        organisation, created = Organisation.objects.get_or_create(
            name=name.format(group=group.short_name if group else ""),
            kind=kind,
            defaults={"phone": phone, "email": f"local-{number}@demo.example"},
        )
        if created:
            organisation.topics.add(topics[slug])
            if group:
                organisation.intercommunalities.add(group)


def _people(world) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for person in PEOPLE:
        organisation = _partner(person.partner)
        contact = Contact.objects.create(
            organisation=organisation,
            name=person.name,
            function=person.function,
            email=person.email,
            phone=person.phone,
            is_main=person.is_main,
        )
        contact.topics.set([topics[slug] for slug in person.topics])


def _odile_is_away(world) -> None:
    """Back in eight days; her colleague answers meanwhile."""
    odile = Contact.objects.get(name="Odile Fabre")
    karim = Contact.objects.get(name="Karim Haddad")
    period = DateRange(
        world.day - dt.timedelta(days=3), world.day + dt.timedelta(days=8)
    )
    ContactAbsence.objects.create(contact=odile, stand_in=karim, period=period)


def _in_every_state(world) -> None:
    claire, camille = world.user("accueil"), world.user("medecin")
    dossier = world.dossier(CAMILLE)
    with world.on(-12, 20):
        garden = needs.add(
            dossier,
            Topic.objects.get(slug="housing"),
            details="Un jardin, même petit, et une chambre pour recevoir.",
            source=Need.Source.PERSON,
            by=camille,
        )
    with world.on(-11):
        house = dossier.needs.kept().filter(topic=garden.topic).exclude(pk=garden.pk)
        if house.exists():
            needs.merge(garden, house.first(), by=claire)
    with world.on(-10):
        sport = needs.add(dossier, Topic.objects.get(slug="leisure"), by=claire)
    with world.on(-9):
        needs.drop(sport, "La famille a trouvé un club de judo.", by=claire)
    with world.on(-7):
        aids = needs.add(
            dossier,
            Topic.objects.get(slug="aids"),
            details="Ce à quoi une première installation donne droit.",
            by=claire,
        )
    with world.on(-1, 16):
        yann = Contact.objects.get(name="Yann Morel")
        referrals.ask_consent(
            aids,
            [(_partner("cpam"), yann)],
            message="Première installation au printemps, en libéral.",
            by=claire,
        )
    _ended(world, SOPHIE, "administrative", "ordre", "find_no_help", "Rien avant mars.")
    _ended(world, NADIA, "aids", "ars", "miss", "Trois appels sans réponse.")
    _recalled(world, SOPHIE, "mentor", "ordre")
    # Nobody answers: « Ma semaine » says whom to call.
    _sent(world, NADIA, "mentor", "ordre", -20)


def _ended(world, email, topic, partner, verb, note) -> None:
    referral = _sent(world, email, topic, partner, -15)
    with world.on(-8):
        getattr(referrals, verb)(referral, note=note)


def _recalled(world, email, topic, partner) -> None:
    referral = _sent(world, email, topic, partner, -14)
    with world.on(-13):
        referrals.recall(referral, by=world.user("accueil"))


def _sent(world, email, topic, partner, day):
    claire, dossier = world.user("accueil"), world.dossier(email)
    organisation = _partner(partner)
    with world.on(day):
        need = dossier.needs.kept().filter(topic__slug=topic).first() or needs.add(
            dossier, Topic.objects.get(slug=topic), by=claire
        )
        consent = referrals.note_consent(
            dossier, organisation, channel="phone", by=claire
        )
        return referrals.send(need, organisation, consent=consent, by=claire)


def _partner(key: str) -> Organisation:
    return Organisation.objects.get(email=f"{key}@demo.example")
