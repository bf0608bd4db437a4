"""What whoever asked decides about their needs, and who may know of them."""

import pytest
from django.urls import reverse

from casework import links
from casework.models import AccessLink, Message
from installation import shared_fields
from installation.actions import referrals
from installation.models import Need, Referral, SharingQuestion
from territory.models import Topic
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import OrganisationFactory


@pytest.fixture
def dossier(owner):
    return RequestFactory(in_support=True, applicant=owner.person)


def url(name, dossier, *args):
    return reverse(f"installation:{name}", args=[dossier.reference, *args])


def asked(dossier, **more):
    return SharingQuestion.objects.create(
        need=NeedFactory(request=dossier),
        organisation=OrganisationFactory(name="Habitat", email="h@example.org"),
        asked_by=desk_user(),
        **more,
    )


def test_the_page_says_who_has_each_need_and_who_sees_what(client, dossier):
    need = NeedFactory(request=dossier, details="Un T4")
    ReferralFactory(need=need, organisation__name="Habitat", taken=True)

    page = client.get(dossier.get_absolute_url()).content.decode()

    assert "Habitat s’en occupe." in page
    fields = ", ".join(shared_fields.labels(shared_fields.fields_for(need.topic)))
    assert fields.replace("'", "&#x27;") in page


def test_the_person_adds_a_need(client, dossier):
    topic = Topic.objects.get(slug="school")

    answer = client.post(
        url("need-add", dossier), {"topic": topic.pk, "details": "Une cantine"}
    )

    assert answer.status_code == 302
    need = dossier.needs.get()
    assert (need.topic, need.source, need.state) == (topic, "person", "to_refer")


def test_yes_sends_what_the_desk_had_prepared(client, dossier):
    question = asked(dossier, message="Merci d'avance.")

    shown = client.get(url("sharing-question", dossier, question.pk))
    client.post(url("sharing-question", dossier, question.pk), {"agreed": "oui"})

    assert "J’accepte" in shown.content.decode()
    referral = Referral.objects.get()
    assert (referral.state, referral.message, referral.sent_by) == (
        "sent",
        "Merci d'avance.",
        question.asked_by,
    )
    assert referral.consent.is_active


def test_no_sends_nothing_and_the_desk_learns_it(client, dossier):
    question = asked(dossier)

    client.post(url("sharing-question", dossier, question.pk), {"agreed": "non"})
    again = client.post(
        url("sharing-question", dossier, question.pk), {"agreed": "oui"}
    )

    assert again.status_code == 200
    assert not Referral.objects.exists()
    assert not dossier.applicant.consents.exists()
    told = Message.objects.filter(template_key="installation.consent-answered")
    assert told.count() == 1


def test_reading_a_question_or_a_withdrawal_changes_nothing(client, dossier):
    question = asked(dossier)
    referral = ReferralFactory(need=NeedFactory(request=dossier))

    client.get(url("sharing-question", dossier, question.pk))
    client.get(url("sharing-withdraw", dossier, referral.organisation_id))

    question.refresh_from_db()
    referral.refresh_from_db()
    assert (question.answered_at, referral.state) == (None, "sent")


def test_withdrawing_ends_what_runs_there_and_closes_the_link(client, dossier):
    referral = ReferralFactory(need=NeedFactory(request=dossier), taken=True)
    partner = referral.organisation
    links.issue("installation.basket", partner, to_email=partner.email)
    shown_before = shared_fields.values(referral)

    client.post(url("sharing-withdraw", dossier, partner.pk))

    referral.refresh_from_db()
    assert shown_before
    assert shared_fields.values(referral) == []
    assert (referral.state, referral.consent.is_active) == ("withdrawn", False)
    assert not AccessLink.objects.filter(revoked_at=None).exists()
    over = Message.objects.get(template_key="installation.referral-over")
    assert over.recipient == partner.email
    assert dossier.applicant.last_name not in f"{over.subject} {over.text}"
    assert referral.need.state == Need.State.TO_REFER


def test_a_partner_with_somebody_else_to_help_keeps_its_link(client, dossier):
    referral = ReferralFactory(need=NeedFactory(request=dossier))
    ReferralFactory(organisation=referral.organisation)
    links.issue("installation.basket", referral.organisation, to_email="p@example.org")

    referrals.withdraw_consent(dossier.applicant, referral.organisation)

    assert AccessLink.objects.filter(revoked_at=None).count() == 1


def test_the_page_of_consents_ends_referrals_too(client, dossier):
    referral = ReferralFactory(need=NeedFactory(request=dossier))

    client.post(reverse("accounts:consents"), {"consent": referral.consent_id})

    referral.refresh_from_db()
    assert referral.state == Referral.State.WITHDRAWN


@pytest.mark.parametrize("who", ["stranger", "visitor"])
def test_nobody_else_decides(client, dossier, who):
    question = asked(dossier)
    referral = ReferralFactory(need=NeedFactory(request=dossier))
    client.logout()
    if who == "stranger":
        client.force_login(UserFactory())
    pages = [
        url("need-add", dossier),
        url("sharing-question", dossier, question.pk),
        url("sharing-withdraw", dossier, referral.organisation_id),
    ]

    statuses = {client.post(page, {"agreed": "oui"}).status_code for page in pages}

    assert statuses == {404 if who == "stranger" else 302}
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_a_question_or_a_consent_of_somebody_else_is_not_found(client, dossier):
    question = asked(RequestFactory(in_support=True))
    consent = ConsentFactory()

    pages = [
        url("sharing-question", dossier, question.pk),
        url("sharing-withdraw", dossier, consent.organisation_id),
    ]

    assert {client.get(page).status_code for page in pages} == {404}


def test_a_closed_dossier_answers_nothing(client, owner):
    closed = RequestFactory(closed=True, applicant=owner.person)
    question = asked(closed)

    client.post(url("sharing-question", closed, question.pk), {"agreed": "oui"})

    question.refresh_from_db()
    assert question.answered_at is None
    assert not owner.person.consents.exists()
