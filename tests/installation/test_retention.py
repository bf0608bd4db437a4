import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import personal_data
from accounts.actions import close_account, merge
from casework import links
from installation import consistency, retention, week
from installation.models import InstallationRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import (
    AttachmentFactory,
    ExchangeFactory,
    RequestFactory,
    desk_user,
)

TODAY = dt.date(2026, 11, 23)


def years_ago(years):
    return timezone.now().replace(year=TODAY.year - years) - dt.timedelta(days=10)


def test_each_dossier_has_its_term():
    draft = RequestFactory()
    draft_kept = RequestFactory()
    old = RequestFactory(
        closed=True, closed_at=years_ago(2), last_exchange_at=years_ago(2)
    )
    settled = RequestFactory(closed=True, outcome="settled", closed_at=years_ago(3))
    older = RequestFactory(closed=True, outcome="settled", closed_at=years_ago(5))
    InstallationRequest.objects.filter(pk=draft.pk).update(saved_at=years_ago(1))
    today = timezone.localdate()
    over = {
        rule.key: found
        for rule in retention.RULES
        if (found := set(rule.queryset(today)))
    }

    assert over == {
        "installation.draft": {draft},
        "installation.without-follow-up": {old},
        "installation.settled": {older},
    }
    assert {draft_kept, settled} & set.union(*over.values()) == set()


def test_forgetting_keeps_what_is_counted():
    request = RequestFactory(closed=True, message="Mon projet", specialty="ORL")
    exchange = ExchangeFactory(request=request)
    attachment = AttachmentFactory(request=request)

    retention.forget(request)

    request.refresh_from_db()
    exchange.refresh_from_db()
    attachment.document.refresh_from_db()
    assert (request.first_name, request.email, request.message) == ("", "", "")
    assert (request.outcome, request.specialty) == ("oriented", "ORL")
    assert exchange.body == "Message effacé."
    assert attachment.document.discarded_at


def test_an_account_closes_only_without_an_open_request():
    owner = UserFactory()
    request = RequestFactory(in_support=True, applicant=owner.person)

    with pytest.raises(ValidationError, match=request.reference):
        close_account(owner)
    request.close("oriented")
    links.issue("installation.follow", request, to_email=request.email)
    close_account(owner)

    request.refresh_from_db()
    assert (request.last_name, bool(request.forgotten_at)) == ("", True)


def test_export_holds_the_answers_and_the_files():
    person = PersonFactory()
    request = RequestFactory(in_support=True, applicant=person)
    ExchangeFactory(request=request, body="Bonjour")
    ExchangeFactory(
        request=request, author=request.case_worker, audience="internal", body="Note"
    )
    AttachmentFactory(request=request)

    [exported] = personal_data.collect(person)["installation"]

    assert exported["référence"] == request.reference
    assert [exchange["texte"] for exchange in exported["échanges"]] == ["Bonjour"]
    names = [name for name, content in retention.files(person) if not content.close()]
    assert [name.split("/")[0] for name in names] == [request.reference]


def test_export_says_which_file_the_storage_has_lost():
    attachment = AttachmentFactory()
    kept = AttachmentFactory(request=attachment.request)
    storage = attachment.document.file.storage
    storage.delete(attachment.document.file.name)

    files = list(retention.files(attachment.request.applicant))

    reference = attachment.request.reference
    [(absent, sentence), (name, content)] = files
    content.close()
    assert absent == f"{reference}/{attachment.document.name}.absent.txt"
    assert "introuvable" in sentence.read().decode()
    assert name == f"{reference}/{kept.document.name}"


def test_merging_two_people_moves_their_requests():
    kept, absorbed = PersonFactory(), PersonFactory()
    request = RequestFactory(in_support=True, applicant=absorbed)

    merge(kept, absorbed, by=None)

    request.refresh_from_db()
    assert request.applicant == kept


def test_consistency_tells_of_a_request_without_receipt_or_follower():
    request = RequestFactory(in_support=True)
    request.case_worker.is_active = False
    request.case_worker.save()

    assert sorted(consistency.checks()) == [
        f"Demande {request.reference} : déposée sans accusé de réception (R-02).",
        f"Demande {request.reference} : suivie par un compte fermé, à confier.",
    ]


def test_the_week_shows_mine_and_what_nobody_follows():
    claire, mathilde = desk_user(), desk_user()
    today = timezone.localdate()
    mine = RequestFactory(in_support=True, case_worker=claire, next_action_on=today)
    free = RequestFactory(submitted=True, next_action_on=today)
    RequestFactory(in_support=True, case_worker=mathilde, next_action_on=today)
    RequestFactory(paused=True, case_worker=claire)

    lines = list(week.lines(claire, today))

    assert {(line.detail[:13].strip(","), line.who) for line in lines} == {
        (mine.reference[:13], claire.get_full_name()),
        (free.reference[:13], "à attribuer"),
    }
    assert list(week.lines(UserFactory(), today)) == []
