from django.db import models
from django.utils import timezone


class HeartbeatManager(models.Manager):
    def tick(self, name: str) -> None:
        self.update_or_create(name=name, defaults={"at": timezone.now()})


class Heartbeat(models.Model):
    """When something that runs by itself last did: « beat » ticks through a worker."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    objects = HeartbeatManager()

    class Meta:
        verbose_name = "battement"

    def __str__(self):
        return self.name
