"""The aids: the catalogue, a zoning when none was loaded, searches kept, requests.

The zones are invented: their version says so on every page that shows them.
"""

import datetime as dt
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Person, User
from installation.actions import aid_requests, aids
from installation.aid_presentation import grouped, line, recap, zonings
from installation.forms.aids import FinderForm
from installation.models import AidProgramme, AidRequest, AidReview, LocalAidRecord
from portal.stories.papers import applicant, send_pieces
from territory import zones
from territory.models import Commune, ZoneAssignment, Zoning

FICTIONAL = "démonstration"
REFERENCE = "Classement fictif, pour la démonstration"
# Zones by the rank of the communes: the biggest are left out, as in life.
DOCTORS = (
    (2, "HZ", "hors zonage"),
    (8, "ZAC", "zone d'action complémentaire"),
    (None, "ZIP", "zone d'intervention prioritaire"),
)
DENTISTS = (
    (3, "intermediaire", "intermédiaire"),
    (10, "sous_dotee", "sous-dotée"),
    (None, "tres_sous_dotee", "très sous-dotée"),
)

FRR = ((4, "NC", "non classée"), (None, "FRR", "FRR socle"))


def tell(world) -> None:
    """Load the catalogue, then let five people use it."""
    aids.load_catalogue(by=world.user("accueil"))
    _zone(world, "ars_doctors", DOCTORS)
    _zone(world, "ars_dentists", DENTISTS)
    _zone(world, "frr", FRR)
    _let_one_page_age(world)
    if not AidReview.objects.exists():
        _keep_searches(world)
    if not AidRequest.objects.exists():
        _ask(world)


def _communes(world) -> list[Commune]:
    here = Commune.objects.open().in_departement(world.departement.code)
    biggest = F("population").desc(nulls_last=True)
    return list(here.defer("contour").order_by(biggest, "pk"))


def _zone(world, kind: str, bands) -> None:
    """A zoning for the demonstration alone, where none was imported."""
    region = "" if kind == "frr" else world.departement.region_code
    known = Zoning.objects.on(world.day).filter(kind=kind, region_code=region)
    if known.exists():
        return
    zoning = Zoning.objects.create(
        kind=kind,
        version=FICTIONAL,
        legal_reference=REFERENCE,
        region_code=region,
        valid=DateRange(world.day - dt.timedelta(days=290), None),
    )
    rows = []
    for rank, commune in enumerate(_communes(world)):
        code, label = next(
            (code, label) for end, code, label in bands if end is None or rank < end
        )
        row = ZoneAssignment(
            zoning=zoning, commune=commune, category_code=code, category_label=label
        )
        rows.append(row)
    ZoneAssignment.objects.bulk_create(rows)


def _let_one_page_age(world) -> None:
    """One page past its review: it says « à vérifier », and comes in the week."""
    aged = AidProgramme.objects.filter(slug="pret-honneur")
    aged.update(
        checked_on=world.day - dt.timedelta(days=190),
        review_on=world.day - dt.timedelta(days=8),
    )


def _keep_searches(world) -> None:
    """Two dossiers keep what the finder answered: the person's, then the desk's."""
    communes = _communes(world)
    dossiers = [one for one in world.dossiers if one.is_open and one.profession]
    asked = (
        {"profession": "gp", "projet": "creation", "premiere": "oui", "secteur": "1"},
        {"profession": "dentist", "projet": "takeover", "jours": "4", "salaries": "1"},
    )
    for dossier, said, rank in zip(dossiers, asked, (12, 15), strict=False):
        commune = communes[min(rank, len(communes) - 1)]
        answers = {**said, "commune": commune.code, "exercice": "liberal"}
        form = FinderForm(QueryDict(urlencode(answers)))
        if not form.is_valid():
            raise ValueError(form.errors.as_text())
        profile = form.profile()
        found = zones.of(commune, world.day)
        lines = [
            line(one, world.day) for one in aids.answers(profile, found, world.day)
        ]
        aids.keep_review(
            dossier,
            commune=commune,
            shown={
                "answers": recap(form),
                "results": [one for group in grouped(lines) for one in group["lines"]],
                "zonings": zonings(found, profile.profession),
            },
            query=form.data.urlencode(),
            by=world.user("accueil"),
        )


def _ask(world) -> None:
    """Requests in every state, and the register that bars one of them."""
    claire = world.user("accueil")
    medecin = world.user("medecin")
    communes = _communes(world)
    small = communes[min(20, len(communes) - 1)]

    with world.on(-46):
        advised = _file(_person("Hugo", "Lasserre"), claire, small, "bonus", "25000")
        _send_pieces(advised, claire)
        aid_requests.complete(advised, by=claire)
    with world.on(-44):
        aid_requests.request_opinion(advised, by=claire)
    with world.on(-3):
        text = "Cohérent avec les aides de l’assurance maladie."
        aid_requests.receive_opinion(advised, "favourable", text, by=claire)

    with world.on(-20):
        short = _file(_person("Nora", "Belkacem"), claire, small, "investment", "18000")
    with world.on(-17):
        limit = world.day + dt.timedelta(days=6)
        aid_requests.ask_pieces(short, by_day=limit, by=claire)

    with world.on(-60):
        refused = _file(_person("Étienne", "Marquet"), claire, small, "bonus", "20000")
    with world.on(-52):
        # Found in a binder while the request was examined.
        LocalAidRecord.objects.create(
            person=refused.person,
            signed_on=world.day - dt.timedelta(days=400),
            kind="prime d’installation",
        )
        reason = (
            "Une convention d’aide a été signée avec le Département il y a moins de "
            "dix ans (article D. 1511-47 du CGCT)."
        )
        aid_requests.refuse(refused, reason, by=claire)

    with world.on(-1):
        _file(medecin.person, medecin, small, "dwelling", "")


def _person(first_name: str, last_name: str) -> Person:
    return applicant(
        first_name, last_name, phone="05 36 49 01 62", address="8 rue des Platanes"
    )


def _file(person: Person, by: User, commune: Commune, kind: str, amount: str):
    draft = aid_requests.save_draft(
        person,
        {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "address": person.address or "8 rue des Platanes",
            "postal_code": person.postal_code or "33000",
            "city": person.city or "Bordeaux",
            "profession": "gp",
            "mode": "liberal",
            "kind": kind,
            "commune": commune,
            "first_day_on": timezone.localdate() + dt.timedelta(days=150),
            "days_a_week": 4,
            "amount_asked": Decimal(amount) if amount else None,
            "project": "Rejoindre l’équipe de la maison de santé, quatre jours par "
            "semaine, avec des visites à domicile.",
        },
    )
    return aid_requests.submit(draft, by=by, is_attested=True)


def _send_pieces(request: AidRequest, by: User) -> None:
    send_pieces(request, kind="aid", area=aid_requests.AREA, by=by)
