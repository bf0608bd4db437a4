from django.urls import path

from installation.views import (
    aid_requests,
    aids,
    completion,
    dossier,
    family,
    following,
    my_offers,
    offers,
    pairings,
    partner_threads,
    partners,
    requests,
    sharing,
)

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
    path(
        "mon-espace/installation/<slug:reference>/famille/",
        family.family_invite,
        name="family-invite",
    ),
    path(
        "mon-espace/installation/<slug:reference>/famille/<int:pk>/terminer/",
        family.family_end,
        name="family-end",
    ),
    path(
        "mon-espace/famille/<slug:reference>/",
        family.family_detail,
        name="family-detail",
    ),
    path(
        "mon-espace/famille/<slug:reference>/accepter/",
        family.family_accept,
        name="family-accept",
    ),
    path(
        "mon-espace/famille/<slug:reference>/modifier/",
        family.family_update,
        name="family-update",
    ),
    path(
        "mon-espace/famille/<slug:reference>/quitter/",
        family.family_leave,
        name="family-leave",
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
    # Offers of practice, introductions and mentors.
    path("installation/offres/", offers.offer_list, name="offers"),
    path("installation/offres/flux.xml", offers.offer_feed, name="offer-feed"),
    path("installation/offres/flux.json", offers.offer_json, name="offer-json"),
    path("installation/offres/<int:pk>/", offers.offer_detail, name="offer-detail"),
    path(
        "installation/offres/<int:pk>/merci/",
        offers.offer_confirmed,
        name="offer-confirmed",
    ),
    path("mon-espace/offres/", my_offers.my_offers, name="my-offers"),
    path("mon-espace/offres/nouvelle/", my_offers.offer_new, name="offer-new"),
    path("mon-espace/offres/<int:pk>/", my_offers.offer_edit, name="offer-edit"),
    path(
        "mon-espace/offres/<int:pk>/confirmer/",
        my_offers.offer_confirm,
        name="offer-confirm",
    ),
    path(
        "mon-espace/offres/<int:pk>/retirer/",
        my_offers.offer_withdraw,
        name="offer-withdraw",
    ),
    path("mon-espace/compagnonnage/", pairings.mentor, name="mentor"),
    path(
        "installation/rencontre/<slug:kind>/<int:pk>/<slug:side>/",
        pairings.pairing,
        name="pairing",
    ),
    # The aids: catalogue, finder, and the request for the Département's own.
    # The plan of action, visits and the installation.
    path(
        "mon-espace/installation/<slug:reference>/etapes/<int:pk>/",
        following.step_finish,
        name="step-finish",
    ),
    path(
        "mon-espace/installation/<slug:reference>/etapes/<int:pk>/a-refaire/",
        following.step_undo,
        name="step-undo",
    ),
    path(
        "mon-espace/installation/<slug:reference>/visites/<int:pk>/",
        following.visit_detail,
        name="visit-detail",
    ),
    path(
        "mon-espace/installation/<slug:reference>/visites/<int:pk>/confirmer/",
        following.visit_confirm,
        name="visit-confirm",
    ),
    path(
        "mon-espace/installation/<slug:reference>/visites/<int:pk>/programme.pdf",
        following.visit_programme,
        name="visit-programme",
    ),
    path(
        "mon-espace/installation/<slug:reference>/declarer/",
        following.settlement_declare,
        name="settlement-declare",
    ),
    path(
        "installation/toujours-la/<int:pk>/",
        following.presence,
        name="presence",
    ),
    path("installation/aides/", aids.finder, name="aids"),
    path("installation/aides/joindre/", aids.review_attach, name="aid-review-attach"),
    path("installation/aides/demande/", aid_requests.request_form, name="aid-request"),
    path(
        "installation/aides/demande/pieces/",
        aid_requests.request_pieces,
        name="aid-request-pieces",
    ),
    path(
        "installation/aides/demande/effacer/",
        aid_requests.request_discard,
        name="aid-request-discard",
    ),
    path("installation/aides/<slug:slug>/", aids.programme, name="aid-programme"),
    path(
        "mon-espace/aides/pieces/<int:pk>/",
        aid_requests.piece_document,
        name="aid-piece",
    ),
    path(
        "mon-espace/aides/pieces/<int:pk>/envoyer/",
        aid_requests.piece_send,
        name="aid-piece-send",
    ),
    path(
        "mon-espace/aides/<slug:reference>/",
        aid_requests.request_detail,
        name="aid-request-detail",
    ),
    path(
        "mon-espace/aides/<slug:reference>/retirer/",
        aid_requests.request_withdraw,
        name="aid-request-withdraw",
    ),
    # Needs, and who may be told of them.
    path(
        "mon-espace/installation/<slug:reference>/besoins/ajouter/",
        sharing.need_add,
        name="need-add",
    ),
    path(
        "mon-espace/installation/<slug:reference>/accords/<int:pk>/",
        sharing.sharing_question,
        name="sharing-question",
    ),
    path(
        "mon-espace/installation/<slug:reference>/accords/<int:organisation>/retirer/",
        sharing.sharing_withdraw,
        name="sharing-withdraw",
    ),
]
