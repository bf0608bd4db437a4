"""Asking: what is asked, the form in steps, the callback, the receipt."""

import copy
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
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
from installation import actions, carried, drafts, kinds, presentation, recap, steps
from installation.forms import (
    CallbackForm,
    KindForm,
    SubjectForm,
)
from installation.letters import RESUME
from installation.models import InstallationRequest
from installation.views.dossier import find

Kind = InstallationRequest.Kind
step_url = partial(reverse, "installation:request-step")


@login_not_required
@require_safe
def home(request):
    return render(request, "installation/home.html", {"groups": kinds.cards()})


# --- Being called back -------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request):
    user = request.user if request.user.is_authenticated else None
    form = CallbackForm(request.POST or None, initial=_callback_initial(request, user))
    if form.is_valid() and _may_write(request, form, form.cleaned_data["email"]):
        asked = actions.ask_for_callback(
            submission=form.cleaned_data["submission"], answers=form.answers, by=user
        )
        drafts.remember_filed(request, asked)
        return redirect("installation:request-receipt", asked.reference)
    return render(request, "installation/callback.html", {"form": form})


def _may_write(request, form, address: str) -> bool:
    """Whoever types an address does not prove it: say no before it is flooded."""
    if limits.may_write_to(request, address):
        return True
    form.add_error(None, limits.TOO_OFTEN)
    return False


def _callback_initial(request, user) -> dict:
    subject = SubjectForm(request.GET)
    initial = {"subject": subject.cleaned_data["sujet"]} if subject.is_valid() else {}
    if user:
        person = user.person
        for name in ("first_name", "last_name", "email", "phone"):
            initial[name] = getattr(person, name)
    return initial


# --- The request --------------------------------------------------------------------


