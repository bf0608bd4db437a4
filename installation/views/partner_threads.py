"""What a partner and the person write to each other, on the person's side."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from installation import partner_threads
from installation.actions import partners as acts
from installation.forms.partners import ReplyForm
from installation.models import Referral
from installation.views.dossier import for_its_owner


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_owner
def partner_thread(request, dossier, pk):
    """One partner's messages, and the person's answer."""
    referral = (
        Referral.objects.filter(need__request=dossier)
        .select_related("need__topic", "need__request", "organisation", "consent")
        .filter(pk=pk)
        .first()
    )
    if referral is None or not referral.messages.exists():
        raise Http404
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.reply(
                referral,
                by=request.user if request.user.is_authenticated else None,
                **form.cleaned_data,
            )
        except ValidationError:
            form.add_error(None, partner_threads.OVER)
        else:
            messages.success(request, "Votre réponse est partie.")
            return redirect(request.path)
    context = {
        "dossier": dossier,
        "referral": referral,
        "thread": partner_threads.thread(referral),
        "may_write": partner_threads.may_write(referral),
        "form": form,
    }
    return render(request, "installation/partner_thread.html", context)
