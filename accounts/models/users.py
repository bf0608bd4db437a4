from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import roles
from accounts.fields import LowercaseEmailField
from accounts.models.people import Person


class UserQuerySet(models.QuerySet):
    def desk(self):
        """Those who answer: active staff of the desk and its head."""
        return self.filter(
            is_active=True, is_staff=True, groups__name__in=roles.DESK
        ).distinct()

    def in_role(self, *names):
        return self.filter(is_active=True, groups__name__in=names).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email=email)

    @transaction.atomic
    def create_user(self, email, password=None, *, person=None, **fields):
        """A login; the person is created beside it unless given."""
        if not email:
            raise ValueError("A login needs an e-mail address.")
        names = {
            name: fields.pop(name)
            for name in ("first_name", "last_name")
            if name in fields
        }
        if person is None:
            person = Person.objects.create(email=email, **names)
        user = self.model(email=email, person=person, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """The login of a person; the e-mail address is its name."""

    email = LowercaseEmailField(
        "courriel",
        unique=True,
        error_messages={"unique": "Un compte utilise déjà cette adresse."},
    )
    person = models.OneToOneField(
        Person, models.PROTECT, related_name="user", verbose_name="personne"
    )
    is_staff = models.BooleanField(
        "travaille au guichet",
        default=False,
        help_text="Donne accès au back-office, avec un second facteur.",
    )
    is_active = models.BooleanField(
        "compte ouvert",
        default=True,
        help_text="À décocher plutôt que de supprimer un compte.",
    )
    date_joined = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_one_login_an_address",
                violation_error_message="Un compte utilise déjà cette adresse.",
            ),
        ]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return self.person.full_name

    def get_short_name(self):
        return self.person.first_name or self.email

    @property
    def first_name(self):
        return self.person.first_name

    @property
    def last_name(self):
        return self.person.last_name

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        raise ValidationError(
            "Ces deux personnes ont chacune un compte de connexion. L'une d'elles "
            "doit d'abord fermer le sien."
        )


def display_name(user: User) -> str:
    """How pages and e-mails call the owner of an account."""
    return user.get_short_name()
