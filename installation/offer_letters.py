"""The e-mails of offers and pairings: who learns what, and when."""

from casework import links
from casework.outbox import post
from installation import letters
from installation.models import Interest, Introduction, Mentorship
from installation.models.pairings import Pairing, Side


def scope(pairing: Pairing, side: str) -> str:
    """The link of one side of one kind of pairing."""
    return f"installation.{pairing._meta.model_name}-{side}"


def interested(interest: Interest) -> None:
    """To the author, with the name and numbers that the person agreed to give."""
    offer, person = interest.offer, interest.person
    request = interest.request
    if not offer.contact_email:
        return
    post(
        f"installation.interested:{interest.pk}",
        to=offer.contact_email,
        template="installation.interested",
        context={
            "nom": offer.contact_name,
            "titre": offer.title,
            "interesse": request.full_name or person.full_name,
            "profil": profile(interest.request),
            "joindre": reached(request.contact_email, str(request.phone)),
        },
        about=offer,
        reply_to=request.contact_email,
    )


def ask(pairing: Pairing, side: str) -> None:
    """Would you like to meet? Nobody is named yet."""
    address = address_of(pairing, side)
    if not address:
        return
    if isinstance(pairing, Introduction):
        kind = "introduction"
        context = {
            "titre": pairing.offer.title,
            "territoire": pairing.offer.place,
            "profil": profile(pairing.request),
        }
    else:
        kind = "mentorship"
        mentor = pairing.mentor
        context = {
            "territoire": mentor.intercommunality.short_name,
            "themes": ", ".join(mentor.theme_labels),
            "disponibilites": mentor.availability,
            "profil": profile(pairing.request),
            "mot": pairing.word or "Le guichet pense que vous vous entendrez.",
        }
    post(
        f"installation.{kind}-asked:{pairing.pk}:{side}",
        to=address,
        template=f"installation.{kind}-{side}",
        context={
            "personne": name_of(pairing, side),
            "lien": links.url(
                links.issue(scope(pairing, side), pairing, to_email=address)
            ),
            **context,
        },
        about=pairing.request,
        secret=True,
    )


def met(pairing: Pairing) -> None:
    """Both said yes: each gets the other's name and numbers."""
    for side, other in ((Side.HOST, Side.GUEST), (Side.GUEST, Side.HOST)):
        if address := address_of(pairing, side):
            post(
                f"installation.met:{pairing._meta.model_name}:{pairing.pk}:{side}",
                to=address,
                template="installation.met",
                context={
                    "personne": name_of(pairing, side),
                    "autre": name_of(pairing, other),
                    "objet": subject_of(pairing),
                    "joindre": reached(
                        address_of(pairing, other), phone_of(pairing, other)
                    ),
                },
                about=pairing.request,
                reply_to=address_of(pairing, other),
            )


def declined(pairing: Pairing) -> None:
    """To the other side alone, and to whoever follows the dossier."""
    other = Side.GUEST if pairing.declined_by == Side.HOST else Side.HOST
    key = f"installation.declined:{pairing._meta.model_name}:{pairing.pk}"
    if address := address_of(pairing, other):
        post(
            f"{key}:{other}",
            to=address,
            template="installation.declined",
            context={
                "personne": name_of(pairing, other),
                "objet": subject_of(pairing),
            },
            about=pairing.request,
        )
    for address in letters.in_charge_addresses(pairing.request):
        post(
            f"{key}:desk:{address}"[:200],
            to=address,
            template="installation.declined-desk",
            context={
                "reference": pairing.request.reference,
                "nom": pairing.request.full_name,
                "objet": subject_of(pairing),
                "lien": letters.admin_url(pairing.request),
            },
            about=pairing.request,
        )


def profile(request) -> str:
    """Who asks, without a name: « médecine générale, dans l'année »."""
    parts = [
        request.specialty or request.get_profession_display(),
        request.get_situation_display(),
        request.get_horizon_display(),
    ]
    return ", ".join(part for part in parts if part) or "profil à préciser"


def subject_of(pairing: Pairing) -> str:
    """What they meet about, in words that name nobody."""
    if isinstance(pairing, Mentorship):
        return "votre compagnonnage"
    return f"l’offre « {pairing.offer.title} »"


def name_of(pairing: Pairing, side: str) -> str:
    if side == Side.HOST:
        return pairing.host_name
    return pairing.request.full_name or pairing.guest.full_name


def address_of(pairing: Pairing, side: str) -> str:
    if side == Side.HOST:
        return pairing.host_email
    return pairing.request.contact_email


def phone_of(pairing: Pairing, side: str) -> str:
    if side == Side.HOST:
        return pairing.host_phone
    return str(pairing.request.phone or pairing.guest.phone)


def reached(email: str, phone: str) -> str:
    return ", ".join(part for part in (phone, email) if part)
