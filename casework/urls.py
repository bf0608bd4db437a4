from django.urls import path

from casework import views

app_name = "casework"
urlpatterns = [
    path("<str:token>/", views.link, name="link"),
    path("<str:token>/nouveau/", views.link_renew, name="link-renew"),
]
