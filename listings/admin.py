"""Listings at the desk: the queue of those to read, and the two decisions."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.admin import ModelAdmin

from accounts import roles
from casework import timeline
from listings import actions, letters
from listings.lists import lists
from listings.models import SavedSearch, State

BADGES = {
    State.DRAFT: ("neutral", "pencil"),
    State.SUBMITTED: ("you", "hand"),
    State.PUBLISHED: ("success", "eye"),
    State.REFUSED: ("warning", "circle-alert"),
    State.EXPIRED: ("neutral", "clock"),
    State.WITHDRAWN: ("neutral", "x"),
}


def badge(listing) -> dict:
    look, icon = BADGES[listing.state]
    label = listing.get_state_display().capitalize()
    return {"label": label, "look": look, "icon_name": icon}


class StateFilter(admin.SimpleListFilter):
    """What there is to read first, then what is on line."""

    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        if self.value() in State.values:
            return queryset.filter(state=self.value())
        return queryset


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Ce qui est à corriger",
        help_text="L’auteur lit cette phrase, telle quelle, et corrige.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True)
class Decision:
    """One button of a listing at the desk."""

    label: str
    verb: str
    lead: str
    done: str
    act: Callable
    icon: str
    form: type[forms.Form] = forms.Form

    def is_offered(self, listing) -> bool:
        return listing.allows(self.verb)


def _publish(listing, *, by):
    actions.publish(listing, by=by)


def _submit_and_publish(listing, *, by):
    """The desk wrote it, or brings it back: nobody else has to read it."""
    actions.submit_and_publish(listing, by=by)


def _refuse(listing, *, by, reason):
    actions.refuse(listing, reason, by=by)


def _withdraw(listing, *, by):
    actions.withdraw(listing, by=by)


class PublishDirectly(Decision):
    """From a draft or after its end; what is on line or waits has other buttons."""

    def is_offered(self, listing):
        return listing.state in {State.DRAFT, State.REFUSED, State.EXPIRED}


DECISIONS = {
    "publier": Decision(
        label="Publier",
        verb="publish",
        lead="L’annonce paraît tout de suite dans la liste, les flux et les alertes. "
        "Son auteur reçoit un courriel.",
        done="L’annonce est en ligne. Son auteur en est prévenu.",
        act=_publish,
        icon="check",
    ),
    "publier-directement": PublishDirectly(
        label="Publier sans relecture",
        verb="submit",
        lead="Vous l’avez écrite ou corrigée vous-même : elle paraît tout de suite.",
        done="L’annonce est en ligne.",
        act=_submit_and_publish,
        icon="check",
    ),
    "corriger": Decision(
        label="Renvoyer à corriger",
        verb="refuse",
        lead="L’annonce n’est pas visible tant qu’elle n’est pas corrigée.",
        done="L’auteur sait ce qu’il doit corriger.",
        act=_refuse,
        icon="undo-2",
        form=RefuseForm,
    ),
    "retirer": Decision(
        label="Retirer",
        verb="withdraw",
        lead="Elle a trouvé preneur, ou ne tient plus. Elle reste lisible ici.",
        done="L’annonce est retirée.",
        act=_withdraw,
        icon="x",
    ),
}


class ListingAdmin(ModelAdmin):
    """What a journey's own admin of its listings starts from.

    `state` is never typed: « Publier » and « Renvoyer à corriger » are actions, and
    what the desk writes itself is published by the same button.
    """

    change_form_template = "listings/admin/change_form.html"
    list_display = ["title", "standing", "commune", "contact_name", "expires_on"]
    list_filter = [StateFilter]
    list_select_related = ["commune"]
    search_fields = ["search_text"]
    autocomplete_fields = ["commune", "owner", "organisation"]
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour", "search_vector")

    def get_ordering(self, request):
        """What waits to be read comes first, then the newest."""
        waits = Case(When(state=State.SUBMITTED, then=0), default=1)
        return [waits, "-created_at", "-pk"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term) if search_term else queryset, False

    @admin.display(description="état")
    def standing(self, listing):
        return render_to_string("_badge.html", badge(listing))

    # --- The decisions -------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                f"<int:pk>/{slug}/",
                view(self.decide),
                {"slug": slug},
                name=f"{name}_{slug}",
            )
            for slug in DECISIONS
        ] + super().get_urls()

    def decide(self, request, pk, slug):
        """GET shows what the decision asks, POST makes it."""
        listing = self.get_object(request, str(pk))
        if listing is None:
            raise Http404
        if not self.has_change_permission(request, listing):
            raise PermissionDenied
        decision = DECISIONS[slug]
        form = decision.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                decision.act(listing, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, decision.done)
                return redirect(self._url(listing))
        context = {
            **self.admin_site.each_context(request),
            "title": decision.label,
            "decision": decision,
            "listing": listing,
            "form": form,
            "back_url": self._url(listing),
        }
        return TemplateResponse(request, "listings/admin/decision.html", context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
            context |= {
                "badge": badge(obj),
                "decisions": [
                    (reverse(f"{name}_{slug}", args=[obj.pk]), decision)
                    for slug, decision in DECISIONS.items()
                    if decision.is_offered(obj)
                ],
                "public_url": obj.get_absolute_url() if obj.is_published else "",
                "entries": timeline.of(obj),
                "warnings": self.warnings(obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def warnings(self, listing) -> list[str]:
        """What whoever reads it should look at before publishing."""
        return []

    def _url(self, listing):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[listing.pk])


@admin.register(SavedSearch)
class SavedSearchAdmin(ModelAdmin):
    """What people look for: read to know what is missing, changed by them alone."""

    empty_text = (
        "Aucune recherche enregistrée. Les lecteurs d’une liste peuvent demander à "
        "être prévenus de ce qui paraît."
    )
    list_display = ["described", "list_title", "frequency", "state", "created_at"]
    list_display_links = None
    list_filter = ["state", "frequency"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return roles.is_desk(request.user)

    def has_module_permission(self, request):
        return roles.is_desk(request.user)

    @admin.display(description="recherche")
    def described(self, search):
        declared = lists().get(search.list_key)
        return letters.describe(declared, search) if declared else search.list_key

    @admin.display(description="liste")
    def list_title(self, search):
        declared = lists().get(search.list_key)
        return declared.title if declared else ""
