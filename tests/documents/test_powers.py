"""Who signs for the Département, and only while they may."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from documents import filing, signing
from documents.models import SigningPower
from tests.accounts.factories import UserFactory
from tests.documents.factories import open_circuit
from tests.documents.test_signing import HERE
from tests.territory.factories import DeskFactory

D = dt.date


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@pytest.fixture
def power():
    return SigningPower.objects.create(
        name="Hélène Laborde",
        capacity="vice-présidente",
        decision="arrêté n° 2026-12 du 3 mars 2026",
        email="helene@example.org",
        starts_on=D(2026, 3, 10),
        ends_on=D(2026, 9, 1),
    )


def delegated(power):
    party = signing.Party(power.name, power.capacity, email=power.email, power=power)
    return open_circuit(parties=[party]).signatories.get()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (D(2026, 3, 9), False),
        (D(2026, 3, 10), True),
        (D(2026, 8, 31), True),
        (D(2026, 9, 1), False),
    ],
)
def test_a_power_holds_from_a_day_until_another(power, day, holds):
    assert power.holds(day) is holds
    assert SigningPower.objects.on(day).exists() is holds


def test_without_an_end_it_goes_on(power):
    power.ends_on = None
    power.save()

    assert power.holds(D(2060, 1, 1))
    assert SigningPower.objects.on(D(2060, 1, 1)).exists()


def test_a_delegate_signs_and_the_evidence_names_the_act(power):
    with time_machine.travel("2026-08-31 10:00"):
        signatory = delegated(power)
        code = signatory.new_code(timezone.now())
        signing.sign_by_code(signatory, code, address=HERE)

    signatory.refresh_from_db()
    assert signatory.evidence["power"] == power.decision
    assert filing.file(signatory.request_id)


def test_the_day_a_delegation_ends_nothing_is_signed_online(power):
    with time_machine.travel("2026-08-31 10:00"):
        signatory = delegated(power)
        code = signatory.new_code(timezone.now())

    SigningPower.objects.update(ends_on=D(2026, 8, 31))
    with time_machine.travel("2026-08-31 10:05"):
        with pytest.raises(ValidationError, match="ne signe pas pour le Département"):
            signing.sign_by_code(signatory, code, address=HERE)
        with pytest.raises(ValidationError, match="ne signe pas pour le Département"):
            signing.send_code(signatory)

    signatory.refresh_from_db()
    assert not signatory.has_signed


@pytest.mark.parametrize(
    "wrong",
    [{"ends_on": D(2026, 3, 10)}, {"ends_on": D(2026, 1, 1)}, {"name": ""}],
)
def test_the_database_keeps_powers_in_order(power, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningPower.objects.update(**wrong)


def test_the_head_keeps_the_list_and_nobody_else(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    add = reverse("admin:documents_signingpower_add")
    said = {
        "name": "Hélène Laborde",
        "capacity": "vice-présidente",
        "decision": "",
        "email": "",
        "starts_on": "2026-03-10",
        "ends_on": "2026-01-01",
    }
    head = UserFactory(is_staff=True, groups=["direction"], second_factor=False)
    client.force_login(head)

    refused = client.post(add, said)
    assert "La fin vient après le début." in refused.content.decode()
    client.post(add, said | {"ends_on": ""})
    power = SigningPower.objects.get()
    delete = reverse("admin:documents_signingpower_delete", args=[power.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403

    client.force_login(
        UserFactory(is_staff=True, groups=["accueil"], second_factor=False)
    )
    assert client.get(add).status_code == 403
