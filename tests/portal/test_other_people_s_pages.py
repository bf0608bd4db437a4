"""Every page about somebody: its owner opens it, and whoever else is refused.

The addresses are read from the routes: a new one that names a row is met here, and
has to say whose it is.
"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from installation import urls as journey
from installation.actions import aid_requests
from installation.models import (
    FollowUp,
    Introduction,
    ReferralMessage,
    SharingQuestion,
)
from listings import urls as lists
from listings.models import SavedSearch
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.documents import samples
from tests.installation.aid_factories import AidRequestFactory
from tests.installation.factories import (
    AttachmentFactory,
    ConsentFactory,
    FamilyAccessFactory,
    ReferralFactory,
    RequestFactory,
    SettlementFactory,
    StepFactory,
    VisitFactory,
)
from tests.installation.offer_factories import OfferFactory
from tests.territory.factories import CommuneFactory, DeskFactory

# What anyone reads, and what a signed address alone opens.
OPEN = {
    "alert",
    "alert-new",
    "aid-programme",
    "offer-confirmed",
    "offer-detail",
    "request-resume",
    "request-step",
}
REFUSED = (403, 404, 405)


@pytest.fixture
def doctor():
    return UserFactory()


@pytest.fixture
def spouse():
    return UserFactory()


@pytest.fixture
def partner():
    return UserFactory()


@pytest.fixture
def owners(settings, tmp_path, doctor, spouse, partner) -> dict:
    """Each address that names a row, its row, and whom it is for."""
    settings.SECOND_FACTOR_REQUIRED = False
    DeskFactory()
    CommuneFactory(nerac=True)
    person = doctor.person
    dossier = RequestFactory(in_support=True, applicant=person, wants_family_help=True)
    one = dossier.reference
    access = FamilyAccessFactory(request=dossier, accepted=True, person=spouse.person)
    step = StepFactory(plan__request=dossier, owner="doctor")
    visit = VisitFactory(request=dossier, sent=True)
    settlement = SettlementFactory(request=dossier)
    follow_up = FollowUp.objects.create(
        settlement=settlement, months=3, due_on=settlement.first_day_on
    )
    referral = ReferralFactory(need__request=dossier)
    ReferralMessage.objects.create(referral=referral, side="partner", body="Bonjour.")
    MembershipFactory(person=partner.person, organisation=referral.organisation)
    question = SharingQuestion.objects.create(
        need=referral.need,
        organisation=ConsentFactory().organisation,
        asked_by=dossier.case_worker,
    )
    draft = AidRequestFactory(person=person, reference="")
    aid_requests.save_draft(person, {"kind": draft.kind})
    aid = aid_requests.submit(draft, by=doctor, is_attested=True)
    piece = aid.pieces.first()
    aid_requests.send_piece(aid, piece, samples.sent(samples.pdf()), by=doctor)
    offer = OfferFactory(owner=person)
    guest = RequestFactory(in_support=True)
    met = Introduction.objects.create(
        offer=OfferFactory(published=True, confidential=True, owner=person),
        guest=guest.applicant,
        request=guest,
    )
    search = SavedSearch.objects.create(
        list_key="offers",
        person=person,
        state="active",
        wording="Oui.",
        confirmed_at=timezone.now(),
    )
    attached = AttachmentFactory(request=dossier)
    organisation = [referral.organisation_id]
    return {
        doctor: {
            "request-receipt": [one],
            "dossier-detail": [one],
            "dossier-document": [one, attached.pk],
            "dossier-archive": [one],
            "dossier-complete": [one],
            "dossier-withdraw": [one],
            "family-invite": [one],
            "family-end": [one, access.pk],
            "partner-thread": [one, referral.pk],
            "offer-edit": [offer.pk],
            "offer-confirm": [offer.pk],
            "offer-withdraw": [offer.pk],
            "pairing": ["introduction", met.pk, "host"],
            "step-finish": [one, step.pk],
            "step-undo": [one, step.pk],
            "visit-detail": [one, visit.pk],
            "visit-confirm": [one, visit.pk],
            "visit-programme": [one, visit.pk],
            "settlement-declare": [one],
            "presence": [follow_up.pk],
            "aid-piece": [piece.pk],
            "aid-piece-send": [piece.pk],
            "aid-request-detail": [aid.reference],
            "aid-request-withdraw": [aid.reference],
            "need-add": [one],
            "sharing-question": [one, question.pk],
            "sharing-withdraw": [one, *organisation],
            "alert-stop": [search.pk],
        },
        spouse: {
            "family-detail": [one],
            "family-update": [one],
            "family-leave": [one],
            "family-accept": [one],
        },
        partner: {
            "partner-basket": organisation,
            "partner-history": organisation,
            "partner-referral": [referral.pk],
            "partner-take": [referral.pk],
            "partner-decline": [referral.pk],
            "partner-end": [referral.pk],
            "partner-undo": [referral.pk],
        },
    }


def address(name: str, values: list) -> str:
    app = "listings" if name.startswith("alert") else "installation"
    return reverse(f"{app}:{name}", args=values)


def test_every_address_that_names_a_row_says_whose_it_is(owners):
    named = {
        pattern.name
        for pattern in (*journey.urlpatterns, *lists.urlpatterns)
        if pattern.pattern.converters
    }

    assert named - OPEN == {name for theirs in owners.values() for name in theirs}


def test_each_owner_opens_their_own(owners):
    """Else the refusals below would prove nothing."""
    for user, pages in owners.items():
        client = Client()
        client.force_login(user)
        statuses = {
            name: client.get(address(name, values)).status_code
            for name, values in pages.items()
        }
        assert {
            name for name, status in statuses.items() if status in (403, 404)
        } == set(), user


def is_refused(response) -> bool:
    """Not found, or sent to a door: to sign in, or the partners' own."""
    if response.status_code == 302:
        doors = (reverse("account_login"), reverse("installation:partners"))
        return response.url.partition("?")[0] in doors
    return response.status_code in REFUSED


@pytest.mark.parametrize(
    "who",
    ["nobody", "a colleague", "spouse", "partner", roles.FINANCES, roles.ELUS],
)
def test_whoever_else_is_refused(request, owners, who):
    client = Client()
    visitor = None
    if who in ("spouse", "partner"):
        visitor = request.getfixturevalue(who)
    elif who == "a colleague":
        visitor = UserFactory()
        RequestFactory(in_support=True, applicant=visitor.person)
    elif who != "nobody":
        visitor = UserFactory(is_staff=True, groups=[who], second_factor=False)
    if visitor:
        client.force_login(visitor)

    opened = [
        (method, name)
        for user, pages in owners.items()
        for name, values in pages.items()
        for method in ("get", "post")
        if user != visitor
        and not is_refused(getattr(client, method)(address(name, values)))
    ]

    assert opened == []
