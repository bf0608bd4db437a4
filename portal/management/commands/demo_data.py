"""The invented people and dossiers of the demonstration, dated from today."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Person, User
from casework import actions as casework_actions
from casework import delivery, ladders
from casework.models import Absence, Message, Task
from documents import rendering
from installation import actions
from installation.models import Exchange, InstallationRequest
from portal import demo, stories, story, tasks
from portal.clock import PARIS, clock_set_to
from portal.stories import dossiers
from territory.models import Commune, Departement, Desk, Organisation, Topic

NAMESPACE = uuid.UUID("b1e44d0c-0047-4f1c-9d53-6d1e3c0b4747")
REFUSED = "Adresse refusée par le serveur du destinataire (550)."


class Command(BaseCommand):
    help = "Raconte l’histoire de la démonstration ; peut être relancée sans risque."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(
                "Ces données inventées ne vont que dans la démonstration."
            )
        self.today = timezone.localdate()
        self.departement = Departement.objects.current()
        if self.departement is None or not Commune.objects.open().exists():
            raise CommandError("Chargez d’abord les communes : load_territory.")
        with transaction.atomic():
            self._present_desk()
            self.users = {person.key: self._sign_up(person) for person in demo.PEOPLE}
            self._found_organisations()
        in_order = sorted(story.DOSSIERS, key=lambda told: told.day)
        added = sum(self._tell(told) for told in in_order)
        self._promise()
        self._announce_absences()
        self._tell_chapters()
        ladders.run(self.today)
        delivery.deliver_all()
        tasks.draw_charts()
        self.stdout.write(
            f"Démonstration : {len(self.users)} comptes, {added} dossiers ajoutés, "
            f"{InstallationRequest.objects.count()} en tout."
        )

    # --- Who is there -----------------------------------------------------------

    def _present_desk(self):
        desk = Desk.objects.get(departement=self.departement)
        desk.phone = desk.phone or story.DESK_PHONE
        desk.email = desk.email or "guichet@demo.example"
        desk.opening_hours = "du lundi au vendredi, de 8 h 30 à 17 h 30"
        desk.is_demo = True
        desk.save()

    def _sign_up(self, person: demo.DemoPerson) -> User:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(
                person.email,
                demo.PASSWORD,
                first_name=person.first_name,
                last_name=person.last_name,
                is_staff=bool(person.group),
            )
            someone = user.person
            someone.title = person.title
            someone.phone = person.phone
            someone.email_confirmed_at = timezone.now()
            someone.save()
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )
        if person.group:
            user.groups.add(Group.objects.get_or_create(name=person.group)[0])
        return user

    def _found_organisations(self):
        places = self._places()
        topics = {topic.slug: topic for topic in Topic.objects.all()}
        for partner in story.PARTNERS:
            commune = places[partner.place % len(places)]
            name = partner.name.format(
                departement=self.departement.with_de,
                commune=commune.with_de,
                group=commune.intercommunality or commune.name,
            )
            organisation, created = Organisation.objects.get_or_create(
                name=name,
                kind=partner.kind,
                defaults={
                    "phone": partner.phone,
                    "email": f"{partner.key}@demo.example",
                },
            )
            if created:
                found = [topics[slug] for slug in partner.topics if slug in topics]
                organisation.topics.set(found)
                if partner.is_local:
                    organisation.communes.add(commune)
            if partner.member:
                Membership.objects.get_or_create(
                    person=self.users[partner.member].person,
                    organisation=organisation,
                    role=Membership.Role.CONTACT,
                    until=None,
                )

    def _places(self) -> list[Commune]:
        """The communes of the Département, the most populated first."""
        if not hasattr(self, "_ranked"):
            here = Commune.objects.open().in_departement(settings.DEPARTEMENT)
            rows = here.defer("contour").select_related("intercommunality")
            self._ranked = list(rows.order_by("-population", "code")[:40])
        return self._ranked

    # --- What they did -------------------------------------------------------------

    @transaction.atomic
    def _tell(self, told: story.Dossier) -> bool:
        """One dossier from beginning to end, unless it is there already."""
        if InstallationRequest.objects.filter(email=told.email).exists():
            return False
        with clock_set_to(self._moment(told.day)):
            dossier = self._file(told)
            self._deliver(dossier, told)
        for rank, event in enumerate(told.events, 1):
            with clock_set_to(self._moment(event.day, rank)):
                self._happen(dossier, event)
                self._deliver(dossier, told)
        return True

    def _file(self, told: story.Dossier) -> InstallationRequest:
        author = self.users.get(told.key)
        identity = {
            "title": told.title,
            "first_name": told.first_name,
            "last_name": told.last_name,
            "email": told.email,
            "phone": told.phone,
        }
        if told.callback:
            answers = identity | {"message": told.message, "subject": told.subject}
            return actions.ask_for_callback(
                submission=uuid.uuid5(NAMESPACE, told.email), answers=answers, by=author
            )
        practice = {
            "profession": told.profession,
            "specialty": told.specialty,
            "situation": told.situation,
        }
        places = self._places()
        communes = [places[rank % len(places)] for rank in told.places]
        if told.by_phone:
            person = Person.objects.create(origin=Person.Origin.PHONE, **identity)
            return actions.register(
                person,
                by=self.users[told.events[0].by],
                kind=told.kind,
                answers=practice | {"communes": communes, "message": told.message},
                take_charge=False,
            )
        return self._fill(told, author, identity, practice, communes)

    def _fill(self, told, author, identity, practice, communes) -> InstallationRequest:
        """The five steps of the public form, or as far as its author went."""
        address = {
            "address": told.address,
            "postal_code": told.postal_code,
            "city": told.city,
            "kind": told.kind,
        }
        topics = Topic.objects.filter(slug__in=told.needs)
        family = {"wants_family_help": told.wants_family_help}
        if told.wants_family_help:
            family |= {
                "household": told.household,
                "partner_occupation": told.partner_occupation,
            }
            for band in told.children:
                field = f"children_{band}"
                family[field] = family.get(field, 0) + 1
        steps = [
            identity | address,
            practice | {"mode": told.mode, "days_a_week": told.days_a_week},
            {
                "horizon": told.horizon,
                "communes": communes,
                "message": told.message,
                "structures": list(told.structures),
            },
            family | {"topics": topics},
        ]
        dossier = actions.start(person=author.person if author else None)
        for number, answers in enumerate(steps[: told.draft_step or None], 1):
            dossier = actions.save_step(dossier, number, answers)
        if told.draft_step:
            return dossier
        return actions.submit(dossier, by=author)

    def _happen(self, dossier: InstallationRequest, event: story.Event) -> None:
        by = self.users.get(event.by)
        due = self._day(event.due) if event.due else self.today
        match event.verb:
            case "take":
                actions.take_charge(dossier, by=by)
            case "hand_over":
                actions.assign(dossier, to=self.users[event.text], by=by)
            case "write":
                files = self._files(event)
                actions.write(dossier, event.text, by=by, files=files)
            case "expect":
                actions.write(
                    dossier,
                    event.text,
                    by=by,
                    expected=event.expected,
                    expected_by=due,
                )
            case "note":
                audience = Exchange.Audience.INTERNAL
                actions.write(dossier, event.text, by=by, audience=audience)
            case "answer":
                actions.answer(dossier, event.text, files=self._files(event))
            case "plan":
                actions.plan_next_action(dossier, event.text, due, by=by)
            case "pause":
                actions.pause(dossier, due, by=by, reason=event.text)
            case "close":
                if event.outcome == InstallationRequest.Outcome.SETTLED:
                    place = self._places()[0]
                    dossiers.settle(dossier, place, by=by)
                actions.close(dossier, event.outcome, by=by, sentence=event.text)
            case "reopen":
                actions.reopen(dossier, event.text, by=by)
            case "withdraw":
                actions.withdraw(dossier, sentence=event.text)
            case unknown:
                raise CommandError(f"The story does not know how to « {unknown} ».")

    def _files(self, event: story.Event) -> list[SimpleUploadedFile]:
        return [
            SimpleUploadedFile(
                name,
                rendering.pdf("portal/demo/attachment.html", {"title": title}),
                "application/pdf",
            )
            for name, title in event.files
        ]

    def _deliver(self, dossier: InstallationRequest, told: story.Dossier) -> None:
        """Mail leaves on the day of the story; one mailbox refuses it."""
        owed = Message.objects.about(dossier).owed().order_by("pk")
        for message in owed:
            bounces = told.bounces and message.recipient == told.email
            if bounces and dossier.exchanges.exists():
                message.mark_refused(REFUSED, for_good=True)
            else:
                delivery.deliver(message.pk)

    # --- What else is due -------------------------------------------------------------

    def _promise(self):
        for promise in story.PROMISES:
            if Task.objects.filter(title=promise.title).exists():
                continue
            subject = InstallationRequest.objects.filter(email=promise.about).first()
            with clock_set_to(self._moment(promise.day)):
                casework_actions.add_task(
                    promise.title,
                    due_on=self._day(promise.due),
                    owner=self.users[promise.by],
                    subject=subject,
                    kind=promise.kind,
                    by=self.users[promise.by],
                )

    def _announce_absences(self):
        for absence in story.ABSENCES:
            user = self.users[absence.who]
            if Absence.objects.filter(user=user).exists():
                continue
            casework_actions.announce_absence(
                user,
                first_day=self.today + dt.timedelta(days=absence.first),
                last_day=self.today + dt.timedelta(days=absence.last),
                stand_in=self.users[absence.stand_in],
                by=user,
            )

    def _tell_chapters(self):
        world = stories.World(self.departement, self.today, self.users, self._places())
        for chapter in stories.CHAPTERS:
            with transaction.atomic():
                chapter.tell(world)

    # --- When -----------------------------------------------------------------------

    def _day(self, offset: int) -> dt.date:
        """That many days from today, on a day when people work."""
        day = self.today + dt.timedelta(days=offset)
        past_friday = max(day.weekday() - 4, 0)
        if not past_friday:
            return day
        # A weekend goes back to Friday in the past, on to Monday in the future.
        step = -past_friday if offset <= 0 else 3 - past_friday
        return day + dt.timedelta(days=step)

    def _moment(self, offset: int, rank: int = 0) -> dt.datetime:
        start = dt.datetime.combine(self._day(offset), dt.time(9, 10), PARIS)
        return start + dt.timedelta(minutes=17 * rank)
