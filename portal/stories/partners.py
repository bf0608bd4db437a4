"""Partners and what they were asked: taken, answered, late, given back, helped."""

from installation.actions import partners as acts
from installation.actions import referrals
from installation.models import Referral, ReferralMessage
from territory.models import Organisation

CAMILLE = "medecin@demo.example"
SOPHIE = "sophie.lartigue@demo.example"
NADIA = "nadia.ferrand@demo.example"


def tell(world) -> None:
    """A few needs handed over, unless partners have written already."""
    if ReferralMessage.objects.exists():
        return
    _the_job_of_julien(world)
    home = _sent(world, CAMILLE, "housing", "logement", -9)
    crib = _sent(
        world,
        CAMILLE,
        "childcare",
        "petite-enfance",
        -8,
        "La petite dernière a deux ans ; trois jours par semaine suffiraient.",
    )
    if crib:
        with world.on(-5, 15):
            referrals.decline(
                crib, note="Complet jusqu’en juin : voyez la crèche de la commune."
            )
    _sent(world, CAMILLE, "school", "mairie", -2)
    second = _sent(world, SOPHIE, "housing", "logement", -3)
    if home and second:
        with world.on(-1, 9):
            referrals.take(second)
    found = _sent(world, NADIA, "housing", "logement", -11)
    if found:
        with world.on(-10, 11):
            referrals.take(found)
        with world.on(-4, 16):
            referrals.help(
                found, note="Un meublé de deux pièces l’attend à partir du 1er."
            )


def _the_job_of_julien(world) -> None:
    """The partner who has an account, and a conversation with the family."""
    nathalie = world.user("partenaire")
    job = _sent(
        world,
        CAMILLE,
        "partner-job",
        "emploi",
        -26,
        "Julien est infirmier ; il cherche à moins de 30 minutes.",
    )
    if job is None:
        return
    with world.on(-24, 9):
        referrals.take(job, by=nathalie)
    with world.on(-24, 10):
        acts.answer(
            job,
            "Bonjour docteure, deux établissements recrutent un infirmier à vingt "
            "minutes. Puis-je appeler votre conjoint cette semaine ?",
            signature=nathalie.get_full_name(),
            by=nathalie,
        )
    with world.on(-23, 19):
        acts.reply(
            job,
            "Merci ! Il est joignable après 17 h, tous les jours sauf le jeudi.",
            by=world.user("medecin"),
        )
    with world.on(-6, 14):
        acts.answer(
            job,
            "Entretien fixé mardi à 10 h, l’adresse suit par courrier.",
            signature=nathalie.get_full_name(),
            by=nathalie,
        )


def _sent(world, email, topic, partner, day, message="") -> Referral | None:
    """The need handed to this partner that day, with the person's consent."""
    dossier = world.dossier(email)
    need = dossier.needs.kept().filter(topic__slug=topic).first()
    organisation = Organisation.objects.filter(email=f"{partner}@demo.example").first()
    if need is None or organisation is None:
        return None
    known = need.referrals.filter(organisation=organisation).first()
    if known:
        return known if known.state == Referral.State.SENT else None
    claire = world.user("accueil")
    with world.on(day):
        consent = referrals.note_consent(
            dossier, organisation, channel="phone", by=claire
        )
        return referrals.send(
            need, organisation, consent=consent, message=message, by=claire
        )
