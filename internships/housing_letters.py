"""The e-mails about a bed: offered, confirmed, gone, changed; each told once."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casework import typography
from casework.audience import desk_addresses
from casework.days import said
from casework.outbox import File, post
from internships import calendars, owners
from internships.models import HousingRequest, MoveQuestion, Occupation, Room, Stay


def admin_url(request: HousingRequest) -> str:
    path = reverse("admin:internships_housingrequest_change", args=[request.pk])
    return f"{settings.SITE_URL}{path}"


def about(request: HousingRequest) -> dict:
    return {
        "personne": request.person.full_name,
        "reference": request.reference,
        "du": said(request.period.lower),
        "au": said(request.period.upper),
        "lien": f"{settings.SITE_URL}{request.get_absolute_url()}",
    }


def of_bed(occupation: Occupation) -> dict:
    """What may be said of a bed before it is confirmed: its address is not."""
    room = occupation.room
    return about(occupation.request) | {
        "chambre": str(room),
        "commune": room.dwelling.commune.name,
        "loyer": _rent(room),
        "du": said(occupation.period.lower),
        "au": said(occupation.period.upper),
    }


def _rent(room: Room) -> str:
    return f"{typography.figure(room.rent)}{typography.NBSP}€"


def owner_addresses(occupation: Occupation) -> list[str]:
    """Whoever acts that day for the body that lends the dwelling."""
    owner = occupation.room.dwelling.owner
    people = owners.members(owner, timezone.localdate()).exclude(email="")
    return list(people.order_by("email").values_list("email", flat=True).distinct())


def filed(request: HousingRequest, receipt) -> None:
    _to_person(request, "housing-filed", request.pk, {"texte": receipt.text})


def offered(occupation: Occupation) -> None:
    _to_person(
        occupation.request,
        "bed-offered",
        occupation.pk,
        of_bed(occupation) | {"jusquau": said(occupation.held_until)},
    )


def expired(occupation: Occupation) -> None:
    _to_person(occupation.request, "bed-expired", occupation.pk, of_bed(occupation))


def taken_back(occupation: Occupation, reason: str) -> None:
    said_of_bed = of_bed(occupation) | {"motif": reason}
    _to_person(occupation.request, "bed-taken-back", occupation.pk, said_of_bed)


def confirmed(stay: Stay) -> None:
    """To both: the address and who gives the keys, and who is coming."""
    occupation = stay.occupation
    home = occupation.room.dwelling
    keys = ", ".join(filter(None, [home.contact_name, str(home.contact_phone)]))
    context = of_bed(occupation) | {
        "adresse": f"{home.address}, {home.commune.name}",
        "acces": home.access,
        "cles": keys or "le guichet vous le dira",
    }
    _to_person(
        occupation.request,
        "bed-confirmed",
        occupation.pk,
        context,
        attached=partial(calendars.of_stay, occupation),
    )
    _to_owner(occupation, "bed-confirmed-owner", occupation.pk, context)


def cancelled(stay: Stay) -> None:
    occupation = stay.occupation
    _to_owner(occupation, "stay-cancelled", occupation.pk, of_bed(occupation))


def changed(occupation: Occupation, entry) -> None:
    """Other days: both are told, the owner only of a bed that is confirmed."""
    context = of_bed(occupation)
    _to_person(occupation.request, "stay-changed", entry.pk, context)
    if occupation.kind == Occupation.Kind.STAY:
        _to_owner(occupation, "stay-changed-owner", entry.pk, context)


def refused(request: HousingRequest) -> None:
    _to_person(request, "housing-refused", request.pk, {"motif": request.refusal})


def make_room(question: MoveQuestion) -> None:
    """To whoever comes next: nothing changes without their yes."""
    occupation = question.occupation
    context = of_bed(occupation) | {
        "jusquau": said(question.until),
        "proposition": proposal(question),
    }
    _to_person(occupation.request, "make-room", question.pk, context)


def proposal(question: MoveQuestion) -> str:
    """What they are offered, in a sentence."""
    room = question.room
    if room is None:
        return (
            f"Pourriez-vous arriver le {said(question.arrival)}, dans la même chambre ?"
        )
    return (
        f"Nous vous proposons « {room} », à {room.dwelling.commune.name}, aux mêmes "
        f"dates, pour {_rent(room)} par mois."
    )


def longer_asked(
    request: HousingRequest, until: dt.date, entry, question: MoveQuestion | None
) -> None:
    """Somebody else is expected in this bed: the desk knows what is done about it."""
    follow_up = "Personne n'a pu être sollicité : une autre chambre est à trouver."
    if question:
        follow_up = f"La personne qui suit est sollicitée. {proposal(question)}"
    for address in desk_addresses():
        _post(
            f"internships.stay-longer:{entry.pk}:{address}",
            address,
            "stay-longer",
            request,
            about(request)
            | {
                "jusquau": said(until),
                "suite": follow_up,
                "lien": admin_url(request),
            },
        )


def no_longer(request: HousingRequest, reason: str, entry) -> None:
    _to_person(request, "stay-no-longer", entry.pk, {"motif": reason})


def insurance_sent(stay: Stay, entry) -> None:
    _to_owner(stay.occupation, "insurance-sent", entry.pk, of_bed(stay.occupation))


def insurance_refused(stay: Stay, entry) -> None:
    context = of_bed(stay.occupation) | {"motif": stay.insurance_refusal}
    _to_person(stay.occupation.request, "insurance-refused", entry.pk, context)


def _to_person(
    request: HousingRequest,
    name: str,
    number: int,
    more: dict,
    *,
    attached: Callable[..., File] | None = None,
) -> None:
    """Once for each fact; whoever has no address is called by the desk."""
    address = request.person.email
    if address:
        key = f"internships.{name}:{number}"
        files = [attached(to=address)] if attached else []
        _post(key, address, name, request, about(request) | more, files)


def _to_owner(occupation: Occupation, name: str, number: int, context: dict) -> None:
    """With the page where they run the stay, or the dwelling once it is given up."""
    if occupation.is_standing:
        path = reverse("internships:my-occupation", args=[occupation.pk])
    else:
        path = reverse("internships:my-dwelling", args=[occupation.room.dwelling_id])
    link = f"{settings.SITE_URL}{path}"
    for address in owner_addresses(occupation):
        key = f"internships.{name}:{number}:{address}"[:200]
        _post(key, address, name, occupation.request, context | {"lien": link})


def _post(
    key: str,
    to: str,
    name: str,
    request: HousingRequest,
    context: dict,
    files: Iterable[File] = (),
) -> None:
    post(
        key,
        to=to,
        template=f"internships.{name}",
        context=context,
        about=request,
        attachments=files,
    )
