import datetime
import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import installation.models.aid_moves
import installation.models.request_moves


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstallationRequest",
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
                            ("installation", "s'installer"),
                            ("question", "poser une question"),
                            ("locum", "remplacer"),
                            ("practice_maintenance", "rester en exercice"),
                            ("retirement_succession", "préparer sa retraite"),
                            ("structure_vacancy", "pourvoir un poste"),
                            ("structure_project", "monter une structure"),
                            ("other", "autre demande"),
                        ],
                        default="installation",
                        max_length=30,
                        verbose_name="nature",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("submitted", "déposée"),
                            ("in_support", "en accompagnement"),
                            ("paused", "en pause"),
                            ("closed", "close"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="référence"
                    ),
                ),
                (
                    "channel",
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
                        verbose_name="arrivée par",
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
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
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
                        verbose_name="situation actuelle",
                    ),
                ),
                (
                    "rpps",
                    models.CharField(
                        blank=True, max_length=11, verbose_name="numéro RPPS"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("liberal", "en libéral"),
                            ("salaried", "en salarié"),
                            ("mixed", "en exercice mixte"),
                            ("unknown", "je ne sais pas encore"),
                        ],
                        max_length=10,
                        verbose_name="exercice souhaité",
                    ),
                ),
                (
                    "days_a_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="jours par semaine",
                    ),
                ),
                (
                    "horizon",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("soon", "dans les six mois"),
                            ("year", "dans l'année"),
                            ("two_years", "d'ici deux ans"),
                            ("later", "plus tard"),
                            ("unknown", "je ne sais pas encore"),
                        ],
                        max_length=10,
                        verbose_name="échéance",
                    ),
                ),
                (
                    "structures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("health_house", "une maison de santé"),
                                ("health_centre", "un centre de santé"),
                                ("group", "un cabinet de groupe"),
                                ("alone", "un cabinet seul ou seule"),
                                ("hospital", "un hôpital ou une clinique"),
                                ("unknown", "je ne sais pas encore"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="lieux d'exercice souhaités",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("installation", "une installation"),
                            ("stage", "un stage ou un logement"),
                            ("bourse", "la bourse d'engagement"),
                            ("famille", "ma famille"),
                            ("autre", "autre chose"),
                        ],
                        max_length=15,
                        verbose_name="sujet",
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="en quelques mots"
                    ),
                ),
                (
                    "wants_family_help",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="souhaite une aide pour sa famille",
                    ),
                ),
                (
                    "household",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "seul ou seule"),
                            ("couple", "à deux"),
                            ("couple_children", "à deux, avec des enfants"),
                            ("alone_children", "seul ou seule, avec des enfants"),
                        ],
                        max_length=20,
                        verbose_name="foyer",
                    ),
                ),
                (
                    "children_under_3",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="moins de 3 ans"
                    ),
                ),
                (
                    "children_3_5",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="de 3 à 5 ans"
                    ),
                ),
                (
                    "children_6_10",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="de 6 à 10 ans"
                    ),
                ),
                (
                    "children_11_15",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="de 11 à 15 ans"
                    ),
                ),
                (
                    "children_16_plus",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="16 ans ou plus"
                    ),
                ),
                (
                    "partner_occupation",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="métier recherché"
                    ),
                ),
                (
                    "to_assign_since",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="à attribuer depuis"
                    ),
                ),
                (
                    "next_action",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="prochaine action"
                    ),
                ),
                (
                    "next_action_on",
                    models.DateField(blank=True, null=True, verbose_name="à faire le"),
                ),
                (
                    "turn",
                    models.CharField(
                        choices=[
                            ("desk", "au guichet"),
                            ("applicant", "à la personne"),
                        ],
                        default="desk",
                        max_length=10,
                        verbose_name="c'est",
                    ),
                ),
                (
                    "expected",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="attendu de la personne",
                    ),
                ),
                (
                    "expected_by",
                    models.DateField(
                        blank=True, null=True, verbose_name="attendu avant le"
                    ),
                ),
                (
                    "paused_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="en pause jusqu'au"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "installation réalisée"),
                            ("oriented", "personne orientée"),
                            ("no_follow_up", "sans suite"),
                            ("unreachable", "injoignable"),
                            ("outside_scope", "hors du champ du guichet"),
                            ("duplicate", "réunie à un autre dossier"),
                        ],
                        max_length=20,
                        verbose_name="issue",
                    ),
                ),
                (
                    "closing_sentence",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="mot de clôture"
                    ),
                ),
                (
                    "step_reached",
                    models.PositiveSmallIntegerField(default=1, verbose_name="étape"),
                ),
                (
                    "submission",
                    models.UUIDField(editable=False, null=True, unique=True),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="commencée le"
                    ),
                ),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="enregistrée le"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="déposée le"
                    ),
                ),
                (
                    "taken_charge_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="prise en charge le"
                    ),
                ),
                (
                    "last_exchange_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="dernier échange"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="close le"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="retirée le"
                    ),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="effacée le"
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installation_requests",
                        to="accounts.person",
                        verbose_name="demandeur ou demandeuse",
                    ),
                ),
                (
                    "case_worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installation_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="en charge",
                    ),
                ),
                (
                    "communes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="communes",
                    ),
                ),
                (
                    "intercommunalities",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="territory.intercommunality",
                        verbose_name="intercommunalités",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="installation.installationrequest",
                        verbose_name="réunie à",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="territory.topic",
                        verbose_name="aide demandée",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d'installation",
                "verbose_name_plural": "demandes d'installation",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["submitted", "in_support", "paused"])
                        ),
                        fields=["next_action_on", "id"],
                        name="installation_open_queue",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["submitted", "in_support", "paused"])
                        ),
                        fields=["case_worker", "next_action_on", "id"],
                        name="installation_worker_queue",
                    ),
                    models.Index(
                        fields=["state", "next_action_on", "id"],
                        name="installation_state_queue",
                    ),
                    models.Index(
                        fields=["kind", "next_action_on", "id"],
                        name="installation_kind_queue",
                    ),
                    models.Index(
                        models.OrderBy(models.F("submitted_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("state", "draft"), _negated=True),
                        name="installation_latest_filed",
                    ),
                    models.Index(
                        condition=models.Q(("to_assign_since__isnull", False)),
                        fields=["to_assign_since", "id"],
                        name="installation_to_assign",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["submitted", "in_support"])),
                        fields=["last_exchange_at", "id"],
                        name="installation_silence",
                    ),
                    models.Index(
                        fields=["closed_at", "id"], name="installation_closed"
                    ),
                    models.Index(
                        condition=models.Q(("state", "draft")),
                        fields=["saved_at"],
                        name="installation_drafts",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["reference"],
                        name="installation_reference_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("reference",),
                        name="installation_reference_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reference", ""),
                                ("state", "draft"),
                                ("submitted_at", None),
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("reference", ""), _negated=True),
                                ("applicant__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_has_reference_and_applicant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("channel", "site"), _negated=True),
                            ("kind", "question"),
                            ("forgotten_at__isnull", False),
                            models.Q(
                                models.Q(("first_name", ""), _negated=True),
                                models.Q(("last_name", ""), _negated=True),
                                models.Q(("email", ""), _negated=True),
                                models.Q(("address", ""), _negated=True),
                                models.Q(("postal_code", ""), _negated=True),
                                models.Q(("city", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_online_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["submitted", "in_support", "paused"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("case_worker__isnull", False),
                                ("to_assign_since", None),
                            ),
                            models.Q(
                                ("case_worker", None),
                                ("to_assign_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_open_has_someone_or_waits_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["in_support", "paused"]), _negated=True
                            ),
                            models.Q(
                                ("case_worker__isnull", False),
                                ("taken_charge_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_support_has_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("next_action", ""), _negated=True),
                                ("next_action_on__isnull", False),
                                ("state__in", ["submitted", "in_support", "paused"]),
                            ),
                            models.Q(
                                ("next_action", ""),
                                ("next_action_on", None),
                                ("state__in", ["draft", "closed"]),
                            ),
                            _connector="OR",
                        ),
                        name="installation_open_has_a_dated_next_action",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paused_until__isnull", False), ("state", "paused")
                            ),
                            models.Q(
                                models.Q(("state", "paused"), _negated=True),
                                ("paused_until", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_pause_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at", None),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_closed_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_into__isnull", False), ("outcome", "duplicate")
                            ),
                            models.Q(
                                models.Q(("outcome", "duplicate"), _negated=True),
                                ("merged_into", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_duplicate_leads_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), ("state", "closed"), _connector="OR"
                        ),
                        name="installation_withdrawn_is_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expected", ""), ("expected_by", None)),
                            models.Q(
                                ("expected_by__isnull", False),
                                ("turn", "applicant"),
                                models.Q(("expected", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_expectation_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rpps", ""),
                            ("rpps__regex", "^[0-9]{11}$"),
                            _connector="OR",
                        ),
                        name="installation_rpps_has_eleven_digits",
                        violation_error_message="Un numéro RPPS compte onze chiffres.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_a_week", None),
                            ("days_a_week__range", (1, 6)),
                            _connector="OR",
                        ),
                        name="installation_days_a_week_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("children_11_15__lte", 12),
                            ("children_16_plus__lte", 12),
                            ("children_3_5__lte", 12),
                            ("children_6_10__lte", 12),
                            ("children_under_3__lte", 12),
                        ),
                        name="installation_children_are_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("wants_family_help", True),
                                ("wants_family_help__isnull", False),
                            ),
                            models.Q(
                                ("children_11_15", 0),
                                ("children_16_plus", 0),
                                ("children_3_5", 0),
                                ("children_6_10", 0),
                                ("children_under_3", 0),
                                ("household", ""),
                                ("partner_occupation", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_family_only_if_help_is_wanted",
                    ),
                ],
            },
            bases=(installation.models.request_moves.RequestMoves, models.Model),
        ),
        migrations.CreateModel(
            name="PlanTemplateStep",
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
                ("title", models.CharField(max_length=150, verbose_name="étape")),
                (
                    "help",
                    models.CharField(
                        blank=True, max_length=600, verbose_name="comment faire"
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("doctor", "la personne"),
                            ("desk", "le guichet"),
                            ("partner", "un partenaire"),
                        ],
                        default="doctor",
                        max_length=10,
                        verbose_name="par",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("professional", "projet professionnel"),
                            ("family", "projet familial"),
                        ],
                        default="professional",
                        max_length=20,
                        verbose_name="projet",
                    ),
                ),
                (
                    "offset_days",
                    models.SmallIntegerField(
                        default=0,
                        help_text="À partir du premier jour prévu ; avec un moins, avant lui.",
                        verbose_name="jours",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="preuve attendue"
                    ),
                ),
                ("link", models.URLField(blank=True, verbose_name="lien officiel")),
                (
                    "is_blocking",
                    models.BooleanField(
                        default=False,
                        help_text="Les étapes suivantes du même projet attendent qu'elle soit faite.",
                        verbose_name="bloquante",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "code",
                    models.SlugField(
                        editable=False, max_length=40, null=True, unique=True
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        default=list,
                        size=None,
                        verbose_name="demandes concernées",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="proposée"),
                ),
            ],
            options={
                "verbose_name": "étape type",
                "verbose_name_plural": "étapes types",
                "ordering": ["rank", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AidProgramme",
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
                    "slug",
                    models.SlugField(
                        max_length=80, unique=True, verbose_name="adresse de la page"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("insurance", "Assurance maladie"),
                            ("local", "Collectivités"),
                            ("tax", "Impôts et cotisations"),
                            ("state", "État et ARS"),
                            ("loan", "Prêts"),
                        ],
                        max_length=12,
                        verbose_name="famille",
                    ),
                ),
                (
                    "funder_name",
                    models.CharField(
                        blank=True,
                        help_text="Quand l'organisme n'est pas dans l'annuaire.",
                        max_length=150,
                        verbose_name="qui l'accorde",
                    ),
                ),
                (
                    "summary",
                    models.TextField(max_length=600, verbose_name="en deux phrases"),
                ),
                (
                    "amount_text",
                    models.CharField(max_length=200, verbose_name="montant, en mots"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="S'il ne dépend pas de la zone.",
                        max_digits=9,
                        null=True,
                        verbose_name="montant",
                    ),
                ),
                (
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("gp", "médecin généraliste"),
                                ("specialist", "médecin d'une autre spécialité"),
                                ("dentist", "chirurgien-dentiste"),
                                ("midwife", "sage-femme"),
                                ("student", "étudiant ou interne"),
                                ("other", "autre profession de santé"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        help_text="Rien de coché : toutes.",
                        size=None,
                        verbose_name="professions",
                    ),
                ),
                (
                    "modes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("liberal", "en libéral"),
                                ("salaried", "en salarié"),
                                ("mixed", "en exercice mixte"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        help_text="Rien de coché : tous.",
                        size=None,
                        verbose_name="modes d'exercice",
                    ),
                ),
                (
                    "plans",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "creation",
                                    "créer un cabinet ou rejoindre une équipe",
                                ),
                                ("takeover", "reprendre un cabinet"),
                                ("secondary", "ouvrir un cabinet secondaire"),
                                ("visits", "venir quelques jours par mois"),
                                ("locum", "remplacer"),
                                ("stay", "rester, déjà en exercice ici"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        help_text="Rien de coché : tous.",
                        size=None,
                        verbose_name="projets",
                    ),
                ),
                (
                    "structures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("health_house", "une maison de santé"),
                                ("health_centre", "un centre de santé"),
                                ("group", "un cabinet de groupe"),
                                ("alone", "un cabinet seul ou seule"),
                                ("hospital", "un hôpital ou une clinique"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        help_text="Rien de coché : tous.",
                        size=None,
                        verbose_name="lieux d'exercice",
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("1", "secteur 1"),
                                ("2_optam", "secteur 2 avec OPTAM"),
                                ("2", "secteur 2 sans OPTAM"),
                                ("none", "hors convention"),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        help_text="Rien de coché : tous.",
                        size=None,
                        verbose_name="secteurs conventionnels (médecins)",
                    ),
                ),
                (
                    "first_settlement_only",
                    models.BooleanField(
                        default=False,
                        verbose_name="première installation libérale seulement",
                    ),
                ),
                (
                    "min_days_a_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="jours par semaine, au moins",
                    ),
                ),
                (
                    "employees_below",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="moins de … salariés"
                    ),
                ),
                (
                    "ten_years",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "sans règle de dix ans"),
                            ("local", "aides locales (D. 1511-47 CGCT)"),
                            (
                                "insurance",
                                "aides de l'assurance maladie (D. 162-1-11-1 CSS)",
                            ),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="règle des dix ans",
                    ),
                ),
                (
                    "other_conditions",
                    models.TextField(
                        blank=True,
                        help_text="Une par ligne. Le portail ne les vérifie pas : il les rappelle, et répond « probable » au lieu de « oui ».",
                        max_length=2000,
                        verbose_name="autres conditions",
                    ),
                ),
                (
                    "intake",
                    models.CharField(
                        choices=[
                            ("open", "ouverte"),
                            ("closed", "fermée aux nouvelles demandes"),
                            ("unsure", "à vérifier"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="nouvelles demandes",
                    ),
                ),
                (
                    "intake_note",
                    models.CharField(
                        blank=True,
                        help_text="Ce que deviennent les contrats en cours, ou ce qui reste à savoir.",
                        max_length=300,
                        verbose_name="précision",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="Le premier jour où l'on ne peut plus la demander.",
                        null=True,
                        verbose_name="fermée à partir du",
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="règle en vigueur",
                    ),
                ),
                (
                    "legal_reference",
                    models.CharField(blank=True, max_length=300, verbose_name="texte"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, verbose_name="adresse de la source"),
                ),
                (
                    "contact",
                    models.CharField(
                        help_text="L'organisme, son service, son téléphone ou son site.",
                        max_length=300,
                        verbose_name="à qui demander",
                    ),
                ),
                (
                    "advice",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        verbose_name="à savoir avant de demander",
                    ),
                ),
                (
                    "is_requested_here",
                    models.BooleanField(
                        default=False,
                        help_text="L'aide à l'installation du Département.",
                        verbose_name="se demande sur ce site",
                    ),
                ),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False,
                        help_text="Sinon la page dit « à vérifier ».",
                        verbose_name="lue dans une source sûre",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="vérifiée le",
                    ),
                ),
                (
                    "review_on",
                    models.DateField(
                        help_text="Six mois au plus après la vérification.",
                        verbose_name="à relire avant le",
                    ),
                ),
                (
                    "is_published",
                    models.BooleanField(default=True, verbose_name="publiée"),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=100, verbose_name="ordre"),
                ),
                (
                    "excludes",
                    models.ManyToManyField(
                        blank=True,
                        to="installation.aidprogramme",
                        verbose_name="ne se cumule pas avec",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.organisation",
                        verbose_name="organisme qui l'accorde",
                    ),
                ),
                (
                    "review_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsable de la fiche",
                    ),
                ),
            ],
            options={
                "verbose_name": "aide",
                "verbose_name_plural": "aides",
                "ordering": ["rank", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_on__gte", models.F("checked_on")),
                            (
                                "review_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("checked_on"),
                                    "+",
                                    models.Value(datetime.timedelta(days=184)),
                                ),
                            ),
                        ),
                        name="installation_aid_is_reviewed_within_six_months",
                        violation_error_message="Une fiche se relit au plus tard six mois après sa vérification.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("intake", "closed"), _negated=True),
                            ("closed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_closed_aid_says_since_when",
                        violation_error_message="Dites depuis quel jour elle est fermée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid__isempty", False),
                            ("valid__startswith__isnull", False),
                        ),
                        name="installation_aid_has_a_first_day",
                        violation_error_message="Indiquez le premier jour de la règle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("funder__isnull", False),
                            models.Q(("funder_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="installation_aid_says_who_grants",
                        violation_error_message="Dites qui accorde cette aide.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AidRequest",
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
                    "reference",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="référence"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("submitted", "déposée"),
                            ("incomplete", "incomplète"),
                            ("complete", "complète"),
                            ("ars_opinion", "avis de l'ARS demandé"),
                            ("granted", "accord de principe"),
                            ("refused", "refusée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="état",
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
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
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
                    "rpps",
                    models.CharField(
                        blank=True, max_length=11, verbose_name="numéro RPPS"
                    ),
                ),
                (
                    "profession",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gp", "médecin généraliste"),
                            ("specialist", "médecin d'une autre spécialité"),
                            ("dentist", "chirurgien-dentiste"),
                            ("midwife", "sage-femme"),
                            ("student", "étudiant ou interne"),
                            ("other", "autre profession de santé"),
                        ],
                        max_length=12,
                        verbose_name="profession",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("liberal", "en libéral"),
                            ("salaried", "en salarié"),
                            ("mixed", "en exercice mixte"),
                        ],
                        max_length=10,
                        verbose_name="exercice",
                    ),
                ),
                (
                    "beneficiary",
                    models.CharField(
                        choices=[
                            ("professional", "un professionnel de santé"),
                            ("health_centre", "le gestionnaire d'un centre de santé"),
                        ],
                        default="professional",
                        max_length=15,
                        verbose_name="pour",
                    ),
                ),
                (
                    "centre_name",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        verbose_name="nom du centre de santé",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "investment",
                                "prise en charge de frais d'investissement ou de fonctionnement",
                            ),
                            ("premises", "mise à disposition de locaux"),
                            ("dwelling", "mise à disposition d'un logement"),
                            ("bonus", "prime d'installation"),
                            ("flat_bonus", "prime d'exercice forfaitaire"),
                        ],
                        max_length=12,
                        verbose_name="aide demandée",
                    ),
                ),
                (
                    "first_day_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="premier jour prévu"
                    ),
                ),
                (
                    "days_a_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="jours par semaine",
                    ),
                ),
                (
                    "commitment_months",
                    models.PositiveSmallIntegerField(
                        default=36,
                        validators=[
                            django.core.validators.MinValueValidator(
                                36,
                                "L'engagement est de 36 mois au moins (article R. 1511-45 du CGCT).",
                            ),
                            django.core.validators.MaxValueValidator(
                                180, "Proposez quinze ans au plus."
                            ),
                        ],
                        verbose_name="durée d'engagement, en mois",
                    ),
                ),
                (
                    "amount_asked",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("1"))
                        ],
                        verbose_name="montant demandé",
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=11,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("1"))
                        ],
                        verbose_name="budget du projet",
                    ),
                ),
                (
                    "project",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="le projet"
                    ),
                ),
                (
                    "previous_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        verbose_name="dernière aide locale signée le",
                    ),
                ),
                (
                    "previous_from",
                    models.CharField(blank=True, max_length=150, verbose_name="avec"),
                ),
                (
                    "other_aids",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="autres aides"
                    ),
                ),
                (
                    "de_minimis",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="aides de minimis reçues en trois ans",
                    ),
                ),
                (
                    "attestation",
                    models.TextField(blank=True, verbose_name="attestation"),
                ),
                (
                    "attested_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="attestée le"
                    ),
                ),
                (
                    "zone_code",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="code de la zone"
                    ),
                ),
                (
                    "zone_label",
                    models.CharField(blank=True, max_length=120, verbose_name="zone"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="commencée le"
                    ),
                ),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="enregistrée le"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="déposée le"
                    ),
                ),
                (
                    "pieces_asked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="pièces demandées le"
                    ),
                ),
                (
                    "pieces_by",
                    models.DateField(
                        blank=True, null=True, verbose_name="pièces attendues avant le"
                    ),
                ),
                (
                    "complete_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="complète depuis le"
                    ),
                ),
                (
                    "implicit_refusal_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="réputée rejetée le"
                    ),
                ),
                (
                    "opinion_requested_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="avis demandé le"
                    ),
                ),
                (
                    "opinion_received_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="avis reçu le"
                    ),
                ),
                (
                    "opinion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favourable", "favorable"),
                            ("reserved", "favorable avec réserves"),
                            ("unfavourable", "défavorable"),
                        ],
                        max_length=15,
                        verbose_name="sens de l'avis",
                    ),
                ),
                (
                    "opinion_text",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="avis de l'ARS"
                    ),
                ),
                (
                    "amount_granted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("1"))
                        ],
                        verbose_name="montant proposé au vote",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="décidée le"
                    ),
                ),
                (
                    "decision_text",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="motif ou conditions"
                    ),
                ),
                (
                    "went_on_because",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        verbose_name="passé outre parce que",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="retirée le"
                    ),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="effacée le"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune d'exercice",
                    ),
                ),
                (
                    "examiner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="examinée par",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aid_requests",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "zoning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.zoning",
                        verbose_name="zonage de référence",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="aid_requests",
                        to="installation.installationrequest",
                        verbose_name="dossier d'installation",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d'aide à l'installation",
                "verbose_name_plural": "demandes d'aide à l'installation",
                "ordering": ["-submitted_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["submitted", "complete", "ars_opinion"])
                        ),
                        fields=["implicit_refusal_on"],
                        name="installation_aid_clock",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("reference",),
                        name="installation_aid_reference_is_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("person",),
                        name="installation_one_aid_draft_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reference", ""),
                                ("state", "draft"),
                                ("submitted_at", None),
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                models.Q(("reference", ""), _negated=True),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_aid_has_a_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("forgotten_at__isnull", False),
                            models.Q(
                                models.Q(("first_name", ""), _negated=True),
                                models.Q(("last_name", ""), _negated=True),
                                models.Q(("email", ""), _negated=True),
                                models.Q(("address", ""), _negated=True),
                                models.Q(("postal_code", ""), _negated=True),
                                models.Q(("city", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_aid_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                models.Q(("kind", ""), _negated=True),
                                models.Q(("profession", ""), _negated=True),
                                ("commune__isnull", False),
                                ("first_day_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_aid_says_what_and_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("commitment_months__gte", 36)),
                        name="installation_aid_asks_three_years",
                        violation_error_message="L'engagement est de 36 mois au moins (article R. 1511-45 du CGCT).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("beneficiary", "health_centre"), _negated=True),
                            models.Q(
                                ("kind__in", ("investment", "premises")),
                                models.Q(("centre_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_aid_kinds_for_centres",
                        violation_error_message="Un centre de santé peut recevoir une aide à l'investissement ou des locaux (article R. 1511-44 du CGCT).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("kind", "flat_bonus"), _negated=True),
                            ("mode__in", ["liberal", "mixed"]),
                            _connector="OR",
                        ),
                        name="installation_flat_bonus_is_liberal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("beneficiary", "health_centre"),
                            models.Q(
                                models.Q(("attestation", ""), _negated=True),
                                ("attested_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_filed_aid_is_attested",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["submitted", "complete", "ars_opinion"]),
                                _negated=True,
                            ),
                            ("implicit_refusal_on__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_aid_clock_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "incomplete"), _negated=True),
                            models.Q(
                                ("implicit_refusal_on", None),
                                ("pieces_asked_on__isnull", False),
                                ("pieces_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_incomplete_aid_has_a_limit_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["complete", "ars_opinion", "granted"]),
                                _negated=True,
                            ),
                            ("complete_on__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_complete_aid_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), _negated=True),
                            models.Q(
                                ("amount_granted__isnull", False),
                                ("decided_at__isnull", False),
                                ("opinion_received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_aid_is_granted_after_the_opinion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opinion", ""), ("opinion_received_at", None)),
                            models.Q(
                                ("opinion_requested_at__isnull", False),
                                models.Q(("opinion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_opinion_answers_a_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("decision_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_refused_aid_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"), ("withdrawn_at__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_withdrawn_aid_is_dated",
                    ),
                ],
            },
            bases=(installation.models.aid_moves.AidMoves, models.Model),
        ),
        migrations.CreateModel(
            name="AidPiece",
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
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("label", models.CharField(max_length=150, verbose_name="pièce")),
                (
                    "is_required",
                    models.BooleanField(default=True, verbose_name="obligatoire"),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaited", "attendue"),
                            ("received", "reçue"),
                            ("accepted", "acceptée"),
                            ("rejected", "à refaire"),
                        ],
                        default="awaited",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="ce qui ne va pas"
                    ),
                ),
                (
                    "received_on",
                    models.DateField(blank=True, null=True, verbose_name="reçue le"),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aid_piece",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="installation.aidrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce d'une demande d'aide",
                "verbose_name_plural": "pièces des demandes d'aide",
                "ordering": ["rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "code"), name="installation_one_piece_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "awaited"),
                            models.Q(
                                ("document__isnull", False),
                                ("received_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_received_piece_has_a_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="installation_rejected_piece_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AidZone",
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
                    "zoning_kind",
                    models.CharField(
                        choices=[
                            ("ars_doctors", "zonage ARS médecins"),
                            ("ars_dentists", "zonage ARS chirurgiens-dentistes"),
                            ("ars_nurses", "zonage ARS infirmiers"),
                            ("ars_physios", "zonage ARS kinésithérapeutes"),
                            ("ars_midwives", "zonage ARS sages-femmes"),
                            ("ars_speech", "zonage ARS orthophonistes"),
                            ("frr", "France Ruralités Revitalisation"),
                        ],
                        max_length=20,
                        verbose_name="zonage",
                    ),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="Séparées par des virgules : ZIP, QPV_ZIP.",
                        size=None,
                        verbose_name="catégories",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="montant",
                    ),
                ),
                (
                    "amount_text",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="montant, en mots"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="zones",
                        to="installation.aidprogramme",
                        verbose_name="aide",
                    ),
                ),
            ],
            options={
                "verbose_name": "zone d'une aide",
                "verbose_name_plural": "zones et montants",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("codes", []), _negated=True),
                        name="installation_aid_zone_names_a_category",
                        violation_error_message="Nommez au moins une catégorie.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyAccess",
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
                    "invited_name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="prénom et nom"
                    ),
                ),
                (
                    "invited_email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invitation envoyée"),
                            ("accepted", "invitation acceptée"),
                            ("ended", "accès terminé"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="envoyée le"
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="acceptée le"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="terminé le"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_accesses",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_accesses",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "accès à la famille",
                "verbose_name_plural": "accès à la famille",
                "ordering": ["invited_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("invited", "accepted"))),
                        fields=("request", "invited_email"),
                        name="installation_one_family_access_an_address",
                        violation_error_message="Cette adresse est déjà invitée.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "accepted")),
                        fields=("request", "person"),
                        name="installation_one_family_access_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None),
                                ("ended_at", None),
                                ("state", "invited"),
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("ended_at", None),
                                ("person__isnull", False),
                                ("state", "accepted"),
                            ),
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="installation_family_access_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "ended"),
                            models.Q(
                                models.Q(("invited_email", ""), _negated=True),
                                models.Q(("invited_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_family_access_says_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestDetails",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="details",
                        serialize=False,
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "helps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("assistant", "un assistant ou un collaborateur"),
                                ("associate", "un associé ou une associée"),
                                ("locum", "un remplaçant ou une remplaçante"),
                                ("secretary", "un secrétariat"),
                                ("group", "un groupe à rejoindre ou à créer"),
                                ("premises", "un autre local"),
                                (
                                    "workload",
                                    "une charge à alléger : le cabinet s'épuise",
                                ),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="aide attendue",
                    ),
                ),
                (
                    "since",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weeks", "depuis quelques semaines"),
                            ("months", "depuis quelques mois"),
                            ("long", "depuis plus d'un an"),
                        ],
                        max_length=10,
                        verbose_name="depuis quand",
                    ),
                ),
                (
                    "planned_on",
                    models.DateField(blank=True, null=True, verbose_name="date prévue"),
                ),
                (
                    "is_confidential",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="départ confidentiel"
                    ),
                ),
                (
                    "patients",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="patients suivis",
                    ),
                ),
                (
                    "premises",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owned", "un local à vendre"),
                            ("rented", "un bail à reprendre"),
                            ("shared", "une place dans un cabinet de groupe"),
                            ("none", "aucun local à reprendre"),
                            ("unknown", "je ne sais pas encore"),
                        ],
                        max_length=10,
                        verbose_name="local à reprendre",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="fonction"
                    ),
                ),
                (
                    "body_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="nom de la structure"
                    ),
                ),
                (
                    "wanted_profession",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doctor", "médecin"),
                            ("dentist", "chirurgien-dentiste"),
                            ("midwife", "sage-femme"),
                            ("other", "autre profession de santé"),
                        ],
                        max_length=10,
                        verbose_name="profession recherchée",
                    ),
                ),
                (
                    "wanted_specialty",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="spécialité recherchée"
                    ),
                ),
                (
                    "project",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health_house", "une maison de santé"),
                            ("health_centre", "un centre de santé"),
                            ("secondary_practice", "un cabinet secondaire"),
                            ("housing", "des logements pour internes ou médecins"),
                            ("e_health", "un équipement de télésanté"),
                            (
                                "nurse",
                                "la formation d'un infirmier en pratique avancée",
                            ),
                        ],
                        max_length=20,
                        verbose_name="projet",
                    ),
                ),
                (
                    "carrier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commune", "une commune"),
                            ("group", "une intercommunalité"),
                            ("professionals", "des professionnels de santé"),
                            ("association", "une association ou une mutuelle"),
                            ("hospital", "un hôpital"),
                            ("other", "quelqu'un d'autre"),
                        ],
                        max_length=15,
                        verbose_name="porté par",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "une idée"),
                            ("team", "une équipe réunie"),
                            ("written", "un projet écrit"),
                            ("funding", "un financement en cours"),
                            ("works", "des travaux engagés"),
                        ],
                        max_length=10,
                        verbose_name="avancement",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.healthstructure",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "précisions d'une demande",
                "verbose_name_plural": "précisions des demandes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("patients", None),
                            ("patients__range", (1, 5000)),
                            _connector="OR",
                        ),
                        name="installation_patients_are_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_on", None),
                            (
                                "planned_on__range",
                                (datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="installation_planned_day_is_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exchange",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "message à la personne"),
                            ("family", "message du côté famille"),
                            ("internal", "note interne"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="destinataire",
                    ),
                ),
                ("body", models.TextField(max_length=5000, verbose_name="message")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="écrit le"
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="lu le"),
                ),
                (
                    "submission",
                    models.UUIDField(editable=False, null=True, unique=True),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrit par",
                    ),
                ),
                (
                    "family_access",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="installation.familyaccess",
                        verbose_name="écrit du côté famille par",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exchanges",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "échange",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["request", "created_at", "id"],
                        name="installation_thread",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "internal"), _negated=True),
                            ("author__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_notes_are_the_desk_s",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("family_access", None),
                            models.Q(("audience", "family"), ("author", None)),
                            _connector="OR",
                        ),
                        name="installation_family_writes_on_its_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="installation_exchange_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "message à la personne"),
                            ("family", "message du côté famille"),
                            ("internal", "note interne"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="destinataire",
                    ),
                ),
                (
                    "from_applicant",
                    models.BooleanField(
                        default=False, verbose_name="envoyé par la personne"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="joint le"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installation_attachment",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="installation.exchange",
                        verbose_name="message",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce jointe",
                "verbose_name_plural": "pièces jointes",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "public"),
                            ("from_applicant", False),
                            _connector="OR",
                        ),
                        name="installation_applicant_sees_their_files",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AidReview",
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
                ("answers", models.JSONField(verbose_name="réponses")),
                ("results", models.JSONField(verbose_name="résultats")),
                ("zonings", models.JSONField(verbose_name="zonages")),
                (
                    "query",
                    models.TextField(
                        blank=True, editable=False, verbose_name="recherche"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="faite le"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="faite par",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aid_reviews",
                        to="installation.installationrequest",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche d'aides",
                "verbose_name_plural": "recherches d'aides",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LocalAidRecord",
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
                ("signed_on", models.DateField(verbose_name="signée le")),
                ("kind", models.CharField(max_length=150, verbose_name="aide")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ours", "convention de ce Département"),
                            ("partner", "communiquée par une autre collectivité"),
                        ],
                        default="ours",
                        max_length=10,
                        verbose_name="connue par",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="précision"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_aids",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "convention d'aide antérieure",
                "verbose_name_plural": "conventions d'aide antérieures",
                "ordering": ["-signed_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "signed_on", "kind"),
                        name="installation_a_local_aid_is_noted_once",
                        violation_error_message="Cette convention est déjà notée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentor",
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
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("start", "les premiers mois"),
                                ("administrative", "les démarches et la gestion"),
                                ("team", "l'exercice en équipe"),
                                ("rural", "l'exercice rural et les visites"),
                                ("on_call", "les gardes et l'urgence"),
                                ("family", "la vie de famille ici"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="thèmes",
                    ),
                ),
                (
                    "availability",
                    models.CharField(
                        help_text="« Le jeudi midi, et par téléphone le soir. »",
                        max_length=200,
                        verbose_name="disponibilités",
                    ),
                ),
                (
                    "most_at_once",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="personnes à la fois",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        blank=True,
                        help_text="Lu par la personne à qui le guichet vous propose, sans votre nom.",
                        max_length=1000,
                        verbose_name="en quelques mots",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, verbose_name="accueille en ce moment"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="depuis le",
                    ),
                ),
                (
                    "intercommunality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.intercommunality",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentor",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "compagnon",
                "verbose_name_plural": "compagnons",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("themes__len__gt", 0)),
                        name="installation_mentor_has_a_theme",
                        violation_error_message="Choisissez au moins un thème.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_at_once__range", (1, 6))),
                        name="installation_mentor_is_not_crushed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentorship",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("met", "mise en relation"),
                            ("declined", "déclinée"),
                            ("ended", "terminée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="proposée le"
                    ),
                ),
                (
                    "host_accepted_at",
                    models.DateTimeField(
                        null=True, verbose_name="acceptée (accueil) le"
                    ),
                ),
                (
                    "guest_accepted_at",
                    models.DateTimeField(
                        null=True, verbose_name="acceptée (arrivée) le"
                    ),
                ),
                (
                    "declined_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("host", "la personne qui accueille"),
                            ("guest", "la personne qui arrive"),
                        ],
                        max_length=5,
                        verbose_name="déclinée par",
                    ),
                ),
                (
                    "met_at",
                    models.DateTimeField(null=True, verbose_name="mise en relation le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(null=True, verbose_name="terminée le"),
                ),
                (
                    "word",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="mot du guichet"
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorships",
                        to="installation.mentor",
                        verbose_name="compagnon",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "compagnonnage",
                "verbose_name_plural": "compagnonnages",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("guest_accepted_at__isnull", False),
                                ("host_accepted_at__isnull", False),
                                ("met_at__isnull", False),
                                ("state__in", ["met", "ended"]),
                            ),
                            models.Q(
                                ("met_at", None), ("state__in", ["waiting", "declined"])
                            ),
                            _connector="OR",
                        ),
                        name="installation_mentorship_met_by_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"),
                                models.Q(("declined_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                ("declined_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_mentorship_declined_by_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "met"])),
                        fields=("mentor", "guest"),
                        name="installation_one_running_mentorship",
                        violation_error_message="Ces deux personnes sont déjà proposées.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
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
                    "details",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="précisions"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("answers", "ses réponses"),
                            ("person", "la personne"),
                            ("desk", "le guichet"),
                        ],
                        max_length=10,
                        verbose_name="vient de",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="noté le"
                    ),
                ),
                (
                    "dropped_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="abandonné le"
                    ),
                ),
                (
                    "dropped_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="motif"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="installation.need",
                        verbose_name="réuni à",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.topic",
                        verbose_name="sujet",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin",
                "ordering": ["topic__rank", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_at", None), ("dropped_reason", "")),
                            models.Q(
                                ("dropped_at__isnull", False),
                                models.Q(("dropped_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_dropped_need_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="installation_need_is_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedRule",
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
                ("question", models.CharField(max_length=40, verbose_name="question")),
                ("answer", models.CharField(max_length=40, verbose_name="réponse")),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="appliquée"),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.topic",
                        verbose_name="crée le besoin",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de besoin",
                "verbose_name_plural": "règles des besoins",
                "ordering": ["question", "answer", "topic__rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "answer", "topic"),
                        name="installation_one_rule_an_answer_and_topic",
                        violation_error_message="Cette règle existe déjà.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                ("planned_on", models.DateField(verbose_name="premier jour prévu")),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ouvert le"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ouvert par",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="action_plan",
                        to="installation.installationrequest",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan d'action",
                "verbose_name_plural": "plans d'action",
            },
        ),
        migrations.CreateModel(
            name="PracticeOffer",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("submitted", "à relire"),
                            ("published", "publiée"),
                            ("refused", "à corriger"),
                            ("expired", "expirée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "summary",
                    models.CharField(max_length=300, verbose_name="en une phrase"),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="description"
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(max_length=150, verbose_name="personne à joindre"),
                ),
                (
                    "contact_email",
                    accounts.fields.LowercaseEmailField(
                        max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "contact_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="téléphone",
                    ),
                ),
                (
                    "contact_is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Sinon, le guichet met en relation.",
                        verbose_name="montrer ces coordonnées",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="écrite le",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="envoyée le"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="publiée le"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="confirmée le"
                    ),
                ),
                (
                    "expires_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="en ligne jusqu'au"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="retirée le"
                    ),
                ),
                (
                    "refusal",
                    models.TextField(
                        editable=False, max_length=2000, verbose_name="à corriger"
                    ),
                ),
                ("search_title", models.TextField(default="", editable=False)),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "search_title", config="french", weight="A"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "search_text", config="french", weight="B"
                            ),
                            django.contrib.postgres.search.SearchConfig("french"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("succession", "succession"),
                            ("salaried_post", "poste salarié"),
                            ("premises", "local libre en maison de santé"),
                            ("locum", "remplacement"),
                            ("secondary_practice", "cabinet secondaire"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "profession",
                    models.CharField(
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("liberal", "en libéral"),
                            ("salaried", "en salarié"),
                            ("mixed", "en exercice mixte"),
                        ],
                        max_length=10,
                        verbose_name="exercice",
                    ),
                ),
                (
                    "available_from",
                    models.DateField(blank=True, null=True, verbose_name="à partir du"),
                ),
                (
                    "available_until",
                    models.DateField(
                        blank=True,
                        help_text="Pour un remplacement.",
                        null=True,
                        verbose_name="jusqu'au",
                    ),
                ),
                (
                    "days_a_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="jours par semaine",
                    ),
                ),
                (
                    "terms",
                    models.CharField(
                        blank=True,
                        help_text="« Loyer de 450 € charges comprises », « rétrocession de 90 % ».",
                        max_length=200,
                        verbose_name="prix, loyer ou rémunération",
                    ),
                ),
                (
                    "equipment",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="équipement"
                    ),
                ),
                (
                    "software",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="logiciel"
                    ),
                ),
                (
                    "team",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="équipe sur place"
                    ),
                ),
                (
                    "housing",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="logement à proximité"
                    ),
                ),
                (
                    "is_confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Seule l'intercommunalité paraît, jusqu'à ce que vous et la personne intéressée acceptiez d'être mis en relation.",
                        verbose_name="succession confidentielle",
                    ),
                ),
                (
                    "public_from",
                    models.DateField(
                        editable=False, null=True, verbose_name="à partir du (public)"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "intercommunality",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.intercommunality",
                        verbose_name="intercommunalité",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relue par",
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
                        verbose_name="au nom de",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="proposée par",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.healthstructure",
                        verbose_name="structure de soins",
                    ),
                ),
            ],
            options={
                "verbose_name": "offre d'exercice",
                "verbose_name_plural": "offres d'exercice",
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("state", "published")),
                        name="practiceoffer_newest",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["expires_on"],
                        name="practiceoffer_ending",
                    ),
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["submitted_at", "id"],
                        name="practiceoffer_to_moderate",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_vector"], name="practiceoffer_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_text"],
                        name="practiceoffer_look_alikes",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["intercommunality", "-published_at", "-id"],
                        name="practiceoffer_of_a_territory",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["kind", "-published_at", "-id"],
                        name="practiceoffer_of_a_kind",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("expires_on__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_practiceoffer_published_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "refused"),
                                models.Q(("refusal", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                ("refusal", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_practiceoffer_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"), ("withdrawn_at__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_practiceoffer_withdrawn_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_confidential", False),
                            models.Q(
                                ("contact_is_public", False), ("kind", "succession")
                            ),
                            _connector="OR",
                        ),
                        name="installation_only_successions_are_confidential",
                        violation_error_message="Seule une succession peut être confidentielle, et ses coordonnées ne paraissent pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_until", None),
                            models.Q(
                                ("available_from__isnull", False),
                                ("available_until__gte", models.F("available_from")),
                            ),
                            _connector="OR",
                        ),
                        name="installation_offer_ends_after_it_starts",
                        violation_error_message="La fin doit suivre le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_a_week", None),
                            ("days_a_week__range", (1, 6)),
                            _connector="OR",
                        ),
                        name="installation_offer_days_are_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("met", "mise en relation"),
                            ("declined", "déclinée"),
                            ("ended", "terminée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="proposée le"
                    ),
                ),
                (
                    "host_accepted_at",
                    models.DateTimeField(
                        null=True, verbose_name="acceptée (accueil) le"
                    ),
                ),
                (
                    "guest_accepted_at",
                    models.DateTimeField(
                        null=True, verbose_name="acceptée (arrivée) le"
                    ),
                ),
                (
                    "declined_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("host", "la personne qui accueille"),
                            ("guest", "la personne qui arrive"),
                        ],
                        max_length=5,
                        verbose_name="déclinée par",
                    ),
                ),
                (
                    "met_at",
                    models.DateTimeField(null=True, verbose_name="mise en relation le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(null=True, verbose_name="terminée le"),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="installation.practiceoffer",
                        verbose_name="offre",
                    ),
                ),
            ],
            options={
                "verbose_name": "mise en relation",
                "verbose_name_plural": "mises en relation",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("guest_accepted_at__isnull", False),
                                ("host_accepted_at__isnull", False),
                                ("met_at__isnull", False),
                                ("state__in", ["met", "ended"]),
                            ),
                            models.Q(
                                ("met_at", None), ("state__in", ["waiting", "declined"])
                            ),
                            _connector="OR",
                        ),
                        name="installation_introduction_met_by_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"),
                                models.Q(("declined_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                ("declined_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_introduction_declined_by_one",
                    ),
                    models.UniqueConstraint(
                        fields=("offer", "guest"), name="installation_introduced_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                    "wording",
                    models.TextField(blank=True, verbose_name="accord pour l'auteur"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="le"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="installation.installationrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="installation.practiceoffer",
                        verbose_name="offre",
                    ),
                ),
            ],
            options={
                "verbose_name": "marque d'intérêt",
                "verbose_name_plural": "marques d'intérêt",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("offer", "person"),
                        name="installation_interested_once",
                        violation_error_message="Cette offre est déjà notée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "transmise"),
                            ("taken", "prise en charge"),
                            ("helped", "aide apportée"),
                            ("no_help", "aucune aide n'existe"),
                            ("unreachable", "personne injoignable"),
                            ("not_for_me", "pas pour ce partenaire"),
                            ("recalled", "rappelée par le guichet"),
                            ("withdrawn", "accord retiré par la personne"),
                        ],
                        default="sent",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                (
                    "shared_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        verbose_name="données transmises",
                    ),
                ),
                (
                    "to_email",
                    accounts.fields.LowercaseEmailField(
                        max_length=254, verbose_name="adressée à"
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="à l'attention de"
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="mot du guichet"
                    ),
                ),
                (
                    "closing_note",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="mot du partenaire"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="transmise le"
                    ),
                ),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="prise en charge le"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="terminée le"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.consent",
                        verbose_name="accord de la personne",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrals",
                        to="installation.need",
                        verbose_name="besoin",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="territory.organisation",
                        verbose_name="partenaire",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="transmise par",
                    ),
                ),
            ],
            options={
                "verbose_name": "orientation",
                "ordering": ["sent_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("sent", "taken"))),
                        fields=["organisation", "sent_at", "id"],
                        name="installation_referral_basket",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("sent", "taken"))),
                        fields=("need", "organisation"),
                        name="installation_one_running_referral_a_partner",
                        violation_error_message="Ce partenaire a déjà ce besoin en main.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("state__in", ("sent", "taken"))
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "state__in",
                                    (
                                        "helped",
                                        "no_help",
                                        "unreachable",
                                        "not_for_me",
                                        "recalled",
                                        "withdrawn",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="installation_ended_referral_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            ("taken_at__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_taken_referral_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralMessage",
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
                    "side",
                    models.CharField(
                        choices=[
                            ("partner", "le partenaire"),
                            ("person", "la personne"),
                            ("desk", "le guichet"),
                        ],
                        max_length=10,
                        verbose_name="écrit par",
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="signature"
                    ),
                ),
                ("body", models.TextField(max_length=3000, verbose_name="message")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="écrit le"
                    ),
                ),
                (
                    "submission",
                    models.UUIDField(editable=False, null=True, unique=True),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="installation.referral",
                        verbose_name="orientation",
                    ),
                ),
            ],
            options={
                "verbose_name": "message d'une orientation",
                "verbose_name_plural": "messages des orientations",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["referral", "created_at", "id"],
                        name="installation_referral_thread",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="installation_referral_message_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("side", "desk"), _negated=True),
                            ("author__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_desk_signs_to_a_partner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
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
                    "address",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="adresse"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("liberal", "en libéral"),
                            ("salaried", "en salarié"),
                            ("mixed", "en exercice mixte"),
                        ],
                        max_length=10,
                        verbose_name="exercice",
                    ),
                ),
                (
                    "first_day_on",
                    models.DateField(verbose_name="premier jour d'exercice"),
                ),
                (
                    "days_a_week",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ],
                        verbose_name="jours par semaine",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("declared", "déclarée"),
                            ("validated", "validée"),
                            ("left", "terminée"),
                        ],
                        default="declared",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "has_order",
                    models.BooleanField(
                        default=False, verbose_name="inscription au tableau de l'Ordre"
                    ),
                ),
                (
                    "has_contract",
                    models.BooleanField(
                        default=False,
                        verbose_name="conventionnement CPAM ou MSA, ou contrat de travail signé",
                    ),
                ),
                (
                    "has_urssaf",
                    models.BooleanField(
                        default=False, verbose_name="affiliation à l'URSSAF"
                    ),
                ),
                (
                    "has_activity",
                    models.BooleanField(
                        default=False, verbose_name="premier relevé d'activité"
                    ),
                ),
                (
                    "declared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="déclarée le"
                    ),
                ),
                (
                    "validated_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="validée le"
                    ),
                ),
                (
                    "is_counted",
                    models.BooleanField(default=False, verbose_name="comptée"),
                ),
                (
                    "not_counted_because",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="pourquoi elle ne compte pas",
                    ),
                ),
                (
                    "left_on",
                    models.DateField(blank=True, null=True, verbose_name="départ le"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclarée par",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settlement",
                        to="installation.installationrequest",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.healthstructure",
                        verbose_name="structure",
                    ),
                ),
                (
                    "validated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="validée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "installation",
                "ordering": ["-first_day_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_counted", True)),
                        fields=("person",),
                        name="installation_one_counted_settlement_a_person",
                        violation_error_message="Une installation de cette personne est déjà comptée (R-43).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declared"),
                                ("validated_at", None),
                                ("validated_by", None),
                            ),
                            models.Q(
                                models.Q(("state", "declared"), _negated=True),
                                ("validated_at__isnull", False),
                                ("validated_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_validated_settlement_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "declared"),
                            models.Q(
                                ("has_order", True),
                                models.Q(
                                    ("has_contract", True),
                                    ("has_urssaf", True),
                                    ("has_activity", True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="installation_validated_settlement_is_proven",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declared"), _negated=True),
                            ("is_counted", False),
                            _connector="OR",
                        ),
                        name="installation_only_validated_settlements_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_on__isnull", False), ("state", "left")),
                            models.Q(
                                models.Q(("state", "left"), _negated=True),
                                ("left_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_who_left_left_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                ("months", models.PositiveSmallIntegerField(verbose_name="mois")),
                ("due_on", models.DateField(verbose_name="à demander le")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "toujours là"),
                            ("no", "plus là"),
                            ("call", "souhaite être appelé ou appelée"),
                        ],
                        max_length=5,
                        verbose_name="réponse",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="répondu le"
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="installation.settlement",
                        verbose_name="installation",
                    ),
                ),
            ],
            options={
                "verbose_name": "suivi d'une installation",
                "verbose_name_plural": "suivis des installations",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["due_on"],
                        name="installation_follow_ups_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("settlement", "months"),
                        name="installation_one_follow_up_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_follow_up_answer_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingQuestion",
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
                    "message",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="mot du guichet"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandé le"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="répondu le"
                    ),
                ),
                (
                    "agreed",
                    models.BooleanField(blank=True, null=True, verbose_name="accepté"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharing_questions",
                        to="installation.need",
                        verbose_name="besoin",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.organisation",
                        verbose_name="partenaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord demandé",
                "verbose_name_plural": "accords demandés",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("need", "organisation"),
                        name="installation_one_pending_sharing_question",
                        violation_error_message="Cet accord est déjà demandé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("answered_at", None)),
                            models.Q(
                                ("agreed__isnull", False),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="installation_sharing_answer_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("title", models.CharField(max_length=150, verbose_name="étape")),
                (
                    "help",
                    models.CharField(
                        blank=True, max_length=600, verbose_name="comment faire"
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("doctor", "la personne"),
                            ("desk", "le guichet"),
                            ("partner", "un partenaire"),
                        ],
                        default="doctor",
                        max_length=10,
                        verbose_name="par",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("professional", "projet professionnel"),
                            ("family", "projet familial"),
                        ],
                        default="professional",
                        max_length=20,
                        verbose_name="projet",
                    ),
                ),
                (
                    "offset_days",
                    models.SmallIntegerField(
                        default=0,
                        help_text="À partir du premier jour prévu ; avec un moins, avant lui.",
                        verbose_name="jours",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="preuve attendue"
                    ),
                ),
                ("link", models.URLField(blank=True, verbose_name="lien officiel")),
                (
                    "is_blocking",
                    models.BooleanField(
                        default=False,
                        help_text="Les étapes suivantes du même projet attendent qu'elle soit faite.",
                        verbose_name="bloquante",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                ("due_on", models.DateField(verbose_name="pour le")),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="faite le"
                    ),
                ),
                (
                    "proof_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="précision"
                    ),
                ),
                (
                    "dropped_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="abandonnée le"
                    ),
                ),
                (
                    "dropped_because",
                    models.CharField(blank=True, max_length=300, verbose_name="raison"),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="installation.attachment",
                        verbose_name="justificatif",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="faite par",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="installation.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ["rank", "due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("dropped_at", None)),
                        fields=["due_on"],
                        name="installation_steps_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("dropped_at", None), _connector="OR"
                        ),
                        name="installation_step_is_done_or_dropped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_at", None), ("dropped_because", "")),
                            models.Q(
                                ("dropped_at__isnull", False),
                                models.Q(("dropped_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_dropped_step_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_by", None),
                            ("done_at__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_done_step_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StructureProject",
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
                            ("secondary_practice", "cabinet secondaire"),
                            ("dwellings", "logements d'internes et de médecins"),
                            ("e_health", "équipement d'e-santé"),
                            (
                                "nurse_training",
                                "formation d'infirmiers en pratique avancée",
                            ),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="Par une collectivité ou un établissement public.",
                        verbose_name="portage public",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "à l'idée"),
                            ("studied", "à l'étude"),
                            ("voted", "subvention votée"),
                            ("works", "en travaux"),
                            ("open", "en service"),
                            ("abandoned", "abandonné"),
                        ],
                        default="idea",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "planned_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="ouverture prévue le"
                    ),
                ),
                (
                    "opened_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="en service depuis le"
                    ),
                ),
                (
                    "deliberation_number",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        verbose_name="numéro de la délibération",
                    ),
                ),
                (
                    "deliberation_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="délibération du"
                    ),
                ),
                (
                    "amount_voted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=11,
                        null=True,
                        verbose_name="subvention votée",
                    ),
                ),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=11,
                        verbose_name="déjà versé",
                    ),
                ),
                (
                    "abandoned_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="raison de l'abandon"
                    ),
                ),
                (
                    "notes",
                    models.TextField(
                        blank=True,
                        help_text="Pour le guichet seul : les élus ne les lisent pas.",
                        verbose_name="notes du guichet",
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="structure_projects",
                        to="territory.organisation",
                        verbose_name="porté par",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="structure_projects",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        help_text="Quand elle existe déjà, ou une fois ouverte.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="territory.healthstructure",
                        verbose_name="structure de soins",
                    ),
                ),
            ],
            options={
                "verbose_name": "projet de structure",
                "verbose_name_plural": "projets de structures",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_paid__gte", 0),
                            models.Q(
                                ("amount_paid", 0),
                                models.Q(
                                    ("amount_paid__lte", models.F("amount_voted")),
                                    ("amount_voted__isnull", False),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="installation_project_paid_within_the_vote",
                        violation_error_message="Le montant versé ne peut pas dépasser la subvention votée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_voted", None),
                            models.Q(
                                ("amount_voted__gte", 0),
                                ("deliberation_on__isnull", False),
                                models.Q(("deliberation_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_project_grant_has_a_vote",
                        violation_error_message="Une subvention se vote : donnez le numéro et la date de la délibération.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "voted"), _negated=True),
                            ("amount_voted__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_project_voted_has_an_amount",
                        violation_error_message="Donnez le montant voté.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_on__isnull", False), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("opened_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="installation_project_open_since_a_day",
                        violation_error_message="Un projet en service a une date d'ouverture, et lui seul.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "abandoned"),
                                models.Q(("abandoned_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "abandoned"), _negated=True),
                                ("abandoned_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="installation_project_abandoned_for_a_reason",
                        violation_error_message="Dites pourquoi le projet est abandonné.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                ("day", models.DateField(verbose_name="jour")),
                (
                    "family_invited",
                    models.BooleanField(
                        default=False, verbose_name="la famille est invitée"
                    ),
                ),
                (
                    "notes",
                    models.TextField(
                        blank=True,
                        help_text="Lu par la personne : accès, repas, ce qu'il faut apporter.",
                        max_length=2000,
                        verbose_name="à savoir",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "proposée"),
                            ("confirmed", "confirmée"),
                            ("done", "faite"),
                            ("cancelled", "annulée"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="invitation envoyée le"
                    ),
                ),
                (
                    "is_to_send",
                    models.BooleanField(
                        default=True, editable=False, verbose_name="à envoyer"
                    ),
                ),
                (
                    "other_day_wanted",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="autre date demandée"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=300, verbose_name="raison"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="préparée le"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparée par",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="installation.installationrequest",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "visite",
                "ordering": ["day", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["planned", "confirmed"])),
                        fields=["day"],
                        name="installation_visits_to_come",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("cancelled_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="installation_cancelled_visit_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_confirmed_visit_was_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitStop",
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
                ("starts_at", models.TimeField(verbose_name="de")),
                ("ends_at", models.TimeField(verbose_name="à")),
                ("place", models.CharField(max_length=150, verbose_name="lieu")),
                (
                    "meets",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="rencontre"
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
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "tout le monde"),
                            ("professional", "la personne"),
                            ("family", "la famille"),
                        ],
                        default="everyone",
                        max_length=12,
                        verbose_name="pour",
                    ),
                ),
                (
                    "sent_to",
                    accounts.fields.LowercaseEmailField(
                        blank=True,
                        editable=False,
                        max_length=254,
                        verbose_name="invitation envoyée à",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stops",
                        to="installation.visit",
                        verbose_name="visite",
                    ),
                ),
            ],
            options={
                "verbose_name": "rencontre d'une visite",
                "verbose_name_plural": "rencontres des visites",
                "ordering": ["starts_at", "ends_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="installation_stop_ends_after_it_starts",
                        violation_error_message="La fin vient après le début.",
                    )
                ],
            },
        ),
    ]
