"""Plans under way, a welcome day to come, people settled and those who stayed."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from installation.actions import plans, settlements, visits
from installation.models import (
    InstallationRequest,
    Plan,
    Settlement,
    Visit,
    VisitStop,
)
from portal.stories.world import World
from territory.models import Commune

CAMILLE = "medecin@demo.example"
LEA = "interne@demo.example"
PROOFS = {"has_order", "has_contract", "has_urssaf"}


def settle(dossier: InstallationRequest, place: Commune, *, by: User) -> Settlement:
    """Where and since when, with its proofs, before the dossier ends well."""
    place = dossier.communes.first() or place
    mode = dossier.mode if dossier.mode in Settlement.Mode.values else "liberal"
    said = {
        "commune": place,
        "address": "4 place de la Mairie",
        "mode": mode,
        "first_day_on": timezone.localdate() - dt.timedelta(days=2),
        "days_a_week": dossier.days_a_week or 4,
    }
    settlement = settlements.declare(dossier, said, by=by, from_person=False)
    return settlements.validate(settlement, proofs=PROOFS, by=by)


def tell(world: World) -> None:
    if Plan.objects.exists():
        return
    _plan_of_camille(world)
    _plans_of_others(world)
    _welcome_day(world)
    _day_to_answer(world)
    _still_here(world)


def _plan_of_camille(world: World) -> None:
    """Four steps done, one late, the Ordre in the way of what follows."""
    dossier = world.dossier(CAMILLE)
    desk = dossier.case_worker
    planned_on = world.day + dt.timedelta(days=105)
    with world.on(-40):
        plan = plans.open_plan(dossier, planned_on, by=desk)
    done = ("Préciser le projet", "Proposer trois lieux", "Visiter", "Inscrire les")
    for rank, title in enumerate(done):
        step = plan.steps.filter(title__startswith=title).first()
        if step:
            by = world.user("medecin") if step.is_the_person_s else desk
            with world.on(-34 + 4 * rank):
                plans.finish_step(step, by=by)
    unneeded = plan.steps.filter(title__startswith="Trouver un mode").first()
    if unneeded:
        with world.on(-12):
            plans.drop_step(unneeded, "Les grands-parents s’en chargent.", by=desk)


def _plans_of_others(world: World) -> None:
    followed = InstallationRequest.objects.running().filter(
        kind="installation", action_plan=None
    )
    followed = followed.exclude(case_worker=None).order_by("pk")
    for dossier, days in zip(followed[:2], (60, 220), strict=False):
        with world.on(-20):
            plan = plans.open_plan(
                dossier,
                world.day + dt.timedelta(days=days),
                by=dossier.case_worker,
            )
        for step in plan.steps.order_by("rank")[: 5 if days < 100 else 1]:
            with world.on(-8):
                plans.finish_step(step, by=dossier.case_worker)
        _last_touch(plan, dossier.case_worker, world)


def _last_touch(plan: Plan, by: User, world: World) -> None:
    """What a template cannot know."""
    said = {
        "title": "Envoyer le plan des locaux au cabinet voisin",
        "help": "",
        "owner": "desk",
        "track": "professional",
        "proof": "",
        "link": "",
        "is_blocking": False,
    }
    plans.add_step(plan, said, due_on=world.day + dt.timedelta(days=2), by=by)


def _welcome_day(world: World) -> None:
    """A Friday two weeks ahead, confirmed; and one that took place."""
    dossier = world.dossier(CAMILLE)
    desk = dossier.case_worker
    friday = world.day + dt.timedelta(days=18 - world.day.weekday())
    with world.on(-30):
        past = _visit(world, dossier, world.day - dt.timedelta(days=24), 3)
        visits.send(past, by=desk)
        visits.confirm(past, by=desk)
    with world.on(-23):
        visits.finish(past, by=desk)
    with world.on(-6):
        coming = _visit(world, dossier, friday, 0)
        visits.send(coming, by=desk)
    with world.on(-5):
        visits.confirm(coming, by=world.user("medecin"))


def _day_to_answer(world: World) -> None:
    """Léa was invited this morning, and has not answered yet."""
    dossier = world.dossier(LEA)
    thursday = world.day + dt.timedelta(days=24 - world.day.weekday())
    visit = _visit(world, dossier, thursday, 2, with_family=False)
    visits.send(visit, by=dossier.case_worker)


def _visit(
    world: World, dossier, day: dt.date, rank: int, *, with_family: bool = True
) -> Visit:
    desk = dossier.case_worker
    visit = visits.prepare(
        dossier,
        day=day,
        family_invited=with_family,
        notes="Rendez-vous à la gare ; la voiture du service vous y attend.",
        by=desk,
    )
    stops = (
        ("09:30", "11:00", "Maison de santé", "le docteur Lasserre", "everyone", 1),
        ("11:15", "12:15", "Mairie", "la première adjointe", "everyone", 2),
        ("12:30", "14:00", "Déjeuner avec l’équipe", "", "everyone", 0),
        ("14:30", "15:30", "École et crèche", "la directrice", "family", 3),
        ("14:30", "16:00", "Cabinet à visiter", "le propriétaire", "professional", 4),
    )
    for starts, ends, place, meets, audience, number in stops:
        if audience == "family" and not with_family:
            continue
        said = {
            "starts_at": dt.time.fromisoformat(starts),
            "ends_at": dt.time.fromisoformat(ends),
            "place": place,
            "commune": world.place(rank),
            "meets": meets,
            "phone": f"+3353649021{number}" if number else "",
            "email": f"rencontre{number}@demo.example" if number else "",
            "audience": VisitStop.Audience(audience),
        }
        visits.add_stop(visit, said, by=desk)
    return visit


def _still_here(world: World) -> None:
    """Whoever settled some months ago answered two days after the question."""
    for settlement in Settlement.objects.present().order_by("first_day_on"):
        answered_by = world.day - dt.timedelta(days=2)
        for follow_up in settlement.follow_ups.filter(due_on__lte=answered_by):
            with world.on((follow_up.due_on - world.day).days + 2):
                settlements.answer(follow_up, "yes", by=None)
