import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsistencyRun",
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
                (
                    "ran_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="contrôlé le"
                    ),
                ),
                ("findings", models.JSONField(default=list, verbose_name="constats")),
            ],
            options={
                "verbose_name": "contrôle de cohérence",
                "verbose_name_plural": "contrôles de cohérence",
                "ordering": ["-ran_at"],
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                (
                    "title",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "sans titre"),
                            ("dr", "docteur"),
                            ("dre", "docteure"),
                        ],
                        default="",
                        max_length=3,
                        verbose_name="titre",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=100, verbose_name="prénom"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=100, verbose_name="nom"),
                ),
                ("sort_key", models.TextField(db_collation="C", editable=False)),
                ("search_key", models.TextField(editable=False)),
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "email_confirmed_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="courriel confirmé le",
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="téléphone",
                    ),
                ),
                (
                    "address",
                    models.TextField(
                        blank=True, max_length=300, verbose_name="adresse"
                    ),
                ),
                (
                    "postal_code",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="code postal"
                    ),
                ),
                (
                    "city",
                    models.CharField(blank=True, max_length=100, verbose_name="ville"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("site", "site"),
                            ("phone", "téléphone"),
                            ("email", "courriel"),
                            ("stand", "événement"),
                            ("visit", "visite au guichet"),
                            ("partner", "partenaire"),
                            ("desk", "saisie du guichet"),
                            ("import", "reprise de fichier"),
                        ],
                        default="site",
                        max_length=10,
                        verbose_name="origine",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="connue depuis le",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="effacée le"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="accounts.person",
                        verbose_name="réunie à",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne",
                "indexes": [
                    models.Index(
                        fields=["sort_key", "id"], name="accounts_person_order"
                    ),
                    models.Index(
                        django.db.models.functions.text.Lower("email"),
                        name="accounts_person_email",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"],
                        name="accounts_person_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["email"],
                        name="accounts_person_email_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["phone"],
                        name="accounts_person_phone_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email_confirmed_at__isnull", False)),
                        name="accounts_confirmed_email_is_one_person",
                        violation_error_message="Cette adresse est celle d'une autre personne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email_confirmed_at", None),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accounts_confirmed_email_is_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            models.Q(
                                ("address", ""),
                                ("city", ""),
                                ("email", ""),
                                ("first_name", ""),
                                ("last_name", ""),
                                ("phone", ""),
                                ("postal_code", ""),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_closed_person_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="accounts_merged_person_is_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "membre"),
                            ("manager", "responsable"),
                            ("contact", "correspondante ou correspondant"),
                            ("elected", "élue ou élu"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "since",
                    models.DateField(blank=True, null=True, verbose_name="depuis le"),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True, null=True, verbose_name="jusqu'au (exclu)"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="territory.organisation",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "appartenance",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person", "organisation", "role"),
                        name="accounts_membership_once",
                        violation_error_message="Cette appartenance est déjà notée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="accounts_membership_ends_after_it_starts",
                        violation_error_message="La fin doit suivre le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("email", "courriel"), ("phone", "téléphone")],
                        max_length=5,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "value",
                    models.CharField(max_length=254, verbose_name="adresse ou numéro"),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="précision"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "autre coordonnée",
                "verbose_name_plural": "autres coordonnées",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["value"],
                        name="accounts_contact_search",
                        opclasses=["gin_trgm_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "value"),
                        name="accounts_contact_point_once",
                        violation_error_message="Cette coordonnée est déjà notée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("share-profile", "Transmettre mon profil à un partenaire"),
                            ("newsletter", "Recevoir les nouvelles du guichet"),
                            ("alerts", "Recevoir des alertes sur les offres"),
                            ("keep-in-touch", "Rester en contact pendant mes études"),
                            ("photo", "Paraître sur des photos"),
                        ],
                        max_length=20,
                        verbose_name="usage",
                    ),
                ),
                ("wording", models.TextField(verbose_name="texte accepté")),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="donné le"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="retiré le"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.organisation",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord",
                "ordering": ["-given_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "purpose", "organisation"),
                        name="accounts_one_running_consent",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="accounts_consent_withdrawn_after_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "share-profile"), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="accounts_profile_is_shared_with_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
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
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last login"
                    ),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        error_messages={
                            "unique": "Un compte utilise déjà cette adresse."
                        },
                        max_length=254,
                        unique=True,
                        verbose_name="courriel",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Donne accès au back-office, avec un second facteur.",
                        verbose_name="travaille au guichet",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="À décocher plutôt que de supprimer un compte.",
                        verbose_name="compte ouvert",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="créé le",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="user",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="accounts_one_login_an_address",
                        violation_error_message="Un compte utilise déjà cette adresse.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PractitionerProfile",
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
                (
                    "profession",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doctor", "médecin"),
                            ("dentist", "chirurgien-dentiste"),
                            ("midwife", "sage-femme"),
                            ("other", "autre profession de santé"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                (
                    "specialty",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="spécialité"
                    ),
                ),
                (
                    "rpps",
                    models.CharField(
                        blank=True, max_length=11, verbose_name="numéro RPPS"
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "en exercice"),
                            ("locum", "en remplacement"),
                            ("salaried", "en poste salarié"),
                            ("intern", "en internat"),
                            ("abroad", "en exercice à l'étranger"),
                            ("pause", "sans activité en ce moment"),
                            ("retired", "à la retraite"),
                        ],
                        max_length=10,
                        verbose_name="situation",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "profil de praticien",
                "verbose_name_plural": "profils de praticiens",
                "indexes": [
                    models.Index(fields=["rpps"], name="accounts_practitioner_rpps")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rpps", ""),
                            ("rpps__regex", "^[0-9]{11}$"),
                            _connector="OR",
                        ),
                        name="accounts_rpps_has_eleven_digits",
                        violation_error_message="Un numéro RPPS compte onze chiffres.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PurgeAggregate",
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
                ("rule", models.CharField(max_length=80, verbose_name="règle")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "category",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="catégorie"
                    ),
                ),
                (
                    "count",
                    models.PositiveIntegerField(default=0, verbose_name="nombre"),
                ),
            ],
            options={
                "verbose_name": "bilan de destruction",
                "verbose_name_plural": "bilans de destruction",
                "ordering": ["-year", "rule", "category"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "year", "category"),
                        name="accounts_one_aggregate_a_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PurgeNotice",
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
                ("rule", models.CharField(max_length=80, verbose_name="règle")),
                ("object_id", models.PositiveBigIntegerField()),
                ("warned_on", models.DateField(verbose_name="annoncée le")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "destruction annoncée",
                "verbose_name_plural": "destructions annoncées",
                "ordering": ["warned_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "content_type", "object_id"),
                        name="accounts_purge_is_announced_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StudentProfile",
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
                (
                    "studies",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medicine", "médecine"),
                            ("dentistry", "odontologie"),
                            ("midwifery", "maïeutique"),
                            ("other", "autres études de santé"),
                        ],
                        max_length=10,
                        verbose_name="études",
                    ),
                ),
                (
                    "cycle",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "premier cycle"),
                            ("2", "deuxième cycle (externat)"),
                            ("3", "troisième cycle (internat)"),
                            ("junior", "docteur junior"),
                        ],
                        max_length=6,
                        verbose_name="cycle",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="année d'études"
                    ),
                ),
                (
                    "faculty",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="faculté"
                    ),
                ),
                (
                    "specialty",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="spécialité"
                    ),
                ),
                (
                    "expected_graduation_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="fin d'études prévue le"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "profil d'étudiant",
                "verbose_name_plural": "profils d'étudiants",
            },
        ),
        migrations.CreateModel(
            name="ArchiveVisa",
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
                ("rule", models.CharField(max_length=80, verbose_name="règle")),
                (
                    "reference",
                    models.CharField(max_length=80, verbose_name="référence du visa"),
                ),
                ("granted_on", models.DateField(verbose_name="accordé le")),
                (
                    "announced_until",
                    models.DateField(
                        help_text="Date du bordereau soumis aux Archives, ce jour compris.",
                        verbose_name="couvre les destructions annoncées jusqu'au",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="enregistré le",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="enregistré par",
                    ),
                ),
            ],
            options={
                "verbose_name": "visa des Archives",
                "verbose_name_plural": "visas des Archives",
                "ordering": ["-granted_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "reference"),
                        name="accounts_visa_is_recorded_once",
                        violation_error_message="Ce visa est déjà enregistré.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("announced_until__lte", models.F("granted_on"))
                        ),
                        name="accounts_visa_covers_the_past",
                        violation_error_message="Un visa ne couvre que des destructions annoncées avant lui.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistinctPair",
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
                ("low", models.PositiveBigIntegerField(verbose_name="l'un")),
                ("high", models.PositiveBigIntegerField(verbose_name="l'autre")),
                (
                    "said_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="dit le"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="nature",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dit par",
                    ),
                ),
            ],
            options={
                "verbose_name": "paire distincte",
                "verbose_name_plural": "paires distinctes",
                "ordering": ["-said_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "low", "high"), name="accounts_pair_said_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))),
                        name="accounts_pair_is_of_two",
                    ),
                ],
            },
        ),
    ]
