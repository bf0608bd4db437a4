"""What every page knows: the desk, its colours, the display, the five doors."""

from django.conf import settings
from django.urls import reverse

from portal import appearance
from portal.doors import doors, errands, legal, site
from territory.models import Desk


def portal(request):
    desk = Desk.objects.current()
    return {
        "desk": desk,
        "departement": desk.departement,
        "doors": doors(request.path),
        "errands": errands(),
        "site_links": site(),
        "legal": legal(),
        "space_url": settings.LOGIN_REDIRECT_URL,
        "in_space": request.path.startswith(settings.LOGIN_REDIRECT_URL),
        "theme_url": appearance.theme_url(desk),
        "scheme": appearance.scheme(request),
        "is_demo": settings.DEMO or desk.is_demo,
        "demo_url": reverse("demo:index") if settings.DEMO else "",
    }
