from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import (
    UnfoldAdminColorInputWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
)

from territory import logos
from territory.models import (
    Commune,
    CommunePopulation,
    Departement,
    Desk,
    HealthStructure,
    Intercommunality,
    Organisation,
    Topic,
    ZoneAssignment,
    Zoning,
)
from territory.models.desk import is_colour
from territory.theme import contrast_failures, sample_stylesheet


class OfficialAdmin(ModelAdmin):
    """Rows that come from official files: read here, changed by the importers."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class KeptAdmin(ModelAdmin):
    """Rows that dossiers refer to: they are put aside, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Departement)
class DepartementAdmin(OfficialAdmin):
    empty_text = "Aucun département. Lancez « manage.py load_territory »."
    list_display = ["code", "name", "region_name", "division_year", "loaded_at"]
    list_display_links = ["name"]
    search_fields = ["code", "name"]
    fields = ["code", "name", "region_name", "division_year", "loaded_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("contour")


@admin.register(Intercommunality)
class IntercommunalityAdmin(OfficialAdmin):
    empty_text = "Aucune intercommunalité. Lancez « manage.py load_territory »."
    list_display = ["name", "kind", "code", "commune_count"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    fields = ["name", "kind", "code"]

    def get_queryset(self, request):
        known = super().get_queryset(request).defer("contour")
        return known.annotate(commune_count=Count("communes"))

    @admin.display(description="communes", ordering="commune_count")
    def commune_count(self, intercommunality):
        return intercommunality.commune_count


class CommunePopulationInline(TabularInline):
    model = CommunePopulation
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class IsOpenFilter(admin.SimpleListFilter):
    title = "existence"
    parameter_name = "existence"

    def lookups(self, request, model_admin):
        return [("anciennes", "Fusionnées ou supprimées"), ("toutes", "Toutes")]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "D'aujourd'hui",
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, communes):
        if self.value() == "toutes":
            return communes
        current = Commune.objects.open().values("pk")
        if self.value() == "anciennes":
            return communes.exclude(pk__in=current)
        return communes.filter(pk__in=current)


@admin.register(Commune)
class CommuneAdmin(OfficialAdmin):
    empty_text = "Aucune commune. Lancez « manage.py load_territory »."
    list_display = ["name", "code", "postal", "intercommunality", "population"]
    list_filter = [IsOpenFilter, "departement"]
    list_select_related = ["intercommunality"]
    # What the search box needs to exist; get_search_results does the work.
    search_fields = ["search_key"]
    search_help_text = "Nom, ancien nom, code postal ou code INSEE."
    inlines = [CommunePopulationInline]
    fields = [
        "name",
        "code",
        "former_names",
        "postal_codes",
        "departement",
        "intercommunality",
        "population",
        "merged_into",
        "closed_on",
    ]

    def get_queryset(self, request):
        known = super().get_queryset(request)
        return known.defer("contour", "intercommunality__contour")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.search(search_term), False

    @admin.display(description="codes postaux")
    def postal(self, commune):
        return ", ".join(commune.postal_codes)


@admin.register(Topic)
class TopicAdmin(KeptAdmin):
    empty_text = (
        "Aucun sujet. Lancez « manage.py migrate » : il pose ceux des formulaires."
    )
    list_display = ["name", "track", "rank"]
    list_filter = ["track"]
    fields = ["name", "track", "rank"]
    readonly_fields = ["track"]

    def has_add_permission(self, request):
        return False  # the code gives each topic its place in the forms


@admin.register(Organisation)
class OrganisationAdmin(KeptAdmin):
    empty_text = (
        "Aucun organisme. Ajoutez ceux vers qui le guichet oriente : CPAM, "
        "Ordre, communes."
    )
    list_display = ["name", "kind", "email", "phone", "is_active"]
    list_filter = ["is_active", "kind", "topics"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["communes", "intercommunalities"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active"]}),
        ("Coordonnées", {"fields": ["email", "phone", "website", "address"]}),
        (
            "Ce qu'il fait, et où",
            {"fields": ["topics", "communes", "intercommunalities"]},
        ),
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(HealthStructure)
class HealthStructureAdmin(KeptAdmin):
    empty_text = "Aucun lieu de soins. Ajoutez une maison ou un centre de santé."
    list_display = ["name", "kind", "status", "commune", "public"]
    list_filter = ["status", "kind", "public"]
    list_select_related = ["commune"]
    search_fields = ["name", "finess", "commune__search_key"]
    autocomplete_fields = ["commune"]
    fields = ["name", "kind", "status", "commune", "finess", "public"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")


@admin.register(Zoning)
class ZoningAdmin(KeptAdmin):
    empty_text = (
        "Aucun zonage. Ajoutez la version en vigueur, avec l'arrêté qui la fonde."
    )
    list_display = ["__str__", "region_code", "valid", "legal_reference"]
    list_filter = ["kind"]
    search_fields = ["version", "legal_reference"]
    fields = ["kind", "version", "legal_reference", "region_code", "valid"]


@admin.register(ZoneAssignment)
class ZoneAssignmentAdmin(ModelAdmin):
    empty_text = "Aucune commune classée. Ajoutez d'abord un zonage, puis ses communes."
    list_display = ["commune", "category_label", "zoning"]
    list_filter = ["zoning", "category_label"]
    list_select_related = ["commune", "zoning"]
    search_fields = ["commune__search_key"]
    autocomplete_fields = ["commune", "zoning"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")


class DeskForm(forms.ModelForm):
    logo_file = forms.FileField(
        label="Nouveau logo",
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text="PNG ou JPEG, 200 ko au plus ; pour le pied de page et les PDF.",
    )
    without_logo = forms.BooleanField(label="Retirer le logo", required=False)

    class Meta:
        model = Desk
        fields = [
            "service_name",
            "phone",
            "email",
            "address",
            "opening_hours",
            "answer_delay_days",
            "brand",
            "accent",
            "court_name",
            "court_url",
            "publication_director",
            "dpo_contact",
            "host",
            "accessibility_contact",
        ]
        widgets = {
            "brand": UnfoldAdminColorInputWidget(attrs={"type": "color"}),
            "accent": UnfoldAdminColorInputWidget(attrs={"type": "color"}),
            **{
                name: UnfoldAdminTextareaWidget(attrs={"rows": 3})
                for name in ("address", "dpo_contact", "host", "accessibility_contact")
            },
        }

    def clean_brand(self):
        return _colour(self.cleaned_data["brand"])

    def clean_accent(self):
        return _colour(self.cleaned_data["accent"])

    def clean_logo_file(self):
        uploaded = self.cleaned_data["logo_file"]
        return logos.read(uploaded) if uploaded else None

    def clean(self):
        cleaned = super().clean()
        if "brand" in cleaned and "accent" in cleaned:
            for sentence in contrast_failures(cleaned["brand"], cleaned["accent"]):
                self.add_error("accent" if "accent" in sentence else "brand", sentence)
        return cleaned

    def save(self, commit=True):
        if self.cleaned_data.get("logo_file"):
            self.instance.logo, self.instance.logo_media_type = self.cleaned_data[
                "logo_file"
            ]
        elif self.cleaned_data.get("without_logo"):
            self.instance.logo, self.instance.logo_media_type = None, ""
        return super().save(commit)


class ColoursForm(forms.ModelForm):
    """The two colours alone, to be looked at before they are saved."""

    class Meta:
        model = Desk
        fields = ["brand", "accent"]


def _colour(value):
    """The model would say so too, but after the colours were compared."""
    is_colour(value)
    return value


@admin.register(Desk)
class DeskAdmin(KeptAdmin):
    """The one desk of this installation: its list leads straight to it."""

    empty_text = (
        "Aucun guichet. Lancez « manage.py load_territory » : il crée celui du "
        "département."
    )
    form = DeskForm
    readonly_fields = ["departement", "contours"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "departement",
                    "service_name",
                    "phone",
                    "email",
                    "address",
                    "opening_hours",
                    "answer_delay_days",
                ]
            },
        ),
        (
            "Apparence",
            {
                "fields": ["brand", "accent", "logo_file", "without_logo", "contours"],
                "description": (
                    "Deux couleurs suffisent : les autres en sont déduites, et un "
                    "couple illisible est refusé."
                ),
            },
        ),
        (
            "Mentions et recours",
            {
                "fields": [
                    "court_name",
                    "court_url",
                    "publication_director",
                    "dpo_contact",
                    "host",
                    "accessibility_contact",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        desks = super().get_queryset(request).select_related("departement")
        return desks.filter(departement__code=settings.DEPARTEMENT).defer(
            "logo", "departement__contour"
        )

    def get_fieldsets(self, request, obj=None):
        """Who only reads is not offered another logo."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (title, options | {"fields": [*filter(self._is_read, options["fields"])]})
            for title, options in self.fieldsets
        ]

    @staticmethod
    def _is_read(name):
        return name not in {"logo_file", "without_logo"}

    def has_add_permission(self, request):
        return False  # load_territory makes it

    def changelist_view(self, request, extra_context=None):
        desk = self.get_queryset(request).first()
        if desk and self.has_view_permission(request):
            return redirect(reverse("admin:territory_desk_change", args=[desk.pk]))
        return super().changelist_view(request, extra_context)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("apercu/", view(self.preview), name="territory_desk_preview"),
            path("apercu.css", view(self.preview_style), name="territory_desk_colours"),
            *super().get_urls(),
        ]

    def preview(self, request):
        """The public pages in the colours typed, light and dark; nothing is saved."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = ColoursForm(request.POST)
        context = {}
        if form.is_valid():
            colours = form.cleaned_data
            url = reverse("admin:territory_desk_colours")
            context = colours | {
                "stylesheet_url": f"{url}?{urlencode(colours)}",
                "refusals": contrast_failures(**colours),
            }
        else:
            context["refusals"] = [
                sentence for field in form.errors.values() for sentence in field
            ]
        return TemplateResponse(request, "territory/desk_preview.html", context)

    def preview_style(self, request):
        form = ColoursForm(request.GET)
        if not form.is_valid():
            raise Http404
        content = sample_stylesheet(**form.cleaned_data)
        return HttpResponse(content, content_type="text/css; charset=utf-8")

    @admin.display(description="carte")
    def contours(self, desk):
        communes = Commune.objects.open().in_departement(desk.departement.code)
        total, drawn = communes.count(), communes.exclude(contour=None).count()
        if drawn:
            return f"{drawn} communes sur {total} ont leur contour."
        return (
            "Aucun contour : les cartes sont des mosaïques. Lancez « manage.py "
            f"load_territory {desk.departement.code} » avec un accès à "
            f"{settings.GEO_API_URL}, ou avec --data et un dossier de contours."
        )
