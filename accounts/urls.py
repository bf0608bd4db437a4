"""/compte/: our own pages, and allauth's under French addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from accounts import views

own_pages = (
    [
        path("", views.front, name="front"),
        path("profil/", views.profile, name="profile"),
        path("accords/", views.consents, name="consents"),
        path("mes-donnees/", views.my_data, name="my-data"),
        path("mes-donnees/archive/", views.my_data_archive, name="my-data-archive"),
        path("fermer/", views.close, name="close"),
    ],
    "accounts",
)

entrance = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("suspendu/", account.account_inactive, name="account_inactive"),
    path("creer/", account.signup, name="account_signup"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path(
        "code/saisir/",
        account.confirm_login_code,
        name="account_confirm_login_code",
    ),
]

address = [
    path("", account.email, name="account_email"),
    path(
        "a-confirmer/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirmer/(?P<key>[-:\w]+)/$",
        views.ConfirmEmailView.as_view(),
        name="account_confirm_email",
    ),
]

password = [
    path("changer/", account.password_change, name="account_change_password"),
    path("choisir/", account.password_set, name="account_set_password"),
    path("oublie/", account.password_reset, name="account_reset_password"),
    path(
        "oublie/envoye/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "nouveau/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("saisir/", mfa.authenticate, name="mfa_authenticate"),
    path("confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("application/", totp.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "secours/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "secours/fichier/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "cles/confirmer/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("cles/connexion/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("cles/<int:pk>/renommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

services = [
    path("", social.connections, name="socialaccount_connections"),
    path("annule/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path(
        "erreur/",
        login_not_required(social.login_error),
        name="socialaccount_login_error",
    ),
    path("creer/", social.signup, name="socialaccount_signup"),
]

urlpatterns = [
    path("", include(own_pages)),
    path("", include(entrance)),
    path("courriel/", include(address)),
    path("mot-de-passe/", include(password)),
    path("securite/", include(second_factor)),
    path("services/", include(services)),
    path("", include("accounts.oidc.urls")),
    path("appareils/", sessions.list_usersessions, name="usersessions_list"),
]
