"""Pages anyone may read, the display they read them in, and the error pages."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, requires_csrf_token
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal import appearance
from portal import home as home_page
from portal.privacy import PROCESSINGS, retention_rules
from territory import theme
from territory.models import Desk

YEAR = 365 * 24 * 3600
# What belongs to one person or asks for an answer: nothing to be found there.
ROBOTS = """User-agent: *
Disallow: /alertes/
Disallow: /compte/
Disallow: /demo/
Disallow: /gestion/
Disallow: /installation/demande/
Disallow: /lien/
Disallow: /mon-espace/
"""


@login_not_required
@require_safe
def home(request):
    content = home_page.content(Desk.objects.current())
    return render(request, "portal/home.html", {"home": content})


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "portal/accessibility.html")


@login_not_required
@require_safe
def legal_notice(request):
    return render(request, "portal/legal_notice.html")


@login_not_required
@require_safe
def personal_data(request):
    context = {
        "processings": PROCESSINGS,
        "retention_rules": retention_rules(),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "scheme_cookie": appearance.SCHEME_COOKIE,
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    return render(request, "portal/personal_data.html", context)


@login_not_required
@require_safe
def site_map(request):
    return render(request, "portal/site_map.html")


# Choosing light or dark asks for no token: nothing but a display is at stake, and
# a token would set a cookie on every page that has a footer.
@csrf_exempt
@login_not_required
@require_POST
def choose_scheme(request):
    """Keep the display chosen in the footer for a year; no choice forgets it."""
    chosen = request.POST.get("scheme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = redirect(back)
    if chosen in appearance.SCHEMES:
        response.set_cookie(
            appearance.SCHEME_COOKIE,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        response.delete_cookie(appearance.SCHEME_COOKIE, samesite="Lax")
    return response


@login_not_required
@require_GET
def theme_stylesheet(request, version):
    """The colours of the Département; a version that has gone is not kept."""
    desk = Desk.objects.current()
    content = theme.stylesheet(desk.brand, desk.accent)
    response = HttpResponse(content, content_type="text/css; charset=utf-8")
    if appearance.is_current(desk, version):
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
def logo(request):
    desk = Desk.objects.current()
    if not desk.has_logo:
        raise Http404
    return HttpResponse(bytes(desk.logo), content_type=desk.logo_media_type)


@requires_csrf_token
def bad_request(request, exception=None):
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request, exception=None):
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def page_not_found(request, exception=None):
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def server_error(request):
    """The page of last resort: no context, for the database may be the cause."""
    content = loader.get_template("500.html").render()
    return HttpResponse(content, status=HTTPStatus.INTERNAL_SERVER_ERROR)
