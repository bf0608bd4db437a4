from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "listings"
    verbose_name = "annonces"

    def ready(self):
        from listings import receivers  # noqa: F401
