"""Inventories filled by a member of the owner, for the tests of several modules."""

from internships import inventory_documents
from internships.actions import inventories as acts
from internships.models import Inventory, InventoryLine
from internships.models.inventories import LineKind
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.internships.factories import BEGINS, StayFactory

HERE = "192.0.2.10"


def stay_of_lea():
    return StayFactory(
        occupation__request__person__first_name="Léa",
        occupation__request__person__last_name="Marty",
        occupation__request__person__email="lea@example.org",
    )


def member_of(stay):
    """Somebody who acts for the owner of the dwelling, with an account."""
    user = UserFactory(person__first_name="Paul", person__last_name="Garrigue")
    owner = stay.occupation.room.dwelling.owner
    MembershipFactory(person=user.person, organisation=owner)
    return user


def fill(inventory: Inventory, condition="good", **change) -> Inventory:
    for line in inventory.lines.all():
        values = {
            LineKind.ITEM: {"condition": condition},
            LineKind.METER: {"reading": 1204},
            LineKind.KEYS: {"count": 2},
        }[line.kind]
        InventoryLine.objects.filter(pk=line.pk).update(**values | change)
        change = {}
    return inventory


def to_sign(stay, by, kind="entry") -> Inventory:
    inventory = fill(acts.start(stay, kind, by=by))
    acts.finish(inventory, done_on=BEGINS, owner_name="Paul Garrigue", remark="", by=by)
    inventory_documents.prepare(inventory.pk)
    inventory.refresh_from_db()
    return inventory


def sign(inventory: Inventory, by) -> Inventory:
    for signatory in inventory.circuit.signatories.all():
        acts.sign_on_spot(
            inventory, signatory, typed_name=signatory.name, address=HERE, by=by
        )
    inventory.refresh_from_db()
    return inventory
