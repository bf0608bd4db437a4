from django.apps import AppConfig

from portal import forged_ids, french


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "portail"

    def ready(self):
        french.teach()
        forged_ids.refuse()
