"""Somebody leaves: what is left of them, in every column of every table."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from accounts import consents
from accounts.actions import merge
from accounts.models import ContactPoint, Person, PractitionerProfile
from casework.actions import add_task
from casework.models import Entry, Message
from installation import actions
from installation.models import InstallationRequest
from tests.accounts.factories import PASSWORD, PersonFactory, UserFactory
from tests.documents import samples
from tests.installation.conftest import _desk, _storage  # noqa: F401
from tests.installation.factories import RequestFactory, desk_user

SURNAME = "Delpuech-Vanzo"
ADDRESS = "oriane.delpuech@example.org"
OTHER_ADDRESS = "oriane@cabinet.example.org"
PHONE = "536491288"
TRACES = [SURNAME, "vanzo", ADDRESS, OTHER_ADDRESS, PHONE]


def found_in_database(needles):
    """« table.column: needle » wherever a text, a JSON or a list holds one."""
    pattern = "|".join(map(re.escape, needles))
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')"
            " ORDER BY 1, 2"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT "{column}"::text FROM "{table}" WHERE "{column}"::text ~* %s',
                [pattern],
            )
            found += [f"{table}.{column}: {value}" for (value,) in cursor.fetchall()]
    # What no search can read: sessions and sealed letters.
    found += [
        f"session: {session.get_decoded()}"
        for session in Session.objects.all()
        if re.search(pattern, str(session.get_decoded()), re.IGNORECASE)
    ]
    sealed = Message.objects.exclude(sealed="")
    return found + [f"sealed: {message.parts()}" for message in sealed]


@pytest.fixture
def oriane():
    """Known by a call, then by her account; two rows made one."""
    user = UserFactory(
        email=ADDRESS,
        person__first_name="Oriane",
        person__last_name=SURNAME,
        person__phone=f"+33{PHONE}",
        person__address="4 impasse des Vanzo",
    )
    person = user.person
    EmailAddress.objects.create(user=user, email=OTHER_ADDRESS)
    PractitionerProfile.objects.create(person=person, profession="doctor")
    ContactPoint.objects.create(person=person, kind="phone", value=f"0{PHONE}")
    consents.give(person, "newsletter", wording="Je veux bien.")
    caller = PersonFactory(first_name="O.", last_name=SURNAME, email=OTHER_ADDRESS)
    merge(person, caller, by=None)
    return user


def file_and_close(user):
    """A dossier that has seen everything a dossier can see."""
    officer = desk_user()
    draft = RequestFactory(
        applicant=user.person,
        first_name="Oriane",
        last_name=SURNAME,
        email=ADDRESS,
        phone=f"+33{PHONE}",
        message=f"Rappelez-moi au 0{PHONE}",
        wants_family_help=True,
        household="couple",
        partner_occupation="Notaire, étude Vanzo",
    )
    actions.send_resume_link(draft)
    request = actions.submit(draft, by=user)
    request = actions.take_charge(request, by=officer)
    add_task(f"Rappeler {SURNAME}", due_on=request.next_action_on, subject=request)
    actions.write(request, f"Bonjour Dr {SURNAME}", by=officer)
    curriculum = samples.sent(samples.pdf(), f"CV {SURNAME}.pdf")
    actions.answer(request, f"Merci, {SURNAME}", by=user, files=[curriculum])
    actions.close(request, "oriented", by=officer, sentence="Dr Vanzo, merci.")
    LogEntry.objects.log_actions(
        officer.pk, [user.person, user, request], CHANGE, f"Nom : {SURNAME}"
    )
    return request


def sign_in(client, user):
    """A real session, after one wrong password."""
    client.post(reverse("account_login"), {"login": user.email, "password": "faux"})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_nothing_is_left_of_somebody_who_leaves(
    client, oriane, settings, django_capture_on_commit_callbacks
):
    settings.AXES_ENABLED = True
    settings.EMAIL_BACKEND = "casework.mail.OutboxBackend"
    with django_capture_on_commit_callbacks(execute=True):
        request = file_and_close(oriane)
        RequestFactory(applicant=oriane.person, last_name=SURNAME)
        sign_in(client, oriane)
    assert found_in_database(TRACES)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        answer = client.post(reverse("accounts:close"), {"understood": "on"})

    assert answer.status_code == 302
    assert found_in_database(TRACES) == []
    request.refresh_from_db()
    assert (request.reference, request.outcome) != ("", "")
    assert Person.objects.get(pk=oriane.person_id).closed_at
    assert Entry.objects.about(request).exists()
    assert InstallationRequest.objects.drafts().count() == 0
