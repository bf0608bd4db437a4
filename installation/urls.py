from django.urls import path

from installation.views import completion, dossier, requests

app_name = "installation"
urlpatterns = [
    path("installation/", requests.home, name="home"),
    path("installation/etre-rappele/", requests.callback, name="callback"),
    path("installation/demande/", requests.request_start, name="request-start"),
    path("installation/demande/nature/", requests.request_kind, name="request-kind"),
    path(
        "installation/demande/<int:number>/", requests.request_step, name="request-step"
    ),
    path(
        "installation/demande/reprendre/<int:pk>/",
        requests.request_resume,
        name="request-resume",
    ),
    path(
        "installation/demande/effacer/",
        requests.request_discard,
        name="request-discard",
    ),
    path(
        "installation/demande/recu/<slug:reference>/",
        requests.request_receipt,
        name="request-receipt",
    ),
    path(
        "mon-espace/installation/<slug:reference>/",
        dossier.dossier_detail,
        name="dossier-detail",
    ),
    path(
        "mon-espace/installation/<slug:reference>/documents/<int:pk>/",
        dossier.dossier_document,
        name="dossier-document",
    ),
    path(
        "mon-espace/installation/<slug:reference>/tout/",
        dossier.dossier_archive,
        name="dossier-archive",
    ),
    path(
        "mon-espace/installation/<slug:reference>/completer/",
        completion.dossier_complete,
        name="dossier-complete",
    ),
    path(
        "mon-espace/installation/<slug:reference>/completer/<int:number>/",
        completion.dossier_complete,
        name="dossier-complete",
    ),
    path(
        "mon-espace/installation/<slug:reference>/retirer/",
        dossier.dossier_withdraw,
        name="dossier-withdraw",
    ),
]
