"""How a request reaches the desk: filed on line, asked for, or noted by the desk."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import consents
from accounts.actions import find_or_create_person
from accounts.models import Consent, Person, PractitionerProfile, User
from casework import receipts, references
from casework.journal import record
from casework.locking import locked
from casework.models import IDENTITY, Receipt, require_identity
from installation import letters
from installation.actions import needs
from installation.actions.answers import keep
from installation.actions.requests import answer_day
from installation.models import InstallationRequest
from installation.wording import CONSENT_TO_NEWS, consent_to_share
from territory.models import Organisation

FIRST_ANSWER = "Donner une première réponse"


@transaction.atomic
def submit(
    draft: InstallationRequest,
    *,
    by: User | None = None,
    share_with: Iterable[Organisation] = (),
    wants_news: bool = False,
) -> InstallationRequest:
    """File the request and give its receipt; sent twice, it is filed once."""
    request = locked(draft)
    if request.submitted_at:
        return request
    require_identity(request)
    _tell(request, _file(request, by=by))
    if _speaks_for_themselves(request.applicant, by):
        for organisation in share_with:
            consents.give(
                request.applicant,
                Consent.Purpose.SHARE_PROFILE,
                organisation=organisation,
                wording=consent_to_share(organisation),
            )
        if wants_news:
            consents.give(
                request.applicant,
                Consent.Purpose.NEWSLETTER,
                wording=CONSENT_TO_NEWS,
            )
    return request


@transaction.atomic
def ask_for_callback(
    *,
    submission: UUID,
    answers: Mapping,
    by: User | None = None,
) -> InstallationRequest:
    """A question, to be called back; the same form sent twice asks once."""
    known = InstallationRequest.objects.filter(submission=submission).first()
    if known:
        return known
    request = InstallationRequest(
        kind=InstallationRequest.Kind.QUESTION,
        applicant=by.person if by else None,
        submission=submission,
        **answers,
    )
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        # Two at once: the second waited for the first, and finds it.
        return InstallationRequest.objects.get(submission=submission)
    _tell(request, _file(request, by=by))
    return request


@transaction.atomic
def register(
    person: Person,
    *,
    by: User,
    kind: str = InstallationRequest.Kind.INSTALLATION,
    channel: str = Person.Origin.PHONE,
    answers: Mapping | None = None,
    take_charge: bool = True,
    next_action: str = "",
    next_action_on: dt.date | None = None,
) -> InstallationRequest:
    """What the desk writes for somebody who called, wrote or came."""
    request = InstallationRequest(kind=kind, channel=channel, applicant=person)
    for name in (*IDENTITY, "title", "phone"):
        setattr(request, name, getattr(person, name))
    keep(request, answers or {})
    receipt = _file(request, by=by, verb="installation.request.registered")
    if take_charge:
        request.take_charge(by)
        record("installation.request.taken_charge", subject=request, actor=by)
    if next_action:
        request.plan(next_action, next_action_on)
    letters.registered(request, receipt)
    return request


def _file(
    request: InstallationRequest,
    *,
    by: User | None,
    verb: str = "installation.request.submitted",
) -> Receipt:
    """Give a person, a reference, a receipt and a first date to a new request."""
    if request.applicant is None and by is not None:
        # Signed in on the way: the draft was begun without an account.
        request.applicant = by.person
    if request.applicant is None:
        request.applicant = find_or_create_person(
            email=request.email,
            first_name=request.first_name,
            last_name=request.last_name,
            phone=str(request.phone),
            title=request.title,
            address=request.address,
            postal_code=request.postal_code,
            city=request.city,
            origin=request.channel,
        )
    remember(request, by)
    request.submit(
        reference=references.next_reference("installation", timezone.localdate()),
        next_action=FIRST_ANSWER,
        next_action_on=answer_day(),
    )
    receipt = receipts.issue(
        request,
        to_person=request.applicant,
        title=request.get_kind_display(),
        financial=False,
        received_at=request.submitted_at,
    )
    record(verb, subject=request, actor=by)
    needs.open_from_answers(request)
    return receipt


def _tell(request: InstallationRequest, receipt: Receipt) -> None:
    letters.receipt(request, receipt)
    letters.new_request(request)


def remember(request: InstallationRequest, by: User | None) -> None:
    """Nobody repeats a fact: fill the blanks of a file its owner may write in."""
    person = request.applicant
    if not _speaks_for_themselves(person, by):
        return
    for name in ("title", "phone", "address", "postal_code", "city"):
        if not getattr(person, name):
            setattr(person, name, getattr(request, name))
    person.save()
    names = ("profession", "specialty", "situation", "rpps")
    said = {name: getattr(request, name) for name in names if getattr(request, name)}
    if not said:
        return
    profile, _created = PractitionerProfile.objects.get_or_create(person=person)
    for name, value in said.items():
        if not getattr(profile, name):
            setattr(profile, name, value)
    profile.save()


def _speaks_for_themselves(person: Person, by: User | None) -> bool:
    """An address proves nothing: only its owner speaks for a confirmed person."""
    if by is not None and (by.person_id == person.pk or by.is_staff):
        return True
    return person.email_confirmed_at is None and not person.has_login
