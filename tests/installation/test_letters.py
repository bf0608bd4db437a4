"""What a person reads of us: how they are greeted, and what the link opens."""

import datetime as dt

import pytest
from django.utils import timezone

from installation import actions, letters
from installation.models import InstallationRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user


@pytest.fixture
def claire():
    return desk_user(person=PersonFactory(first_name="Claire", last_name="Dumas"))


def letter(mailoutbox, subject):
    return next(sent for sent in mailoutbox if subject in sent.subject)


@pytest.mark.parametrize(
    ("title", "greeting"),
    [("dre", "docteure Caubet"), ("dr", "docteur Caubet"), ("", "Inès Caubet")],
)
def test_people_are_greeted_as_they_chose(title, greeting):
    assert letters.greeted(RequestFactory.build(title=title)) == greeting


def test_the_receipt_says_who_answers_when_and_how_long_the_link_lives(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        filed = actions.submit(RequestFactory(title="dre"))

    receipt = letter(mailoutbox, filed.reference)
    assert receipt.body.startswith("Bonjour docteure Caubet,")
    assert "avant le" in receipt.subject
    assert "/lien/" in receipt.body
    assert "Ce lien est valable jusqu'au" in receipt.body


def test_an_account_is_sent_to_its_space(
    mailoutbox, django_capture_on_commit_callbacks
):
    user = UserFactory()
    draft = RequestFactory(applicant=user.person, email=user.email)

    with django_capture_on_commit_callbacks(execute=True):
        filed = actions.submit(draft, by=user)

    receipt = letter(mailoutbox, filed.reference)
    assert filed.get_absolute_url() in receipt.body
    assert "entrez avec votre compte" in receipt.body


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (lambda request, by: actions.take_charge(request, by=by), "suit votre demande"),
        (
            lambda request, by: actions.assign(request, to=by, by=by),
            "suit votre demande",
        ),
    ],
)
def test_plans_of_the_desk_stay_at_the_desk(
    act, subject, claire, mailoutbox, django_capture_on_commit_callbacks
):
    request = RequestFactory(submitted=True, next_action="Vérifier le diplôme")

    with django_capture_on_commit_callbacks(execute=True):
        act(request, claire)

    told = letter(mailoutbox, subject)
    assert "Claire Dumas" in told.subject
    assert "05 36 49 12 47" in told.body
    assert "Vérifier" not in told.body


def test_every_word_to_a_person_is_kind_and_whole(
    claire, mailoutbox, django_capture_on_commit_callbacks
):
    """The whole follow-up: each letter greets, has one button, and no hole."""
    soon = timezone.localdate() + dt.timedelta(days=20)
    with django_capture_on_commit_callbacks(execute=True):
        request = actions.submit(RequestFactory(title="dre"))
        actions.send_resume_link(RequestFactory(title="dre"))
        request = actions.take_charge(request, by=claire)
        actions.write(request, "Bonjour.", by=claire)
        actions.write(
            request, "Bonjour.", by=claire, expected="Choisir", expected_by=soon
        )
        actions.pause(request, until=soon, by=claire)
        actions.resume(request, by=claire)
        request = InstallationRequest.objects.get(pk=request.pk)
        actions.close(
            request, outcome="oriented", sentence="Merci de votre confiance.", by=claire
        )
        actions.reopen(request, reason="Elle revient.", by=claire)
        actions.withdraw(request)
        letters.before_purge(request, soon)

    people = set(InstallationRequest.objects.values_list("email", flat=True))
    written = [sent for sent in mailoutbox if set(sent.to) & people]
    assert len(written) >= 8
    for sent in written:
        assert sent.body.startswith("Bonjour docteure Caubet,"), sent.subject
        assert sent.body.count("http") == 1, sent.body
        assert "{" not in sent.body + sent.subject
        assert "!" not in sent.body
