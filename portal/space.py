"""« Mon espace »: what a person has under way, all journeys together."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import discovery, roles


@never_cache
@require_safe
def index(request):
    """Ask every app that has a `space.py` for the dossiers of the reader."""
    person = request.user.person
    lines = [
        line
        for _, module in discovery.modules("space")
        if hasattr(module, "lines")
        for line in module.lines(person)
    ]
    if not lines and roles.is_desk(request.user):
        return redirect("admin:index")
    tasks = [line for line in lines if line.task]
    memberships = person.memberships.on(timezone.localdate())
    context = {
        "person": person,
        "lines": [line for line in lines if line.is_listed],
        "tasks": tasks,
        "memberships": memberships.select_related("organisation"),
    }
    return render(request, "portal/space.html", context)
