"""Camille's husband on his side of the dossier, and the requests of two structures."""

from installation import actions
from installation.actions import family
from installation.models import Exchange, InstallationRequest, RequestDetails

MEDECIN, CONJOINT = "medecin@demo.example", "conjoint@demo.example"
Kind = InstallationRequest.Kind
# Who wrote to the desk by telephone says the rest the next time.
SAID_SINCE = {
    "Aubert": {
        "premises": RequestDetails.Premises.OWNED,
        "is_confidential": True,
        "patients": 1150,
    },
    "Boutin": {"helps": ["assistant", "workload"], "since": "long"},
    "Vidal": {"helps": ["associate", "secretary"], "since": "months"},
}


def tell(world) -> None:
    """Each part does nothing once it has been told."""
    _invite_the_husband(world)
    _say_more(world)
    _fill_a_post(world)
    _build_a_health_house(world)


def _invite_the_husband(world) -> None:
    dossier = world.dossier(MEDECIN)
    if dossier.family_accesses.exists():
        return
    julien = world.user("conjoint")
    with world.on(-40):
        access = family.invite(
            dossier,
            name=julien.get_full_name(),
            email=CONJOINT,
            by=world.user("medecin"),
        )
    with world.on(-39, hour=19):
        access = family.accept(access, by=julien)
    with world.on(-19, hour=18):
        family.write(
            dossier,
            "Bonjour, je préfère un poste de jour, à l’hôpital ou en libéral. Pour la "
            "crèche, deux jours par semaine nous suffiraient au début.",
            access=access,
            by=julien,
        )
    with world.on(-17, hour=9):
        actions.write(
            dossier,
            "Bonjour Julien, c’est noté. Je vous propose d’appeler ensemble la "
            "directrice des soins, et je demande deux jours à la crèche.",
            by=world.user("accueil"),
            audience=Exchange.Audience.FAMILY,
        )


def _say_more(world) -> None:
    for last_name, details in SAID_SINCE.items():
        dossier = next(
            (
                row
                for row in world.dossiers
                if row.last_name == last_name and not row.is_question
            ),
            None,
        )
        if dossier:
            RequestDetails.objects.get_or_create(request=dossier, defaults=details)


def _fill_a_post(world) -> None:
    place = world.place(5)
    dossier = _file(
        world,
        Kind.STRUCTURE_VACANCY,
        day=-11,
        identity={
            "first_name": "Sabine",
            "last_name": "Lartigue",
            "email": "sabine.lartigue@demo.example",
            "phone": "+33536490161",
            "address": "4 place de la Mairie",
            "postal_code": place.postal_codes[0],
            "city": place.name,
            "details": {"function": "Coordinatrice"},
        },
        answers={
            "communes": [place],
            "mode": InstallationRequest.Mode.SALARIED,
            "days_a_week": 4,
            "message": "Deux médecins, une infirmière de pratique avancée, un "
            "secrétariat. Un logement est prêt pour les premiers mois.",
            "details": {
                "body_name": f"Centre de santé {place.with_de}",
                "wanted_profession": "doctor",
                "wanted_specialty": "médecine générale",
            },
        },
    )
    if dossier:
        with world.on(-10):
            actions.take_charge(dossier, by=world.user("terrain"))
            actions.plan_next_action(
                dossier,
                "Proposer le poste à deux remplaçants",
                world.day,
                by=world.user("terrain"),
            )


def _build_a_health_house(world) -> None:
    place = world.place(14)
    _file(
        world,
        Kind.STRUCTURE_PROJECT,
        day=-1,
        identity={
            "first_name": "Régis",
            "last_name": "Cassagne",
            "email": "regis.cassagne@demo.example",
            "phone": "+33536490162",
            "address": "1 place de l’Église",
            "postal_code": place.postal_codes[0],
            "city": place.name,
            "details": {"function": "Maire"},
        },
        answers={
            "communes": [place],
            "message": "L’ancienne école est libre. Deux médecins et un "
            "kinésithérapeute sont prêts à se réunir.",
            "details": {
                "project": RequestDetails.Project.HEALTH_HOUSE,
                "carrier": RequestDetails.Carrier.COMMUNE,
                "body_name": f"Commune {place.with_de}",
                "stage": RequestDetails.Stage.TEAM,
            },
        },
    )


def _file(world, kind, *, day, identity, answers) -> InstallationRequest | None:
    """The public form, page by page; nothing when it was filed before."""
    if InstallationRequest.objects.filter(email=identity["email"]).exists():
        return None
    with world.on(day):
        draft = actions.start(kind=kind)
        draft = actions.save_step(draft, 1, identity)
        draft = actions.save_step(draft, 2, answers)
        return actions.submit(draft)
