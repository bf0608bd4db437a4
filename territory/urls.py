from django.urls import path

from territory import views

app_name = "territory"
urlpatterns = [
    path("communes/", views.commune_search, name="commune-search"),
    path("logo/", views.desk_logo, name="desk-logo"),
]
