"""Who is away, and who stands in."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from accounts.models import User
from casework import actions
from casework.models import Absence
from territory.admin.days import PeriodForm


class AbsenceForm(PeriodForm):
    class Meta:
        model = Absence
        fields = ["user", "stand_in"]


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
