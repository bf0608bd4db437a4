"""Asking for a bed, answering an option, and the stay that follows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from casework.days import said
from casework.models import Receipt
from documents import serving
from internships import housing_lines, indemnities, waiting_list
from internships.actions import extensions, holds, housing, incidents, stays
from internships.forms.housing import (
    ChangeDatesForm,
    ConfirmForm,
    ExtendForm,
    HousingRequestForm,
    InsuranceForm,
    LeaveForm,
)
from internships.models import HousingRequest, Occupation, Placement, Stay

PAGE = ["GET", "HEAD", "POST"]


def _posted(request):
    return request.POST if request.method == "POST" else None


@never_cache
@require_http_methods(PAGE)
def housing_new(request):
    """Dates, who comes, where: a bed at once if one is free, else the waiting list."""
    person, today = request.user.person, timezone.localdate()
    placement = _placement(request, person, today)
    asked = HousingRequest(person=person, placement=placement)
    form = HousingRequestForm(
        _posted(request),
        instance=asked,
        placement=placement,
        wording=indemnities.wording(placement.kind if placement else "", today),
        initial=_first_answers(request, placement, today),
    )
    if form.is_valid():
        try:
            occupation = housing.submit(
                asked, dwellings=form.cleaned_data["dwellings"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _tell_outcome(request, asked, occupation)
            return redirect(asked)
    context = {"form": form, "placement": placement}
    return render(request, "internships/housing_new.html", context)


def _placement(request, person, today):
    """The one the address names, if it is theirs and not over."""
    number = request.GET.get("stage", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    mine = Placement.objects.of(person).kept().filter(period__endswith__gt=today)
    return mine.select_related("site", "semester").filter(pk=number).first()


def _first_answers(request, placement, today) -> dict:
    first = {"dwellings": [n for n in request.GET.getlist("logement") if n.isdigit()]}
    if placement:
        first["arrival"] = max(placement.period.lower, today)
        first["departure"] = placement.period.upper
    return first


def _tell_outcome(request, asked, occupation) -> None:
    if occupation:
        messages.success(
            request,
            f"Une chambre est retenue pour vous : option jusqu’au "
            f"{said(occupation.held_until)}.",
        )
    elif asked.dwellings.exists():
        messages.info(
            request,
            f"{holds.TAKEN} Votre demande {asked.reference} est sur la liste "
            "d’attente : nous vous écrivons dès qu’elle se libère.",
        )
    else:
        messages.info(
            request,
            f"Votre demande {asked.reference} est sur la liste d’attente : nous vous "
            "écrivons dès qu’une chambre vous est proposée.",
        )


@never_cache
@require_safe
def housing_detail(request, pk):
    """What became of the request, what is awaited, and what may be done."""
    asked = _mine(request, pk)
    today = timezone.localdate()
    occupation = _kept(asked)
    stay = Stay.objects.filter(occupation=occupation).first() if occupation else None
    context = {
        "asked": asked,
        "badge": housing_lines.badge(asked),
        "occupation": occupation,
        "home": occupation.room.dwelling if occupation else None,
        "stay": stay,
        "road": housing_lines.road(asked, stay),
        "inventories": list(stay.inventories.all()) if stay else [],
        "may_report": stay and incidents.homes(request.user.person, today).exists(),
        "must_accept": not asked.wording,
        "dwellings": list(asked.dwellings.in_order().select_related("commune")),
        "receipt": Receipt.objects.about(asked).first(),
        "insurance_form": InsuranceForm() if housing_lines.awaits(stay) else None,
        "may": housing_lines.may(asked, stay),
        "question": housing_lines.question(extensions.question_to(asked)),
    }
    if asked.state == HousingRequest.State.WAITING:
        found = waiting_list.read(today, with_beds=False)
        mine = found.of(asked)
        context |= {
            "score": mine.score if mine else None,
            "place": found.place_of(asked),
            "opens_on": mine.opens_on if mine else None,
        }
    return render(request, "internships/housing_detail.html", context)


@never_cache
@require_http_methods(PAGE)
def housing_confirm(request, pk):
    """Yes to the bed; asked what does not add up if they never accepted it."""
    asked = _mine(request, pk)
    wording = housing_lines.wording_to_accept(asked)
    form = ConfirmForm(_posted(request), wording=wording)
    occupation = _kept(asked)
    if request.method != "POST" and not housing_lines.may(asked, None)["answer"]:
        return redirect(asked)

    def do(cleaned):
        holds.confirm(asked, accepted_wording=wording, by=request.user)
        return "Votre chambre est confirmée. Il reste l’assurance et l’état des lieux."

    lead = ""
    if occupation:
        lead = (
            f"{occupation.room}, du {said(occupation.period.lower)} au "
            f"{said(occupation.period.upper)}."
        )
    title = "Confirmer ma chambre"
    return _page(request, asked, form, do, title, lead, "Confirmer cette chambre")


@never_cache
@require_POST
def housing_decline(request, pk):
    return _done(
        request,
        _mine(request, pk),
        holds.decline,
        "L’option est rendue : vous restez sur la liste d’attente.",
    )


@never_cache
@require_POST
def housing_still(request, pk):
    return _done(
        request,
        _mine(request, pk),
        holds.still_wanted,
        "Vous êtes de nouveau sur la liste : la prochaine chambre qui convient vous "
        "est proposée.",
    )


@never_cache
@require_http_methods(PAGE)
def housing_withdraw(request, pk):
    """Asked once more: the bed goes to somebody else at once."""
    asked = _mine(request, pk)
    if request.method == "POST":
        return _done(request, asked, holds.withdraw, "Votre demande est retirée.")
    return render(request, "internships/housing_withdraw.html", {"asked": asked})


@never_cache
@require_http_methods(PAGE)
def housing_dates(request, pk):
    asked = _mine(request, pk)
    form = ChangeDatesForm(
        _posted(request),
        has_bed=_kept(asked) is not None,
        initial={"arrival": asked.period.lower, "departure": asked.period.upper},
    )

    def do(cleaned):
        housing.change_dates(
            asked,
            DateRange(cleaned["arrival"], cleaned["departure"]),
            gives_bed_up=cleaned.get("gives_bed_up", False),
            by=request.user,
        )
        return "Vos dates sont changées."

    lead = "Si votre chambre est libre à ces dates, vous la gardez."
    return _page(request, asked, form, do, "Changer mes dates", lead, "Changer")


@never_cache
@require_http_methods(PAGE)
def housing_leave(request, pk):
    asked = _mine(request, pk)
    form = LeaveForm(_posted(request))

    def do(cleaned):
        housing.leave_early(asked, cleaned["on"], by=request.user)
        return f"C’est noté : vous partez le {said(cleaned['on'])}."

    lead = (
        f"Votre départ est prévu le {said(asked.period.upper)}. Les nuits que vous "
        "libérez sont proposées à quelqu’un d’autre."
    )
    return _page(request, asked, form, do, "Partir plus tôt", lead, "Partir plus tôt")


@never_cache
@require_http_methods(PAGE)
def housing_extend(request, pk):
    asked = _mine(request, pk)
    form = ExtendForm(_posted(request))

    def do(cleaned):
        if extensions.extend(asked, cleaned["until"], by=request.user):
            return f"C’est noté : vous restez jusqu’au {said(cleaned['until'])}."
        return (
            "Quelqu’un d’autre est attendu dans cette chambre : nous lui posons la "
            "question, et nous vous répondons."
        )

    lead = (
        f"Votre départ est prévu le {said(asked.period.upper)}. Si personne n’est "
        "attendu après vous, c’est fait tout de suite."
    )
    title = "Rester plus longtemps"
    return _page(request, asked, form, do, title, lead, "Demander à rester")


@never_cache
@require_POST
def housing_make_room(request, pk):
    """Somebody would stay on in the bed kept for them: yes, or no."""
    asked = _mine(request, pk)
    if request.POST.get("answer") == "yes":
        told = "Merci. Vos dates ou votre chambre ont changé comme proposé."
        return _done(request, asked, extensions.make_room, told)
    told = "C’est noté : vous gardez votre chambre et vos dates."
    return _done(request, asked, extensions.keep_days, told)


def _page(request, asked, form, do, title, lead, button):
    """One question and its answer; what is refused is told beside it."""
    if form.is_valid():
        try:
            told = do(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, told)
            return redirect(asked)
    context = {
        "asked": asked,
        "form": form,
        "act_title": title,
        "lead": lead,
        "button": button,
    }
    return render(request, "internships/housing_act.html", context)


@never_cache
@require_POST
def housing_insurance(request, pk):
    asked = _mine(request, pk)
    stay = _stay(asked)
    form = InsuranceForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, form.errors["file"][0])
    else:
        try:
            stays.send_insurance(stay, form.cleaned_data["file"], by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, "Votre attestation est envoyée.")
    return redirect(asked)


@never_cache
@require_safe
def housing_insurance_document(request, pk):
    """To whoever sent it, and to nobody else here."""
    stay = _stay(_mine(request, pk))
    if stay.insurance is None:
        raise Http404("nothing sent yet")
    return serving.attachment(stay.insurance)


def _mine(request, pk) -> HousingRequest:
    mine = HousingRequest.objects.of(request.user.person)
    return get_object_or_404(mine.select_related("placement__site", "person"), pk=pk)


def _kept(asked) -> Occupation | None:
    kept = Occupation.objects.standing().filter(request=asked)
    return kept.with_list_data().first()


def _stay(asked) -> Stay:
    current = Stay.objects.current().with_list_data()
    return get_object_or_404(current, occupation__request=asked)


def _done(request, asked, act, told):
    try:
        act(asked, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect(asked)
