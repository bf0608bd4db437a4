from django.urls import path

from listings import views

app_name = "listings"
urlpatterns = [
    path("alertes/nouvelle/<slug:list_key>/", views.alert_new, name="alert-new"),
    path("alertes/<str:token>/", views.alert, name="alert"),
    path("mon-espace/alertes/", views.alerts, name="alerts"),
    path("mon-espace/alertes/<int:pk>/arreter/", views.alert_stop, name="alert-stop"),
]
