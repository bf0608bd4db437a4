"""Every page about a placement or a bed: of whoever it is, and of nobody else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from internships import inventory_documents
from internships import urls as journey
from internships.models import (
    DwellingPhoto,
    IncidentPhoto,
    InventoryPhoto,
    Occupation,
    OfferPhoto,
)
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.documents import samples
from tests.documents.factories import DocumentFactory, produced_pdf
from tests.internships.factories import (
    InterestFactory,
    OccupationFactory,
    PlacementFactory,
    StayFactory,
    days,
)
from tests.internships.inventory_filling import to_sign
from tests.internships.rent_factories import IncidentFactory, RentCallFactory
from tests.portal.test_other_people_s_pages import is_refused
from tests.territory.factories import DeskFactory

# What anyone reads or begins, and what a private address alone opens.
OPEN = {
    "calendar-feed",
    "dwelling-detail",
    "dwelling-photo",
    "interest-new",
    "offer-confirmed",
    "offer-detail",
    "offer-photo",
    "site-detail",
}


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def host():
    return UserFactory()


@pytest.fixture
def mairie():
    return UserFactory()


@pytest.fixture
def owners(settings, monkeypatch, student, host, mairie) -> dict:
    """Each address that names a row, its row, and whom it is for."""
    settings.SECOND_FACTOR_REQUIRED = False
    monkeypatch.setattr(inventory_documents, "pdf", lambda *args: produced_pdf())
    DeskFactory()
    person = student.person
    interest = InterestFactory(person=person, accepted=True)
    offer = interest.offer
    MembershipFactory(person=host.person, organisation=offer.site.organisation)
    picture = OfferPhoto.objects.create(
        offer=offer, document=DocumentFactory(), alternative="La façade"
    )
    placement = PlacementFactory(person=person, site=offer.site)
    over = PlacementFactory(
        person=person,
        site=offer.site,
        semester=None,
        period=days("2025-11-03", "2026-05-04"),
    )
    stay = StayFactory(
        occupation__request__person=person,
        insurance=DocumentFactory(),
        insurance_sent_at=timezone.now(),
    )
    asked, room = stay.occupation.request, stay.occupation.room
    home = room.dwelling
    MembershipFactory(person=mairie.person, organisation=home.owner)
    works = OccupationFactory(
        room=room, maintenance=True, period=days("2027-06-01", "2027-06-20")
    )
    view = DwellingPhoto.objects.create(
        dwelling=home,
        document=DocumentFactory(content=samples.jpeg(), media_type="image/jpeg"),
        alternative="Le jardin",
    )
    inventory = to_sign(stay, mairie)
    seen = InventoryPhoto.objects.create(
        line=inventory.lines.first(), document=DocumentFactory()
    )
    call = RentCallFactory(stay=stay)
    payment = call.payments.create(
        amount=100, paid_on="2026-11-12", means="transfer", recorded_by=mairie
    )
    incident = IncidentFactory(dwelling=home, room=room, reporter=person)
    shot = IncidentPhoto.objects.create(incident=incident, document=DocumentFactory())
    entry = [stay.pk, "entree"]
    return {
        student: {
            "assessment": [over.pk],
            "housing-confirm": [asked.pk],
            "housing-dates": [asked.pk],
            "housing-decline": [asked.pk],
            "housing-detail": [asked.pk],
            "housing-extend": [asked.pk],
            "housing-make-room": [asked.pk],
            "housing-still": [asked.pk],
            "housing-insurance": [asked.pk],
            "housing-insurance-document": [asked.pk],
            "housing-leave": [asked.pk],
            "housing-withdraw": [asked.pk],
            "incident-detail": [incident.pk],
            "incident-photo": [incident.pk, shot.pk],
            "interest-confirm": [interest.pk],
            "interest-withdraw": [interest.pk],
            "inventory-tenant": entry,
            "inventory-tenant-document": entry,
            "placement-cancel": [placement.pk],
            "placement-detail": [placement.pk],
            "rent-receipt": [call.pk],
        },
        host: {
            "interest-answer": [interest.pk],
            "offer-edit": [offer.pk],
            "offer-photo-remove": [offer.pk, picture.pk],
            "offer-photos": [offer.pk],
            "offer-renew": [offer.pk],
            "offer-withdraw": [offer.pk],
            "placement-arrive": [placement.pk],
            "site-edit": [offer.site_id],
        },
        mairie: {
            "dwelling-calendar": [home.pk],
            "incident-assign": [incident.pk],
            "inventory-comparison": entry,
            "inventory-detail": entry,
            "inventory-document": entry,
            "inventory-finish": entry,
            "inventory-keep-list": entry,
            "inventory-link": entry,
            "inventory-photo": [*entry, seen.pk],
            "inventory-reopen": entry,
            "inventory-section": [*entry, 1],
            "inventory-sign": entry,
            "my-cleaning": [stay.occupation_id],
            "my-dwelling": [home.pk],
            "my-dwelling-edit": [home.pk],
            "my-maintenance-end": [works.pk],
            "my-maintenance-new": [room.pk],
            "my-occupation": [stay.occupation_id],
            "my-photo": [view.pk],
            "my-photo-add": [home.pk],
            "my-photo-remove": [view.pk],
            "my-room-close": [room.pk],
            "my-room-edit": [room.pk],
            "my-room-new": [home.pk],
            "my-stay-insurance": [stay.occupation_id],
            "my-stay-step": [stay.occupation_id, "assurance"],
            "rent-pay": [call.pk],
            "rent-unpay": [payment.pk],
        },
    }


# What the other side sees too: the owner of a dwelling and whoever lives there.
SHARED = {"incident-detail", "incident-photo", "rent-receipt"}


def address(name: str, values: list) -> str:
    return reverse(f"internships:{name}", args=values)


def test_every_address_that_names_a_row_says_whose_it_is(owners):
    named = {
        pattern.name for pattern in journey.urlpatterns if pattern.pattern.converters
    }

    assert named - OPEN == {name for theirs in owners.values() for name in theirs}


# Nothing to show yet: no receipt before it is paid, nothing to compare before the exit.
NOT_YET = {"rent-receipt", "inventory-comparison"}


def test_each_owner_opens_their_own(owners):
    """Else the refusals below would prove nothing."""
    for user, pages in owners.items():
        client = Client()
        client.force_login(user)
        refused = {
            name
            for name, values in pages.items()
            if client.get(address(name, values)).status_code in (403, 404)
        }
        assert refused <= NOT_YET, user


@pytest.mark.parametrize(
    "who",
    ["nobody", "a student", "student", "host", "mairie", roles.FINANCES, roles.ELUS],
)
def test_whoever_else_is_refused(request, owners, who):
    client = Client()
    visitor = None
    if who in ("student", "host", "mairie"):
        visitor = request.getfixturevalue(who)
    elif who == "a student":
        visitor = UserFactory()
        PlacementFactory(person=visitor.person)
        OccupationFactory(request__person=visitor.person)
    elif who != "nobody":
        visitor = UserFactory(is_staff=True, groups=[who], second_factor=False)
    if visitor:
        client.force_login(visitor)
    before = Occupation.objects.count()

    opened = [
        (method, name)
        for user, pages in owners.items()
        for name, values in pages.items()
        for method in ("get", "post")
        if user != visitor
        and not (name in SHARED and who in ("student", "mairie"))
        and not is_refused(getattr(client, method)(address(name, values)))
    ]

    assert opened == []
    assert Occupation.objects.count() == before
