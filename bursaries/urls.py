from django.urls import path

from bursaries.views import agreements, applications, bank_accounts, schemes

app_name = "bursaries"
urlpatterns = [
    path("bourses/", schemes.scheme_list, name="schemes"),
    path("bourses/compte/", bank_accounts.bank_account, name="bank-account"),
    path(
        "bourses/compte/bloque/",
        bank_accounts.bank_account_blocked,
        name="bank-account-blocked",
    ),
    path("bourses/transparence/", schemes.transparency, name="transparency"),
    path("bourses/demande/", applications.application_form, name="application"),
    path(
        "bourses/demande/pieces/",
        applications.application_pieces,
        name="application-pieces",
    ),
    path("bourses/demande/estimation/", applications.estimate, name="estimate"),
    path(
        "bourses/demande/effacer/",
        applications.application_discard,
        name="application-discard",
    ),
    path(
        "bourses/demande/piece/<int:pk>/",
        applications.piece_document,
        name="application-piece",
    ),
    path(
        "bourses/demande/piece/<int:pk>/envoyer/",
        applications.piece_send,
        name="application-piece-send",
    ),
    path(
        "bourses/demande/<str:reference>/",
        applications.application_detail,
        name="application-detail",
    ),
    path(
        "bourses/demande/<str:reference>/retirer/",
        applications.application_withdraw,
        name="application-withdraw",
    ),
    path(
        "bourses/conventions/<str:reference>/",
        agreements.agreement_detail,
        name="agreement-detail",
    ),
    path(
        "bourses/conventions/<str:reference>/<int:number>/signer/",
        agreements.agreement_sign,
        name="agreement-sign",
    ),
    path(
        "bourses/conventions/<str:reference>/<int:number>/document/",
        agreements.agreement_document,
        name="agreement-document",
    ),
    path(
        "bourses/conventions/<str:reference>/attestation/",
        agreements.agreement_certificate,
        name="agreement-certificate",
    ),
    path(
        "bourses/conventions/<str:reference>/mise-en-demeure/",
        agreements.agreement_notice,
        name="agreement-notice",
    ),
    path(
        "bourses/conventions/<str:reference>/justificatifs/",
        agreements.proof_send,
        name="agreement-proof",
    ),
    path(
        "bourses/conventions/<str:reference>/declaration/",
        agreements.declaration_make,
        name="agreement-declaration",
    ),
    path("bourses/<slug:slug>/", schemes.scheme_detail, name="scheme-detail"),
    path("bourses/<slug:slug>/eligibilite/", schemes.eligibility, name="eligibility"),
]
