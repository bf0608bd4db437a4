"""What is owed by mail, and what failed."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import action

from casework import actions, catalogue
from casework.admin.attempts import attempt
from casework.models import Message


@admin.register(Message)
class MessageAdmin(ModelAdmin):
    """Watch what is owed; send again what failed. Secrets stay hidden."""

    empty_text = (
        "Aucun courriel. Chaque message que le portail doit envoyer s'inscrit ici."
    )
    list_display = ["subject", "recipient", "state", "created_at", "sent_at"]
    list_filter = ["state", "template_key"]
    search_fields = ["recipient", "subject"]
    list_per_page = 50
    show_full_result_count = False
    fields = [
        "recipient",
        "subject",
        "state",
        "content",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
        "last_error",
        "template",
    ]
    actions = ["resend_selected", "cancel_selected"]
    actions_submit_line = ["resend", "cancel"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("html", "sealed")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_resend_permission(self, request, object_id=None):
        return self._may(request, object_id, [Message.State.FAILED])

    def has_cancel_permission(self, request, object_id=None):
        states = [Message.State.OWED, Message.State.FAILED]
        return self._may(request, object_id, states)

    def _may(self, request, object_id, states):
        if not self.has_change_permission(request):
            return False
        rows = Message.objects.filter(pk=object_id, state__in=states)
        return object_id is None or rows.exists()

    def get_readonly_fields(self, request, obj=None):
        # An address that was refused may be put right before a new attempt; but a
        # code or a link to sign in goes to the owner of the account alone.
        editable = (
            obj is not None
            and obj.state == Message.State.FAILED
            and (obj.template_key or not obj.is_secret)
        )
        return [name for name in self.fields if not (editable and name == "recipient")]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Nothing to type, nothing to save."""
        can_type = "recipient" not in self.get_readonly_fields(request, obj)
        context |= {"show_save": can_type, "show_save_and_continue": can_type}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "recipient" in form.base_fields:
            form.base_fields["recipient"].validators.append(
                forms.EmailField.default_validators[0]
            )
        return form

    def save_model(self, request, obj, form, change):
        """The outcome belongs to the delivery: only the address is written here."""
        if "recipient" in form.changed_data:
            actions.readdress(obj, obj.recipient, by=request.user)
        for button in self.get_actions_submit_line(request, obj.pk):
            if button.action_name in request.POST:
                button.method(request, obj)

    @admin.display(description="texte")
    def content(self, message):
        if message.is_secret:
            return "Ce courriel porte un code ou un lien personnel : il reste caché."
        return format_html('<pre class="desk-letter">{}</pre>', message.text)

    @admin.display(description="modèle")
    def template(self, message):
        template = catalogue.templates().get(message.template_key)
        return template.title if template else "Compte et connexion"

    @admin.action(description="Renvoyer", permissions=["resend"])
    def resend_selected(self, request, queryset):
        done = "{} courriel(s) à nouveau en route."
        attempt(self, request, queryset, actions.resend, done)

    @admin.action(description="Annuler l'envoi", permissions=["cancel"])
    def cancel_selected(self, request, queryset):
        attempt(self, request, queryset, actions.cancel, "{} courriel(s) annulé(s).")

    @action(description="Renvoyer", permissions=["resend"])
    def resend(self, request, obj):
        done = "Le courriel est à nouveau en route."
        attempt(self, request, [obj], actions.resend, done)

    @action(description="Annuler l'envoi", permissions=["cancel"])
    def cancel(self, request, obj):
        attempt(self, request, [obj], actions.cancel, "Le courriel est annulé.")
