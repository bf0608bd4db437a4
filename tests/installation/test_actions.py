import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Consent, Person
from casework.actions import announce_absence
from casework.models import IDENTITY, Entry, Message, Receipt
from installation import actions
from installation.models import Exchange, InstallationRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents import samples
from tests.installation.factories import RequestFactory, desk_user, request_in

SOON = timezone.localdate() + dt.timedelta(days=5)


def verbs(request):
    return list(
        Entry.objects.about(request).order_by("pk").values_list("verb", flat=True)
    )


def templates():
    return sorted(Message.objects.values_list("template_key", flat=True))


def test_submit_gives_a_reference_a_receipt_and_a_first_date(
    django_capture_on_commit_callbacks, mailoutbox
):
    draft = RequestFactory()

    # A Monday.
    with (
        time_machine.travel("2026-11-23 10:00+01:00", tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        request = actions.submit(draft)

    assert (request.state, request.reference) == ("submitted", "BD47-2026-0001")
    assert request.next_action_on == dt.date(2026, 11, 25)
    assert Receipt.objects.about(request).get().reference == "BD47-2026-0001"
    assert verbs(request) == ["installation.request.submitted"]
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        [draft.email, "guichet@example.org"]
    )
    [letter] = [mail for mail in mailoutbox if mail.to == [draft.email]]
    assert "BD47-2026-0001" in letter.body
    assert "05 36 49 12 47" in letter.body
    assert "/lien/" in letter.body


def test_submit_twice_files_once():
    draft = RequestFactory()

    first, second = actions.submit(draft), actions.submit(draft)

    assert first.reference == second.reference
    assert Receipt.objects.count() == 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize("name", IDENTITY)
def test_submit_asks_who_writes(name):
    draft = RequestFactory(**{name: ""})

    with pytest.raises(ValidationError, match=r"L\. 112-8"):
        actions.submit(draft)

    draft.refresh_from_db()
    assert (draft.state, Receipt.objects.count()) == ("draft", 0)


def test_references_follow_each_other_without_a_gap():
    actions.submit(RequestFactory())
    with pytest.raises(ValidationError):
        actions.submit(RequestFactory(city=""))

    assert actions.submit(RequestFactory()).reference.endswith("-0002")


def test_an_unknown_visitor_changes_nothing_of_a_confirmed_person():
    owner = UserFactory()
    name = owner.person.first_name
    draft = RequestFactory(email=owner.email, first_name=name, city="Ailleurs")

    request = actions.submit(draft, wants_news=True)

    owner.person.refresh_from_db()
    assert request.applicant == owner.person
    assert owner.person.city == ""
    assert Consent.objects.count() == 0


def test_submit_fills_the_blanks_of_its_owner():
    owner = UserFactory()
    draft = RequestFactory(applicant=owner.person, email=owner.email, specialty="ORL")

    actions.submit(draft, by=owner, wants_news=True)

    owner.person.refresh_from_db()
    assert (owner.person.city, owner.person.practitionerprofile.specialty) == (
        "Bordeaux",
        "ORL",
    )
    assert owner.person.consents.get().purpose == "newsletter"


def test_a_callback_asked_twice_is_one_question():
    answers = {
        "first_name": "Paul",
        "last_name": "Garrigue",
        "email": "paul@example.org",
        "phone": "+33553000001",
        "subject": "stage",
        "message": "Le matin.",
    }
    key = uuid.uuid4()

    first = actions.ask_for_callback(submission=key, answers=answers)
    second = actions.ask_for_callback(submission=key, answers=answers)

    assert first == second
    assert (first.kind, first.state) == ("question", "submitted")
    assert templates() == ["installation.new-request", "installation.question-receipt"]


def test_taking_charge_tells_the_person_who_answers():
    request, claire = RequestFactory(submitted=True), desk_user()

    request = actions.take_charge(request, by=claire)

    assert (request.state, request.case_worker) == ("in_support", claire)
    assert request.to_assign_since is None
    message = Message.objects.get()
    assert (message.recipient, message.template_key) == (
        request.email,
        "installation.case-worker",
    )


def test_assigning_one_nobody_follows_takes_it_in_charge():
    request, claire, mathilde = RequestFactory(submitted=True), desk_user(), desk_user()

    request = actions.assign(request, to=mathilde, by=claire)

    assert (request.state, request.case_worker) == ("in_support", mathilde)
    assert templates() == ["installation.case-worker", "installation.handed-over"]


def test_a_public_message_owes_an_email_and_a_note_does_not():
    request = RequestFactory(in_support=True)
    claire = request.case_worker

    note = actions.write(request, "À rappeler.", by=claire, audience="internal")
    said = actions.write(request, "Bonjour docteure.", by=claire)

    assert (note.is_internal, said.is_internal) == (True, False)
    assert templates() == ["installation.message"]
    request.refresh_from_db()
    assert request.turn == "applicant"


def test_an_expectation_is_told_and_ends_with_the_answer():
    request = RequestFactory(in_support=True)
    actions.write(
        request,
        "Il manque une pièce.",
        by=request.case_worker,
        expected="Joindre l'attestation",
        expected_by=SOON,
    )
    request.refresh_from_db()
    assert (request.expected, request.awaits_desk) == ("Joindre l'attestation", False)

    actions.answer(request, "La voici.", files=[samples.sent(samples.pdf())])

    request.refresh_from_db()
    assert (request.expected, request.awaits_desk) == ("", True)
    assert request.attachments.get().from_applicant
    assert templates() == ["installation.answered", "installation.message-expecting"]


def test_an_answer_brings_the_next_action_forward_and_keeps_it():
    far = timezone.localdate() + dt.timedelta(days=60)
    request = RequestFactory(
        in_support=True, next_action="Relancer la mairie", next_action_on=far
    )

    actions.answer(request, "Une question.")

    request.refresh_from_db()
    assert request.next_action_on < far
    assert request.next_action == "Répondre au message, puis : Relancer la mairie"


def test_an_answer_ends_a_pause():
    request = RequestFactory(paused=True)

    actions.answer(request, "Je reviens.")

    request.refresh_from_db()
    assert (request.state, request.paused_until) == ("in_support", None)


def test_an_answer_reaches_the_stand_in():
    request, mathilde = RequestFactory(in_support=True), desk_user()
    today = timezone.localdate()
    announce_absence(
        request.case_worker,
        first_day=today,
        last_day=today,
        stand_in=mathilde,
        by=mathilde,
    )

    actions.answer(request, "Bonjour.")

    assert Message.objects.get().recipient == mathilde.email


def test_the_same_message_sent_twice_is_written_once():
    request, key = RequestFactory(in_support=True), uuid.uuid4()

    first = actions.answer(request, "Bonjour.", submission=key)
    second = actions.answer(request, "Bonjour.", submission=key)

    assert first == second
    assert (Exchange.objects.count(), Message.objects.count()) == (1, 1)


def test_a_dossier_keeps_twenty_documents_at_most():
    request = RequestFactory(in_support=True)
    files = [samples.sent(samples.pdf(), f"{n}.pdf") for n in range(21)]

    with pytest.raises(ValidationError, match="20 documents au plus"):
        actions.answer(request, "Voici.", files=files)

    assert (request.exchanges.count(), request.attachments.count()) == (0, 0)


def test_closing_says_how_it_ended_and_reopening_says_why():
    request = RequestFactory(in_support=True)
    claire = request.case_worker

    request = actions.close(request, "oriented", by=claire, sentence="Bonne route.")
    assert (request.state, request.outcome) == ("closed", "oriented")
    with pytest.raises(ValidationError, match="pourquoi"):
        actions.reopen(request, " ", by=claire)
    request = actions.reopen(request, "Elle a rappelé.", by=claire)

    assert (request.state, request.outcome, request.closed_at) == (
        "in_support",
        "",
        None,
    )
    assert request.exchanges.get().is_internal
    assert templates() == ["installation.closed", "installation.reopened"]


def test_withdrawing_closes_and_tells_the_desk():
    request = RequestFactory(submitted=True)

    request = actions.withdraw(request, sentence="J'ai trouvé ailleurs.")
    actions.withdraw(request)

    assert (request.state, request.outcome) == ("closed", "no_follow_up")
    assert templates() == ["installation.withdrawn", "installation.withdrawn-desk"]


REFUSED = [
    ("draft", lambda request, user: actions.take_charge(request, by=user)),
    ("draft", lambda request, user: actions.write(request, "Bonjour", by=user)),
    ("closed", lambda request, user: actions.answer(request, "Bonjour")),
    ("submitted", lambda request, user: actions.pause(request, SOON, by=user)),
    ("submitted", lambda request, user: actions.close(request, "settled", by=user)),
    ("in_support", lambda request, user: actions.resume(request, by=user)),
    ("in_support", lambda request, user: actions.reopen(request, "x", by=user)),
    (
        "closed",
        lambda request, user: actions.plan_next_action(request, "x", SOON, by=user),
    ),
    ("closed", lambda request, user: actions.withdraw(request)),
    ("submitted", lambda request, user: actions.discard_draft(request)),
    ("submitted", lambda request, user: actions.save_step(request, 1, {})),
]


@pytest.mark.parametrize(("state", "act"), REFUSED)
def test_what_is_refused_leaves_nothing_behind(state, act):
    request = request_in(state)

    with pytest.raises(ValidationError):
        act(request, desk_user())

    assert (verbs(request), Message.objects.count(), Exchange.objects.count()) == (
        [],
        0,
        0,
    )


def test_the_desk_writes_for_somebody_who_calls():
    person, claire = PersonFactory(email=""), desk_user()

    request = actions.register(person, by=claire, answers={"message": "Par téléphone"})

    assert (request.state, request.case_worker) == ("in_support", claire)
    assert request.reference
    assert Message.objects.count() == 0


@pytest.fixture
def together():
    """Run one function twice at the very same time; each result or refusal."""

    def run(act):
        start = Barrier(2)

        def one(_):
            start.wait()
            try:
                return act()
            except ValidationError as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(one, range(2)))

    return run


