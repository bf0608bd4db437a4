from django import forms
from django.contrib import admin

from territory.models import Organisation, Topic

from .kept import KeptAdmin


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
