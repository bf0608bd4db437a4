"""A call that joins a dossier, promises to keep, somebody met twice."""

from django.utils import timezone

from accounts.actions import find_or_create_person
from accounts.models import Person
from casework import actions as casework_actions
from casework import promises, workdays
from casework.models import Task
from installation import actions
from installation.actions import calls, merging, write
from installation.models import InstallationRequest
from territory.models import Topic

HUGO = "hugo.lacaze@demo.example"
PROMISED = (
    "Bonjour, merci pour votre appel. Je vous envoie la liste des locaux libres avant "
    "vendredi. Je vous rappelle lundi."
)


def tell(world) -> None:
    """What happens at the desk in a week, unless it has been told already."""
    if Person.objects.filter(email=HUGO).exists():
        return
    claire, mathilde = world.user("accueil"), world.user("terrain")
    dossier = _call(world, claire)
    _joined(world, dossier, claire, mathilde)
    _promises(world, dossier, claire)
    _double(world, mathilde)
    _what_follows_for_camille(world, claire)


def _call(world, claire) -> InstallationRequest:
    """Hugo calls three days ago, then once more."""
    topics = Topic.objects.filter(slug__in=["premises", "housing", "partner-job"])
    with world.on(-3, hour=11):
        hugo = find_or_create_person(
            first_name="Hugo",
            last_name="Lacaze",
            email=HUGO,
            phone="+33536490179",
            origin=Person.Origin.PHONE,
        )
        dossier = calls.take(
            hugo,
            by=claire,
            kind=InstallationRequest.Kind.INSTALLATION,
            answers={"profession": "doctor", "communes": [world.place(2)]},
            topics=topics,
            note="Remplaçant depuis deux ans. Sa compagne est infirmière.",
            next_action="Envoyer la liste des locaux",
            next_action_on=workdays.add(world.day, 1),
        )
    with world.on(-1, hour=16):
        return calls.join(
            dossier,
            by=claire,
            note="Il a visité une maison de santé dimanche, et veut en voir une autre.",
            next_action="Envoyer la liste des locaux",
            next_action_on=workdays.add(world.day, 1),
        )


def _promises(world, dossier, claire) -> None:
    """One promise is a task, one is left to note by a click; others are done."""
    with world.on(0, hour=9):
        exchange = write(dossier, PROMISED, by=claire)
        said_on = timezone.localdate(exchange.created_at)
        first, *_others = promises.find(exchange.body, said_on)
        casework_actions.add_task(
            first.sentence,
            due_on=first.due_on,
            owner=claire,
            subject=dossier,
            kind=Task.Kind.PROMISE,
            by=claire,
            key=f"installation.promise:{exchange.pk}:0",
        )
        done = casework_actions.add_task(
            "Demander le bail type à la maison de santé",
            due_on=world.day,
            owner=claire,
            subject=dossier,
            by=claire,
        )
        casework_actions.finish_task(done, by=claire)


def _joined(world, dossier, claire, mathilde) -> None:
    """He wrote to Mathilde as well: his second dossier joins the first."""
    with world.on(-2, hour=10):
        second = calls.take(
            dossier.applicant,
            by=mathilde,
            kind=InstallationRequest.Kind.INSTALLATION,
            channel=Person.Origin.EMAIL,
            topics=Topic.objects.filter(slug__in=["housing", "aids"]),
            note="Il demande aussi quelles aides existent.",
            next_action="Dire quelles aides existent",
            next_action_on=workdays.add(world.day, 3),
        )
    with world.on(-1, hour=17):
        merging.merge(dossier, second, by=claire)


def _what_follows_for_camille(world, claire) -> None:
    """Her visit is confirmed: what comes next has its date."""
    with world.on(-1, hour=15):
        actions.plan_next_action(
            world.dossier("medecin@demo.example"),
            "Confirmer le programme de sa visite aux personnes qui la reçoivent",
            workdays.add(world.day, 4),
            by=claire,
        )


def _double(world, mathilde) -> None:
    """The same Hugo, met at a forum, misspelt: the list of doubles proposes him."""
    with world.on(-2, hour=15):
        calls.take(
            find_or_create_person(
                first_name="Hugo",
                last_name="Lacase",
                email="",
                phone="+33536490179",
                origin=Person.Origin.STAND,
            ),
            by=mathilde,
            kind=InstallationRequest.Kind.LOCUM,
            channel=Person.Origin.STAND,
            note="Rencontré au forum des internes.",
            next_action="Rappeler après le forum",
            next_action_on=workdays.add(world.day, 2),
        )
