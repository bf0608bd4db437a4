"""News from accounts: what the journal keeps of them, and what is forgotten."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Person
from casework import delivery, links
from casework.actions import add_task
from casework.models import AccessLink, Entry, Message, Task
from tests.accounts.factories import PersonFactory, UserFactory
from tests.casework.factories import MessageFactory


def entries(person):
    about = Entry.objects.about(person).order_by("pk")
    return [(entry.verb, entry.actor, entry.data) for entry in about]


def test_a_merge_is_written_about_the_person_kept():
    kept, absorbed, officer = PersonFactory(), PersonFactory(), UserFactory()

    actions.merge(kept, absorbed, by=officer)

    assert entries(kept) == [
        ("accounts.person.merged", officer, {"absorbed": absorbed.pk})
    ]


def test_a_merge_only_tried_is_not_written():
    kept, absorbed = PersonFactory(), PersonFactory()

    actions.merge_preview(kept, absorbed)

    assert entries(kept) == []


def test_signing_up_is_written(client):
    client.post(
        reverse("account_signup"),
        {
            "first_name": "Inès",
            "last_name": "Caubet",
            "email": "ines@example.org",
            "password1": "tournesol-et-pruneau-47",
        },
    )

    user = EmailAddress.objects.get(email="ines@example.org").user
    assert entries(user.person) == [("accounts.login.opened", user, {"user": user.pk})]


def test_closing_is_written_without_a_name():
    user = UserFactory()

    actions.close_account(user)

    assert entries(user.person) == [
        ("accounts.person.emptied", None, {}),
        ("accounts.login.closed", None, {"user": user.pk}),
    ]
    assert Entry.objects.first().sentence == "Le compte a été fermé"


def test_what_was_sent_to_a_person_is_forgotten():
    user, other = UserFactory(), UserFactory()
    owed = MessageFactory(recipient=user.email)
    kept = MessageFactory(recipient=other.email)

    actions.close_account(user)

    owed.refresh_from_db()
    kept.refresh_from_db()
    assert (owed.recipient, owed.text, owed.state) == ("", "", "cancelled")
    assert (kept.recipient, kept.state) == (other.email, "owed")


def test_a_mailbox_shared_with_somebody_else_is_still_theirs():
    user = UserFactory()
    PersonFactory(first_name="Marc", email=user.email)
    to_both = MessageFactory(recipient=user.email)

    actions.close_account(user)

    to_both.refresh_from_db()
    assert to_both.state == "owed"


def test_links_and_tasks_of_a_person_are_forgotten(scope):
    person = PersonFactory()
    task = add_task(
        f"Rappeler {person.full_name}", due_on=timezone.localdate(), subject=person
    )
    links.issue(scope, task, to_email=person.email)

    actions.empty_person(person)

    link = AccessLink.objects.get()
    assert (link.to_email, link.is_open(timezone.now())) == ("", False)
    assert Task.objects.get().title == "Tâche effacée"


@pytest.fixture
def last_letter(settings):
    settings.EMAIL_BACKEND = "casework.mail.OutboxBackend"
    actions.close_account(UserFactory(email="ines@example.org"))
    return Message.objects.get(is_last=True)


def test_the_last_letter_goes_and_forgets_its_address(last_letter, mailoutbox):
    assert last_letter.recipient == "ines@example.org"

    delivery.deliver(last_letter.pk)

    last_letter.refresh_from_db()
    assert [letter.to for letter in mailoutbox] == [["ines@example.org"]]
    assert (last_letter.state, last_letter.recipient) == ("sent", "")


def test_a_last_letter_refused_for_good_forgets_its_address_too(last_letter):
    last_letter.mark_refused("Adresse refusée (550).", for_good=True)

    last_letter.refresh_from_db()
    assert (last_letter.state, last_letter.recipient) == ("failed", "")
    assert last_letter.is_blanked


def test_a_last_letter_refused_for_now_is_tried_again(last_letter):
    last_letter.mark_refused("Serveur injoignable.")

    last_letter.refresh_from_db()
    assert last_letter.recipient == "ines@example.org"
    assert last_letter.next_attempt_at > timezone.now() + timedelta(seconds=30)


def test_a_person_without_a_login_is_emptied_with_what_they_were_sent():
    person = PersonFactory()
    person.contact_points.create(kind="email", value="ailleurs@example.org")
    elsewhere = MessageFactory(recipient="ailleurs@example.org")

    actions.empty_person(person)

    elsewhere.refresh_from_db()
    assert elsewhere.recipient == ""
    assert Person.objects.get(pk=person.pk).closed_at
