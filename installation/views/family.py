"""The family side of a dossier: for whoever asked, and whoever they invited."""

import copy
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from casework import links
from installation import drafts, family
from installation.actions import family as actions
from installation.forms.family import FamilyForm, FamilyMessageForm, InviteForm
from installation.letters import FOLLOW
from installation.models import FamilyAccess, InstallationRequest
from installation.views.dossier import find, for_its_owner


@dataclass(frozen=True)
class Reader:
    """Who opens the family side: the applicant when there is no access."""

    dossier: InstallationRequest
    access: FamilyAccess | None = None

    @property
    def has_joined(self) -> bool:
        return self.access is None or self.access.is_accepted


def _reader(request, reference: str) -> Reader | None:
    if dossier := find(request, reference):
        return Reader(dossier) if family.is_shown(dossier) else None
    if access := _access_of(request, reference):
        return Reader(access.request, access)
    return None


def _access_of(request, reference: str) -> FamilyAccess | None:
    """Theirs by account, by the link they received, or by their confirmed address."""
    rows = FamilyAccess.objects.open().filter(
        request__reference=reference, request__forgotten_at=None
    )
    rows = rows.select_related(
        "person", "request__applicant", "request__case_worker__person"
    )
    person = drafts.person_of(request)
    if person and (joined := rows.of(person).first()):
        return joined
    by_link = rows.filter(pk__in=links.scoped(request, family.SCOPE)).first()
    if by_link or person is None or person.email_confirmed_at is None:
        return by_link
    return rows.awaiting(person.email).first()


def for_the_family(view):
    """A visitor without a link signs in first; a stranger finds nothing."""

    @wraps(view)
    @login_not_required
    @never_cache
    def wrapped(request, reference, *args, **kwargs):
        known = (
            request.user.is_authenticated
            or links.scoped(request, family.SCOPE)
            or links.scoped(request, FOLLOW)
        )
        if not known:
            return redirect_to_login(request.path)
        reader = _reader(request, reference)
        if reader is None:
            raise Http404
        return view(request, reader, *args, **kwargs)

    return wrapped


def _user(request):
    return request.user if request.user.is_authenticated else None


# --- The family side -------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_family
def family_detail(request, reader):
    if not reader.has_joined:
        return _invitation(request, reader.access)
    form = FamilyMessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            limits.require_pace(request, "message")
            actions.write(
                reader.dossier,
                form.cleaned_data["body"],
                access=reader.access,
                by=_user(request),
                submission=form.cleaned_data["submission"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Votre message est parti.")
            return redirect(f"{request.path}#echanges")
    page = family.page(reader.dossier, reader.access, timezone.localdate())
    context = {"page": page, "form": form}
    return render(request, "installation/family_detail.html", context)


def _invitation(request, access, refusal=""):
    """Before accepting, there is nothing but who invites, and to what."""
    context = {
        "reference": access.request.reference,
        "invited_name": access.invited_name,
        "applicant": access.request.full_name,
        "seen": family.SEEN,
        "never_seen": family.NEVER_SEEN,
        "refusal": refusal,
    }
    return render(request, "installation/family_invitation.html", context)


@require_POST
@for_the_family
def family_accept(request, reader):
    if reader.access is None:
        raise Http404
    try:
        actions.accept(reader.access, by=_user(request))
    except ValidationError as refusal:
        return _invitation(request, reader.access, refusal.messages[0])
    messages.success(request, "Bienvenue du côté famille.")
    return redirect("installation:family-detail", reader.dossier.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_family
def family_update(request, reader):
    if not reader.has_joined:
        raise Http404
    form = FamilyForm(
        request.POST if request.method == "POST" else None,
        # The form writes what it reads into its instance: the page keeps the real one.
        instance=copy.copy(reader.dossier),
    )
    if form.is_valid():
        try:
            actions.update(
                reader.dossier, form.answers, access=reader.access, by=_user(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est noté, et le guichet est prévenu.")
            return redirect("installation:family-detail", reader.dossier.reference)
    context = {"reference": reader.dossier.reference, "form": form}
    return render(request, "installation/family_update.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_family
def family_leave(request, reader):
    """Whoever was invited refuses, or leaves."""
    if reader.access is None:
        raise Http404
    if request.method == "POST":
        actions.leave(reader.access, by=_user(request))
        messages.success(request, "C’est fait : vous n’avez plus accès à ce dossier.")
        return redirect("space" if _user(request) else "installation:home")
    context = {
        "reference": reader.dossier.reference,
        "applicant": reader.dossier.full_name,
        "has_joined": reader.has_joined,
    }
    return render(request, "installation/family_leave.html", context)


# --- Inviting, by the applicant ----------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def family_invite(request, dossier):
    if not family.is_shown(dossier):
        raise Http404
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invite(request, dossier, form):
        messages.success(
            request, f"L’invitation est partie à {form.cleaned_data['email']}."
        )
        return redirect("installation:family-invite", dossier.reference)
    context = {
        "dossier": dossier,
        "form": form,
        "accesses": list(family.accesses(dossier)),
        "is_open": family.is_open_to(dossier),
        "seen": family.SEEN,
        "never_seen": family.NEVER_SEEN,
    }
    return render(request, "installation/family_invite.html", context)


def _invite(request, dossier, form) -> bool:
    """Whoever types an address does not prove it: say no before it is flooded."""
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    if not limits.may_write_to(request, email):
        form.add_error(None, limits.TOO_OFTEN)
        return False
    try:
        actions.invite(dossier, name=name, email=email, by=_user(request))
    except ValidationError as refusal:
        form.add_error("email", refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def family_end(request, dossier, pk):
    rows = dossier.family_accesses.open().select_related("person")
    access = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        actions.end(access, by=_user(request))
        messages.success(request, f"L’accès de {access.shown_name} est terminé.")
        return redirect("installation:family-invite", dossier.reference)
    context = {"dossier": dossier, "access": access}
    return render(request, "installation/family_end.html", context)
