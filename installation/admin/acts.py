"""A small page for one act on a dossier: GET shows what it asks, POST does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST


@dataclass(frozen=True)
class Act:
    """What the page says; `done` is told once it is done."""

    title: str
    lead: str
    button: str
    done: str


class PlainAct(forms.Form):
    """Nothing to say but yes."""

    use_required_attribute = False


def answered(
    page, request, dossier, act: Act, form, do: Callable, *, tab: str, about: str = ""
):
    """Call `do` with what the form holds, then come back to the tab."""
    back_url = page._url(dossier, tab=tab)
    if request.method == "POST" and form.is_valid():
        try:
            do(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, act.done)
            return redirect(back_url)
    context = {
        **page.admin_site.each_context(request),
        "dossier": dossier,
        "decision": act,
        "about": about,
        "is_offered": True,
        "form": form,
        "back_url": back_url,
        "title": act.title,
    }
    return TemplateResponse(request, "gestion/decision.html", context)


def at_once(page, request, dossier, do: Callable, *, tab: str, done: str):
    """A button that asks nothing: it is done, or refused in a sentence."""
    try:
        do(by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect(page._url(dossier, tab=tab))


def bound(function, page, *, only_post: bool = False):
    """A view of this dossier's page, as the admin site expects it."""

    def view(request, object_id, **kwargs):
        dossier = page.get_dossier(request, object_id)
        return function(page, request, dossier, **kwargs)

    return page.admin_site.admin_view(require_POST(view) if only_post else view)


def posted(request):
    return request.POST if request.method == "POST" else None
