"""Rents and incidents at the desk: read here, acted on where their owners do."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline

from accounts import roles
from internships import occupancy, occupancy_pages
from internships.admin.read_only import ReadOnly
from internships.models import Incident, IncidentMessage, RentCall, RentPayment
from internships.rent_letters import euros
from internships.views.rents import standing
from territory.filters import UsualFilter


class StateFilter(UsualFilter):
    """What is late, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "en retard"

    def lookups(self, request, model_admin):
        return [("a-payer", "à payer"), ("payes", "payés"), ("tous", "tous")]

    def queryset(self, request, rows):
        if self.value() == "tous":
            return rows
        if self.value() == "payes":
            return rows.settled()
        if self.value() == "a-payer":
            return rows.unpaid()
        return rows.late(timezone.localdate())


class PaymentInline(ReadOnly, TabularInline):
    model = RentPayment
    extra = 0
    fields = ["amount", "paid_on", "means", "recorded_by", "cancelled_at"]
    readonly_fields = fields


@admin.register(RentCall)
class RentCallAdmin(ReadOnly, ModelAdmin):
    empty_text = (
        "Aucun loyer en retard. Les loyers sont appelés au début de chaque mois, pour "
        "chaque séjour confirmé."
    )
    list_display = ["tenant", "month_name", "place", "asked", "rest", "due_on", "how"]
    list_filter = [StateFilter, "month"]
    search_fields = [
        "stay__occupation__request__person__search_key",
        "stay__occupation__room__dwelling__name",
    ]
    fields = [
        "tenant",
        "place",
        "month",
        "asked",
        "rest",
        "payee",
        "called_at",
        "due_on",
        "settled_on",
        "cancelled_at",
        "page",
    ]
    readonly_fields = fields
    inlines = [PaymentInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data().order_by("due_on", "pk")

    def get_fields(self, request, obj=None):
        """Payments are noted by the desk or the owner; others read them."""
        fields = super().get_fields(request, obj)
        if roles.is_desk(request.user):
            return fields
        return [name for name in fields if name != "page"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.occupancy)
        name = "internships_occupancy"
        return [path("occupation/", view, name=name), *super().get_urls()]

    def occupancy(self, request):
        """The figures of a semester, commune by commune."""
        if not roles.is_desk(request.user):
            raise PermissionDenied
        semester, semesters = occupancy_pages.chosen(request)
        report = occupancy_pages.told(occupancy.report(semester)) if semester else {}
        context = {
            **self.admin_site.each_context(request),
            "title": "Occupation des logements",
            "day": timezone.localdate(),
            "semester": semester or "Aucun semestre",
            "semesters": semesters,
            **report,
        }
        return TemplateResponse(request, "gestion/occupancy.html", context)

    @admin.display(description="personne")
    def tenant(self, call):
        return call.person.full_name

    @admin.display(description="mois", ordering="month")
    def month_name(self, call):
        return call.month_name

    @admin.display(description="chambre")
    def place(self, call):
        return str(call.room)

    @admin.display(description="montant", ordering="amount")
    def asked(self, call):
        return euros(call.amount)

    @admin.display(description="reste")
    def rest(self, call):
        return euros(call.balance)

    @admin.display(description="état")
    def how(self, call):
        return standing(call, timezone.localdate())[0]

    @admin.display(description="paiements")
    def page(self, call):
        address = reverse("internships:rent-pay", args=[call.pk])
        return format_html('<a href="{}">Noter ou annuler un paiement</a>', address)


class OpenFilter(UsualFilter):
    """What waits, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "à traiter"

    def lookups(self, request, model_admin):
        return [("clos", "clos"), ("tous", "tous")]

    def queryset(self, request, rows):
        if self.value() == "tous":
            return rows
        if self.value() == "clos":
            return rows.filter(state=Incident.State.CLOSED)
        return rows.open()


class MessageInline(ReadOnly, TabularInline):
    model = IncidentMessage
    extra = 0
    fields = ["side", "author", "created_at", "body"]
    readonly_fields = fields


@admin.register(Incident)
class IncidentAdmin(ReadOnly, ModelAdmin):
    empty_text = (
        "Aucun incident à traiter. Les occupants les signalent, les propriétaires "
        "répondent."
    )
    list_display = [
        "title",
        "place",
        "urgency",
        "state",
        "reporter",
        "assigned_to",
        "reported_at",
    ]
    list_filter = [OpenFilter, "urgency"]
    search_fields = ["title", "dwelling__name", "reporter__search_key"]
    fields = [
        "title",
        "place",
        "urgency",
        "state",
        "description",
        "reporter",
        "assigned_to",
        "reported_at",
        "closed_at",
        "page",
    ]
    readonly_fields = fields
    inlines = [MessageInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data().in_queue_order()

    @admin.display(description="où")
    def place(self, incident):
        return incident.where

    @admin.display(description="réponses et photos")
    def page(self, incident):
        address = incident.get_absolute_url()
        return format_html('<a href="{}">Voir, répondre ou clore</a>', address)
