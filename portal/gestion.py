"""The frame of the back-office: its menu, its search, its doors in and out."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import roles
from accounts.models import Person
from bursaries.models import BankAccount
from casework import actions
from casework.models import Task
from installation.models import InstallationRequest
from territory.models import Commune, Organisation

RESULTS_SHOWN = 8
COUNTED = 100

# What is opened every day, then the rest by what it is about. An entry is there for
# those who may see its list, a section for those who see one of its entries.
FOLDED = {"Structures et zonages", "Réglages"}
MENU = [
    (
        "Dossiers",
        [
            ("installation.InstallationRequest", "Demandes", "folder-open"),
            ("installation.Referral", "Orientations", "send"),
            ("casework.Task", "Tâches", "check"),
            ("casework.Message", "Courriels", "mail"),
            ("accounts.Person", "Personnes", "users"),
        ],
    ),
    (
        "Partenaires",
        [
            ("territory.Organisation", "Annuaire", "handshake"),
            ("installation.Mentor", "Compagnons", "hand"),
            ("installation.Mentorship", "Compagnonnages", "users"),
        ],
    ),
    (
        "Offres",
        [
            ("installation.PracticeOffer", "Offres", "key-round"),
            ("installation.Introduction", "Mises en relation", "handshake"),
            ("listings.SavedSearch", "Alertes", "bell"),
        ],
    ),
    (
        "Stages",
        [
            ("internships.PlacementOffer", "Offres de stage", "stethoscope"),
            ("internships.Interest", "Intérêts", "hand"),
            ("internships.Placement", "Stages", "footprints"),
            ("internships.PlacementSite", "Terrains", "map-pin"),
            ("internships.Supervisor", "Maîtres de stage", "user-check"),
            ("internships.Semester", "Semestres", "calendar-days"),
        ],
    ),
    (
        "Logements",
        [
            ("internships.Dwelling", "Logements", "house"),
            ("internships.Room", "Chambres", "key-round"),
            ("internships.RentCall", "Loyers", "briefcase"),
            ("internships.Incident", "Incidents", "triangle-alert"),
        ],
    ),
    (
        "Bourses",
        [
            ("bursaries.BursaryApplication", "Demandes de bourse", "inbox"),
            ("bursaries.Agreement", "Conventions", "handshake"),
            ("bursaries.PaymentLine", "Versements", "briefcase"),
            ("bursaries.BreachCase", "Manquements", "triangle-alert"),
            ("bursaries.CommitteeSession", "Séances", "calendar-days"),
            ("bursaries.BankAccount", "Comptes bancaires", "briefcase"),
            ("bursaries.BudgetEnvelope", "Enveloppes", "folder-open"),
            ("bursaries.Scheme", "Bourses", "book-open"),
            ("bursaries.SchemeVersion", "Versions des règles", "file-text"),
            ("bursaries.ClauseText", "Clauses", "paperclip"),
        ],
    ),
    (
        "Aides",
        [
            ("installation.AidRequest", "Demandes d’aide", "briefcase"),
            ("installation.AidProgramme", "Catalogue des aides", "book-open"),
            ("installation.LocalAidRecord", "Aides déjà signées", "archive"),
        ],
    ),
    (
        "Structures et zonages",
        [
            ("installation.StructureProject", "Structures aidées", "building-2"),
            ("territory.HealthStructure", "Lieux de soins", "stethoscope"),
            ("territory.Commune", "Communes", "map-pin"),
            ("territory.Zoning", "Zonages", "map"),
            ("territory.ImportRun", "Chargements", "upload"),
        ],
    ),
    (
        "Réglages",
        [
            ("territory.Desk", "Le guichet", "info"),
            ("casework.Absence", "Absences", "calendar-days"),
            ("casework.EmailTemplate", "Modèles", "file-text"),
            ("casework.LadderStep", "Relances", "bell"),
            ("documents.SigningPower", "Signataires", "user-check"),
            ("documents.SealCertificate", "Cachet", "shield-check"),
            ("installation.NeedRule", "Règles des besoins", "house"),
            ("installation.PlanTemplateStep", "Étapes types", "milestone"),
            ("accounts.User", "Comptes", "accessibility"),
        ],
    ),
]


def toolbar(request) -> dict:
    """What every page of the back-office shows above its title."""
    return {
        "can_take_calls": roles.is_desk(request.user),
        "demo_url": reverse("demo:index") if settings.DEMO else "",
    }


def navigation(request) -> list[dict]:
    """The menu, for the rights and the place of this reader."""
    index = reverse("admin:index")
    is_desk = roles.is_desk(request.user)
    first = {
        "title": "Cette semaine" if is_desk else "Accueil",
        "icon": "sunrise",
        "link": index,
        "active": request.path == index,
    }
    groups = [
        {"title": title, "items": _entries(request, menu)} for title, menu in MENU
    ]
    if is_desk:
        dossiers = groups[0]["items"]
        _count_queue(dossiers, request.user)
        dossiers.append(_page(request, "gestion:duplicates", "Doublons", "user-check"))
        indicators = _page(
            request, "admin:installation_indicators", "Indicateurs", "flag"
        )
        if indicators["active"]:
            # Its address lies under that of the queue.
            dossiers[0]["active"] = False
        dossiers.append(indicators)
        _add_planning(request, groups)
        occupancy = _page(
            request,
            "admin:internships_occupancy",
            "Occupation et coût",
            "calendar-days",
        )
        homes = next(group for group in groups if group["title"] == "Logements")
        if occupancy["active"]:
            for entry in homes["items"]:
                entry["active"] = False
        homes["items"].append(occupancy)
    if roles.has_role(request.user, roles.FINANCES):
        _count_accounts(groups)
    for group in groups:
        is_here = any(entry["active"] for entry in group["items"])
        group["is_open"] = is_here or group["title"] not in FOLDED
    groups.insert(0, {"title": "", "items": [first]})
    return [group for group in groups if group["items"]]


def _page(request, name: str, title: str, icon: str) -> dict:
    """An entry that is no list."""
    link = reverse(name)
    return {"title": title, "icon": icon, "link": link, "active": request.path == link}


def _add_planning(request, groups: list[dict]) -> None:
    """The planning of the rooms, whose address lies under that of their list."""
    items = next(group["items"] for group in groups if group["title"] == "Logements")
    planning = _page(request, "admin:internships_planning", "Planning", "calendar-days")
    if planning["active"]:
        for entry in items:
            entry["active"] = False
    items.insert(0, planning)


def _count_queue(entries: list[dict], user) -> None:
    """What waits in the queue as it opens: theirs, and what nobody took."""
    mine = [user, *actions.covered_by(user, timezone.localdate())]
    mine_or_nobody_s = Q(case_worker__in=mine) | Q(case_worker=None)
    waiting = InstallationRequest.objects.open().filter(mine_or_nobody_s)
    number = waiting.order_by().values("pk")[:COUNTED].count()
    for entry in entries:
        if entry["link"].endswith("/installationrequest/") and number:
            entry["badge"] = f"{COUNTED - 1}+" if number == COUNTED else number
            entry["badge_label"] = "dossiers ouverts"


def _count_accounts(groups: list[dict]) -> None:
    """The bank accounts that wait for finances, who have no week of their own."""
    items = next(group["items"] for group in groups if group["title"] == "Bourses")
    accounts = BankAccount.objects
    number = accounts.to_check().count() + accounts.blocked().count()
    for entry in items:
        if entry["link"].endswith("/bankaccount/") and number:
            entry["badge"] = number
            entry["badge_label"] = "comptes à regarder"


def _entries(request, menu) -> list[dict]:
    entries = []
    for label, title, icon in menu:
        model = apps.get_model(label)
        model_admin = admin.site.get_model_admin(model)
        if not model_admin.has_view_permission(request):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        link = reverse(name)
        active = request.path.startswith(link)
        entries.append({"title": title, "icon": icon, "link": link, "active": active})
    return entries


class SearchForm(forms.Form):
    q = forms.CharField(max_length=100, required=False)


@require_safe
def search(request):
    """One field for everything: a name, a reference, a place, a number."""
    if not admin.site.has_permission(request):
        raise PermissionDenied
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    sections = _found(request, query) if query else []
    context = {
        **admin.site.each_context(request),
        "title": "Recherche",
        "form": form,
        "query": query,
        "sections": [section for section in sections if section["results"]],
    }
    return TemplateResponse(request, "gestion/search.html", context)


def _found(request, query: str) -> list[dict]:
    """What each list finds, for those who may see that list."""
    requests = InstallationRequest.objects.visible_to(request.user)
    sources = [
        (
            InstallationRequest,
            "Demandes",
            requests.search(query).select_related("applicant"),
            lambda found: (found.full_name, f"{found}, {found.get_state_display()}"),
        ),
        (
            Person,
            "Personnes",
            Person.objects.search(query).in_order(),
            lambda found: (found.full_name, found.email or str(found.phone)),
        ),
        (
            Organisation,
            "Partenaires",
            Organisation.objects.active().filter(name__icontains=query),
            lambda found: (found.name, found.get_kind_display()),
        ),
        (
            Commune,
            "Communes",
            Commune.objects.open()
            .in_departement(settings.DEPARTEMENT)
            .search(query)
            .defer("contour")
            .select_related("intercommunality"),
            lambda found: (found.name, str(found.intercommunality or "")),
        ),
    ]
    return [
        _section(request, query, *source)
        for source in sources
        if admin.site.get_model_admin(source[0]).has_view_permission(request)
    ]


def _section(request, query, model, title, rows, describe) -> dict:
    """A few results of one list, and the way to the others."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = list(rows[: RESULTS_SHOWN + 1])
    results = []
    for row in found[:RESULTS_SHOWN]:
        label, detail = describe(row)
        url = reverse(f"{name}_change", args=[row.pk])
        results.append({"title": label, "detail": detail, "url": url})
    more = f"{reverse(f'{name}_changelist')}?{urlencode({'q': query})}"
    return {
        "title": title,
        "results": results,
        "more_url": more if len(found) > RESULTS_SHOWN else "",
    }


