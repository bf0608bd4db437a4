from django.urls import path

from portal import space

urlpatterns = [path("mon-espace/", space.index, name="space")]
