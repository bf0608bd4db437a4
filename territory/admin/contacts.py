"""Who answers for the organisations of the directory, and who is away."""

import contextlib
from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from unfold.admin import StackedInline, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSingleDateWidget

from territory.models import Contact, ContactAbsence, Organisation

from .kept import KeptAdmin


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


class ContactAbsenceForm(forms.ModelForm):
    """Days as people say them: the last one is included."""

    first_day = forms.DateField(
        label="Premier jour", widget=UnfoldAdminSingleDateWidget
    )
    last_day = forms.DateField(
        label="Dernier jour (compris)", widget=UnfoldAdminSingleDateWidget
    )

    class Meta:
        model = ContactAbsence
        fields = ["stand_in"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["first_day"] = self.instance.period.lower
            self.initial["last_day"] = self.instance.period.upper - timedelta(days=1)

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last:
            if last < first:
                raise ValidationError("Le dernier jour vient avant le premier.")
            self.instance.period = DateRange(first, last + timedelta(days=1))
        return data

    def _post_clean(self):
        """Neither the period nor the contact is typed here: Django leaves their
        constraints to the database, which has no sentence to say."""
        super()._post_clean()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as refusal:
                self._update_errors(refusal)

    def _get_validation_exclusions(self):
        excluded = super()._get_validation_exclusions()
        return excluded if self.errors else excluded - {"period"}


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
        """Absences are checked against those of the colleagues: one save at a time."""
        if request.method == "POST" and object_id:
            with contextlib.suppress(ValueError):
                rows = Organisation.objects.filter(contacts__pk=unquote(object_id))
                rows.select_for_update(of=["self"], no_key=True).first()
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
