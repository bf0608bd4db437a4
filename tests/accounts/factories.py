import factory
from allauth.account.models import EmailAddress
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
    """A login whose address is confirmed; `groups=["accueil"]` for the staff."""

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
    def confirmed_address(user, create, extracted, **kwargs):  # noqa: N805
        if create and extracted is not False:
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )

    @factory.post_generation
    def groups(user, create, extracted, **kwargs):  # noqa: N805
        for name in extracted or ():
            user.groups.add(Group.objects.get_or_create(name=name)[0])


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
