from django.urls import path

from installation.views import completion, dossier, partner_threads, partners, requests

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
    path("partenaires/", partners.partners_home, name="partners"),
    path(
        "partenaires/lien-envoye/",
        partners.partner_link_sent,
        name="partner-link-sent",
    ),
    path(
        "partenaires/panier/<int:pk>/", partners.partner_basket, name="partner-basket"
    ),
    path(
        "partenaires/panier/<int:pk>/historique/",
        partners.partner_history,
        name="partner-history",
    ),
    path(
        "partenaires/orientations/<int:pk>/",
        partners.partner_referral,
        name="partner-referral",
    ),
    path(
        "partenaires/orientations/<int:pk>/prendre/",
        partners.partner_take,
        name="partner-take",
    ),
    path(
        "partenaires/orientations/<int:pk>/rendre/",
        partners.partner_decline,
        name="partner-decline",
    ),
    path(
        "partenaires/orientations/<int:pk>/terminer/",
        partners.partner_end,
        name="partner-end",
    ),
    path(
        "partenaires/orientations/<int:pk>/reprendre/",
        partners.partner_undo,
        name="partner-undo",
    ),
    path(
        "mon-espace/installation/<slug:reference>/partenaires/<int:pk>/",
        partner_threads.partner_thread,
        name="partner-thread",
    ),
]
