import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("list_key", models.CharField(max_length=60, verbose_name="liste")),
                (
                    "criteria",
                    models.JSONField(blank=True, default=dict, verbose_name="critères"),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "chaque jour où il y a du nouveau"),
                            ("weekly", "chaque lundi"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "à confirmer"),
                            ("active", "en cours"),
                            ("stopped", "arrêtée"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                ("wording", models.TextField(verbose_name="texte accepté")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="enregistrée le"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="confirmée le"
                    ),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="arrêtée le"
                    ),
                ),
                (
                    "seen_until",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="à jour au"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_searches",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche enregistrée",
                "verbose_name_plural": "recherches enregistrées",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "active")),
                        fields=["frequency", "id"],
                        name="listings_searches_to_run",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), ("person__isnull", False)),
                            models.Q(
                                ("person", None), models.Q(("email", ""), _negated=True)
                            ),
                            models.Q(
                                ("email", ""), ("person", None), ("state", "stopped")
                            ),
                            _connector="OR",
                        ),
                        name="listings_search_is_somebody_s",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="listings_search_is_confirmed_before_it_writes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "stopped"), ("stopped_at__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "stopped"), _negated=True),
                                ("stopped_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="listings_stopped_search_is_dated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "stopped"), _negated=True),
                        fields=("list_key", "criteria", "person", "email"),
                        name="listings_one_search_of_a_kind",
                        nulls_distinct=False,
                        violation_error_message="Cette recherche est déjà enregistrée.",
                    ),
                ],
            },
        ),
    ]
