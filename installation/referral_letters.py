"""What the person and the desk are told of the needs handed to partners."""

from collections.abc import Iterable

from casework.outbox import post
from installation import letters, shared_fields
from installation.models import Need, Referral, SharingQuestion

# How an end is told to the person, then to the desk.
ANSWERS = {
    Referral.State.HELPED: ("une aide vous est apportée", "aide apportée"),
    Referral.State.NO_HELP: ("aucune aide n'existe", "aucune aide n'existe"),
    Referral.State.UNREACHABLE: (
        "on n'a pas réussi à vous joindre",
        "personne injoignable",
    ),
    Referral.State.NOT_FOR_ME: ("", "ce n'est pas pour lui"),
    Referral.State.WITHDRAWN: ("", "la personne a retiré son accord"),
}
# What comes next, after each end, when the partner said nothing more.
NEXT = {
    Referral.State.HELPED: "Si ce n'est pas suffisant, écrivez-le dans votre dossier.",
    Referral.State.NO_HELP: "Le guichet cherche une autre voie avec vous.",
    Referral.State.UNREACHABLE: "Vérifiez le numéro et l'adresse de votre dossier, "
    "puis répondez : le guichet transmettra.",
}


def referred(need: Need, referrals: Iterable[Referral]) -> None:
    """Once for all the partners chosen together."""
    referrals = list(referrals)
    names = [referral.organisation.name for referral in referrals]
    letters.to_applicant(
        need.request,
        f"installation.referred:{'-'.join(str(one.pk) for one in referrals)}"[:200],
        "installation.referred",
        {
            "besoin": need.topic.name,
            "partenaires": _enumerated(names),
            "donnees": ", ".join(shared_fields.labels(referrals[0].shared_fields)),
        },
    )


def taken(referral: Referral, entry) -> None:
    organisation = referral.organisation
    reached_at = organisation.phone or referral.to_email
    letters.to_applicant(
        referral.need.request,
        f"installation.referral-taken:{entry.pk}",
        "installation.referral-taken",
        {
            "besoin": referral.need.topic.name,
            "partenaire": organisation.name,
            "numero": reached_at,
        },
    )


def answered(referral: Referral, entry) -> None:
    letters.to_applicant(
        referral.need.request,
        f"installation.referral-answered:{entry.pk}",
        "installation.referral-answered",
        {
            "besoin": referral.need.topic.name,
            "partenaire": referral.organisation.name,
            "reponse": ANSWERS[referral.state][0],
            "mot": referral.closing_note or NEXT[referral.state],
        },
    )


def told_desk(referral: Referral, entry) -> None:
    """An end: whoever follows the dossier decides what comes next."""
    request = referral.need.request
    if entry.actor is not None and entry.actor.is_staff:
        return  # the desk wrote the answer itself
    for address in letters.in_charge_addresses(request):
        post(
            f"installation.referral-ended:{entry.pk}:{address}",
            to=address,
            template="installation.referral-ended",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "besoin": referral.need.topic.name,
                "partenaire": referral.organisation.name,
                "reponse": ANSWERS[referral.state][1],
                "mot": referral.closing_note or "Sans autre précision.",
                "lien": f"{letters.admin_url(request)}?onglet=besoins",
            },
            about=request,
        )


def consent_asked(questions: Iterable[SharingQuestion]) -> None:
    questions = list(questions)
    need = questions[0].need
    names = [question.organisation.name for question in questions]
    letters.to_applicant(
        need.request,
        f"installation.consent-asked:{'-'.join(str(one.pk) for one in questions)}"[
            :200
        ],
        "installation.consent-asked",
        {
            "besoin": need.topic.name,
            "partenaires": _enumerated(names),
            "donnees": ", ".join(
                shared_fields.labels(shared_fields.fields_for(need.topic))
            ),
        },
    )


def consent_answered(question: SharingQuestion, *, outcome: str) -> None:
    request = question.need.request
    for address in letters.in_charge_addresses(request):
        post(
            f"installation.consent-answered:{question.pk}:{address}",
            to=address,
            template="installation.consent-answered",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "besoin": question.need.topic.name,
                "partenaire": question.organisation.name,
                "reponse": outcome,
                "lien": f"{letters.admin_url(request)}?onglet=besoins",
            },
            about=request,
        )


def need_added(need: Need, entry) -> None:
    """The person asks for one more thing."""
    request = need.request
    for address in letters.in_charge_addresses(request):
        post(
            f"installation.need-added:{entry.pk}:{address}",
            to=address,
            template="installation.need-added",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "besoin": need.topic.name,
                "mot": need.details or "Sans autre précision.",
                "lien": f"{letters.admin_url(request)}?onglet=besoins",
            },
            about=request,
        )


def _enumerated(names: list[str]) -> str:
    """« la CAF, la MSA et la mairie »."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"
