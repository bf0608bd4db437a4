"""What is written once and read only: the journal and the receipts."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts import roles
from casework.models import Entry, Receipt


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    empty_text = (
        "Le journal est vide. Chaque action sur un dossier s'y écrit d'elle-même."
    )
    list_display = ["at", "sentence", "content_type", "object_id"]
    list_filter = ["verb"]
    list_select_related = ["actor__person", "content_type"]
    date_hierarchy = "at"
    show_full_result_count = False
    fields = ["at", "sentence", "content_type", "object_id", "data"]

    @admin.display(description="ce qui s'est passé")
    def sentence(self, entry):
        return entry.sentence


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    empty_text = "Aucun accusé de réception. Il en part un à chaque demande déposée."
    list_display = [
        "reference",
        "title",
        "person",
        "received_at",
        "implicit_refusal_on",
    ]
    list_filter = ["is_financial"]
    list_select_related = ["person"]
    search_fields = ["reference", "person__search_key"]
    fields = [
        "reference",
        "person",
        "title",
        "received_at",
        "is_financial",
        "implicit_refusal_on",
        "text",
    ]

    def has_view_permission(self, request, obj=None):
        return roles.is_desk(request.user) and super().has_view_permission(request, obj)
