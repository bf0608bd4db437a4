from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline

from accounts import roles
from casework.journal import record
from documents import actions
from documents.models import (
    Document,
    SealCertificate,
    Signatory,
    SignatureRequest,
    SigningPower,
)


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


class SignatoryInline(TabularInline):
    """Who signed, when and how; the address it came from stays in the evidence."""

    model = Signatory
    fields = ["rank", "name", "capacity", "means", "signed_at", "recorded_by"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(SignatureRequest)
class SignatureRequestAdmin(ModelAdmin):
    """Follow the circuits; they are opened, signed and abandoned in their dossier."""

    empty_text = (
        "Aucun document à la signature. Les états des lieux qu'on signe arrivent ici."
    )
    list_display = ["title", "nature", "state", "created_at", "closed_at", "failure"]
    list_filter = ["state", "nature", ("failure", admin.EmptyFieldListFilter)]
    search_fields = ["title", "code", "signatories__name"]
    date_hierarchy = "created_at"
    fields = [
        "title",
        "nature",
        "state",
        "created_at",
        "closed_at",
        "verification",
        "seal",
        "failure",
        "replaces",
    ]
    inlines = [SignatoryInline]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="vérification")
    def verification(self, circuit):
        return format_html(
            '<a href="{}">{}</a>', circuit.get_absolute_url(), circuit.spaced_code
        )


class RevocationForm(forms.ModelForm):
    """Why a certificate is revoked, and that it is meant: it cannot be undone."""

    confirmed = forms.BooleanField(
        label="Je confirme : plus rien ne sera scellé avec lui, et /verifier/ dira de "
        "se méfier de tous les cachets qu'il a posés. Cela ne se défait pas.",
        error_messages={"required": "Cochez la case pour confirmer."},
    )

    class Meta:
        model = SealCertificate
        fields = ["revoked_because"]
        labels = {"revoked_because": "Pourquoi le révoquer"}

    def clean_revoked_because(self):
        because = self.cleaned_data["revoked_because"].strip()
        if not because:
            raise ValidationError("Dites pourquoi ce certificat est révoqué.")
        return because


class _ForTheHead(ModelAdmin):
    """The head alone reads it, and deletes nothing."""

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        user = request.user
        return user.is_superuser or roles.has_role(user, roles.DIRECTION)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(SealCertificate)
class SealCertificateAdmin(_ForTheHead):
    """The certificates of the seal; the head declares one revoked."""

    empty_text = (
        "Aucun document n'a encore été scellé : le certificat du cachet arrive ici à "
        "son premier usage."
    )
    list_display = ["subject", "issuer", "not_after", "first_used_at", "revoked_at"]
    readonly_fields = [
        "subject",
        "issuer",
        "fingerprint",
        "not_before",
        "not_after",
        "first_used_at",
        "revoked_at",
    ]
    form = RevocationForm

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        is_over = obj is not None and obj.revoked_at is not None
        return self.has_view_permission(request) and not is_over

    def get_fields(self, request, obj=None):
        shown = [*self.readonly_fields, "revoked_because"]
        is_asked = self.has_change_permission(request, obj)
        return [*shown, "confirmed"] if is_asked else shown

    def save_model(self, request, obj, form, change):
        actions.revoke_seal(obj, because=obj.revoked_because, by=request.user)


@admin.register(SigningPower)
class SigningPowerAdmin(_ForTheHead):
    """Who signs for the Département, and since when; an end closes it."""

    empty_text = (
        "Personne ne signe encore pour le Département : ajoutez qui préside, puis les "
        "délégations."
    )
    list_display = ["name", "capacity", "decision", "starts_on", "ends_on"]
    search_fields = ["name", "decision"]
    search_help_text = "Nom, ou numéro de l'arrêté."

    def has_add_permission(self, request):
        return self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("documents.power.set", subject=obj, actor=request.user)
