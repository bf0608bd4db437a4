"""Placement offers at the desk: the queue of those to read, and their photos."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import StackedInline

from casework.journal import record
from documents import actions as document_actions
from documents import intake
from documents.forms import PictureField
from internships.actions.offers import MOST_PHOTOS, PHOTO
from internships.forms.offers import refusals
from internships.models import OfferPhoto, PlacementOffer, Supervisor
from internships.offers import seats_taken
from listings.admin import ListingAdmin


class OfferForm(forms.ModelForm):
    class Meta:
        model = PlacementOffer
        fields = [
            "site",
            "semester",
            "kind",
            "title",
            "summary",
            "body",
            "supervisors",
            "supervision",
            "modality",
            "seats",
            "teaching_days",
            "needs_car",
            "room_nearby",
            "owner",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_is_public",
        ]

    def clean(self):
        cleaned = super().clean()
        for field, sentence in refusals(cleaned).items():
            self.add_error(field, sentence)
        return cleaned


class PhotoForm(forms.ModelForm):
    picture = PictureField(label="Photo")

    class Meta:
        model = OfferPhoto
        fields = ["alternative", "rank"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["picture"].required = False
            self.fields["picture"].label = "Remplacer par"


class PhotoInline(StackedInline):
    model = OfferPhoto
    form = PhotoForm
    fields = ["seen", "picture", "alternative", "rank"]
    readonly_fields = ["seen"]
    extra = 0
    max_num = MOST_PHOTOS

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document")

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": self.fields})]

    @admin.display(description="photo envoyée")
    def seen(self, photo):
        if not photo.pk:
            return ""
        if not photo.document.is_servable:
            return photo.document.state_sentence
        return format_html(
            '<a href="{}">Voir la photo</a>',
            reverse("internships:offer-photo", args=[photo.pk]),
        )


@admin.register(PlacementOffer)
class PlacementOfferAdmin(ListingAdmin):
    empty_text = (
        "Aucune offre de stage. Les terrains en écrivent depuis leur espace ; le "
        "guichet peut en ajouter une ici."
    )
    form = OfferForm
    list_display = ["title", "standing", "semester", "kind", "where", "seats"]
    list_filter = [*ListingAdmin.list_filter, "semester", "kind", "needs_car"]
    list_select_related = ["commune", "semester", "site"]
    autocomplete_fields = ["site", "owner", "supervisors"]
    inlines = [PhotoInline]
    fieldsets = [
        (None, {"fields": ["site", "semester", "kind", "title", "summary", "body"]}),
        (
            "Comment on y travaille",
            {
                "fields": [
                    "supervisors",
                    "supervision",
                    "modality",
                    "seats",
                    "teaching_days",
                ]
            },
        ),
        ("Comment on y vit", {"fields": ["needs_car", "room_nearby"]}),
        (
            "Qui joindre",
            {
                "fields": [
                    "owner",
                    "contact_name",
                    "contact_email",
                    "contact_phone",
                    "contact_is_public",
                ]
            },
        ),
    ]

    def save_model(self, request, obj, form, change):
        """What the desk corrects stays where it stands: it is the one that reads."""
        obj.save()
        record("internships.offer.written", subject=obj, actor=request.user)

    def save_formset(self, request, form, formset, change):
        sent = {
            id(one.instance): one.cleaned_data.get("picture")
            for one in formset.forms
            if one.has_changed()
        }
        for photo in formset.save(commit=False):
            replaced = photo.document if photo.pk else None
            if upload := sent[id(photo)]:
                photo.document = intake.receive(upload, by=request.user, kind=PHOTO)
            photo.save()
            if upload and replaced:
                document_actions.discard(replaced, by=request.user)
        for photo in formset.deleted_objects:
            photo.delete()
            document_actions.discard(photo.document, by=request.user)

    @admin.display(description="où", ordering="site__sort_key")
    def where(self, offer):
        return f"{offer.site.name}, {offer.commune.name}"

    def warnings(self, listing):
        return [*self._over_capacity(listing), *self._too_many_taken(listing)]

    def _over_capacity(self, offer):
        """The same person on two offers of a semester receives no more for it."""
        others = (
            PlacementOffer.objects.of_semester(offer.semester)
            .filter(state__in=["submitted", "published"])
            .exclude(pk=offer.pk)
        )
        shared = Supervisor.objects.filter(offers=offer).filter(offers__in=others)
        return [
            f"{one} est aussi sur une autre offre de ce semestre, et reçoit "
            f"{one.capacity} étudiant(s) en tout."
            for one in shared.distinct()
        ]

    def _too_many_taken(self, offer):
        taken = seats_taken([offer])[offer.pk]
        if taken <= offer.seats:
            return []
        return [f"{taken} personnes ont confirmé, pour {offer.seats} place(s)."]
