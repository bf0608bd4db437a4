"""What is left of a bed: how long, what its tenant takes away, what may be wrong."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions as accounts
from accounts.signals import account_closing, person_emptied
from casework.models import Receipt
from documents import serving
from documents.models import Document
from internships import consistency, housing_keeping, retention
from internships.actions import holds, stays
from internships.models import (
    HousingBenefit,
    HousingRequest,
    Inventory,
    Occupation,
    RentCall,
    Stay,
)
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents import samples
from tests.documents.factories import DocumentFactory
from tests.internships.factories import (
    DwellingFactory,
    HousingRequestFactory,
    OccupationFactory,
    PlacementFactory,
    RoomFactory,
    StayFactory,
    days,
)
from tests.internships.rent_factories import IncidentFactory, RentCallFactory
from tests.territory.factories import DeskFactory

TODAY = timezone.localdate()
PAST = days("2020-11-02", "2021-05-03")
LATER = dt.date(2026, 5, 3)


def coming(first, last):
    return days(TODAY + dt.timedelta(first), TODAY + dt.timedelta(last))


def purge(day):
    for rule in retention.RULES:
        for row in rule.queryset(day):
            rule.purge(row)


def lodged(person=None, period=PAST):
    """A stay with the proof of insurance they sent."""
    DeskFactory()
    stay = StayFactory(
        occupation__period=period,
        occupation__request__person=person or PersonFactory(),
        occupation__request__word="Avec mon chat.",
    )
    stays.send_insurance(stay, samples.sent(samples.pdf(), "assurance.pdf"))
    HousingBenefit.objects.create(
        person=stay.person, kind="lent", period=period, occupation=stay.occupation
    )
    stay.refresh_from_db()
    return stay


@pytest.mark.parametrize(
    ("closed_on", "is_old"), [("2024-05-02", True), ("2024-05-04", False)]
)
def test_request_without_a_stay_goes_two_years_after_its_end(closed_on, is_old):
    closed_at = dt.datetime.fromisoformat(f"{closed_on}T12:00+02:00")
    HousingRequestFactory(state="withdrawn", closed_at=closed_at)
    HousingRequestFactory()

    purge(LATER)

    assert HousingRequest.objects.count() == (1 if is_old else 2)


def test_options_it_had_go_with_a_request():
    DeskFactory()
    request = HousingRequestFactory(period=coming(30, 60))
    holds.hold(request, RoomFactory())
    holds.withdraw(request)
    HousingRequest.objects.update(closed_at=timezone.now() - dt.timedelta(days=800))

    purge(TODAY)

    assert not HousingRequest.objects.exists()
    assert not Occupation.objects.exists()


def test_stay_goes_after_five_years_with_all_that_hangs_on_it():
    stay = lodged()
    placement = PlacementFactory(period=PAST, person=stay.person)
    HousingRequest.objects.update(placement=placement)
    RentCallFactory(stay=stay, month=dt.date(2020, 11, 1), period=PAST)
    Inventory.objects.create(
        stay=stay, kind="entry", filled_by=UserFactory(), owner_name="Mairie"
    )

    purge(LATER - dt.timedelta(1))
    assert Stay.objects.exists()
    purge(LATER)

    for model in (HousingRequest, Occupation, Stay, HousingBenefit, Inventory):
        assert not model.objects.exists()
    assert not RentCall.objects.exists()
    assert not type(placement).objects.exists()
    assert not Receipt.objects.exists()
    assert not Document.objects.filter(discarded_at=None).exists()


def test_what_is_counted_of_a_request_names_nobody():
    assert housing_keeping.category(lodged().occupation.request) == (
        "logement/housed/2020"
    )


def test_somebody_who_leaves_leaves_the_nights_they_slept():
    stay = lodged()
    incident = IncidentFactory(reporter=stay.person)
    incident.messages.create(side="occupant", author=UserFactory(), body="Chez moi.")
    incident.photos.create(document=DocumentFactory())

    person_emptied.send(type(stay.person), person=stay.person, addresses=[])

    request = HousingRequest.objects.get()
    assert request.word == ""
    assert request.occupations.get().nights == 182
    incident.refresh_from_db()
    assert (incident.title, incident.description) == ("Incident", "Texte effacé")
    assert not incident.photos.exists()
    assert incident.messages.get().body == "Texte effacé"
    assert not Document.objects.filter(discarded_at=None).exists()


@pytest.mark.parametrize(
    ("state", "period", "reason"),
    [
        ("waiting", coming(30, 60), "est en cours"),
        ("waiting", PAST, None),
    ],
)
def test_account_is_kept_while_a_bed_is_asked_for(state, period, reason):
    user = UserFactory()
    HousingRequestFactory(person=user.person, state=state, period=period)

    told = reasons(user)

    assert bool(told) == bool(reason)
    assert not reason or reason in told[0]


def test_account_is_kept_while_a_rent_is_owed():
    user = UserFactory()
    RentCallFactory(stay__occupation__request__person=user.person)

    assert any("reste à payer" in one for one in reasons(user))


def reasons(user):
    answers = account_closing.send(type(user), user=user, person=user.person)
    return [reason for _receiver, told in answers for reason in told or []]


def test_their_own_data_tells_all_of_it():
    stay = lodged()
    stay.occupation.request.dwellings.add(DwellingFactory(name="Résidence Tapie"))

    told = next(one for one in retention.export(stay.person) if "chambres" in one)

    assert told["précisions"] == "Avec mon chat."
    assert told["logements souhaités"] == ["Résidence Tapie"]
    assert told["chambres"][0]["loyer"] == stay.rent
    assert retention.export(PersonFactory()) == []


def test_their_own_files_are_those_they_sent():
    stay = lodged()

    [(name, content)] = retention.files(stay.person)

    assert name.endswith("assurance.pdf")
    assert content.read() == serving.opened(stay.insurance).read()


def test_two_people_who_asked_for_the_same_days_are_not_made_one():
    kept, absorbed = PersonFactory(), PersonFactory()
    for person in (kept, absorbed):
        HousingRequestFactory(person=person)

    with pytest.raises(ValidationError, match="demande de logement"):
        accounts.merge(kept, absorbed, by=None)


def test_two_rows_of_one_tenant_become_one():
    stay = lodged(period=coming(-10, 30))
    kept = PersonFactory()

    accounts.merge(kept, stay.person, by=None)

    assert HousingRequest.objects.get().person == kept
    assert HousingBenefit.objects.get().person == kept
    assert list(consistency.checks()) == []


# --- What may be wrong ----------------------------------------------------------------


def a_stay_that_stands():
    stay = lodged(period=coming(-10, 30))
    return stay.occupation.request


def found(**changes):
    HousingRequest.objects.update(**changes)
    return list(consistency.checks())


def test_what_stands_says_nothing():
    a_stay_that_stands()

    assert list(consistency.checks()) == []


@pytest.mark.parametrize("state", ["held", "waiting"])
def test_request_and_bed_that_disagree_are_told(state):
    a_stay_that_stands()

    [told] = found(state=state)

    assert "chambre" in told


def test_request_that_lost_its_bed_is_told():
    HousingRequestFactory(state="housed")

    [told] = consistency.checks()

    assert "aucune chambre n'est retenue" in told


def test_bed_that_is_not_noted_as_lent_is_told():
    a_stay_that_stands()
    HousingBenefit.objects.update(period=coming(0, 30))

    [told] = consistency.checks()

    assert "R-30" in told


def test_bed_noted_for_somebody_else_is_told():
    a_stay_that_stands()
    HousingBenefit.objects.update(person=PersonFactory())

    [told] = consistency.checks()

    assert "autre personne" in told


def test_bed_given_back_is_noted_no_more():
    request = a_stay_that_stands()
    Occupation.objects.update(released_at=timezone.now(), released_because="withdrawn")
    HousingRequest.objects.filter(pk=request.pk).update(
        state="withdrawn", closed_at=timezone.now()
    )

    [told] = consistency.checks()

    assert "rendu" in told


def test_stay_without_terms_is_told():
    bed = OccupationFactory(stay=True, period=coming(-10, 30))
    HousingBenefit.objects.create(
        person=bed.request.person, kind="lent", period=bed.period, occupation=bed
    )

    [told] = consistency.checks()

    assert "sans conditions" in told


def test_payments_are_in_what_they_take_away():
    call = RentCallFactory()
    call.payments.create(
        amount=100, paid_on=TODAY, means="transfer", recorded_by=UserFactory()
    )

    told = next(one for one in retention.export(call.person) if "loyer" in one)

    assert told["paiements"][0]["montant"] == 100
