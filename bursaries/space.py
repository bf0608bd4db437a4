"""What the personal space lists of bursaries."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from bursaries import application_following as following
from bursaries.actions import bank_accounts
from bursaries.agreement_following import badge as agreement_badge
from bursaries.models import Agreement, ApplicationState, BursaryApplication, Deed
from casework.days import said
from casework.space import Badge, SpaceLine

SHOWN = 20


def lines(person: Person) -> Iterator[SpaceLine]:
    """Agreements, then applications: what waits for the person comes as a task."""
    yield from _agreements(person)
    yield from _applications(person)
    if bank_accounts.may_give(person):
        yield _account(person)


def _agreements(person: Person) -> Iterator[SpaceLine]:
    hidden = {Deed.State.DRAFT, Deed.State.PREPARING, Deed.State.ABANDONED}
    mine = Agreement.objects.of(person).with_deeds()[:SHOWN]
    for agreement in mine:
        deeds = [deed for deed in agreement.deeds.all() if deed.state not in hidden]
        if not deeds:
            continue
        waiting = [
            deed
            for deed in deeds
            if deed.state == Deed.State.TO_SIGN
            and any(one.person_id == person.pk for one in deed.circuit.waiting())
        ]
        yield SpaceLine(
            title=f"Convention : {agreement.version.scheme}",
            url=agreement.get_absolute_url(),
            detail=agreement.reference,
            badge=Badge(**agreement_badge(agreement)),
            task=f"Lire et signer : {waiting[0].title}" if waiting else "",
            task_detail="Avec un code reçu par courriel, ou sur papier."
            if waiting
            else "",
            task_action="Lire et signer" if waiting else "",
        )


def _account(person: Person) -> SpaceLine:
    """Asked for once a bursary is granted, and again when it is refused."""
    account = bank_accounts.current_of(person)
    is_missing = account is None or account.refused_at is not None
    badge = Badge("RIB à donner", "you", "hand")
    if not is_missing:
        badge = Badge("Enregistré", "neutral", "hourglass")
        if account.is_blocked:
            badge = Badge("Bloqué", "warning", "circle-alert")
        elif account.is_checked:
            badge = Badge("Vérifié", "success", "check")
    return SpaceLine(
        title="Mon compte bancaire",
        url=reverse("bursaries:bank-account"),
        detail=account.masked if account else "La bourse y sera versée",
        badge=badge,
        task="Donner votre RIB" if is_missing else "",
        task_detail="Rien n’est versé sans un compte vérifié." if is_missing else "",
        task_action="Donner" if is_missing else "",
    )


def _applications(person: Person) -> Iterator[SpaceLine]:
    day = timezone.localdate()
    mine = BursaryApplication.objects.of(person).with_list_data()
    for application in mine.order_by("-created_at", "-pk")[:SHOWN]:
        badge = Badge(**following.badge(application, day))
        if application.is_draft:
            yield SpaceLine(
                title="Demande de bourse à terminer",
                url=reverse("bursaries:application"),
                detail="Brouillon enregistré, rien n’est encore déposé",
                badge=badge,
                task="Terminer votre demande de bourse",
                task_detail="Rien n’est envoyé tant qu’elle n’est pas déposée.",
                task_action="Reprendre",
            )
            continue
        waits = application.state == ApplicationState.INCOMPLETE
        limit = f"Attendues avant le {said(application.pieces_by)}." if waits else ""
        filed_on = said(application.submitted_at)
        yield SpaceLine(
            title=str(application.scheme),
            url=application.get_absolute_url(),
            detail=f"{application.reference}, déposée le {filed_on}",
            badge=badge,
            task="Envoyer les pièces de votre demande de bourse" if waits else "",
            task_detail=limit,
            task_action="Envoyer" if waits else "",
        )
