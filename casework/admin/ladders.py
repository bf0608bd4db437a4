"""The steps of the reminders."""

from django import forms
from django.contrib import admin
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from casework import catalogue, ladders
from casework.models import LadderStep


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
