from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions, personal_data
from accounts.consents import withdraw as withdraw_consent
from accounts.forms import (
    CloseAccountForm,
    PersonForm,
    PractitionerForm,
    ReauthenticateForm,
    StudentForm,
    WithdrawForm,
)
from accounts.models import PractitionerProfile, StudentProfile


@login_not_required
@require_GET
def front(request):
    """/compte/: the door for a visitor, one's own page for the others."""
    if request.user.is_authenticated:
        return redirect("accounts:profile")
    return redirect("account_login")


class ConfirmEmailView(account.ConfirmEmailView):
    """The link proves whose mailbox it is, not who chose the password.

    Else a stranger could sign up with somebody's address, wait for the owner to
    click, then enter with a password that only the stranger knows.
    """

    form = None

    def post(self, *args, **kwargs):
        self.object = self.get_object()
        if not self._is_where_it_began():
            self.form = self._password_form(self.request.POST)
            if not self.form.is_valid():
                return self.render_to_response(self.get_context_data())
        return super().post(*args, **kwargs)

    def get_context_data(self, **kwargs):
        if self.object and not self.form and not self._is_where_it_began():
            self.form = self._password_form()
        return super().get_context_data(form=self.form, **kwargs)

    def _password_form(self, data=None):
        return ReauthenticateForm(data, user=self.object.email_address.user)

    def _is_where_it_began(self):
        """This browser signed up, gave the password a moment ago, or is signed in."""
        owner = self.object.email_address.user_id
        if self.request.user.is_authenticated:
            return self.request.user.pk == owner
        stage = LoginStageController.enter(self.request, EmailVerificationStage.key)
        return bool(stage and stage.login.user and stage.login.user.pk == owner)


@require_http_methods(["GET", "POST"])
def profile(request):
    person = request.user.person
    practitioner = PractitionerProfile.objects.filter(person=person).first()
    student = StudentProfile.objects.filter(person=person).first()
    forms = [
        PersonForm(request.POST or None, instance=person),
        PractitionerForm(
            request.POST or None,
            instance=practitioner or PractitionerProfile(person=person),
            prefix="praticien",
        ),
        StudentForm(
            request.POST or None,
            instance=student or StudentProfile(person=person),
            prefix="etudes",
        ),
    ]
    # Every form is asked, so that one answer shows every mistake.
    refused = [form for form in forms if not form.is_valid()]
    if request.method == "POST" and not refused:
        for form in forms:
            if form.has_changed():
                form.save()
        messages.success(request, "Vos informations sont à jour.")
        return redirect("accounts:profile")
    # The refused values belong to the form, not to the rest of the page.
    person.refresh_from_db()
    names = ("person_form", "practitioner_form", "student_form")
    return render(
        request, "accounts/profile.html", dict(zip(names, forms, strict=True))
    )


@require_http_methods(["GET", "POST"])
def consents(request):
    person = request.user.person
    form = WithdrawForm(request.POST or None, person=person)
    if request.method == "POST":
        if form.is_valid():
            consent = form.cleaned_data["consent"]
            withdraw_consent(
                person,
                consent.purpose,
                organisation=consent.organisation,
                by=request.user,
            )
            messages.success(request, "C'est noté : cet accord est retiré.")
        else:
            messages.info(request, "Cet accord était déjà retiré.")
        return redirect("accounts:consents")
    given = list(person.consents.select_related("organisation"))
    return render(
        request,
        "accounts/consents.html",
        {
            "active": [consent for consent in given if consent.is_active],
            "withdrawn": [consent for consent in given if not consent.is_active],
        },
    )


@require_GET
def my_data(request):
    return render(request, "accounts/my_data.html")


@require_GET
@never_cache
@reauthentication_required
def my_data_archive(request):
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"
    archive = personal_data.archive(request.user.person)
    return FileResponse(
        archive, as_attachment=True, filename=name, content_type="application/zip"
    )


@require_http_methods(["GET", "POST"])
@reauthentication_required
def close(request):
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    refusals = actions.closing_refusals(request.user)
    if not refusals and form.is_valid():
        try:
            actions.close_account(request.user)
        except ValidationError as refusal:
            refusals = refusal.messages
        else:
            logout(request)
            messages.success(
                request, "Votre compte est fermé et vos données sont effacées."
            )
            return redirect("/")
    context = {"form": form, "refusals": refusals}
    return render(request, "accounts/close.html", context)


@login_not_required
def locked_out(request, original_response=None, credentials=None):
    """Too many wrong passwords from one place for one address."""
    return render(request, "accounts/locked_out.html", status=429)
