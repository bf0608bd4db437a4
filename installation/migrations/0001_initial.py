import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_initial"),
        ("territory", "0002_topics"),
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
                            ("retirement_succession", "transmettre son cabinet"),
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
                            ("phone", "appel"),
                            ("email", "courriel"),
                            ("stand", "salon ou rencontre"),
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
                    "needs",
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
                            ("audience", "public"),
                            ("author__isnull", False),
                            _connector="OR",
                        ),
                        name="installation_notes_are_the_desk_s",
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
    ]