@pytest.mark.django_db(transaction=True)
def test_two_who_submit_together_get_the_same_receipt(together):
    draft = RequestFactory()

    first, second = together(lambda: actions.submit(draft))

    assert first.reference == second.reference
    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_drafts_submitted_together_get_two_references(together):
    drafts = [RequestFactory(), RequestFactory()]

    results = together(lambda: actions.submit(drafts.pop()))

    assert sorted(result.reference[-4:] for result in results) == ["0001", "0002"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_take_charge_together_make_one_decision(together):
    request = RequestFactory(submitted=True)
    officers = [desk_user(), desk_user()]

    results = together(lambda: actions.take_charge(request, by=officers.pop()))

    refused = [result for result in results if isinstance(result, ValidationError)]
    assert len(refused) == 1
    assert "la suit déjà" in refused[0].messages[0]
    assert verbs(request) == ["installation.request.taken_charge"]


@pytest.mark.django_db(transaction=True)
def test_one_callback_asked_twice_at_once_is_one_question(together):
    key = uuid.uuid4()
    answers = {
        "first_name": "Paul",
        "last_name": "Garrigue",
        "email": "paul@example.org",
        "phone": "+33553000001",
        "subject": "autre",
        "message": "Bonjour",
    }

    together(lambda: actions.ask_for_callback(submission=key, answers=answers))

    assert InstallationRequest.objects.count() == 1
    assert Person.objects.filter(email="paul@example.org").count() == 1
