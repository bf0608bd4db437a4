from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from casework import receipts
from casework.models import Receipt
from casework.references import next_reference
from territory.models import Departement, Desk
from tests.accounts.factories import PersonFactory
from tests.casework.factories import TaskFactory

DAY = date(2026, 11, 23)


def draw(_number=0, *, fail=False):
    try:
        with transaction.atomic():
            reference = next_reference("installation", DAY)
            if fail:
                raise ZeroDivisionError
    except ZeroDivisionError:
        return None
    finally:
        if not connection.in_atomic_block:
            connection.close()
    return reference


def test_references_follow_each_other_within_a_year():
    assert [draw(), draw()] == ["BD47-2026-0001", "BD47-2026-0002"]
    assert next_reference("installation", date(2027, 1, 1)) == "BD47-2027-0001"


def test_a_number_given_back_is_given_again():
    draw(fail=True)

    assert draw() == "BD47-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_a_reference_is_drawn_in_a_transaction():
    with pytest.raises(TransactionManagementError):
        next_reference("installation", DAY)


@pytest.mark.django_db(transaction=True)
def test_references_have_no_gap_when_drawn_together():
    """Forty at once, a third of which are rolled back."""
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda n: draw(fail=n % 3 == 0), range(40)))

    given = sorted(reference for reference in drawn if reference)
    assert given == [f"BD47-2026-{n:04}" for n in range(1, len(given) + 1)]
    assert len(given) == 26


# --- Receipts ---------------------------------------------------------------------


@pytest.fixture
def desk():
    departement, _ = Departement.objects.update_or_create(
        code="47", defaults={"name": "Lot-et-Garonne", "tncc": "5"}
    )
    desk, _ = Desk.objects.update_or_create(
        departement=departement,
        defaults={
            "phone": "05 36 49 12 47",
            "email": "guichet@example.org",
            "address": "1 place de la Préfecture\n47000 Agen",
            "court_name": "tribunal administratif de Bordeaux",
        },
    )
    return desk


def issue(subject=None, **fields):
    subject = subject or TaskFactory()
    subject.reference = "BD47-2026-0001"
    given = {
        "to_person": PersonFactory(),
        "title": "Bourse d'engagement",
        "financial": True,
        "received_at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    }
    return receipts.issue(subject, **{**given, **fields})


def test_a_receipt_for_money_tells_the_remedies(desk):
    receipt = issue()

    assert receipt.implicit_refusal_on == date(2027, 1, 23)
    assert receipt.text.splitlines() == [
        "Votre demande « Bourse d'engagement » a été reçue le 23 novembre 2026 sous le "
        "n° BD47-2026-0001.",
        "Service chargé du dossier : Bienvenue Docteur, Département de Lot-et-Garonne, "
        "1 place de la Préfecture 47000 Agen, 05 36 49 12 47, guichet@example.org.",
        "En l'absence de réponse avant le 23 janvier 2027, et sous réserve que votre "
        "dossier soit complet, votre demande sera réputée rejetée.",
        "Vous pourrez alors, dans les deux mois, former un recours gracieux auprès du "
        "président du conseil départemental ou saisir le tribunal administratif de "
        "Bordeaux (https://www.telerecours.fr/).",
    ]


def test_other_receipts_promise_no_decision(desk):
    receipt = issue(financial=False)

    assert receipt.implicit_refusal_on is None
    assert len(receipt.text.splitlines()) == 2


def test_the_day_of_a_receipt_is_the_one_in_paris(desk):
    receipt = issue(received_at=datetime(2026, 12, 30, 23, 30, tzinfo=UTC))

    assert "reçue le 31 décembre 2026" in receipt.text
    assert receipt.implicit_refusal_on == date(2027, 2, 28)


def test_a_submission_has_one_receipt_and_it_does_not_move(desk):
    task = TaskFactory()
    receipt = issue(task)
    Desk.objects.update(phone="05 00 00 00 00")

    assert issue(task) == receipt
    assert Receipt.objects.get().phone == "05 36 49 12 47"


def test_only_money_has_an_implicit_refusal(desk):
    issue(financial=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.update(implicit_refusal_on=DAY)
