"""What the desk could not write down during a call: the person adds it, by page."""

import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from installation import completion, steps
from installation.actions.completion import complete
from installation.views.dossier import for_its_owner


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def dossier_complete(request, dossier, number=None):
    """One page of the request, filled with what is known; each is saved apart."""
    pages = completion.pages(dossier)
    if not completion.is_offered(dossier):
        messages.info(request, "Il n’y a rien à compléter dans ce dossier.")
        return redirect(dossier)
    reached = min(dossier.step_reached, len(pages))
    number = number or reached
    if not 1 <= number <= reached:
        raise Http404
    step = pages[number - 1]
    is_last = number == len(pages)
    options = {"account_email": dossier.contact_email} if number == 1 else {}
    form = step.form(
        request.POST if request.method == "POST" else None,
        # The form writes what it reads into its instance: the page keeps the real one.
        instance=copy.copy(dossier),
        **options,
    )
    if "email" in form.fields:
        form.fields["email"].help_text = "L’adresse à laquelle nous vous écrivons."
    if form.is_valid():
        try:
            complete(
                dossier,
                number,
                form.answers,
                is_last=is_last,
                by=request.user if request.user.is_authenticated else None,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if is_last:
                messages.success(request, "Merci, c’est complet. Voici votre dossier.")
                return redirect(dossier)
            return redirect(_url(dossier, number + 1))
    context = {
        "dossier": dossier,
        "step": step,
        "number": number,
        "form": form,
        "is_last": is_last,
        "step_count": len(pages),
        "next_title": "" if is_last else pages[number].title,
        "road": steps.road(pages, number, reached, lambda n: _url(dossier, n)),
        "back_url": _url(dossier, number - 1) if number > 1 else "",
    }
    return render(request, "installation/dossier_complete.html", context)


def _url(dossier, number: int) -> str:
    return reverse("installation:dossier-complete", args=[dossier.reference, number])
