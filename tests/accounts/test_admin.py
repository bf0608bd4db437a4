import pytest
from django.urls import reverse

from accounts.models import ArchiveVisa, ConsistencyRun, Person, PurgeNotice, User
from accounts.purging import rules
from tests.accounts.factories import PersonFactory, UserFactory


@pytest.fixture
def officer():
    return UserFactory(
        is_staff=True,
        groups=["accueil"],
        person__first_name="Claire",
        person__last_name="Dumas",
    )


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def head(client):
    client.force_login(UserFactory(is_staff=True, groups=["direction"]))
    return client


@pytest.mark.parametrize("count", [1, 20])
def test_people_cost_the_same_however_many(desk, count, django_assert_max_num_queries):
    PersonFactory.create_batch(count)
    desk.get(reverse("admin:accounts_person_changelist"))

    with django_assert_max_num_queries(18):
        desk.get(reverse("admin:accounts_person_changelist"))


@pytest.mark.parametrize("count", [1, 20])
def test_accounts_cost_the_same_however_many(
    head, count, django_assert_max_num_queries
):
    UserFactory.create_batch(count)
    head.get(reverse("admin:accounts_user_changelist"))

    with django_assert_max_num_queries(18):
        head.get(reverse("admin:accounts_user_changelist"))


def test_people_are_found_with_a_typo(desk):
    PersonFactory(first_name="Paul", last_name="Garrigue")
    PersonFactory(first_name="Julie", last_name="Cazaux")

    page = desk.get(reverse("admin:accounts_person_changelist"), {"q": "garigue"})

    names = [str(person) for person in page.context["cl"].result_list]
    assert names == ["Paul Garrigue"]


def test_a_person_is_written_during_a_call(desk):
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in (
            "practitionerprofile",
            "studentprofile",
            "contact_points",
            "memberships",
            "consents",
        )
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    response = desk.post(
        reverse("admin:accounts_person_add"),
        {
            "first_name": "Paul",
            "last_name": "Garrigue",
            "phone_0": "FR",
            "phone": "05 36 49 12 47",
            "origin": "phone",
            **inlines,
        },
    )

    assert response.status_code == 302
    person = Person.objects.get(last_name="Garrigue")
    assert (person.phone, person.origin) == ("+33536491247", "phone")


def test_the_address_of_a_login_is_not_the_desks_to_change(desk):
    user = UserFactory()

    page = desk.get(reverse("admin:accounts_person_change", args=[user.person_id]))

    assert "email" not in page.context["adminform"].form.fields


def test_two_rows_are_shown_then_made_one(desk):
    kept = PersonFactory(first_name="Paul", last_name="Garrigue")
    absorbed = PersonFactory(first_name="Paul", last_name="Garigue")
    absorbed.consents.create(purpose="newsletter", wording="Oui")

    twins = desk.get(reverse("admin:accounts_person_find_twins", args=[kept.pk]))
    url = reverse("admin:accounts_person_merge", args=[kept.pk, absorbed.pk])
    preview = desk.get(url)
    assert list(twins.context["people"]) == [absorbed]
    assert "Accords : 1" in preview.content.decode()
    absorbed.refresh_from_db()
    assert absorbed.closed_at is None

    response = desk.post(url)

    absorbed.refresh_from_db()
    assert response.url == reverse("admin:accounts_person_change", args=[kept.pk])
    assert absorbed.merged_into == kept


def test_a_refused_merge_says_why(desk):
    one, other = UserFactory().person, UserFactory().person

    page = desk.post(
        reverse("admin:accounts_person_merge", args=[one.pk, other.pk])
    ).content.decode()

    assert "chacune un compte de connexion" in page


def test_merging_is_for_the_desk(client):
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))
    one, other = PersonFactory.create_batch(2)

    response = client.post(
        reverse("admin:accounts_person_merge", args=[one.pk, other.pk])
    )

    assert response.status_code == 403


def test_the_page_of_an_account_shows_no_password(head):
    user = UserFactory()

    page = head.get(reverse("admin:accounts_user_change", args=[user.pk]))

    assert user.password not in page.content.decode()


def test_nobody_gives_themselves_a_role(head):
    me = User.objects.get()
    boss = UserFactory(is_staff=True, is_superuser=True)
    colleague = UserFactory()

    def may_change(user):
        url = reverse("admin:accounts_user_change", args=[user.pk])
        return head.post(url, {"is_active": "on"}).status_code == 302

    assert [may_change(user) for user in (me, boss, colleague)] == [False, False, True]


@pytest.mark.parametrize(
    "name",
    [
        "admin:accounts_user_changelist",
        "admin:accounts_archivevisa_add",
    ],
)
def test_roles_and_visas_are_for_the_head(desk, name):
    assert desk.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "person",
        "user",
        "consent",
        "purgenotice",
        "archivevisa",
        "purgeaggregate",
        "consistencyrun",
    ],
)
def test_lists_open(head, name):
    UserFactory(person__city="Agen")
    PurgeNotice.objects.create(
        rule=rules()[0].key, subject=PersonFactory(), warned_on="2026-11-01"
    )
    ConsistencyRun.objects.create(findings=[{"app": "accounts", "finding": "Un."}])
    ArchiveVisa.objects.create(
        rule="r",
        reference="AD47-12",
        granted_on="2026-11-02",
        announced_until="2026-11-01",
        recorded_by=User.objects.first(),
    )

    response = head.get(reverse(f"admin:accounts_{name}_changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["person", "user", "consistencyrun"])
def test_pages_open(head, name):
    run = ConsistencyRun.objects.create(findings=[{"app": "a", "finding": "Un."}])
    rows = {
        "person": UserFactory().person.pk,
        "user": UserFactory().pk,
        "consistencyrun": run.pk,
    }

    url = reverse(f"admin:accounts_{name}_change", args=[rows[name]])

    assert head.get(url).status_code == 200


def test_a_list_of_accounts_tells_nothing_of_passwords(head):
    url = reverse("admin:accounts_user_changelist")

    answers = [
        head.get(url, {lookup: "pbkdf2"}).status_code
        for lookup in ("password", "password__startswith", "password__regex")
    ]

    assert answers == [400] * 3
