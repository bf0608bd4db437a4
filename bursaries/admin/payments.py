"""Payments: ordered by one, approved by another, handed to the finance software."""

import csv
import io
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from accounts import roles
from bursaries import paying
from bursaries.actions import payments
from bursaries.models import Agreement, PaymentExport, PaymentLine
from casework import acts
from casework.acts import posted
from casework.typography import euros
from territory.filters import ChoiceFilter

State = PaymentLine.State
BADGES = {
    State.PLANNED: ("Prévu", "neutral", "calendar-days"),
    State.ORDERED: ("À approuver", "you", "hand"),
    State.APPROVED: ("Approuvé", "info", "check"),
    State.SENT: ("Transmis", "run", "send"),
    State.PAID: ("Payé", "success", "circle-check"),
    State.REJECTED: ("Rejeté", "warning", "circle-alert"),
    State.CANCELLED: ("Annulé", "neutral", "x"),
}
# A file of confirmations for a year of a Département holds far fewer.
MAX_BYTES = 2_000_000


def badge(row: PaymentLine) -> dict:
    label, look, icon = BADGES[row.state]
    return {"label": label, "look": look, "icon": icon}


def may_order(user) -> bool:
    return user.is_staff and roles.has_role(user, roles.FINANCES)


def may_approve(user) -> bool:
    return user.is_staff and roles.has_role(user, roles.FINANCES, roles.DIRECTION)


class PaymentFilter(ChoiceFilter):
    title = "état"
    parameter_name = "etat"
    default_choice = "a-ordonner"

    def lookups(self, request, model_admin):
        return [
            ("a-ordonner", "échus, à ordonner"),
            ("a-approuver", "à approuver"),
            ("a-transmettre", "approuvés, à transmettre"),
            ("transmis", "transmis, à confirmer"),
            ("rejetes", "rejetés par la banque"),
            ("payes", "payés"),
            ("tous", "tous"),
        ]

    def queryset(self, request, rows):
        found = {
            "a-ordonner": rows.due(timezone.localdate()),
            "a-approuver": rows.to_approve(),
            "a-transmettre": rows.to_send(),
            "transmis": rows.awaiting_bank(),
            "rejetes": rows.rejected(),
            "payes": rows.paid(),
        }
        return found.get(self.chosen, rows)


class ConfirmationsForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Le fichier des finances (CSV)",
        help_text="Colonnes : cle, date_paiement, mandat, rejet. Le relire deux fois "
        "ne change rien.",
    )

    def clean_file(self):
        """The lines of the file, whatever wrote its accents and its separator."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_BYTES:
            raise ValidationError("Ce fichier est trop gros : 2 Mo au plus.")
        content = uploaded.read()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
        first = text.splitlines()[0] if text.strip() else ""
        separator = ";" if ";" in first else ","
        try:
            reader = csv.DictReader(io.StringIO(text), delimiter=separator)
            lines = list(reader)
            names = {(name or "").strip() for name in reader.fieldnames or []}
        except csv.Error:
            raise ValidationError("Ce fichier n’est pas un CSV lisible.") from None
        missing = [name for name in ("cle", "date_paiement") if name not in names]
        if missing:
            raise ValidationError(
                f"Il manque la colonne {missing[0]} : vérifiez le fichier."
            )
        return [
            {(key or "").strip(): value for key, value in line.items() if key}
            for line in lines
        ]


@admin.register(PaymentLine)
class PaymentLineAdmin(ModelAdmin):
    empty_text = (
        "Aucun versement dans cette vue. Les versements se prévoient d’eux-mêmes "
        "quand une convention est signée."
    )
    list_display = ["who", "due_on", "sum", "standing"]
    list_display_links = ["who"]
    list_filter = [PaymentFilter]
    list_per_page = 50
    search_fields = ["agreement__reference", "agreement__name"]
    search_help_text = "Référence ou nom."
    sortable_by = []
    actions = ["order_chosen", "approve_chosen"]
    change_list_template = "gestion/payments.html"

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        user = request.user
        reads = roles.is_desk(user) or roles.has_role(user, roles.FINANCES)
        return user.is_staff and reads

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_order_permission(self, request):
        return may_order(request.user)

    def has_approve_permission(self, request):
        return may_approve(request.user)

    def get_queryset(self, request):
        mine = Agreement.objects.visible_to(request.user)
        rows = PaymentLine.objects.filter(agreement__in=mine)
        return rows.with_list_data().order_by("due_on", "pk")

    @admin.display(description="versement")
    def who(self, row):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            row.agreement.name or "Personne effacée",
            row.agreement.reference,
        )

    @admin.display(description="montant")
    def sum(self, row):
        return euros(row.amount)

    @admin.display(description="état")
    def standing(self, row):
        found = badge(row)
        return render_to_string("_badge.html", {**found, "icon_name": found["icon"]})

    @admin.action(description="Ordonner", permissions=["order"])
    def order_chosen(self, request, queryset):
        self._each(request, queryset, payments.order, "ordonné")

    @admin.action(description="Approuver", permissions=["approve"])
    def approve_chosen(self, request, queryset):
        self._each(request, queryset, payments.approve, "approuvé")

    def _each(self, request, queryset, do, done) -> None:
        """One after another, oldest first: each is done, or refused in a sentence."""
        count = 0
        for row in queryset.order_by("due_on", "pk"):
            try:
                do(row, by=request.user)
            except ValidationError as refusal:
                said = " ".join(refusal.messages)
                self.message_user(
                    request, f"{row.agreement.name}, {row} : {said}", messages.ERROR
                )
            else:
                count += 1
        if count:
            plural = "s" if count > 1 else ""
            self.message_user(
                request, f"{count} versement{plural} {done}{plural}.", messages.SUCCESS
            )

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("exporter/", require_POST(self.export_view), "export"),
            ("export/<int:export_id>/", never_cache(self.file_view), "file"),
            ("confirmer/", self.confirm_view, "confirm"),
            ("<int:object_id>/ordonner/", require_POST(self.order_view), "order"),
            ("<int:object_id>/approuver/", require_POST(self.approve_view), "approve"),
            ("<int:object_id>/annuler/", require_POST(self.cancel_view), "cancel"),
            ("<int:object_id>/renvoyer/", require_POST(self.resend_view), "resend"),
        ]
        return [
            *[
                path(end, wrap(view), name=f"bursaries_payment_{name}")
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        more = {
            "may_order": may_order(request.user),
            "waiting": PaymentLine.objects.to_send().count(),
            "exports": PaymentExport.objects.select_related("made_by__person")[:5],
        }
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self._find(request, unquote(object_id))
        agreement = Agreement.objects.with_facts().get(pk=row.agreement_id)
        found = []
        if row.state == State.PLANNED:
            known = paying.facts(agreement, timezone.localdate())
            found = paying.reasons(row, known, timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(row),
            "row": row,
            "badge": badge(row),
            "amount": euros(row.amount),
            "reasons": found,
            "years": ", ".join(f"{year}-{year + 1}" for year in row.years),
            "may_order": may_order(request.user),
            "may_approve": may_approve(request.user)
            and row.ordered_by_id != request.user.pk,
        }
        return TemplateResponse(request, "gestion/payment.html", context)

    def order_view(self, request, object_id):
        return self._at_once(
            request, object_id, may_order, payments.order, "Le versement est ordonné."
        )

    def approve_view(self, request, object_id):
        return self._at_once(
            request,
            object_id,
            may_approve,
            payments.approve,
            "Le versement est approuvé.",
        )

    def cancel_view(self, request, object_id):
        return self._at_once(
            request, object_id, may_order, payments.cancel, "L’ordre est annulé."
        )

    def resend_view(self, request, object_id):
        return self._at_once(
            request,
            object_id,
            may_order,
            payments.send_again,
            "Le versement partira avec le prochain export.",
        )

    def _at_once(self, request, object_id, allowed, do, done):
        row = self._find(request, object_id)
        if not allowed(request.user):
            raise PermissionDenied
        url = reverse("admin:bursaries_paymentline_change", args=[row.pk])
        if do is payments.cancel:
            url = reverse("admin:bursaries_paymentline_changelist")
        return acts.at_once(request, partial(do, row), back_url=url, done=done)

    def export_view(self, request):
        if not may_order(request.user):
            raise PermissionDenied
        made = payments.export(by=request.user)
        if made is None:
            messages.info(
                request,
                "Rien ne part : aucun versement approuvé n’attend, ou les comptes ont "
                "changé et restent à vérifier.",
            )
        else:
            messages.success(
                request, "Les versements approuvés sont dans un export : prenez-le."
            )
        return redirect("admin:bursaries_paymentline_changelist")

    def file_view(self, request, export_id):
        if not may_order(request.user):
            raise PermissionDenied
        made = get_object_or_404(PaymentExport, pk=export_id)
        name = f"versements-{made.made_at:%Y-%m-%d}-{made.pk}.csv"
        return HttpResponse(
            payments.export_csv(made, by=request.user).encode("utf-8-sig"),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def confirm_view(self, request):
        """A file of confirmations: what it did, and each line that is wrong."""
        if not may_order(request.user):
            raise PermissionDenied
        data = posted(request)
        form = ConfirmationsForm(data, request.FILES if data is not None else None)
        done = None
        if form.is_valid():
            done = payments.confirm(form.cleaned_data["file"], by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Confirmer les paiements",
            "form": form,
            "done": done,
        }
        return TemplateResponse(request, "gestion/payments_confirm.html", context)

    def _find(self, request, pk) -> PaymentLine:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (PaymentLine.DoesNotExist, ValueError):
            raise Http404("Ce versement n’existe pas.") from None
