from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.page_urls")),
    path("", include("portal.space_urls")),
    path("healthz", include("portal.health_urls")),
    path("territoire/", include("territory.urls")),
    path("compte/", include("accounts.urls")),
    path("lien/", include("casework.urls")),
    path("verifier/", include("documents.urls")),
    path("", include("listings.urls")),
    path("", include("internships.urls")),
    path("", include("bursaries.urls")),
    path("", include("installation.urls")),
    path("gestion/", include("portal.gestion_urls")),
    path("gestion/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("portal.demo_urls"))]

handler400 = "portal.pages.bad_request"
handler403 = "portal.pages.permission_denied"
handler404 = "portal.pages.page_not_found"
handler500 = "portal.pages.server_error"