@login_not_required
@never_cache
@require_safe
def request_start(request):
    """Where a draft was left, the first page of what is asked, or the choice."""
    draft = drafts.current(request)
    kind = _asked_kind(request.GET)
    if draft:
        if kind and kind != draft.kind:
            messages.info(
                request,
                "Vous aviez commencé cette demande : terminez-la, effacez-la, ou "
                "changez ce que vous demandez.",
            )
        return redirect(draft)
    if kind == Kind.QUESTION:
        return redirect("installation:callback")
    if kind:
        return _step_page(request, 1, None, kind, _step_form(request, 1, None, kind))
    return render(request, "installation/request_kind.html", {"groups": kinds.cards()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_kind(request):
    """Ask for something else, without writing again who asks."""
    draft = drafts.current(request)
    if draft is None:
        return redirect("installation:request-start")
    _refuse_other_draft(request, draft)
    form = KindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            draft = actions.change_kind(draft, form.cleaned_data["nature"])
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            return redirect(draft)
    groups = kinds.cards(asked_in_pages=True)
    context = {"draft": draft, "form": form, "groups": groups}
    return render(request, "installation/request_kind.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_step(request, number):
    draft = drafts.current(request)
    kind = draft.kind if draft else _kind_to_start(request)
    pages = steps.STEPS[kind]
    if not (1 <= number <= len(pages) or (draft and number <= draft.step_reached)):
        raise Http404
    if request.method == "POST" and _was_sent(request):
        messages.info(request, "Cette demande est déjà partie : voici son reçu.")
        sent = InstallationRequest.objects.get(pk=drafts.filed(request)[-1])
        return redirect("installation:request-receipt", sent.reference)
    _refuse_other_draft(request, draft)
    reached = steps.reached(draft)
    if number > reached:
        messages.info(request, "Commencez par cette étape : la suite en dépend.")
        return redirect("installation:request-step", reached)
    form = _step_form(request, number, draft, kind)
    if not form.is_valid():
        return _step_page(request, number, draft, kind, form)
    if number == len(pages):
        return _submit(request, draft, form)
    return _save(request, draft, kind, number, form)


def _asked_kind(data) -> str:
    """What a link or a page says is asked; anything else is nothing."""
    form = KindForm(data)
    return form.cleaned_data["nature"] if form.is_valid() else ""


def _kind_to_start(request) -> str:
    asked = _asked_kind(request.POST or request.GET)
    return asked if asked in steps.STEPS else Kind.INSTALLATION


def _was_sent(request) -> bool:
    """The same page sent a second time, after the request has gone."""
    return request.POST.get("draft", "") in map(str, drafts.filed(request))


def _refuse_other_draft(request, draft) -> None:
    """A page belongs to one draft; written for another, it changes nothing."""
    posted = request.POST.get("draft", "")
    if posted and (draft is None or posted != str(draft.pk)):
        raise Http404


def _step_form(request, number: int, draft, kind):
    pages = steps.STEPS[kind]
    page = pages[number - 1]
    data = request.POST if request.method == "POST" else None
    if number == len(pages):
        return page.form(data, draft=draft)
    options = {}
    if number == 1 and request.user.is_authenticated:
        options["account_email"] = request.user.email
    # The form writes what it reads into its instance: the page keeps the real one.
    person = drafts.person_of(request)
    instance = copy.copy(draft) if draft else actions.blank(person, kind=kind)
    return page.form(data, instance=instance, **options)


def _save(request, draft, kind, number, form):
    if draft is None:
        draft = actions.start(person=drafts.person_of(request), kind=kind)
    try:
        draft = actions.save_step(draft, number, form.answers)
        drafts.remember(request, draft)
        if request.POST.get("then") == "link":
            if not _may_write(request, form, draft.email):
                return _step_page(request, number, draft, kind, form)
            actions.send_resume_link(draft)
            messages.success(
                request,
                "C’est enregistré. Le lien pour reprendre est parti à "
                f"{draft.email} : il est valable trente jours.",
            )
            return redirect("installation:request-step", number)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _step_page(request, number, draft, kind, form)
    return redirect("installation:request-step", number + 1)


def _submit(request, draft, form):
    last = len(steps.STEPS[draft.kind])
    if not _may_write(request, form, draft.email):
        return _step_page(request, last, draft, draft.kind, form)
    user = request.user if request.user.is_authenticated else None
    try:
        filed = actions.submit(
            draft,
            by=user,
            share_with=form.cleaned_data.get("share_with") or (),
            wants_news=form.cleaned_data["wants_news"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _step_page(request, last, draft, draft.kind, form)
    carried.deliver(request, filed)
    drafts.remember_filed(request, filed)
    return redirect("installation:request-receipt", filed.reference)


def _step_page(request, number, draft, kind, form):
    pages = steps.STEPS[kind]
    reached = steps.reached(draft)
    is_last = number == len(pages)
    context = {
        "step": pages[number - 1],
        "number": number,
        "kind": kind,
        "about": kinds.KINDS[kind],
        "form": form,
        # The same for every visitor who starts: drawn once, then kept.
        "is_blank": not (draft or form.is_bound or request.user.is_authenticated),
        "draft": draft,
        "carried": carried.offer(request),
        "facts": recap.facts(draft) if is_last else [],
        "summary": recap.summary(draft) if draft else [],
        "reached": reached,
        "road": steps.road(pages, number, reached, lambda n: step_url(args=[n])),
        "step_count": len(pages),
        "onward": steps.onward(pages, number),
        "next_title": "" if is_last else pages[number].title,
        "back_url": step_url(args=[number - 1]) if number > 1 else "",
        "is_last": is_last,
    }
    return render(request, "installation/request_step.html", context)


@login_not_required
@never_cache
@require_safe
def request_resume(request, pk):
    """Where a link of ours leads, once it has been traded for this session."""
    if pk not in links.scoped(request, RESUME):
        raise Http404
    draft = get_object_or_404(InstallationRequest.objects.drafts(), pk=pk)
    if draft.applicant_id and draft.applicant != drafts.person_of(request):
        return redirect_to_login(draft.get_absolute_url())
    drafts.remember(request, draft)
    return redirect(draft)


@login_not_required
@require_POST
def request_discard(request):
    draft = drafts.current(request)
    if draft:
        try:
            actions.discard_draft(draft)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, "Votre brouillon est effacé.")
    drafts.forget(request)
    return redirect("installation:home")


@login_not_required
@never_cache
@require_safe
def request_receipt(request, reference):
    dossier = find(request, reference, with_receipt=True)
    if dossier is None:
        raise Http404
    day = timezone.localdate()
    context = {
        "dossier": dossier,
        "receipt": presentation.receipt_of(dossier),
        "in_charge": presentation.in_charge(dossier, day),
        "may_follow": find(request, reference) is not None,
    }
    return render(request, "installation/request_receipt.html", context)
