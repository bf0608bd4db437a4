from datetime import timedelta

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from accounts import roles
from accounts.models import User
from casework import actions, catalogue, ladders, writing
from casework.journal import record
from casework.models import (
    Absence,
    EmailTemplate,
    Entry,
    LadderStep,
    Message,
    Receipt,
    Task,
)


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def attempt(model_admin, request, rows, act, done: str) -> None:
    """Call an action on each row; its refusals are shown as they are written."""
    count = 0
    for row in rows:
        try:
            act(row, by=request.user)
        except ValidationError as refusal:
            text = f"{row} : {' '.join(refusal.messages)}"
            model_admin.message_user(request, text, messages.ERROR)
        else:
            count += 1
    if count:
        model_admin.message_user(request, done.format(count), messages.SUCCESS)


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


class EmailTemplateForm(forms.ModelForm):
    """Shows the words in use; those of the portal are not copied into the row."""

    class Meta:
        model = EmailTemplate
        fields = ["subject", "body"]
        widgets = {
            "subject": UnfoldAdminTextInputWidget(),
            "body": UnfoldAdminTextareaWidget(attrs={"rows": 16}),
        }
        help_texts = {
            "subject": "Vide, l'objet d'origine revient.",
            "body": (
                "Une ligne vide sépare les paragraphes, « - » commence une liste, "
                "« > » un encadré, et [Ouvrir mon dossier]({lien}) fait le bouton. "
                "Vide, le texte d'origine revient."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = catalogue.templates().get(self.instance.key)
        if self.template:
            self.initial["subject"] = self.instance.subject or self.template.subject
            self.initial["body"] = self.instance.body or self.template.body

    def clean_subject(self):
        return self._own_words("subject")

    def clean_body(self):
        return self._own_words("body")

    def _own_words(self, name):
        words = self.cleaned_data[name].replace("\r\n", "\n").strip()
        if self.template is None or words == getattr(self.template, name).strip():
            return ""
        writing.check(self.template, words)
        return words


@admin.register(EmailTemplate)
class EmailTemplateAdmin(ModelAdmin):
    empty_text = "Aucun modèle. Lancez « manage.py migrate » : il pose ceux du portail."
    form = EmailTemplateForm
    list_display = ["title", "subject_in_use", "is_edited", "updated_at"]
    fields = ["title", "subject", "body", "variables", "preview", "updated_at"]
    readonly_fields = ["title", "variables", "preview", "updated_at"]
    search_fields = ["key", "subject", "body"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(key__in=catalogue.templates())

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        name = "casework_emailtemplate_preview"
        return [path("<int:pk>/apercu/", preview, name=name), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        obj.updated_at = timezone.now()
        obj.updated_by = request.user
        super().save_model(request, obj, form, change)
        record("casework.template.edited", subject=obj, actor=request.user)

    @admin.display(description="message", ordering="key")
    def title(self, row):
        return str(row)

    @admin.display(description="objet")
    def subject_in_use(self, row):
        return row.subject or catalogue.templates()[row.key].subject

    @admin.display(description="retouché", boolean=True)
    def is_edited(self, row):
        return row.is_edited

    @admin.display(description="variables")
    def variables(self, row):
        allowed = catalogue.templates()[row.key].allowed
        items = format_html_join(
            "", "<li><code>{{{}}}</code> : {}</li>", allowed.items()
        )
        return format_html("<ul>{}</ul>", items)

    @admin.display(description="aperçu")
    def preview(self, row):
        letter = self._sample(row)
        return format_html(
            '<p><strong>{}</strong></p><pre class="desk-letter">{}</pre>'
            '<p><a href="{}" target="_blank">Voir la mise en forme'
            " (nouvel onglet)</a></p>",
            letter.subject,
            letter.text,
            reverse("admin:casework_emailtemplate_preview", args=[row.pk]),
        )

    def preview_view(self, request, pk):
        row = get_object_or_404(EmailTemplate, pk=pk)
        if row.key not in catalogue.templates() or not self.has_view_permission(
            request, row
        ):
            raise Http404
        if request.method == "POST":
            # The words typed, which the row of this request alone receives.
            form = EmailTemplateForm(request.POST, instance=row)
            if not form.is_valid():
                refusals = [said for field in form.errors.values() for said in field]
                context = {"refusals": refusals}
                return render(request, "casework/letter_refused.html", context)
        return _page(request, self._sample(row).html)

    def _sample(self, row):
        template = catalogue.templates()[row.key]
        values = {name: template.sample(name) for name in template.variables}
        return writing.write(template, values, row=row)


@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE]})
def _page(request, html):
    """A letter brings its styles with it, and nothing else may run."""
    return HttpResponse(html)


@admin.register(Task)
class TaskAdmin(ModelAdmin):
    empty_text = "Aucune tâche. Notez-en une ici, ou depuis un dossier."
    list_display = ["title", "due_on", "owner", "kind", "done_at"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), "kind", "owner"]
    list_select_related = ["owner__person"]
    search_fields = ["title"]
    fields = ["title", "kind", "due_on", "owner", "about", "done_at", "done_by"]
    readonly_fields = ["about", "done_at", "done_by"]
    actions = ["finish_selected"]
    actions_submit_line = ["finish"]

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        is_done = obj is not None and obj.is_done
        return not is_done and super().has_change_permission(request, obj)

    def has_finish_permission(self, request, object_id=None):
        return self.has_change_permission(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":
            kwargs["queryset"] = User.objects.desk().select_related("person")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if not change:
            data = {"task": obj.pk, "due_on": obj.due_on.isoformat()}
            record("casework.task.added", subject=obj, actor=request.user, data=data)

    @admin.display(description="dossier")
    def about(self, task):
        return task.subject or "Aucun"

    @admin.action(description="Marquer comme faites", permissions=["finish"])
    def finish_selected(self, request, queryset):
        attempt(self, request, queryset, actions.finish_task, "{} tâche(s) faite(s).")

    @action(description="C'est fait", permissions=["finish"])
    def finish(self, request, obj):
        attempt(self, request, [obj], actions.finish_task, "La tâche est faite.")


class AbsenceForm(forms.ModelForm):
    """Days as people say them: the last one is included."""

    first_day = forms.DateField(
        label="Premier jour", widget=UnfoldAdminSingleDateWidget
    )
    last_day = forms.DateField(
        label="Dernier jour (compris)", widget=UnfoldAdminSingleDateWidget
    )

    class Meta:
        model = Absence
        fields = ["user", "stand_in"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["first_day"] = self.instance.period.lower
            self.initial["last_day"] = self.instance.last_day

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last:
            if last < first:
                raise ValidationError("Le dernier jour vient avant le premier.")
            self.instance.period = DateRange(first, last + timedelta(days=1))
        return data

    def _get_validation_exclusions(self):
        # The period is not a field of the form, and its constraints must speak.
        excluded = super()._get_validation_exclusions()
        if not self.errors:
            excluded.discard("period")
        return excluded


@admin.register(Absence)
class AbsenceAdmin(ModelAdmin):
    empty_text = (
        "Aucune absence. Annoncez la vôtre : votre remplaçant recevra vos rappels."
    )
    form = AbsenceForm
    list_display = ["user", "first_day", "last_day", "stand_in"]
    list_select_related = ["user__person", "stand_in__person"]
    fields = ["user", "first_day", "last_day", "stand_in"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = User.objects.desk().select_related("person")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        said = {
            "first_day": form.cleaned_data["first_day"],
            "last_day": form.cleaned_data["last_day"],
            "stand_in": obj.stand_in,
            "by": request.user,
        }
        if change:
            actions.change_absence(obj, **said)
        else:
            obj.pk = actions.announce_absence(obj.user, **said).pk

    def changeform_view(self, request, *args, **kwargs):
        """Two absences announced at once: the second is refused as it is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(request.path)

    def delete_model(self, request, obj):
        actions.cancel_absence(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for absence in queryset:
            actions.cancel_absence(absence, by=request.user)

    def get_readonly_fields(self, request, obj=None):
        """Whose absence it is does not change: cancel it and note the other one."""
        return ["user", "booklet"] if obj else []

    def get_fields(self, request, obj=None):
        return [*self.fields, "booklet"] if obj else self.fields

    @admin.display(description="relève")
    def booklet(self, absence):
        return format_html(
            '<a href="{}">Livret de relève (PDF)</a> : chaque dossier, sa suite, ce '
            "qui est promis, qui appeler.",
            reverse("gestion:handover", args=[absence.pk]),
        )

    @admin.display(description="du", ordering="period")
    def first_day(self, absence):
        return absence.period.lower

    @admin.display(description="au (compris)")
    def last_day(self, absence):
        return absence.last_day


class LadderStepForm(forms.ModelForm):
    class Meta:
        model = LadderStep
        fields = ["ladder", "offset_days", "audience", "template_key", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = ladders.ladders().values()
        self._offer("ladder", [(ladder.key, ladder.title) for ladder in known])
        templates = catalogue.templates().values()
        self._offer("template_key", [(row.key, row.title) for row in templates])

    def _offer(self, name, choices):
        if name in self.fields:
            self.fields[name].widget = UnfoldAdminSelectWidget(choices=choices)


@admin.register(LadderStep)
class LadderStepAdmin(ModelAdmin):
    empty_text = (
        "Aucune relance. Lancez « manage.py migrate » : il pose celles du portail."
    )
    form = LadderStepForm
    list_display = ["title", "offset_days", "audience", "template", "is_active"]
    list_filter = ["is_active"]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="relance", ordering="ladder")
    def title(self, step):
        return step.title

    @admin.display(description="message")
    def template(self, step):
        template = catalogue.templates().get(step.template_key)
        return template.title if template else step.template_key


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
