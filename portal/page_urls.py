from django.urls import path

from portal import commune, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("communes/", commune.commune_list, name="commune-list"),
    path("communes/<str:code>/", commune.commune_detail, name="commune-detail"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal_notice, name="legal-notice"),
    path("donnees-personnelles/", pages.personal_data, name="personal-data"),
    path("plan-du-site/", pages.site_map, name="site-map"),
    path("affichage/", pages.choose_scheme, name="choose-scheme"),
    path("theme/<slug:version>.css", pages.theme_stylesheet, name="theme"),
    path("robots.txt", pages.robots, name="robots"),
    path("theme/logo/", pages.logo, name="logo"),
]
