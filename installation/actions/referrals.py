"""What becomes of a need handed to a partner: each decision is one transaction.

Locks are taken in one order, dossier, need, consent, referral, so that the desk, the
person and two partners may all click at once. `by=None` is the partner, through the
link it received.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import consents
from accounts.models import Consent, Person, User
from casework import links
from casework.journal import record
from casework.locking import locked
from installation import partner_letters, referral_letters, shared_fields
from installation.models import InstallationRequest, Need, Referral, SharingQuestion
from installation.wording import consent_to_share
from territory.models import Contact, Organisation

BASKET = "installation.basket"
SHARE = Consent.Purpose.SHARE_PROFILE


# --- The desk ----------------------------------------------------------------------


@transaction.atomic
def note_consent(
    request: InstallationRequest,
    organisation: Organisation,
    *,
    channel: str,
    by: User | None,
) -> Consent:
    """Keep that the person agrees, in the words read to them, and how they said so."""
    consent = consents.give(
        request.applicant,
        SHARE,
        organisation=organisation,
        wording=consent_to_share(organisation),
    )
    record(
        "installation.consent.given",
        subject=request,
        actor=by,
        data={
            "consent": consent.pk,
            "organisation": organisation.pk,
            "channel": channel,
        },
    )
    return consent


@transaction.atomic
def send(
    need: Need,
    organisation: Organisation,
    *,
    contact: Contact | None = None,
    consent: Consent,
    message: str = "",
    urgent: bool = False,
    by: User,
) -> Referral:
    """Hand a need to a partner, with the fields its topic calls for (R-50)."""
    need = locked_need(need)
    need.require_kept()
    need.request.require("exchange")
    consent = locked(consent)
    _require_consent(need, organisation, consent)
    if not organisation.is_active:
        raise ValidationError(f"{organisation} n'est plus en activité.")
    address = (contact.email if contact else "") or organisation.email
    if not address:
        raise ValidationError(
            f"{organisation} n'a pas d'adresse : ajoutez-la dans l'annuaire, ou "
            "choisissez un contact qui en a une."
        )
    referral = Referral(
        need=need,
        organisation=organisation,
        consent=consent,
        shared_fields=shared_fields.fields_for(need.topic),
        to_email=address,
        contact_name=contact.name if contact else "",
        message=message.strip(),
        sent_by=by,
    )
    referral.validate_constraints()
    referral.save()
    _record(
        "sent",
        referral,
        by,
        consent=consent.pk,
        fields=referral.shared_fields,
    )
    partner_letters.referral_sent(referral, urgent=urgent)
    return referral


@transaction.atomic
def refer(
    need: Need,
    choices: Iterable[tuple[Organisation, Contact | None]],
    *,
    agreed_by_phone: Iterable[Organisation] = (),
    message: str = "",
    urgent: bool = False,
    by: User,
) -> list[Referral]:
    """Hand a need to every partner chosen, all or none, and tell the person once.

    An agreement that the person has just given aloud is noted on the way.
    """
    need = locked_need(need)
    choices, person = list(choices), need.request.applicant
    for organisation in {one for one, _contact in choices} & {*agreed_by_phone}:
        if not consents.active(person, SHARE, organisation=organisation):
            note_consent(need.request, organisation, channel="phone", by=by)
    referrals = [
        send(
            need,
            organisation,
            contact=contact,
            consent=running_consent(need.request, organisation),
            message=message,
            urgent=urgent,
            by=by,
        )
        for organisation, contact in choices
    ]
    if not referrals:
        raise ValidationError("Choisissez au moins un partenaire.")
    referral_letters.referred(need, referrals)
    return referrals


def running_consent(
    request: InstallationRequest, organisation: Organisation
) -> Consent:
    """The agreement under which this partner may be written to, or a refusal."""
    running = request.applicant.consents.active()
    consent = running.filter(purpose=SHARE, organisation=organisation).first()
    if consent is None:
        raise ValidationError(_no_consent(organisation), code="consent")
    return consent


@transaction.atomic
def recall(referral: Referral, *, by: User | None) -> Referral:
    """The desk takes the need back; the partner is told that it is over."""
    referral = locked(referral)
    referral.recall()
    _record("recalled", referral, by)
    _close_access(referral)
    return referral


@transaction.atomic
def recall_all(needs: Iterable[Need], *, by: User | None) -> None:
    """Take back everything that runs for these needs: nobody follows them now."""
    running = Referral.objects.running().filter(need__in=needs)
    for referral in running.order_by("pk"):
        referral = locked(referral)
        if referral.is_running:
            recall(referral, by=by)


@transaction.atomic
def ask_consent(
    need: Need,
    choices: Iterable[tuple[Organisation, Contact | None]],
    *,
    message: str = "",
    by: User,
) -> list[SharingQuestion]:
    """Ask the person whether these partners may be told; what waits leaves on yes."""
    need = locked_need(need)
    need.require_kept()
    need.request.require("exchange")
    if not need.request.contact_email:
        raise ValidationError(
            "La personne n'a pas de courriel : demandez-lui son accord au téléphone."
        )
    questions = []
    for organisation, contact in choices:
        question = SharingQuestion(
            need=need,
            organisation=organisation,
            contact=contact,
            message=message.strip(),
            asked_by=by,
        )
        question.validate_constraints()
        question.save()
        questions.append(question)
        _note_question("asked", question, by)
    if questions:
        referral_letters.consent_asked(questions)
    return questions


# --- The partner, or the desk for it -------------------------------------------------


@transaction.atomic
def take(referral: Referral, *, by: User | None = None) -> Referral:
    """« Je m'en occupe »: the person learns who will call."""
    referral = locked(referral)
    referral.take()
    entry = _record("taken", referral, by)
    referral_letters.taken(referral, entry)
    return referral


