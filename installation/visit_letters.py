"""The e-mails of a visit, and the calendar files that go with them."""

import datetime as dt

from casework.days import said
from casework.outbox import post
from installation import invitations
from installation.letters import admin_url, in_charge_addresses, to_applicant
from installation.models import Visit, VisitStop


def invitation(visit: Visit) -> None:
    """The programme to whoever comes; a new version says that it replaces."""
    template = "visit-invitation" if visit.sequence == 0 else "visit-changed"
    _to_person(visit, template, invitations.REQUEST, str(visit.sequence))


def cancelled(visit: Visit) -> None:
    _to_person(visit, "visit-cancelled", invitations.CANCEL, "cancelled")


def _to_person(visit: Visit, template: str, method: str, version: str) -> None:
    request = visit.request
    if not request.contact_email:
        return
    file = invitations.of_visit(visit, to=request.contact_email, method=method)
    stops = list(visit.stops.select_related("commune"))
    to_applicant(
        request,
        f"installation.visit:{visit.pk}:{version}",
        f"installation.{template}",
        {
            "jour": said(visit.day),
            "programme": invitations.programme(visit, stops),
            "raison": visit.cancelled_because,
        },
        attachments=[file],
    )


def stop_invitation(visit: Visit, stop: VisitStop) -> None:
    """One meeting, to whoever is met: the name of the person, nothing else of them."""
    file = invitations.of_stop(visit, stop, to=stop.email, at=visit.sent_at)
    _to_host(visit, stop, stop.email, "visit-host", str(visit.sequence), file)


def stop_cancelled(visit: Visit, stop: VisitStop, at: dt.datetime) -> None:
    file = invitations.of_stop(
        visit, stop, to=stop.sent_to, at=at, method=invitations.CANCEL
    )
    version = f"{visit.sequence}:cancelled"
    _to_host(visit, stop, stop.sent_to, "visit-host-cancelled", version, file)


def _to_host(visit, stop, address, template, version, *files) -> None:
    post(
        f"installation.visit-stop:{visit.pk}:{stop.pk}:{version}:{address}"[:200],
        to=address,
        template=f"installation.{template}",
        context={
            "contact": stop.meets or "à vous",
            "nom": visit.request.full_name,
            "jour": said(visit.day),
            "horaire": invitations.hours(stop),
            "lieu": stop.where,
        },
        about=visit.request,
        attachments=files,
    )


def confirmed(visit: Visit, entry) -> None:
    _to_desk(visit, "visit-confirmed", entry)


def other_day_asked(visit: Visit, entry) -> None:
    _to_desk(visit, "visit-other-day", entry)


def _to_desk(visit: Visit, template: str, entry) -> None:
    request = visit.request
    for address in in_charge_addresses(request):
        post(
            f"installation.{template}:{entry.pk}:{address}",
            to=address,
            template=f"installation.{template}",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "jour": said(visit.day),
                "souhait": visit.other_day_wanted,
                "lien": f"{admin_url(request)}?onglet=visites",
            },
            about=request,
        )


def thanks(visit: Visit, entry) -> None:
    request = visit.request
    context = {"jour": said(visit.day)}
    to_applicant(
        request,
        f"installation.visit-thanks:{entry.pk}",
        "installation.visit-thanks",
        context,
    )
    for stop in visit.stops.exclude(sent_to="").select_related("commune"):
        _to_host(visit, stop, stop.sent_to, "visit-host-thanks", "thanks")
