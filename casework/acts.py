"""A small page of the back-office for one act: GET shows what it asks, POST does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse


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
    site,
    request,
    act: Act,
    form,
    do: Callable,
    *,
    back_url: str,
    back_to: str,
    about: str = "",
):
    """Call `do` with what the form holds, then come back to where one was."""
    if request.method == "POST" and form.is_valid():
        try:
            do(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, act.done)
            return redirect(back_url)
    context = {
        **site.each_context(request),
        "back_to": back_to,
        "decision": act,
        "about": about,
        "is_offered": True,
        "form": form,
        "back_url": back_url,
        "title": act.title,
    }
    return TemplateResponse(request, "gestion/decision.html", context)


def at_once(request, do: Callable, *, back_url: str, done: str):
    """A button that asks nothing: it is done, or refused in a sentence."""
    try:
        do(by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect(back_url)


def posted(request):
    return request.POST if request.method == "POST" else None
