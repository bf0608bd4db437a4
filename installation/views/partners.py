"""The partner's pages: from an e-mailed link, or with an account of a member.

Reading changes nothing; every answer is a POST, and goes through an action.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import limits
from casework import links
from installation import partner_pages, partners
from installation.actions import partners as acts
from installation.actions import referrals
from installation.forms.partners import (
    DeclineForm,
    DoorForm,
    EndForm,
    PartnerMessageForm,
)
from installation.models import Referral

HISTORY_PAGE = 25


def for_partners(view):
    """A visitor without a link or an account is shown the door, which has a bell."""

    @login_not_required
    @never_cache
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        request.organisations = partners.organisations_of(request)
        if not request.user.is_authenticated and not request.organisations.exists():
            return redirect("installation:partners")
        return view(request, *args, **kwargs)

    return wrapped


def for_its_partner(view):
    """The referral, if it was sent to an organisation this browser acts for."""

    @for_partners
    @wraps(view)
    def wrapped(request, pk, *args, **kwargs):
        rows = Referral.objects.of_organisations(request.organisations)
        rows = rows.select_related(
            "need__topic",
            "need__request__applicant",
            "need__request__case_worker__person",
            "organisation",
            "consent",
        )
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return wrapped


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partners_home(request):
    """One's organisations; to whoever has none, how to come in."""
    organisations = list(partners.organisations_of(request))
    if len(organisations) == 1:
        return redirect("installation:partner-basket", organisations[0].pk)
    if organisations:
        pages = [(one, partner_pages.counts(one)) for one in organisations]
        return render(request, "installation/partners_home.html", {"pages": pages})
    form = DoorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if limits.may_write_to(request, address):
            acts.send_link(address)
            return redirect("installation:partner-link-sent")
        form.add_error(None, limits.TOO_OFTEN)
    context = {"form": form, "was_closed": bool(request.session.get(links.SESSION_KEY))}
    return render(request, "installation/partner_door.html", context)


@login_not_required
@require_safe
def partner_link_sent(request):
    """The same answer whatever was sent: an address is never confirmed here."""
    return render(request, "installation/partner_link_sent.html")


@require_safe
@for_partners
def partner_basket(request, pk):
    organisation = get_object_or_404(request.organisations, pk=pk)
    context = {
        "page": partner_pages.basket(organisation, timezone.localdate()),
        "organisation": organisation,
        "others": request.organisations.count() > 1,
        "is_member": _is_member(request, organisation),
    }
    return render(request, "installation/partner_basket.html", context)


@require_safe
@for_partners
def partner_history(request, pk):
    """All that was asked of one's organisation, for its members: dates, no person."""
    organisation = get_object_or_404(request.organisations, pk=pk)
    if not _is_member(request, organisation):
        raise Http404
    ended = organisation.referrals.exclude(ended_at=None).select_related("need__topic")
    rows = Paginator(ended.order_by("-ended_at", "-pk"), HISTORY_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "counts": partner_pages.counts(organisation),
        "page": page,
        "lines": partner_pages.history(page),
    }
    return render(request, "installation/partner_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_partner
def partner_referral(request, referral):
    """One need, its listed fields, and what was written about it."""
    form = PartnerMessageForm(
        request.POST if request.method == "POST" else None,
        initial={"signature": _signature(request, referral)},
    )
    if form.is_valid():
        try:
            limits.require_pace(request, "message")
            acts.answer(referral, by=_account(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            referral = _again(referral)
        else:
            messages.success(request, "Votre message est parti.")
            return redirect(f"{_url(referral)}#echanges")
    return _page(request, referral, form)


@require_POST
@for_its_partner
def partner_take(request, referral):
    """« Je m'en occupe »: twice does no harm."""
    if not partners.is_readable(referral):
        return redirect(_url(referral))
    try:
        referrals.take(referral, by=_account(request))
    except ValidationError:
        messages.info(request, partner_pages.meanwhile(_again(referral)))
    else:
        messages.success(
            request, "C’est noté : la personne sait que vous vous en occupez."
        )
    return redirect(_url(referral))


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_partner
def partner_decline(request, referral):
    """« Pas pour nous », and where to send it instead."""
    data = request.POST if request.method == "POST" else None
    form = DeclineForm(data, referral=referral)
    return _end(
        request,
        referral,
        form,
        "installation/partner_decline.html",
        lambda: referrals.decline(referral, note=form.said, by=_account(request)),
        "C’est noté. Le guichet cherche ailleurs : vous n’avez plus rien à faire.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_partner
def partner_end(request, referral):
    """« C'est terminé »: helped, no help exists, or nobody could be reached."""
    form = EndForm(request.POST if request.method == "POST" else None)
    return _end(
        request,
        referral,
        form,
        "installation/partner_end.html",
        lambda: getattr(referrals, form.act)(
            referral, note=form.cleaned_data["note"], by=_account(request)
        ),
        "Merci. La personne et le guichet sont prévenus.",
    )


def _end(request, referral, form, template, act, thanks):
    """Ask, act, thank; what was typed stays when someone else was quicker."""
    if request.method != "POST" and not partners.is_readable(referral):
        return redirect(_url(referral))
    if form.is_valid():
        try:
            if not partners.is_readable(referral):
                raise ValidationError(acts.OVER, code="over")
            act()
        except ValidationError:
            referral = _again(referral)
            form.add_error(None, partner_pages.meanwhile(referral))
        else:
            messages.success(request, thanks)
            return redirect("installation:partner-basket", referral.organisation_id)
    context = {
        "referral": referral,
        "form": form,
        "whom": partner_pages.whom(referral),
        "is_over": not partners.is_readable(referral),
    }
    return render(request, template, context)


@require_POST
@for_its_partner
def partner_undo(request, referral):
    """An end clicked by mistake, taken back within the day."""
    try:
        acts.undo(referral, by=_account(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "C’est repris : ce besoin est de nouveau en main.")
    return redirect(_url(referral))


def _page(request, referral, form):
    over = partner_pages.over(referral)
    context = {"referral": referral, "badge": partner_pages.badge(referral)}
    if over:
        # What was just typed, and that alone: a refused message is not lost.
        typed = form.data.get("body", "") if form.is_bound else ""
        context |= {"over": over, "typed": typed}
        return render(request, "installation/partner_over.html", context)
    day = timezone.localdate()
    context |= {
        "form": form,
        "facts": partner_pages.facts(referral),
        "whom": partner_pages.whom(referral),
        "thread": partner_pages.thread(referral),
        "answer_by": partner_pages.answer_by(referral, day),
        "in_charge": partner_pages.in_charge(referral, day),
    }
    return render(request, "installation/partner_referral.html", context)


def _again(referral):
    """As it stands now, after somebody else answered."""
    rows = Referral.objects.select_related(
        "need__topic", "need__request__applicant", "organisation", "consent"
    )
    return rows.get(pk=referral.pk)


def _url(referral) -> str:
    return reverse("installation:partner-referral", args=[referral.pk])


def _account(request):
    return request.user if request.user.is_authenticated else None


def _is_member(request, organisation) -> bool:
    """By account rather than by link: history is for those who are of the house."""
    if not request.user.is_authenticated:
        return False
    return (
        partners.memberships_of(request.user).filter(organisation=organisation).exists()
    )


def _signature(request, referral) -> str:
    """Who writes: the account, else whoever signed last, else whom we wrote to."""
    if request.user.is_authenticated:
        return request.user.get_full_name()
    signed = referral.messages.exclude(signature="").last()
    return signed.signature if signed else referral.contact_name
