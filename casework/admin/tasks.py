"""What somebody promised to do."""

from django.contrib import admin
from unfold.admin import ModelAdmin
from unfold.decorators import action

from accounts.models import User
from casework import actions
from casework.admin.attempts import attempt
from casework.journal import record
from casework.models import Task


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
