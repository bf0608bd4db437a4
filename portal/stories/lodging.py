"""Who comes this semester and the next: wishes, placements, beds, keys and rents."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Person, StudentProfile
from documents import rendering
from internships import indemnities, inventory_documents, rent_calls
from internships.actions import (
    holds,
    housing,
    incidents,
    interests,
    inventories,
    placements,
    rents,
    stays,
)
from internships.models import (
    HousingRequest,
    Inventory,
    InventoryLine,
    Placement,
    PlacementOffer,
    PlacementSite,
    RentCall,
    Room,
    Semester,
    Stay,
)
from internships.models.inventories import LineKind
from internships.wording import CONSENT_TO_HOST
from portal.stories.placements import terms

# Invented, like everybody here: first name, name, year of studies.
COMING = {
    "jules": ("Jules", "Mazet", 8),
    "nora": ("Nora", "Belkacem", 7),
    "ines": ("Inès", "Castan", 9),
}


def tell(world) -> None:
    """One lives there, one has an option, one waits, one is to be answered."""
    if Placement.objects.exists():
        return
    running, coming = (
        Semester.objects.get(period=period) for period in terms(world.day)
    )
    people = {key: _student(*facts) for key, facts in COMING.items()}
    with world.on(-12):
        _live_there(world, running)
        _arrive_soon(world, running, people["jules"])
    with world.on(-6):
        _take_an_option(world, coming)
        _wait(world, running, people["nora"])
    with world.on(-3):
        _be_interested(world, coming, people["ines"])


def _student(first_name: str, last_name: str, year: int) -> Person:
    person = Person.objects.create(
        first_name=first_name,
        last_name=last_name,
        email=f"{first_name.lower().replace('è', 'e')}@demo.example",
        phone="+33536490177",
    )
    StudentProfile.objects.create(
        person=person, studies="medicine", cycle="3", year=year, faculty="Bordeaux"
    )
    return person


def _placed(world, person, kind: str, site: str, semester: Semester, *, by):
    where = PlacementSite.objects.get(name=site)
    placement = Placement(
        person=person,
        kind=kind,
        site=where,
        commune=where.commune,
        semester=semester,
        period=semester.period,
    )
    words = indemnities.wording(kind, semester.period.lower)
    return placements.declare(placement, accepted_wording=words, by=by)


def _live_there(world, semester: Semester) -> None:
    """The intern has her keys, has paid a month, and reports a leak."""
    intern, mairie = world.user("interne"), world.user("mairie")
    placement = _placed(
        world,
        intern.person,
        "n1",
        "Maison de santé des Deux-Rives",
        semester,
        by=intern,
    )
    stay = _lodged(placement, "Chambre 1", by=intern)
    proof = rendering.pdf(
        "portal/demo/attachment.html", {"title": "Attestation d’assurance habitation"}
    )
    file = SimpleUploadedFile("assurance.pdf", proof, "application/pdf")
    stays.send_insurance(stay, file, by=intern)
    stays.check_insurance(stay, by=mairie)
    _look_round(world, stay)
    placements.note_arrival(placement, by=world.user("maitre-de-stage"))
    stays.give_keys(stay, by=mairie)
    rent_calls.recompute(stay, world.day)
    first = RentCall.objects.filter(stay=stay).order_by("month").first()
    if first:
        rents.pay(
            first, amount=first.amount, paid_on=world.day, means="transfer", by=mairie
        )
    incidents.report(
        stay.occupation,
        by=intern,
        title="Le robinet de la cuisine goutte",
        description="Une goutte par seconde, même bien fermé. Une bassine suffit pour "
        "l’instant.",
        urgency="soon",
        in_room=False,
    )


def _lodged(placement: Placement, room: str, *, by) -> Stay:
    bed = Room.objects.get(name=room)
    occupation = holds.hold_for_placement(placement, room=bed, by=by)
    return holds.confirm(occupation.request, by=by)


def _look_round(world, stay: Stay) -> None:
    """The entry inventory, filled and signed by both on the same telephone."""
    mairie = world.user("mairie")
    inventory = inventories.start(stay, Inventory.Kind.ENTRY, by=mairie)
    lines = list(inventory.lines.all())
    for rank, line in enumerate(lines):
        if line.kind == LineKind.METER:
            line.reading = Decimal(1204 + rank)
        elif line.kind == LineKind.KEYS:
            line.count = 2
        else:
            worn = rank % 7 == 3
            line.condition = (
                InventoryLine.Condition.WORN if worn else InventoryLine.Condition.GOOD
            )
            line.remark = "Petite rayure près de la poignée" if worn else ""
    inventories.save_lines(inventory, lines)
    inventories.finish(
        inventory,
        done_on=world.day,
        owner_name=mairie.get_full_name(),
        remark="Le badge du portail est remis avec les clés.",
        by=mairie,
    )
    inventory_documents.prepare(inventory.pk)
    inventory.refresh_from_db()
    for signatory in inventory.circuit.signatories.all():
        inventories.sign_on_spot(
            inventory,
            signatory,
            typed_name=signatory.name,
            address="203.0.113.47",
            by=mairie,
        )
    stay.refresh_from_db()


def _arrive_soon(world, semester: Semester, person: Person) -> None:
    """His bed is confirmed; his insurance has not come."""
    desk = world.user("accueil")
    placement = _placed(world, person, "saspas", "Cabinet du Marché", semester, by=desk)
    _lodged(placement, "Chambre bleue", by=desk)


def _take_an_option(world, semester: Semester) -> None:
    """The dental student is kept a room for the next semester."""
    student = world.user("dentaire")
    placement = _placed(
        world,
        student.person,
        "dental_active",
        "Cabinet dentaire de la Halle",
        semester,
        by=student,
    )
    bed = Room.objects.get(name="Chambre du figuier")
    holds.hold_for_placement(placement, room=bed, by=student)


def _wait(world, semester: Semester, person: Person) -> None:
    """She asks for the room of somebody else: it is not given twice."""
    desk = world.user("accueil")
    home = Room.objects.get(name="Chambre 1").dwelling
    start = max(semester.period.lower, world.day)
    request = HousingRequest(
        person=person,
        purpose="Stage de niveau 1, ma place se confirme cette semaine",
        period=DateRange(start, semester.period.upper),
        for_two=True,
        children=1,
        has_car=True,
        wording=indemnities.wording("n1", start),
    )
    housing.submit(request, dwellings=[home], by=desk)


def _be_interested(world, semester: Semester, person: Person) -> None:
    """A wish that the host answers, one that the student confirms."""
    host, intern = world.user("maitre-de-stage"), world.user("interne")
    published = PlacementOffer.objects.published().of_semester(semester)
    for offer, who, rank in (
        (published.filter(kind="n1").first(), person, 1),
        (published.filter(kind="saspas").first(), intern.person, 1),
    ):
        interest = interests.show(
            offer,
            who,
            rank=rank,
            wording=CONSENT_TO_HOST,
            word="J’aimerais connaître la médecine de campagne, et les visites.",
            by=getattr(who, "user", None),
        )
        if who == intern.person:
            interests.accept(
                interest, answer="Avec plaisir. Venez voir le cabinet.", by=host
            )
