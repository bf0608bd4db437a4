import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone

from accounts import actions, merging
from accounts.models import (
    Consent,
    ContactPoint,
    Membership,
    Person,
    PractitionerProfile,
    PurgeNotice,
    User,
)
from accounts.signals import people_merged
from territory.models import Organisation
from tests.accounts.factories import PersonFactory, UserFactory


@pytest.fixture
def kept():
    return PersonFactory(first_name="Paul", last_name="Garrigue", email="p@example.org")


@pytest.fixture
def absorbed():
    return PersonFactory(
        first_name="Paul",
        last_name="Garigue",
        email="paul@example.org",
        phone="+33536491247",
        address="1 place Fallières",
        postal_code="47000",
        city="Agen",
        title="dr",
    )


def test_every_reference_to_a_person_is_known():
    known = {(ref.model._meta.label, ref.column) for ref in merging.references(Person)}

    assert known >= {
        ("accounts.User", "person_id"),
        ("accounts.ContactPoint", "person_id"),
        ("accounts.Membership", "person_id"),
        ("accounts.Consent", "person_id"),
        ("accounts.PractitionerProfile", "person_id"),
        ("accounts.PurgeNotice", "object_id"),
    }


def test_merge_moves_foreign_one_to_one_and_generic_keys(kept, absorbed):
    organisation = Organisation.objects.create(name="CPAM", kind="cpam")
    user = UserFactory(person=absorbed)
    Membership.objects.create(person=absorbed, organisation=organisation)
    Consent.objects.create(person=absorbed, purpose="newsletter", wording="Oui")
    PractitionerProfile.objects.create(person=absorbed, profession="doctor")
    PurgeNotice.objects.create(rule="r", subject=absorbed, warned_on="2026-01-01")

    actions.merge(kept, absorbed, by=None)

    assert User.objects.get(person=kept) == user
    for model in (Membership, Consent, PractitionerProfile):
        assert model.objects.get().person == kept
    assert PurgeNotice.objects.get().subject == kept


def test_merge_fills_blanks_and_keeps_the_other_addresses(kept, absorbed):
    kept = actions.merge(kept, absorbed, by=None)
    kept.refresh_from_db()
    absorbed.refresh_from_db()

    assert kept.formal_name == "Dr Paul Garrigue"
    assert (kept.email, kept.phone, kept.city) == (
        "p@example.org",
        "+33536491247",
        "Agen",
    )
    assert [point.value for point in kept.contact_points.all()] == ["paul@example.org"]
    assert (absorbed.full_name, absorbed.merged_into) == ("Personne effacée", kept)
    assert list(Person.objects.open()) == [kept]


def test_a_confirmed_address_wins(kept, absorbed):
    absorbed.email_confirmed_at = timezone.now()
    absorbed.save()

    kept = actions.merge(kept, absorbed, by=None)

    assert kept.email == "paul@example.org"
    assert kept.email_confirmed_at is not None
    assert [point.value for point in kept.contact_points.all()] == ["p@example.org"]


def test_rows_that_say_the_same_are_combined(kept, absorbed):
    organisation = Organisation.objects.create(name="CPAM", kind="cpam")
    for person, since in ((kept, "2026-02-01"), (absorbed, "2025-02-01")):
        Membership.objects.create(person=person, organisation=organisation, since=since)
        Consent.objects.create(person=person, purpose="alerts", wording=since)
        ContactPoint.objects.create(person=person, kind="phone", value="0536491200")
    PractitionerProfile.objects.create(person=kept, profession="doctor")
    PractitionerProfile.objects.create(
        person=absorbed, profession="dentist", rpps="10000000009"
    )

    preview = actions.merge_preview(kept, absorbed)
    actions.merge(kept, absorbed, by=None)

    assert preview.combined == {
        "appartenances": 1,
        "accords": 1,
        "autres coordonnées": 1,
        "profils de praticiens": 1,
    }
    assert str(Membership.objects.get().since) == "2025-02-01"
    assert Consent.objects.get().wording == "2026-02-01"
    profile = PractitionerProfile.objects.get()
    assert (profile.person, profile.profession, profile.rpps) == (
        kept,
        "doctor",
        "10000000009",
    )


