from django.urls import path

from bursaries.views import schemes

app_name = "bursaries"
urlpatterns = [
    path("bourses/", schemes.scheme_list, name="schemes"),
    path("bourses/<slug:slug>/", schemes.scheme_detail, name="scheme-detail"),
    path("bourses/<slug:slug>/eligibilite/", schemes.eligibility, name="eligibility"),
]
