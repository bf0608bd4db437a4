from django.apps import AppConfig

from portal import french


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "portail"

    def ready(self):
        french.teach()
