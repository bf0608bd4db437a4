"""The acts of a dossier: each page comes back to the tab it was opened from."""

from collections.abc import Callable

from django.views.decorators.http import require_POST

from casework import acts
from casework.acts import Act, PlainAct, posted

__all__ = ["Act", "PlainAct", "answered", "at_once", "bound", "posted"]


def answered(
    page, request, dossier, act: Act, form, do: Callable, *, tab: str, about: str = ""
):
    """Call `do` with what the form holds, then come back to the tab."""
    return acts.answered(
        page.admin_site,
        request,
        act,
        form,
        do,
        back_url=page._url(dossier, tab=tab),
        back_to=f"{dossier.reference}, {dossier.full_name}",
        about=about,
    )


def at_once(page, request, dossier, do: Callable, *, tab: str, done: str):
    return acts.at_once(request, do, back_url=page._url(dossier, tab=tab), done=done)


def bound(function, page, *, only_post: bool = False):
    """A view of this dossier's page, as the admin site expects it."""

    def view(request, object_id, **kwargs):
        dossier = page.get_dossier(request, object_id)
        return function(page, request, dossier, **kwargs)

    return page.admin_site.admin_view(require_POST(view) if only_post else view)
