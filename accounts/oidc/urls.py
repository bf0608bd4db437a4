from django.urls import path

from accounts.oidc import views

urlpatterns = [
    path("service/<slug:provider_id>/", views.login, name="openid_connect_login"),
    path(
        "service/<slug:provider_id>/retour/",
        views.callback,
        name="openid_connect_callback",
    ),
]