class BackForm(forms.Form):
    """Where a button was pressed: a page of the back-office, and no other."""

    back = forms.CharField(required=False, max_length=300)

    def clean_back(self):
        index = reverse("admin:index")
        back = self.cleaned_data["back"]
        is_ours = back.startswith(index) and url_has_allowed_host_and_scheme(back, None)
        return back if is_ours else index


@require_POST
def task_finish(request, pk):
    """« Fait »: the task leaves the week."""
    return _tick(request, pk, actions.finish_task, "C’est fait : {}.")


@require_POST
def task_reopen(request, pk):
    """It was not done after all: the task comes back."""
    return _tick(request, pk, actions.reopen_task, "C’est de nouveau à faire : {}.")


def _tick(request, pk, act, done: str):
    if not roles.is_desk(request.user):
        raise PermissionDenied
    task = get_object_or_404(Task, pk=pk)
    try:
        act(task, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done.format(task.title.rstrip(".")))
    form = BackForm(request.POST)
    return redirect(form.cleaned_data["back"] if form.is_valid() else "admin:index")


@login_not_required
@require_safe
def sign_in(request):
    """The back-office has no door of its own: everyone signs in at the same place."""
    if request.user.is_authenticated:
        raise PermissionDenied
    target = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


@login_not_required
def sign_out(request):
    return redirect("account_logout")


def change_password(request):
    return redirect("account_change_password")
