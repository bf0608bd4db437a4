from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "installation"
    verbose_name = "installation"

    def ready(self):
        from installation import receivers  # noqa: F401
