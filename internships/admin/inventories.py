"""Inventories at the desk: followed here, filled on their own pages."""

from django.contrib import admin
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from internships.admin.read_only import ReadOnly
from internships.models import Inventory


@admin.register(Inventory)
class InventoryAdmin(ReadOnly, ModelAdmin):
    """Read-only: lines are filled, and signatures given, on the pages of the stay."""

    empty_text = (
        "Aucun état des lieux. On les commence depuis le séjour, à l'arrivée et au "
        "départ."
    )
    list_display = ["tenant", "kind", "place", "state", "done_on", "signed_at"]
    list_filter = ["state", "kind", ("failure", admin.EmptyFieldListFilter)]
    list_select_related = [
        "stay__occupation__room__dwelling",
        "stay__occupation__request__person",
    ]
    search_fields = [
        "stay__occupation__request__person__search_key",
        "stay__occupation__room__dwelling__name",
    ]
    date_hierarchy = "created_at"
    fields = [
        "tenant",
        "kind",
        "place",
        "state",
        "pages",
        "done_on",
        "owner_name",
        "signed_at",
        "correction",
        "failure",
        "filled_by",
    ]

    @admin.display(description="locataire")
    def tenant(self, inventory):
        return inventory.tenant.full_name

    @admin.display(description="chambre")
    def place(self, inventory):
        return str(inventory.stay.occupation.room)

    @admin.display(description="pages")
    def pages(self, inventory):
        return format_html(
            '<a href="{}">Ouvrir l\'état des lieux</a>', inventory.get_absolute_url()
        )
