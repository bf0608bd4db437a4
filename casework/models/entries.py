import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from casework.verbs import sentence

from .attachment import AboutQuerySet


class EntryQuerySet(AboutQuerySet):
    def with_actors(self):
        return self.select_related("actor__person")


class Entry(models.Model):
    """Something somebody did, or that happened, to a row; never changed, never removed.

    It holds ids and codes only, so that erasing a person leaves the trail intact.
    """

    # What it says of a merged person is found through Person.merged_into.
    append_only = True

    verb = models.CharField("action", max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    at = models.DateTimeField("le", default=timezone.now)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    data = models.JSONField("précisions", default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "journal"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "at"],
                name="casework_entries_of_a_subject",
            ),
            models.Index(fields=["-at", "-id"], name="casework_entries_by_date"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            # The tests empty their databases, and those only.
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="""
                    IF current_database() NOT LIKE 'test\\_%' THEN
                        RAISE EXCEPTION 'the journal is append-only';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return self.sentence

    @property
    def sentence(self) -> str:
        """« Claire Dumas a pris le dossier en charge »."""
        return sentence(self.verb, self.actor)
