import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Departement",
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
                    "code",
                    models.CharField(max_length=3, unique=True, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                (
                    "tncc",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Type de nom en clair de l'INSEE, de 0 à 8.",
                        verbose_name="article",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(max_length=3, verbose_name="code de la région"),
                ),
                ("region_name", models.CharField(max_length=60, verbose_name="région")),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
                (
                    "division_year",
                    models.PositiveSmallIntegerField(
                        editable=False,
                        help_text="Noms et codes au 1er janvier de cette année.",
                        null=True,
                        verbose_name="millésime du découpage",
                    ),
                ),
                (
                    "loaded_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="Dernier chargement qui a changé quelque chose.",
                        null=True,
                        verbose_name="données chargées le",
                    ),
                ),
            ],
            options={
                "verbose_name": "département",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Intercommunality",
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
                    "code",
                    models.CharField(max_length=9, unique=True, verbose_name="SIREN"),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CC", "communauté de communes"),
                            ("CA", "communauté d'agglomération"),
                            ("CU", "communauté urbaine"),
                            ("METRO", "métropole"),
                            ("MET69", "métropole de Lyon"),
                        ],
                        max_length=5,
                        verbose_name="type",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
            ],
            options={
                "verbose_name": "intercommunalité",
                "ordering": ["sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("slug", models.SlugField(unique=True, verbose_name="identifiant")),
                ("name", models.CharField(max_length=80, verbose_name="sujet")),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("professional", "projet professionnel"),
                            ("family", "projet familial"),
                        ],
                        max_length=20,
                        verbose_name="projet",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
            ],
            options={
                "verbose_name": "sujet",
                "ordering": ["-track", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Commune",
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
                    "code",
                    models.CharField(
                        max_length=5, unique=True, verbose_name="code INSEE"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Avec son article.",
                        max_length=100,
                        verbose_name="nom",
                    ),
                ),
                (
                    "former_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Communes déléguées ou associées, retrouvées par leur nom.",
                        size=None,
                        verbose_name="anciens noms",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=220),
                ),
                ("search_key", models.TextField(editable=False)),
                (
                    "postal_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="population municipale"
                    ),
                ),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(blank=True, null=True, verbose_name="longitude"),
                ),
                (
                    "latitude",
                    models.FloatField(blank=True, null=True, verbose_name="latitude"),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="Vide pour une fusion antérieure au premier chargement.",
                        null=True,
                        verbose_name="supprimée le",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="territory.commune",
                        verbose_name="fusionnée dans",
                    ),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                (
                    "intercommunality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.intercommunality",
                        verbose_name="intercommunalité",
                    ),
                ),
            ],
            options={
                "verbose_name": "commune",
                "ordering": ["sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("name", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("departement", "Département"),
                            ("region", "Région"),
                            ("state", "service de l'État"),
                            ("ars", "agence régionale de santé"),
                            ("cpam", "caisse primaire d'assurance maladie"),
                            ("msa", "mutualité sociale agricole"),
                            ("intercommunality", "intercommunalité"),
                            ("commune", "commune"),
                            ("ordre", "ordre professionnel"),
                            ("urps", "union régionale de professionnels (URPS)"),
                            ("hospital", "hôpital"),
                            ("practice", "cabinet ou maison de santé"),
                            ("university", "université"),
                            ("employment", "emploi"),
                            ("housing", "logement"),
                            ("school", "école et enseignement"),
                            ("childcare", "petite enfance"),
                            ("association", "association"),
                            ("other", "autre"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="site")),
                ("address", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="en activité"),
                ),
                (
                    "communes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Sans commune ni intercommunalité : tout le Département.",
                        related_name="organisations",
                        to="territory.commune",
                        verbose_name="communes couvertes",
                    ),
                ),
                (
                    "intercommunalities",
                    models.ManyToManyField(
                        blank=True,
                        related_name="organisations",
                        to="territory.intercommunality",
                        verbose_name="intercommunalités couvertes",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="organisations",
                        to="territory.topic",
                        verbose_name="sujets",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme",
                "ordering": ["sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Zoning",
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
                        choices=[
                            ("ars_doctors", "zonage ARS médecins"),
                            ("ars_dentists", "zonage ARS chirurgiens-dentistes"),
                            ("frr", "France Ruralités Revitalisation"),
                        ],
                        max_length=20,
                        verbose_name="zonage",
                    ),
                ),
                ("version", models.CharField(max_length=60, verbose_name="version")),
                (
                    "legal_reference",
                    models.CharField(
                        help_text="L'arrêté, son numéro et sa date.",
                        max_length=300,
                        verbose_name="référence juridique",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(
                        blank=True,
                        help_text="Celle dont l'ARS a pris l'arrêté ; vide pour un zonage national.",
                        max_length=3,
                        verbose_name="code de la région",
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="en vigueur",
                    ),
                ),
            ],
            options={
                "verbose_name": "zonage",
                "ordering": ["kind", "region_code", "-valid"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("kind", "="),
                            ("region_code", "="),
                            ("valid", "&&"),
                        ],
                        name="territory_one_zoning_at_a_time",
                        violation_error_message="Une autre version de ce zonage est en vigueur dans cette période : fermez-la la veille.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "frr"), ("region_code", "")),
                            models.Q(
                                models.Q(("kind", "frr"), _negated=True),
                                models.Q(("region_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="territory_national_zoning_has_no_region",
                        violation_error_message="Un zonage ARS porte le code de sa région ; le zonage FRR, national, n'en porte pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid__isempty", False),
                            ("valid__startswith__isnull", False),
                        ),
                        name="territory_zoning_has_a_first_day",
                        violation_error_message="Indiquez le premier jour du zonage.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneAssignment",
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
                    "category_code",
                    models.CharField(max_length=30, verbose_name="code de la zone"),
                ),
                (
                    "category_label",
                    models.CharField(max_length=120, verbose_name="zone"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "zoning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="territory.zoning",
                        verbose_name="zonage",
                    ),
                ),
            ],
            options={
                "verbose_name": "classement d'une commune",
                "verbose_name_plural": "classements des communes",
                "ordering": ["zoning", "commune__sort_key"],
            },
        ),
        migrations.CreateModel(
            name="CommunePopulation",
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
                    "year",
                    models.PositiveSmallIntegerField(verbose_name="année de référence"),
                ),
                (
                    "municipal",
                    models.PositiveIntegerField(verbose_name="population municipale"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="populations",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "population légale",
                "verbose_name_plural": "populations légales",
                "ordering": ["commune", "-year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "year"),
                        name="territory_one_population_a_year",
                        violation_error_message="Cette année a déjà une population.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Desk",
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
                    "service_name",
                    models.CharField(
                        default="Bienvenue Docteur",
                        max_length=100,
                        verbose_name="nom du service",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                ("address", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "opening_hours",
                    models.CharField(
                        blank=True,
                        default="du lundi au vendredi, de 9 h à 17 h",
                        max_length=200,
                        verbose_name="horaires",
                    ),
                ),
                (
                    "brand",
                    models.CharField(
                        default="#5d2350",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Une couleur s'écrit avec six chiffres : #5d2350.",
                            )
                        ],
                        verbose_name="couleur",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        default="#f6bb3b",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Une couleur s'écrit avec six chiffres : #5d2350.",
                            )
                        ],
                        verbose_name="accent",
                    ),
                ),
                (
                    "logo",
                    models.BinaryField(blank=True, null=True, verbose_name="logo"),
                ),
                (
                    "logo_media_type",
                    models.CharField(blank=True, editable=False, max_length=20),
                ),
                (
                    "court_name",
                    models.CharField(
                        blank=True,
                        help_text="« tribunal administratif de Bordeaux »",
                        max_length=100,
                        verbose_name="tribunal administratif",
                    ),
                ),
                (
                    "court_url",
                    models.URLField(
                        blank=True,
                        default="https://www.telerecours.fr/",
                        verbose_name="site du tribunal",
                    ),
                ),
                (
                    "publication_director",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        verbose_name="directeur ou directrice de la publication",
                    ),
                ),
                (
                    "dpo_contact",
                    models.TextField(
                        blank=True,
                        help_text="Nom ou fonction, adresse, courriel.",
                        verbose_name="délégué à la protection des données",
                    ),
                ),
                (
                    "host",
                    models.TextField(
                        blank=True,
                        help_text="Nom, adresse et téléphone (LCEN).",
                        verbose_name="hébergeur",
                    ),
                ),
                (
                    "accessibility_contact",
                    models.TextField(
                        blank=True, verbose_name="contact pour l'accessibilité"
                    ),
                ),
                (
                    "answer_delay_days",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="En jours ouvrés.",
                        verbose_name="délai de première réponse",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False,
                        help_text="Les pages disent que les données sont fictives.",
                        verbose_name="démonstration",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "departement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
            ],
            options={
                "verbose_name": "réglages du guichet",
                "verbose_name_plural": "réglages du guichet",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("brand__regex", "^#[0-9a-fA-F]{6}$"),
                            ("accent__regex", "^#[0-9a-fA-F]{6}$"),
                        ),
                        name="territory_desk_colours_are_hexadecimal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("logo", None), ("logo_media_type", "")),
                            models.Q(
                                ("logo__isnull", False),
                                ("logo_media_type__in", ["image/png", "image/jpeg"]),
                            ),
                            _connector="OR",
                        ),
                        name="territory_desk_logo_has_a_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HealthStructure",
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
                ("name", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("health_house", "maison de santé"),
                            ("health_centre", "centre de santé"),
                            (
                                "cpts",
                                "communauté professionnelle territoriale de santé",
                            ),
                            ("primary_care_team", "équipe de soins primaires"),
                            ("hospital", "hôpital"),
                            ("practice", "cabinet"),
                            ("secondary_practice", "cabinet secondaire"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("project", "en projet"),
                            ("open", "ouverte"),
                            ("closed", "fermée"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "finess",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        unique=True,
                        verbose_name="numéro FINESS",
                    ),
                ),
                (
                    "public",
                    models.BooleanField(
                        default=False, verbose_name="portée par une collectivité"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="health_structures",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "structure de soins",
                "verbose_name_plural": "structures de soins",
                "ordering": ["sort_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finess", None),
                            ("finess__regex", "^[0-9AB]{9}$"),
                            _connector="OR",
                        ),
                        name="territory_finess_has_nine_characters",
                        violation_error_message="Un numéro FINESS a neuf caractères.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="commune",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"],
                name="territory_commune_search",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="commune",
            index=models.Index(
                fields=["departement", "sort_key"], name="territory_commune_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="commune",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="territory_no_merge_into_itself",
                violation_error_message="Une commune ne fusionne pas avec elle-même.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zoneassignment",
            constraint=models.UniqueConstraint(
                fields=("zoning", "commune"),
                name="territory_one_zone_a_commune",
                violation_error_message="Cette commune est déjà classée.",
            ),
        ),
    ]
