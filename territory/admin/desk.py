from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from unfold.widgets import (
    UnfoldAdminColorInputWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
)

from territory import logos
from territory.models import Commune, Desk
from territory.models.desk import is_colour
from territory.theme import contrast_failures, sample_stylesheet

from .kept import KeptAdmin


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
            "partner_wait_days",
            "partner_letter_day",
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
                    ("answer_delay_days", "partner_wait_days", "partner_letter_day"),
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
