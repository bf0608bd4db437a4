"""The account one is paid on, in one's own space."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_http_methods, require_safe

from bursaries.actions import bank_accounts
from bursaries.forms.bank_accounts import BankAccountForm


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bank_account(request):
    """« Mon compte bancaire »: the one we know, and the way to give another."""
    person = request.user.person
    if not bank_accounts.may_give(person):
        raise Http404("Aucune bourse n’est accordée.")
    form = BankAccountForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"holder": person.full_name},
    )
    if form.is_valid():
        try:
            bank_accounts.give(person, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "Votre compte est enregistré : nous allons vérifier le RIB."
            )
            return redirect("bursaries:bank-account")
    account = bank_accounts.current_of(person)
    is_frozen = account and account.usable_at and account.usable_at > timezone.now()
    context = {"account": account, "form": form, "is_frozen": is_frozen}
    return render(request, "bursaries/bank_account.html", context)


@login_not_required
@never_cache
@require_safe
def bank_account_blocked(request):
    """Where « ce n'est pas moi » leads; it says nothing of anybody."""
    return render(request, "bursaries/bank_account_blocked.html")