def help(referral: Referral, *, note: str, by: User | None = None) -> Referral:
    return _end(referral, "help", "helped", note=note, by=by)


def find_no_help(referral: Referral, *, note: str, by: User | None = None) -> Referral:
    return _end(referral, "find_no_help", "no_help", note=note, by=by)


def miss(referral: Referral, *, note: str, by: User | None = None) -> Referral:
    return _end(referral, "miss", "unreachable", note=note, by=by)


@transaction.atomic
def decline(referral: Referral, *, note: str, by: User | None = None) -> Referral:
    """« Pas pour moi »: the desk looks elsewhere, the person has nothing to do."""
    referral = locked(referral)
    referral.decline(note)
    entry = _record("declined", referral, by)
    referral_letters.told_desk(referral, entry)
    return referral


@transaction.atomic
def reopen(referral: Referral, *, by: User | None) -> Referral:
    """Start again from an end: under an agreement that still runs, or not at all."""
    need = locked_need(referral.need)
    referral = locked(referral)
    referral.need = need
    need.require_kept()
    need.request.require("exchange")
    consent = locked(referral.consent)
    _require_consent(need, referral.organisation, consent)
    running = need.referrals.running().of_organisations([referral.organisation])
    if running.exists():
        raise ValidationError("Ce partenaire a déjà ce besoin en main.")
    referral.reopen()
    entry = _record("reopened", referral, by)
    referral_letters.taken(referral, entry)
    return referral


# --- The person --------------------------------------------------------------------


@transaction.atomic
def withdraw_consent(
    person: Person, organisation: Organisation, *, by: User | None = None
) -> bool:
    """Stop sharing with a partner; what runs there ends at once (`on_withdrawal`)."""
    return consents.withdraw(person, SHARE, organisation=organisation, by=by)


@transaction.atomic
def on_withdrawal(consent: Consent, *, by: User | None = None) -> None:
    """End all that runs under this agreement: the partner reads nothing any more."""
    for row in Referral.objects.filter(consent=consent).running().order_by("pk"):
        referral = locked(row)
        if not referral.is_running:
            continue  # the partner answered a moment before
        referral.withdraw()
        entry = _record("withdrawn", referral, by)
        _close_access(referral)
        referral_letters.told_desk(referral, entry)


@transaction.atomic
def answer_question(
    question: SharingQuestion, *, agreed: bool, by: User | None = None
) -> SharingQuestion:
    """Yes sends at once what the desk had prepared; no keeps it at the desk."""
    need = locked_need(question.need)
    need.request.require("exchange")
    question = locked(question)
    question.need = need
    question.answer(agreed=agreed)
    if not agreed:
        _note_question("refused", question, by)
        referral_letters.consent_answered(question, outcome="accord refusé")
        return question
    consent = note_consent(need.request, question.organisation, channel="space", by=by)
    try:
        with transaction.atomic():
            send(
                need,
                question.organisation,
                contact=question.contact,
                consent=consent,
                message=question.message,
                by=question.asked_by,
            )
    except ValidationError:
        # The need was dropped, the partner has closed: the agreement stays.
        outcome = "accord donné, mais l'orientation est à refaire"
    else:
        outcome = "accord donné, l'orientation est partie"
    referral_letters.consent_answered(question, outcome=outcome)
    return question


# --- What they share ------------------------------------------------------------


@transaction.atomic
def _end(
    referral: Referral, verb: str, happened: str, *, note: str, by: User | None
) -> Referral:
    """One of the three answers: the person and the desk are told."""
    referral = locked(referral)
    getattr(referral, verb)(note)
    entry = _record(happened, referral, by)
    referral_letters.answered(referral, entry)
    referral_letters.told_desk(referral, entry)
    return referral


def locked_need(need: Need) -> Need:
    """The dossier is held too: it may not close while it is being handed out."""
    request = locked(need.request)
    need = locked(need)
    # It may have followed its person into another dossier meanwhile.
    moved = need.request_id != request.pk
    need.request = locked(need.request) if moved else request
    return need


def _require_consent(need: Need, organisation: Organisation, consent: Consent) -> None:
    covers = (
        consent.is_active
        and consent.purpose == SHARE
        and consent.person_id == need.request.applicant_id
        and consent.organisation_id == organisation.pk
    )
    if not covers:
        raise ValidationError(_no_consent(organisation), code="consent")


def _no_consent(organisation: Organisation) -> str:
    return (
        f"Rien n'est transmis à {organisation} sans l'accord de la personne (R-50) : "
        "notez l'accord donné au téléphone, ou demandez-le par courriel."
    )


def _record(happened: str, referral: Referral, by: User | None, **data):
    return record(
        f"installation.referral.{happened}",
        subject=referral.need.request,
        actor=by,
        data={
            "referral": referral.pk,
            "organisation": referral.organisation_id,
            **data,
        },
    )


def _note_question(happened: str, question: SharingQuestion, by: User | None):
    return record(
        f"installation.consent.{happened}",
        subject=question.need.request,
        actor=by,
        data={"organisation": question.organisation_id, "need": question.need_id},
    )


def _close_access(referral: Referral) -> None:
    """Nothing left in this partner's hands: its links open nothing any more."""
    partner_letters.referral_over(referral)
    running = Referral.objects.running().of_organisations([referral.organisation])
    if not running.exists():
        links.revoke(referral.organisation, BASKET)
