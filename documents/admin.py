from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin

from accounts import roles
from documents import actions
from documents.models import Document


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    """Watch the quarantine and discard; files are read from their dossier."""

    empty_text = "Aucun document. Ceux qu'on joint à un dossier arrivent ici."
    list_display = ["name", "media_type", "weight", "scan_state", "created_at"]
    list_filter = [
        "scan_state",
        "media_type",
        ("discarded_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["name", "sha256"]
    date_hierarchy = "created_at"
    fields = [
        "name",
        "media_type",
        "weight",
        "scan_state",
        "threat",
        "uploaded_by",
        "created_at",
        "discarded_at",
        "sha256",
    ]
    actions = ["discard"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_discard_permission(self, request):
        return roles.is_desk(request.user)

    @admin.display(description="taille", ordering="size")
    def weight(self, document):
        return filesizeformat(document.size)

    @admin.action(
        description="Supprimer le contenu (document médical, fichier bloqué)",
        permissions=["discard"],
    )
    def discard(self, request, queryset):
        documents = list(queryset.kept())
        if not documents:
            self.message_user(
                request, "Ces documents sont déjà supprimés.", messages.WARNING
            )
            return None
        if "confirmed" not in request.POST:
            return self._confirm_discard(request, documents)
        for document in documents:
            try:
                actions.discard(document, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        self.message_user(request, "Le contenu est supprimé.", messages.SUCCESS)
        return None

    def _confirm_discard(self, request, documents):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Supprimer le contenu",
            "documents": documents,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/documents/discard.html", context)
