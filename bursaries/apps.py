from django.apps import AppConfig


class BursariesConfig(AppConfig):
    name = "bursaries"
    verbose_name = "bourses et engagements"

    def ready(self):
        from bursaries import receivers  # noqa: F401
