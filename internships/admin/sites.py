"""Where and when trainees are received: semesters, sites, supervisors."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casework.journal import record
from internships.actions import offers as actions
from internships.models import PlacementKind, PlacementSite, Semester, Supervisor
from territory.admin.days import PeriodForm
from territory.sorting import search_key

MAY, NOVEMBER = 5, 11
MONDAY = 0


def proposed(last: Semester | None, day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the semester after this one, or of the one to come."""
    begins = last.period.upper if last else _first_monday_after(day)
    # A semester that began early in its month ends where the next one usually does.
    ends = _first_monday_after(begins + dt.timedelta(days=120))
    return begins, ends - dt.timedelta(days=1)


def _first_monday_after(day: dt.date) -> dt.date:
    """Of the first May or November that comes after that day."""
    year, month = day.year, MAY
    while (monday := _first_monday(year, month)) <= day:
        year, month = (year, NOVEMBER) if month == MAY else (year + 1, MAY)
    return monday


def _first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(MONDAY - first.weekday()) % 7)


class SemesterForm(PeriodForm):
    class Meta:
        model = Semester
        fields = []


@admin.register(Semester)
class SemesterAdmin(ModelAdmin):
    empty_text = (
        "Aucun semestre. Ajoutez celui qui court, puis le suivant : leurs jours sont "
        "proposés, et les offres comme les chambres s’y rattachent."
    )
    form = SemesterForm
    fields = ["first_day", "last_day"]
    list_display = ["name", "begins", "ends", "offers_online"]
    ordering = ["-period"]

    def get_queryset(self, request):
        online = Count("offers", filter=Q(offers__state="published"))
        return super().get_queryset(request).annotate(online=online)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        last = Semester.objects.order_by("-period").first()
        first_day, last_day = proposed(last, timezone.localdate())
        return {"first_day": first_day, "last_day": last_day}

    def save_model(self, request, obj, form, change):
        obj.save()
        record("internships.semester.written", subject=obj, actor=request.user)
        actions.follow_semester(obj)

    @admin.display(description="semestre", ordering="period")
    def name(self, semester):
        return str(semester).capitalize()

    @admin.display(description="premier jour")
    def begins(self, semester):
        return semester.begins_on

    @admin.display(description="dernier jour")
    def ends(self, semester):
        return semester.last_on

    @admin.display(description="offres en ligne")
    def offers_online(self, semester):
        return semester.online


@admin.register(PlacementSite)
class PlacementSiteAdmin(ModelAdmin):
    empty_text = (
        "Aucun terrain de stage. Ajoutez ceux que l’université a agréés ; les membres "
        "de l’organisme qui accueille en écriront les offres."
    )
    list_display = ["name", "commune_name", "organisation", "faculty_km", "is_active"]
    list_filter = ["is_active", "commune__intercommunality"]
    list_select_related = ["commune", "organisation"]
    search_fields = ["sort_key"]
    search_help_text = "Le nom du terrain"
    autocomplete_fields = ["organisation", "structure", "commune"]
    ordering = ["sort_key"]
    fieldsets = [
        (None, {"fields": ["name", "organisation", "structure", "is_active"]}),
        ("Où", {"fields": ["commune", "address", "transport"]}),
        ("La faculté", {"fields": ["faculty", "faculty_km", "faculty_minutes"]}),
        ("Ce qui paraît", {"fields": ["presentation"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")

    def get_search_results(self, request, queryset, search_term):
        # Names are kept without accents.
        return super().get_search_results(request, queryset, search_key(search_term))

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.save()
        record("internships.site.corrected", subject=obj, actor=request.user)
        if change:
            actions.follow_site(obj)

    @admin.display(description="commune", ordering="commune__sort_key")
    def commune_name(self, site):
        return site.commune.name


class SupervisorForm(forms.ModelForm):
    levels = forms.MultipleChoiceField(
        label="Agréments",
        choices=PlacementKind.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Les stages pour lesquels la faculté l’a agréé ou agréée.",
    )

    class Meta:
        model = Supervisor
        fields = [
            "last_name",
            "first_name",
            "rpps",
            "sites",
            "levels",
            "capacity",
            "teaching_days",
            "languages",
            "shows_contact",
            "email",
            "phone",
            "is_active",
        ]


class LevelFilter(admin.SimpleListFilter):
    title = "agrément"
    parameter_name = "agrement"

    def lookups(self, request, model_admin):
        return PlacementKind.choices

    def queryset(self, request, queryset):
        if self.value() in PlacementKind.values:
            return queryset.filter(levels__contains=[self.value()])
        return queryset


@admin.register(Supervisor)
class SupervisorAdmin(ModelAdmin):
    empty_text = (
        "Aucun maître de stage. Ajoutez ceux que la faculté a agréés, avec leurs "
        "terrains et ce que dit d’eux l’annuaire public de la santé."
    )
    form = SupervisorForm
    list_display = ["name", "approvals", "capacity", "shows_contact", "is_active"]
    list_filter = ["is_active", LevelFilter, "shows_contact"]
    search_fields = ["sort_key", "rpps"]
    search_help_text = "Le nom, ou le numéro RPPS"
    autocomplete_fields = ["sites"]
    ordering = ["sort_key"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.save()
        record("internships.supervisor.written", subject=obj, actor=request.user)

    @admin.display(description="nom", ordering="sort_key")
    def name(self, supervisor):
        return str(supervisor)

    @admin.display(description="agréments")
    def approvals(self, supervisor):
        return ", ".join(supervisor.level_names)
