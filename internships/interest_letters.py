"""The e-mails of interests: to the host, to the student, each thing once."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import Person, StudentProfile
from casework import links
from casework.days import said
from casework.outbox import post
from internships.models import Interest, Placement

SCOPE = "internships.interest"
# Where the host answers the student directly.
WRITES_BACK = {"received", "confirmed-host"}


def host_url(interest: Interest) -> str:
    """A link that opens this answer alone, for whoever the offer says to write to."""
    address = interest.offer.contact_email
    return links.url(links.issue(SCOPE, interest, to_email=address))


def admin_url(interest: Interest) -> str:
    path = reverse("admin:internships_interest_change", args=[interest.pk])
    return f"{settings.SITE_URL}{path}"


def site_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def studies_of(person: Person) -> str:
    """« médecine, troisième cycle (internat), Bordeaux », or nothing known."""
    profile = StudentProfile.objects.filter(person=person).first()
    if profile is None:
        return ""
    parts = [
        profile.get_studies_display(),
        profile.get_cycle_display(),
        profile.faculty,
    ]
    return ", ".join(part for part in parts if part)


def reached(person: Person) -> str:
    numbers = [person.phone.as_national if person.phone else "", person.email]
    return ", ".join(one for one in numbers if one)


def about_student(interest: Interest) -> dict:
    person = interest.person
    return {
        "nom": interest.offer.contact_name,
        "etudiant": person.full_name,
        "etudes": studies_of(person) or "études à préciser",
        "joindre": reached(person),
        "stage": interest.offer.title,
        "terrain": interest.offer.site.name,
        "semestre": str(interest.semester),
        "mot": interest.word or "Sans autre précision.",
    }


def about_place(interest: Interest) -> dict:
    return {
        "personne": interest.person.full_name,
        "stage": interest.offer.title,
        "terrain": interest.offer.site.name,
        "semestre": str(interest.semester),
    }


def received(interest: Interest) -> None:
    _to_host(interest, "received", {"lien": host_url(interest)}, secret=True)


def accepted(interest: Interest) -> None:
    _to_student(
        interest,
        "accepted",
        {
            "mot": interest.answer or "Le terrain sera heureux de vous accueillir.",
            "lien": site_url(interest.get_confirm_url()),
        },
    )


def declined(interest: Interest) -> None:
    _to_student(
        interest,
        "declined",
        {
            "mot": interest.answer or "Le terrain n'a pas laissé d'autre mot.",
            "lien": site_url(reverse("internships:my-placements")),
        },
    )


def confirmed(
    interest: Interest, placement: Placement, others: Sequence[Interest]
) -> None:
    """Both sides; the student reads in the same message what was released."""
    names = ", ".join(one.offer.site.name for one in others)
    released = f"Vos autres souhaits sont libérés : {names}." if names else ""
    _to_student(
        interest,
        "confirmed",
        {
            "debut": said(placement.period.lower),
            "fin": said(placement.last_on),
            "suite": released or "Vous n'aviez pas d'autre souhait pour ce semestre.",
            "lien": site_url(placement.get_absolute_url()),
        },
    )
    _to_host(interest, "confirmed-host", {})


def released_host(interest: Interest) -> None:
    """They go elsewhere: this host no longer waits for them."""
    _to_host(interest, "released-host", {})


def released(interest: Interest, why: str) -> None:
    _to_student(
        interest,
        "released",
        {"motif": why, "lien": site_url(reverse("internships:my-placements"))},
    )


def withdrawn(interest: Interest) -> None:
    _to_host(interest, "withdrawn", {})


def _to_host(
    interest: Interest, event: str, context: dict, *, secret: bool = False
) -> None:
    address = interest.offer.contact_email
    if not address:
        return
    post(
        f"internships.interest-{event}:{interest.pk}",
        to=address,
        template=f"internships.interest-{event}",
        context=about_student(interest) | context,
        about=interest,
        secret=secret,
        reply_to=interest.person.email
        if event in ("received", "confirmed-host")
        else "",
    )


def _to_student(interest: Interest, event: str, context: dict) -> None:
    address = interest.person.email
    if not address:
        return
    post(
        f"internships.interest-{event}:{interest.pk}",
        to=address,
        template=f"internships.interest-{event}",
        context=about_place(interest) | context,
        about=interest,
    )
