"""The bank accounts, for finances and nobody else."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from accounts import crypto, roles
from bursaries.actions import bank_accounts
from bursaries.models import BankAccount
from casework import acts
from casework.acts import Act, PlainAct, posted
from casework.days import said
from documents import serving
from territory.filters import UsualFilter
from territory.sorting import search_key

CHECK = Act(
    "Vérifier le compte",
    "Le titulaire et l’IBAN sont ceux du RIB, et le titulaire est bien la personne à "
    "qui la bourse est accordée.",
    "Le compte est vérifié",
    "Le compte est vérifié.",
)
REFUSE = Act(
    "Refuser le compte",
    "La personne reçoit le motif et donne un autre RIB. N’y écrivez pas l’IBAN.",
    "Refuser",
    "Le compte est refusé et la personne est prévenue.",
)
UNBLOCK = Act(
    "Lever le blocage",
    "Vous avez joint la personne au numéro connu avant ce compte, et elle confirme "
    "l’avoir donné.",
    "Lever le blocage",
    "Le blocage est levé.",
)


class RefusalForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi : la personne le lira."},
    )


class StateFilter(UsualFilter):
    """What waits for somebody, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "à vérifier"

    def lookups(self, request, model_admin):
        return [
            ("verifies", "vérifiés"),
            ("refuses", "refusés"),
            ("geles", "gelés 48 heures"),
            ("bloques", "bloqués"),
            ("tous", "tous"),
        ]

    def queryset(self, request, rows):
        found = {
            "verifies": rows.checked,
            "refuses": rows.refused,
            "geles": partial(rows.frozen, timezone.now()),
            "bloques": rows.blocked,
            "tous": rows.all,
        }
        return found.get(self.value(), rows.to_check)()


@admin.register(BankAccount)
class BankAccountAdmin(ModelAdmin):
    empty_text = (
        "Aucun compte bancaire dans cette vue. Une personne donne son RIB depuis son "
        "espace, une fois la bourse accordée ; « tous » montre aussi les anciens."
    )
    list_display = ["who", "account", "given", "standing"]
    list_filter = [StateFilter]
    list_per_page = 50
    sortable_by = []
    ordering = ["given_at", "pk"]
    actions = None

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        user = request.user
        return user.is_staff and roles.has_role(user, roles.FINANCES)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        if not self.has_view_permission(request):
            return super().get_queryset(request).none()
        return super().get_queryset(request).select_related("person", "document")

    @admin.display(description="personne")
    def who(self, account):
        return account.person.full_name or "Personne effacée"

    @admin.display(description="compte")
    def account(self, account):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            account.masked or "effacé",
            account.holder,
        )

    @admin.display(description="donné le")
    def given(self, account):
        return said(account.given_at)

    @admin.display(description="état")
    def standing(self, account):
        found = badge(account)
        return render_to_string("_badge.html", {**found, "icon_name": found["icon"]})

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("rib/", self.document_view, "document"),
            ("lire/", require_POST(self.read_view), "read"),
            ("verifier/", self.check_view, "check"),
            ("refuser/", self.refuse_view, "refuse"),
            ("lever/", self.unblock_view, "unblock"),
        ]
        return [
            *[
                path(
                    f"<int:object_id>/{end}",
                    wrap(view),
                    name=f"bursaries_bankaccount_{name}",
                )
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST":
            raise PermissionDenied
        return self._page(request, self._find(request, unquote(object_id)))

    @sensitive_variables()
    def read_view(self, request, object_id):
        """The whole IBAN, shown once: reloading asks again, and is journalled."""
        account = self._find(request, object_id)
        try:
            iban, bic = bank_accounts.read(account, by=request.user)
        except crypto.Unreadable:
            unreadable = "Illisible : la clé qui l’a scellé n’est plus là."
            return self._page(request, account, unreadable=unreadable)
        return never_cache(self._page)(request, account, iban=iban, bic=bic)

    @sensitive_variables()
    def _page(self, request, account, **read):
        is_open = not (account.replaced_at or account.refused_at)
        may_answer = is_open and account.given_by_id != request.user.pk
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": f"Compte bancaire de {account.person.full_name}",
            "account": account,
            "badge": badge(account),
            "warnings": list(warnings(account)),
            "is_frozen": bool(account.usable_at and account.usable_at > timezone.now()),
            "may_check": may_answer
            and not account.checked_at
            and not account.is_blocked,
            "may_refuse": may_answer,
            "may_unblock": may_answer and account.is_blocked,
            "file": {
                "document": account.document,
                "url": reverse(
                    "admin:bursaries_bankaccount_document", args=[account.pk]
                ),
            },
            **read,
        }
        return TemplateResponse(request, "gestion/bank_account.html", context)

    def document_view(self, request, object_id):
        return serving.attachment(self._find(request, object_id).document)

    def check_view(self, request, object_id):
        return self._answered(request, object_id, CHECK, PlainAct, bank_accounts.check)

    def refuse_view(self, request, object_id):
        return self._answered(
            request, object_id, REFUSE, RefusalForm, bank_accounts.refuse
        )

    def unblock_view(self, request, object_id):
        return self._answered(
            request, object_id, UNBLOCK, PlainAct, bank_accounts.unblock
        )

    def _answered(self, request, object_id, act, form, do):
        account = self._find(request, object_id)
        return acts.answered(
            self.admin_site,
            request,
            act,
            form(posted(request)),
            partial(do, account),
            back_url=account.get_absolute_url(),
            back_to=f"Compte de {account.person.full_name}",
            about=account.masked,
        )

    def _find(self, request, pk) -> BankAccount:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (BankAccount.DoesNotExist, ValueError, ValidationError):
            raise Http404("Ce compte n’existe pas.") from None


def badge(account: BankAccount) -> dict:
    """Where it stands, in a word; yellow when it is the turn of finances."""
    if account.refused_at:
        label, look, icon = "Refusé", "neutral", "x"
    elif account.replaced_at:
        label, look, icon = "Remplacé", "neutral", "archive"
    elif account.is_blocked:
        label, look, icon = "Bloqué", "warning", "circle-alert"
    elif account.checked_at:
        label, look, icon = "Vérifié", "success", "check"
    else:
        label, look, icon = "À vérifier", "you", "hand"
    return {"label": label, "look": look, "icon": icon}


def warnings(account: BankAccount):
    """What finances look at twice: it refuses nothing by itself."""
    if account.forgotten_at:
        return
    if not _same_name(account.holder, account.person):
        yield (
            f"Le titulaire du compte, {account.holder}, ne porte pas le nom de la "
            f"personne, {account.person.full_name}."
        )
    for other in BankAccount.objects.same_as(account).select_related("person"):
        yield f"{other.person.full_name} a donné le même compte."


def _same_name(holder: str, person) -> bool:
    """Every word of the name is there, in any order and whatever the accents."""
    said_words = set(search_key(holder).split())
    return set(search_key(person.last_name).split()) <= said_words
