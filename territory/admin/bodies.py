import contextlib

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import display

from territory.answering import who_answers
from territory.filters import UsualFilter
from territory.models import (
    Commune,
    Contact,
    ContactAbsence,
    Intercommunality,
    Organisation,
    Topic,
)

from .contacts import ContactInline, one_save_at_a_time
from .kept import KeptAdmin

PLACES_SHOWN = 3


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


class CoveredFilter(admin.SimpleListFilter):
    """Whoever works in an intercommunality: whole, in part, or everywhere."""

    title = "territoire"
    parameter_name = "territoire"

    def lookups(self, request, model_admin):
        here = Intercommunality.objects.in_departement(settings.DEPARTEMENT)
        return [(place.code, place.name) for place in here.defer("contour")]

    def queryset(self, request, organisations):
        if self.value() not in {code for code, _name in self.lookup_choices}:
            return organisations
        return organisations.working_in(self.value())


class ActiveFilter(UsualFilter):
    title = "activité"
    parameter_name = "activite"
    usual = "En activité"

    def lookups(self, request, model_admin):
        return [("anciens", "Qui n'ont plus d'activité"), ("tous", "Tous")]

    def queryset(self, request, organisations):
        if self.value() == "tous":
            return organisations
        return organisations.filter(is_active=self.value() != "anciens")


@admin.register(Organisation)
class OrganisationAdmin(KeptAdmin):
    """The directory: who helps with what, where, and who answers today."""

    empty_text = (
        "Aucun partenaire dans cette vue. Ajoutez ceux vers qui le guichet oriente : "
        "CPAM, Ordre, communes, bailleurs, employeurs."
    )
    list_display = ["partner", "helps_with", "covers", "answers_today"]
    list_display_links = ["partner"]
    list_filter = ["topics", CoveredFilter, "kind", ActiveFilter]
    list_before_template = "gestion/_directory_doors.html"
    list_per_page = 50
    search_fields = ["name", "email", "contacts__name"]
    search_help_text = "Organisme, personne ou courriel"
    sortable_by = []
    autocomplete_fields = ["communes", "intercommunalities"]
    inlines = [ContactInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active"]}),
        (
            "Coordonnées",
            {
                "fields": [("email", "phone"), "website", "address"],
                "description": "La boîte de l'organisme reçoit ce qui n'a pas de "
                "contact, ou dont le contact est absent sans remplaçant.",
            },
        ),
        (
            "Ce qu'il fait, et où",
            {"fields": ["topics", "communes", "intercommunalities"]},
        ),
    ]

    @transaction.atomic
    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Who is the first contact is checked against the colleagues."""
        if request.method == "POST" and object_id:
            with contextlib.suppress(ValueError):
                mine = Organisation.objects.filter(pk=unquote(object_id))
                one_save_at_a_time(mine)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_queryset(self, request):
        absences = ContactAbsence.objects.on(timezone.localdate())
        contacts = Contact.objects.active().prefetch_related(
            "topics", Prefetch("absences", absences.select_related("stand_in"))
        )
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                "topics",
                Prefetch("communes", Commune.objects.only("name", "sort_key")),
                Prefetch(
                    "intercommunalities", Intercommunality.objects.defer("contour")
                ),
                Prefetch("contacts", contacts),
            )
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description="partenaire")
    def partner(self, organisation):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            organisation.name,
            organisation.get_kind_display(),
        )

    @display(description="aide pour")
    def helps_with(self, organisation):
        names = [topic.name for topic in organisation.topics.all()]
        return ", ".join(names) or "Aucun sujet"

    @display(description="couvre")
    def covers(self, organisation):
        names = [place.short_name for place in organisation.intercommunalities.all()]
        names += [place.name for place in organisation.communes.all()]
        if len(names) > PLACES_SHOWN:
            more = len(names) - PLACES_SHOWN
            return f"{', '.join(names[:PLACES_SHOWN])} et {more} de plus"
        return ", ".join(names) or "Tout le Département"

    @display(description="répond aujourd'hui")
    def answers_today(self, organisation):
        contacts = organisation.contacts.all()
        absences = [one for contact in contacts for one in contact.absences.all()]
        answering = who_answers(contacts, absences, None, timezone.localdate())
        contact = answering.contact
        reached = (
            (contact and contact.phone)
            or organisation.phone
            or (contact and contact.email)
            or organisation.email
        )
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            contact or "La boîte commune",
            answering.explanation or reached or "Ni téléphone ni courriel",
        )
