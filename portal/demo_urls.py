from django.urls import path

from portal import demo

app_name = "demo"
urlpatterns = [
    path("", demo.index, name="index"),
    path("connexion/<slug:key>/", demo.sign_in, name="sign-in"),
    path("courriels/<int:pk>/", demo.message_detail, name="message-detail"),
    path("courriels/<int:pk>/html/", demo.message_html, name="message-html"),
]
