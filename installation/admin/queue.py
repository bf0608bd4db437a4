"""The queue: what the desk sees first, and how it narrows it."""

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from casework.actions import covered_by
from installation.models import InstallationRequest
from territory.filters import ChoiceFilter
from territory.models import Intercommunality

State = InstallationRequest.State

# Beyond, nobody reads on: they search or narrow. Counting stops there, so that a
# list costs the same whatever lies behind it.
COUNTED = 1000


class QueuePaginator(Paginator):
    """Counts exactly to a thousand, and says so beyond."""

    template_name = "gestion/_queue_pages.html"

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @property
    def is_bounded(self) -> bool:
        return self._found > COUNTED


class StateFilter(ChoiceFilter):
    """Open dossiers unless asked otherwise; a search looks everywhere."""

    title = "état"
    parameter_name = "etat"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.default_choice = "tous" if request.GET.get("q") else "ouverts"

    def lookups(self, request, model_admin):
        return [
            ("ouverts", "ouvertes"),
            (State.SUBMITTED, "nouvelles"),
            (State.IN_SUPPORT, "en accompagnement"),
            (State.PAUSED, "en pause"),
            (State.CLOSED, "closes"),
            ("tous", "toutes"),
        ]

    def queryset(self, request, queryset):
        if self.chosen == "tous":
            return queryset.order_by("-submitted_at", "-pk")
        if self.chosen == State.CLOSED:
            return queryset.closed().order_by("-closed_at", "-pk")
        if self.chosen == "ouverts":
            return queryset.open().in_queue_order()
        return queryset.filter(state=self.chosen).in_queue_order()


class CaseWorkerFilter(ChoiceFilter):
    """Mine, those of whom I stand in for, what nobody took, unless asked otherwise."""

    title = "personne en charge"
    parameter_name = "charge"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        elsewhere = request.GET.get("q") or request.GET.get("etat") in {
            "tous",
            State.CLOSED,
        }
        self.default_choice = "tous" if elsewhere else "file"

    def lookups(self, request, model_admin):
        self.me = request.user
        others = User.objects.desk().exclude(pk=request.user.pk)
        return [
            ("file", "moi et à attribuer"),
            ("moi", "moi"),
            ("personne", "à attribuer"),
            *[
                (str(user.pk), user.get_full_name())
                for user in others.select_related("person").order_by("person__sort_key")
            ],
            ("tous", "tout le monde"),
        ]

    def queryset(self, request, queryset):
        if self.chosen == "tous":
            return queryset
        if self.chosen == "file":
            mine = [request.user, *covered_by(request.user, timezone.localdate())]
            return queryset.filter(Q(case_worker__in=mine) | Q(case_worker=None))
        if self.chosen == "personne":
            return queryset.filter(case_worker=None)
        worker = request.user.pk if self.chosen == "moi" else self.chosen
        return queryset.filter(case_worker=worker)


class OverdueFilter(admin.SimpleListFilter):
    title = "échéance"
    parameter_name = "retard"

    def lookups(self, request, model_admin):
        return [("oui", "en retard")]

    def queryset(self, request, queryset):
        if self.value() == "oui":
            return queryset.overdue(timezone.localdate())
        return queryset


class KindFilter(admin.SimpleListFilter):
    title = "nature"
    parameter_name = "nature"

    def lookups(self, request, model_admin):
        return InstallationRequest.Kind.choices

    def queryset(self, request, queryset):
        if self.value() in InstallationRequest.Kind.values:
            return queryset.filter(kind=self.value())
        return queryset


class TerritoryFilter(admin.SimpleListFilter):
    """An intercommunality: named as such, or through one of its communes."""

    title = "intercommunalité souhaitée"
    parameter_name = "territoire"

    def lookups(self, request, model_admin):
        here = Intercommunality.objects.in_departement(settings.DEPARTEMENT)
        return [(place.code, place.name) for place in here.defer("contour")]

    def queryset(self, request, queryset):
        if self.value() not in {code for code, _name in self.lookup_choices}:
            return queryset
        through = InstallationRequest.communes.through.objects
        wished = through.filter(commune__intercommunality__code=self.value())
        named = InstallationRequest.intercommunalities.through.objects.filter(
            intercommunality__code=self.value()
        )
        column = "installationrequest_id"
        return queryset.filter(pk__in=wished.values(column).union(named.values(column)))
