from django.urls import path

from installation import views

app_name = "installation"
urlpatterns = [
    path("installation/", views.home, name="home"),
    path("installation/etre-rappele/", views.callback, name="callback"),
    path("installation/demande/", views.request_start, name="request-start"),
    path("installation/demande/<int:number>/", views.request_step, name="request-step"),
    path(
        "installation/demande/reprendre/<int:pk>/",
        views.request_resume,
        name="request-resume",
    ),
    path(
        "installation/demande/effacer/", views.request_discard, name="request-discard"
    ),
    path(
        "installation/demande/recu/<slug:reference>/",
        views.request_receipt,
        name="request-receipt",
    ),
    path(
        "mon-espace/installation/<slug:reference>/",
        views.dossier_detail,
        name="dossier-detail",
    ),
    path(
        "mon-espace/installation/<slug:reference>/documents/<int:pk>/",
        views.dossier_document,
        name="dossier-document",
    ),
    path(
        "mon-espace/installation/<slug:reference>/tout/",
        views.dossier_archive,
        name="dossier-archive",
    ),
    path(
        "mon-espace/installation/<slug:reference>/retirer/",
        views.dossier_withdraw,
        name="dossier-withdraw",
    ),
]
