from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casework import links


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, token):
    """A GET shows and changes nothing; the POST opens."""
    found = links.find(token)
    scope = found and links.scopes().get(found.scope)
    if scope is None or found.revoked_at or found.subject is None:
        return _sealed(render(request, "casework/link_unknown.html", status=404))
    context = {"link": found, "scope": scope, "token": token}
    if not found.is_open(timezone.now()):
        return _sealed(
            render(request, "casework/link_expired.html", context, status=410)
        )
    if request.method == "POST":
        try:
            return _sealed(redirect(links.redeem(request, token)))
        except ValidationError:
            return _sealed(render(request, "casework/link_unknown.html", status=404))
    return _sealed(render(request, "casework/link_confirm.html", context))


@login_not_required
@never_cache
@require_POST
def link_renew(request, token):
    """The same answer whatever was sent: an address is never confirmed here."""
    links.renew(token)
    return _sealed(render(request, "casework/link_renewed.html"))


def _sealed(response):
    """The address holds the token: tell it to nobody."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