def test_a_withdrawn_consent_is_history_and_moves(kept, absorbed):
    old = Consent.objects.create(person=kept, purpose="alerts", wording="Un")
    old.withdraw()
    Consent.objects.create(person=absorbed, purpose="alerts", wording="Deux")

    actions.merge(kept, absorbed, by=None)

    assert kept.consents.count() == 2


def test_the_preview_counts_and_changes_nothing(kept, absorbed):
    for number in range(2):
        Consent.objects.create(
            person=absorbed, purpose=["alerts", "photo"][number], wording="Oui"
        )

    preview = actions.merge_preview(kept, absorbed)

    assert (preview.moved, preview.is_possible) == ({"accords": 2}, True)
    assert absorbed.consents.count() == 2


def test_two_logins_refuse_to_be_one():
    one, other = UserFactory(), UserFactory()

    preview = actions.merge_preview(one.person, other.person)
    with pytest.raises(ValidationError) as refusal:
        actions.merge(one.person, other.person, by=None)

    assert preview.refusals == refusal.value.messages
    assert "chacune un compte de connexion" in refusal.value.messages[0]
    other.refresh_from_db()
    assert other.person.closed_at is None


def test_a_person_is_not_merged_with_itself(kept):
    with pytest.raises(ValidationError, match="deux fiches différentes"):
        actions.merge(kept, kept, by=None)


def test_a_closed_person_is_not_merged(kept, absorbed):
    absorbed.empty()

    with pytest.raises(ValidationError, match="fiche effacée"):
        actions.merge(kept, absorbed, by=None)


def test_people_absorbed_before_follow(kept, absorbed):
    first = PersonFactory()
    actions.merge(absorbed, first, by=None)

    actions.merge(kept, absorbed, by=None)

    first.refresh_from_db()
    assert first.merged_into == kept


def test_the_news_travels_up(kept, absorbed):
    heard = []

    def hear(sender, kept, absorbed, by, **kwargs):
        heard.append((kept.pk, absorbed.pk, by))

    people_merged.connect(hear)
    try:
        actions.merge_preview(kept, absorbed)
        actions.merge(kept, absorbed, by=None)
    finally:
        people_merged.disconnect(hear)

    assert heard == [(kept.pk, absorbed.pk, None)]


@pytest.fixture
def guest_lists():
    """A model with a many-to-many and a one-to-one to Person, for one test."""

    class GuestList(models.Model):
        people = models.ManyToManyField(Person, related_name="+")
        host = models.OneToOneField(Person, models.PROTECT, null=True, related_name="+")

        class Meta:
            app_label = "accounts"
            verbose_name = "liste d'invités"
            verbose_name_plural = "listes d'invités"

        def __str__(self):
            return "liste"

    with connection.schema_editor() as editor:
        editor.create_model(GuestList)
    merging.references.cache_clear()
    yield GuestList
    for name in ("guestlist", "guestlist_people"):
        del apps.all_models["accounts"][name]
    apps.clear_cache()
    merging.references.cache_clear()


def test_many_to_many_rows_move_and_their_doubles_go(guest_lists, kept, absorbed):
    alone, both = guest_lists.objects.create(), guest_lists.objects.create()
    alone.people.add(absorbed)
    both.people.add(kept, absorbed)

    actions.merge(kept, absorbed, by=None)

    assert [list(alone.people.all()), list(both.people.all())] == [[kept], [kept]]


def test_what_nothing_can_combine_refuses(guest_lists, kept, absorbed):
    guest_lists.objects.create(host=kept)
    guest_lists.objects.create(host=absorbed)

    with pytest.raises(ValidationError, match="« liste d'invités »"):
        actions.merge(kept, absorbed, by=None)


def test_generic_keys_to_other_models_stay(kept, absorbed):
    notice = PurgeNotice.objects.create(
        rule="r",
        content_type=ContentType.objects.get_for_model(User),
        object_id=absorbed.pk,
        warned_on="2026-01-01",
    )

    actions.merge(kept, absorbed, by=None)

    notice.refresh_from_db()
    assert notice.object_id == absorbed.pk
