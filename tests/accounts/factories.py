import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Membership, Person, User

PASSWORD = "tournesol-et-pruneau-47"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Camille"
    last_name = factory.Sequence(lambda number: f"Garrigue{number}")
    email = factory.Sequence(lambda number: f"camille{number}@example.org")


class UserFactory(DjangoModelFactory):
    """A login whose address is confirmed.

    A member of the desk: `UserFactory(is_staff=True, groups=["accueil"])`.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"camille.compte{number}@example.org")
    password = factory.django.Password(PASSWORD)
    person = factory.SubFactory(
        PersonFactory,
        email=factory.SelfAttribute("..email"),
        email_confirmed_at=factory.LazyFunction(timezone.now),
    )

    @factory.post_generation
    def confirmed_address(user, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )

    @factory.post_generation
    def second_factor(user, create, extracted, **kwargs):
        """Staff have one, as the back-office asks; `second_factor=False` for none."""
        if create and (extracted or (extracted is None and user.is_staff)):
            TOTP.activate(user, generate_totp_secret())

    @factory.post_generation
    def groups(user, create, extracted, **kwargs):
        for name in extracted or ():
            user.groups.add(Group.objects.get_or_create(name=name)[0])


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
