from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from accounts import actions, purging, roles
from accounts.models import (
    ArchiveVisa,
    Consent,
    ConsistencyRun,
    ContactPoint,
    Membership,
    Person,
    PractitionerProfile,
    PurgeAggregate,
    PurgeNotice,
    StudentProfile,
    User,
)

# Passwords, keys and traces are nobody's business: they have no page here.
for hidden in (
    AccessAttempt,
    AccessFailureLog,
    AccessLog,
    Authenticator,
    EmailAddress,
    Group,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)


class ReadOnly:
    """Rows the portal writes by itself."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ContactPointInline(TabularInline):
    model = ContactPoint
    fields = ["kind", "value", "label"]
    extra = 0
    tab = True


class MembershipInline(TabularInline):
    model = Membership
    fields = ["organisation", "role", "since", "until"]
    autocomplete_fields = ["organisation"]
    extra = 0
    tab = True


class PractitionerInline(TabularInline):
    model = PractitionerProfile
    fields = ["profession", "specialty", "rpps", "situation"]
    extra = 0
    tab = True


class StudentInline(TabularInline):
    model = StudentProfile
    fields = ["studies", "cycle", "year", "faculty", "specialty"]
    extra = 0
    tab = True


class ConsentInline(ReadOnly, TabularInline):
    model = Consent
    fields = readonly_fields = [
        "purpose",
        "organisation",
        "wording",
        "given_at",
        "withdrawn_at",
    ]
    extra = 0
    tab = True


class LoginFilter(admin.SimpleListFilter):
    title = "compte"
    parameter_name = "compte"

    def lookups(self, request, model_admin):
        return [("oui", "avec un compte"), ("non", "sans compte")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(user__isnull=self.value() == "non")


@admin.register(Person)
class PersonAdmin(ModelAdmin):
    empty_text = (
        "Personne encore. Une demande déposée, un appel noté ou un compte créé "
        "en ajoute une."
    )
    list_display = ["name", "email", "phone", "city", "origin", "created_at"]
    list_filter = ["origin", LoginFilter]
    list_filter_submit = True
    search_fields = ["search_key"]
    search_help_text = "Nom, courriel ou téléphone ; une faute de frappe est pardonnée"
    ordering = ["sort_key", "pk"]
    show_full_result_count = False
    inlines = [
        PractitionerInline,
        StudentInline,
        ContactPointInline,
        MembershipInline,
        ConsentInline,
    ]
    # What is asked on the telephone, in the order it comes.
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title", "first_name", "last_name"),
                    ("phone", "email"),
                    ("postal_code", "city"),
                    "address",
                    "origin",
                ]
            },
        ),
        (
            "Connue du portail",
            {"fields": [("email_confirmed_at", "created_at")]},
        ),
    ]
    readonly_fields = ["email_confirmed_at", "created_at"]
    actions_detail = ["find_twins"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(closed_at=None)

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset & Person.objects.search(search_term), False

    def get_readonly_fields(self, request, obj=None):
        """Whoever signs in changes the address, and proves to own the new one."""
        owned = ["email"] if obj and obj.has_login else []
        return [*self.readonly_fields, *owned]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.origin = obj.origin or Person.Origin.DESK
        if "email" in form.changed_data:
            obj.email_confirmed_at = None
        super().save_model(request, obj, form, change)

    @display(description="Nom", ordering="sort_key")
    def name(self, person):
        return f"{person.last_name} {person.first_name}".strip() or person.full_name

    @action(description="Réunir deux fiches", url_path="reunir", icon="merge")
    def find_twins(self, request, object_id):
        person = self._mergeable(request, object_id)
        search = request.GET.get("q", "").strip()
        people = Person.objects.search(search) if search else alike(person)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Réunir deux fiches",
            "person": person,
            "search": search,
            "people": people.exclude(pk=person.pk).in_order()[:10],
        }
        return TemplateResponse(request, "accounts/admin/twins.html", context)

    def get_urls(self):
        merge = path(
            "<int:kept>/reunir/<int:absorbed>/",
            self.admin_site.admin_view(self.merge),
            name="accounts_person_merge",
        )
        return [merge, *super().get_urls()]

    def merge(self, request, kept, absorbed):
        kept = self._mergeable(request, kept)
        absorbed = self._mergeable(request, absorbed)
        if request.method == "POST":
            try:
                actions.merge(kept, absorbed, by=request.user)
            except ValidationError as refusal:
                for sentence in refusal.messages:
                    messages.error(request, sentence)
            else:
                messages.success(request, "Les deux fiches n'en font plus qu'une.")
                return redirect("admin:accounts_person_change", kept.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Réunir deux fiches",
            "kept": kept,
            "absorbed": absorbed,
            "preview": actions.merge_preview(kept, absorbed),
        }
        return TemplateResponse(request, "accounts/admin/merge.html", context)

    def _mergeable(self, request, pk) -> Person:
        if not (roles.is_desk(request.user) and self.has_change_permission(request)):
            raise PermissionDenied
        return get_object_or_404(Person.objects.open(), pk=pk)


def alike(person: Person):
    """Rows that may describe the same human: same name, address or number."""
    texts = (person.full_name, person.email, str(person.phone))
    found = Person.objects.none()
    for text in filter(None, texts):
        found = found | Person.objects.search(text)
    return found


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "is_staff", "is_active", "groups"]


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Who may enter the back-office, and in which role."""

    empty_text = (
        "Aucun compte. Chacun crée le sien depuis le site ; son rôle se donne ici."
    )
    form = UserForm
    list_display = ["email", "person_name", "is_staff", "role_names", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "person__search_key"]
    search_help_text = "Courriel ou nom"
    ordering = ["email"]
    list_select_related = ["person"]
    fieldsets = [
        (None, {"fields": ["person", "email", "is_active"]}),
        ("Guichet", {"fields": ["is_staff", "groups"]}),
        ("Connexions", {"fields": [("date_joined", "last_login"), "second_factor"]}),
    ]
    readonly_fields = ["person", "email", "date_joined", "last_login", "second_factor"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def lookup_allowed(self, lookup, value, request=None):
        """A list filtered by the password tells its hash, a letter at a time."""
        hidden = lookup.split("__")[0] == "password"
        return not hidden and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request):
        """People sign up by themselves; their role is given here."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody gives themselves a role; a superuser's account is a superuser's."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser:
            return allowed
        return allowed and obj != request.user and not obj.is_superuser

    @display(description="Personne", ordering="person__sort_key")
    def person_name(self, user):
        return user.person.full_name

    @display(description="Rôles")
    def role_names(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all()))

    @display(description="Second facteur", boolean=True)
    def second_factor(self, user):
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return user.authenticator_set.filter(type__in=strong).exists()


@admin.register(Consent)
class ConsentAdmin(ReadOnly, ModelAdmin):
    empty_text = "Aucun accord. Les personnes les donnent en déposant une demande."
    list_display = ["person", "purpose", "organisation", "given_at", "withdrawn_at"]
    list_filter = ["purpose", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__search_key"]
    show_full_result_count = False


@admin.register(PurgeNotice)
class PurgeNoticeAdmin(ReadOnly, ModelAdmin):
    empty_text = (
        "Rien à effacer bientôt. Le contrôle de nuit annonce ici ce qui arrive "
        "à son terme."
    )
    list_display = ["rule_label", "object_id", "warned_on", "purge_on", "visa"]
    list_filter = ["rule"]
    show_full_result_count = False

    @display(description="Règle", ordering="rule")
    def rule_label(self, notice):
        return purging.label_of(notice.rule)

    @display(description="Destruction possible le")
    def purge_on(self, notice):
        return purging.purge_on(notice)

    @display(description="Visa", boolean=True)
    def visa(self, notice):
        return purging.may_go(notice)


class VisaForm(forms.ModelForm):
    rule = forms.ChoiceField(label="Règle")

    class Meta:
        model = ArchiveVisa
        fields = ["rule", "reference", "granted_on", "announced_until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rule" in self.fields:
            self.fields["rule"].choices = [
                (rule.key, rule.label)
                for rule in purging.rules()
                if rule.needs_archives_visa
            ]


@admin.register(ArchiveVisa)
class ArchiveVisaAdmin(ModelAdmin):
    """A visa is recorded once and never corrected: it is a proof."""

    empty_text = (
        "Aucun visa. Ajoutez celui des Archives quand il arrive : il autorise "
        "l'effacement."
    )
    form = VisaForm
    list_display = ["reference", "rule", "granted_on", "announced_until", "recorded_by"]
    list_select_related = ["recorded_by__person"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.recorded_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(PurgeAggregate)
class PurgeAggregateAdmin(ReadOnly, ModelAdmin):
    empty_text = (
        "Rien n'a encore été effacé. Les comptes s'ajoutent après chaque effacement."
    )
    list_display = ["rule", "year", "category", "count"]
    list_filter = ["year", "rule"]


@admin.register(ConsistencyRun)
class ConsistencyRunAdmin(ReadOnly, ModelAdmin):
    empty_text = (
        "Aucun contrôle encore. Il passe chaque nuit et écrit ici ce qu'il constate."
    )
    list_display = ["ran_at", "count"]
    fields = ["ran_at", "sentences"]
    readonly_fields = ["sentences"]

    @display(description="Constats")
    def count(self, run):
        return len(run.findings)

    @display(description="Constats")
    def sentences(self, run):
        return "\n".join(
            f"{finding['app']} : {finding['finding']}" for finding in run.findings
        )
