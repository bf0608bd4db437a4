"""« Orienter » : to whom a need goes, what is sent, and under which agreement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import Consent
from installation import directory, shared_fields
from installation.actions import referrals
from installation.forms.needs import OrientForm
from installation.models import Need, Referral
from installation.suggestion import Suggestion, suggest
from installation.wording import consent_to_share
from territory.models import Organisation

NO_AGREEMENT = (
    "Rien n’est transmis sans l’accord de la personne (R-50). Il manque pour : "
    "{names}. Cochez l’accord donné de vive voix, ou demandez-le par courriel."
)


@dataclass(frozen=True)
class Row:
    """One partner of the page: why it, and whether the person agrees."""

    suggestion: Suggestion
    consent: Consent | None
    is_asked: bool
    wording: str
    is_chosen: bool
    has_agreed: bool

    @property
    def organisation(self) -> Organisation:
        return self.suggestion.partner.organisation

    @property
    def is_reachable(self) -> bool:
        return bool(self.suggestion.address)


def orient(page, request, dossier, pk):
    """GET proposes, POST sends what was chosen, or asks the person first."""
    need = get_object_or_404(
        dossier.needs.kept().select_related("topic", "request__applicant"), pk=pk
    )
    back_url = page._url(dossier, tab="besoins")
    day = timezone.localdate()
    partners = {one.organisation.pk: one for one in directory.load(day)}
    handed = list(need.referrals.select_related("organisation"))
    busy = {one.organisation_id for one in handed if one.is_running}
    declined = {
        one.organisation_id for one in handed if one.state == Referral.State.NOT_FOR_ME
    }
    wished = directory.wished_by([dossier])[dossier.pk]
    candidates = [one for pk, one in partners.items() if pk not in busy]
    suggested = suggest(need.topic, wished, candidates, day, declined=declined)
    form = OrientForm(
        data=request.POST if request.method == "POST" else None,
        need=need,
        suggested=[one.partner.organisation.pk for one in suggested],
        busy=busy,
    )
    if request.method == "POST" and form.is_valid():
        choices = [
            (one, partners[one.pk].answering(need.topic, day).contact)
            for one in form.cleaned_data["chosen"]
        ]
        try:
            done = _act(need, choices, form, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(back_url)
    context = {
        **page.admin_site.each_context(request),
        "dossier": dossier,
        "need": need,
        "form": form,
        "rows": _rows(need, suggested, form),
        "in_hand": [one for one in handed if one.is_running],
        "fields": shared_fields.preview(need, shared_fields.fields_for(need.topic)),
        "may_ask": bool(dossier.contact_email),
        "wished": wished,
        "is_offered": dossier.allows("exchange"),
        "back_url": back_url,
        "title": f"Orienter : {need.topic}",
    }
    return TemplateResponse(request, "gestion/orient.html", context)


def _act(need: Need, choices: list, form: OrientForm, *, by) -> str:
    """Send to those who may be told; ask the person about the others, if wished."""
    cleaned = form.cleaned_data
    missing = form.without_agreement()
    if missing and cleaned["act"] == OrientForm.SEND:
        names = ", ".join(organisation.name for organisation in missing)
        raise ValidationError(NO_AGREEMENT.format(names=names))
    told = [choice for choice in choices if choice[0] not in missing]
    asked = [choice for choice in choices if choice[0] in missing]
    said = []
    if asked:
        referrals.ask_consent(need, asked, message=cleaned["message"], by=by)
        said.append(
            "L’accord est demandé à la personne : l’orientation part dès qu’elle "
            "accepte."
        )
    if told:
        referrals.refer(
            need,
            told,
            agreed_by_phone=cleaned["agreed"],
            message=cleaned["message"],
            urgent=cleaned["urgent"],
            by=by,
        )
        said.insert(0, f"Le besoin est confié à {_names(told)}.")
    return " ".join(said)


def _names(choices) -> str:
    return ", ".join(organisation.name for organisation, _contact in choices)


def _rows(need: Need, suggested: Iterable[Suggestion], form: OrientForm) -> list[Row]:
    person = need.request.applicant
    running = person.consents.active().filter(purpose=Consent.Purpose.SHARE_PROFILE)
    consents = {consent.organisation_id: consent for consent in running}
    asked = set(need.sharing_questions.pending().values_list("organisation", flat=True))
    chosen = set(form["partners"].value() or [])
    agreed = set(form["agreed"].value() or [])
    return [
        Row(
            suggestion=suggestion,
            consent=consents.get(organisation.pk),
            is_asked=organisation.pk in asked,
            wording=consent_to_share(organisation),
            is_chosen=str(organisation.pk) in chosen,
            has_agreed=str(organisation.pk) in agreed,
        )
        for suggestion in suggested
        for organisation in [suggestion.partner.organisation]
    ]
