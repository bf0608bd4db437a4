"""Rents: read by who pays them, written down by who receives them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import roles
from casework import spreadsheets
from documents import serving
from internships.actions import rents as actions
from internships.forms.rents import PaymentForm, RentListForm
from internships.models import RentCall, RentPayment
from internships.models.rents import ZERO
from internships.rent_letters import ASK_THE_OWNER, euros

A_PAGE = 50
CSV_HEAD = [
    "mois",
    "logement",
    "chambre",
    "personne",
    "du",
    "au (exclu)",
    "nuits",
    "à payer",
    "dont charges",
    "reçu",
    "reste",
    "à payer avant le",
    "soldé le",
    "état",
]


def received(user):
    """What a person may write down: of their bodies, or of all for the desk."""
    calls = RentCall.objects.with_list_data()
    if roles.is_desk(user):
        return calls
    return calls.payable_to(user.person, timezone.localdate())


def standing(call: RentCall, day) -> tuple[str, str, str]:
    """How a call stands, in a word: label, look and icon of its badge."""
    if call.cancelled_at:
        return ("Annulé", "neutral", "x")
    if call.is_settled:
        return ("Payé", "success", "check")
    if call.is_late(day):
        return ("En retard", "danger", "clock")
    if call.paid_amount:
        return ("Payé en partie", "you", "clock")
    return ("À payer", "you", "clock")


def _line(call: RentCall, day) -> dict:
    return {
        "call": call,
        "badge": standing(call, day),
        "amount": euros(call.amount),
        "balance": euros(call.balance) if call.is_open and call.paid_amount else "",
        "overpaid": euros(call.overpaid) if call.overpaid else "",
        "how": call.room.dwelling.payment_words or ASK_THE_OWNER,
    }


# --- Who pays -----------------------------------------------------------------------


@never_cache
@require_safe
def rents_mine(request):
    day = timezone.localdate()
    calls = RentCall.objects.of(request.user.person).with_list_data()
    lines = [_line(call, day) for call in calls.order_by("-month", "-pk")[:100]]
    context = {
        "to_pay": [line for line in lines if line["call"].is_open],
        "past": [line for line in lines if not line["call"].is_open],
    }
    return render(request, "internships/rents/mine.html", context)


@never_cache
@require_safe
def rent_receipt(request, pk):
    """For who paid, and for who received."""
    person, day = request.user.person, timezone.localdate()
    calls = RentCall.objects.settled().filter(receipt__isnull=False)
    if not roles.is_desk(request.user):
        acting = person.memberships.acting(day).values("organisation")
        tenant = Q(stay__occupation__request__person=person)
        calls = calls.filter(tenant | Q(payee__in=acting))
    call = get_object_or_404(calls.select_related("receipt"), pk=pk)
    return serving.attachment(call.receipt)


# --- Who receives -------------------------------------------------------------------


def _listed(request):
    calls = received(request.user)
    if not roles.is_desk(request.user) and not _acts_somewhere(request):
        raise Http404
    form = RentListForm(request.GET)
    return form, form.narrow(calls, timezone.localdate()).order_by("-month", "-pk")


def _acts_somewhere(request) -> bool:
    """Whoever runs no dwelling, and never did, has no such page."""
    day = timezone.localdate()
    acting = request.user.person.memberships.acting(day)
    has = Q(organisation__dwellings__isnull=False)
    return acting.filter(has | Q(organisation__rent_calls__isnull=False)).exists()


@never_cache
@require_safe
def rents(request):
    day = timezone.localdate()
    form, calls = _listed(request)
    page = Paginator(calls, A_PAGE).get_page(request.GET.get("page"))
    late = received(request.user).late(day)
    sums = late.aggregate(due=Sum("amount"), paid=Sum("paid_amount"))
    context = {
        "form": form,
        "page": page,
        "lines": [_line(call, day) for call in page],
        "late": late.count(),
        "late_sum": euros((sums["due"] or ZERO) - (sums["paid"] or ZERO)),
        "states": RentListForm.STATES,
        "state": form.cleaned_data.get("etat", ""),
    }
    return render(request, "internships/rents/list.html", context)


@never_cache
@require_safe
def rents_csv(request):
    """The list as it is narrowed, for a spreadsheet."""
    day = timezone.localdate()
    _form, calls = _listed(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="loyers-{day}.csv"'
    rows = (_row(call, day) for call in calls.iterator(chunk_size=500))
    response.write(spreadsheets.MARK + spreadsheets.as_csv(CSV_HEAD, rows))
    return response


def _row(call: RentCall, day) -> list:
    return [
        f"{call.month:%Y-%m}",
        call.room.dwelling.name,
        call.room.name,
        call.person.full_name,
        call.period.lower,
        call.period.upper,
        call.nights,
        *(
            f"{sum_:.2f}".replace(".", ",")
            for sum_ in (call.amount, call.charges, call.paid_amount, call.balance)
        ),
        call.due_on,
        call.settled_on or "",
        standing(call, day)[0],
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rent_pay(request, pk):
    """One call: what was received of it, and what is received now."""
    day = timezone.localdate()
    call = get_object_or_404(received(request.user), pk=pk)
    form = PaymentForm(
        request.POST if request.method == "POST" else None, call=call, day=day
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.pay(call, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Le paiement est noté.")
            return redirect("internships:rent-pay", pk)
    context = {
        **_line(call, day),
        "form": form,
        "payments": [
            {"payment": payment, "amount": euros(payment.amount)}
            for payment in call.payments.select_related("recorded_by__person")
        ],
        "rest": euros(call.balance),
        "charges": euros(call.charges),
    }
    return render(request, "internships/rents/pay.html", context)


@never_cache
@require_POST
def rent_unpay(request, pk):
    calls = received(request.user).values("pk")
    payments = RentPayment.objects.filter(call__in=calls).select_related("call")
    payment = get_object_or_404(payments, pk=pk)
    try:
        actions.cancel_payment(payment, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Le paiement est annulé : le reste à payer revient.")
    return redirect("internships:rent-pay", payment.call_id)
