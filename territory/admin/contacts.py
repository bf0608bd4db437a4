"""Who answers for the organisations of the directory, and who is away."""

import contextlib

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from unfold.admin import StackedInline, TabularInline
from unfold.decorators import display

from territory.models import Contact, ContactAbsence, Organisation

from .days import PeriodForm
from .kept import KeptAdmin


def one_save_at_a_time(organisations) -> None:
    """Hold these bodies until the transaction ends; another save of them waits."""
    rows = Organisation.objects.filter(pk__in=organisations.values("pk"))
    list(rows.order_by("pk").select_for_update(no_key=True))


class ContactInline(StackedInline):
    """The people of an organisation, on its own page."""

    model = Contact
    extra = 0
    fields = [
        ("name", "function"),
        ("email", "phone"),
        "topics",
        ("is_main", "is_active"),
    ]
    show_change_link = True
    can_delete = False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ContactAbsenceForm(PeriodForm):
    class Meta:
        model = ContactAbsence
        fields = ["stand_in"]

    def _post_clean(self):
        """Neither the period nor the contact is typed here: Django leaves their
        constraints to the database, which has no sentence to say."""
        super()._post_clean()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as refusal:
                self._update_errors(refusal)


class ContactAbsenceInline(TabularInline):
    model = ContactAbsence
    form = ContactAbsenceForm
    fk_name = "contact"
    fields = ["first_day", "last_day", "stand_in"]
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        self.contact = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Somebody of the same organisation, and not the person away."""
        colleagues = Contact.objects.none()
        if self.contact:
            colleagues = Contact.objects.active().exclude(pk=self.contact.pk)
            colleagues = colleagues.filter(organisation=self.contact.organisation_id)
        kwargs["queryset"] = colleagues
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AwayFilter(admin.SimpleListFilter):
    title = "présence"
    parameter_name = "presence"

    def lookups(self, request, model_admin):
        return [("absents", "absents aujourd'hui")]

    def queryset(self, request, contacts):
        if self.value() == "absents":
            away = ContactAbsence.objects.on(timezone.localdate())
            return contacts.filter(pk__in=away.values("contact"))
        return contacts


@admin.register(Contact)
class ContactAdmin(KeptAdmin):
    empty_text = (
        "Aucun contact. Ouvrez un partenaire et ajoutez qui y répond : un nom, un "
        "courriel, un téléphone."
    )
    list_display = ["name", "organisation", "function", "reached", "today"]
    list_filter = [AwayFilter, "is_active", "topics"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email", "organisation__name"]
    search_help_text = "Nom, courriel ou organisme"
    autocomplete_fields = ["organisation"]
    fields = [
        "organisation",
        ("name", "function"),
        ("email", "phone"),
        "topics",
        ("is_main", "is_active"),
    ]
    inlines = [ContactAbsenceInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("absences__stand_in")

    @transaction.atomic
    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Who is first, and who is away, is checked against the colleagues."""
        if request.method == "POST":
            with contextlib.suppress(ValueError):
                theirs = Q(pk=request.POST.get("organisation") or None)
                if object_id:
                    theirs |= Q(contacts__pk=unquote(object_id))
                one_save_at_a_time(Organisation.objects.filter(theirs))
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_inlines(self, request, obj):
        """Absences are noted once the contact exists, among its colleagues."""
        return self.inlines if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description="courriel et téléphone")
    def reached(self, contact):
        return (
            ", ".join(filter(None, [contact.email, contact.phone])) or "Boîte commune"
        )

    @display(description="aujourd'hui")
    def today(self, contact):
        day = timezone.localdate()
        for absence in contact.absences.all():
            if day in absence.period:
                by = f", remplacement : {absence.stand_in}" if absence.stand_in else ""
                return f"Revient le {absence.period.upper:%d/%m/%Y}{by}"
        return "Répond" if contact.is_active else "N'est plus en poste"
