"""Rows that speak of any dossier, through contenttypes."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class AboutQuerySet(models.QuerySet):
    def about(self, subject: models.Model):
        """The rows that speak of this object."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)
