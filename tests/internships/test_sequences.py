"""No sequence of acts leaves two people on a bed, or a freed bed unoffered."""

import datetime as dt
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from internships import allocation, clock, tasks, waiting_list
from internships.actions import dwellings, extensions, holds, housing
from internships.models import HousingBenefit, HousingRequest, Occupation
from tests.internships.factories import HousingRequestFactory, RoomFactory, days
from tests.territory.factories import DeskFactory

REQUESTS = st.integers(0, 4)
ROOMS = st.integers(0, 1)
STARTS = st.integers(1, 20)
NIGHTS = st.integers(1, 12)


class Beds(RuleBasedStateMachine):
    """Two beds, five people, and whatever may be done with them in any order.

    A refusal is an answer like another. Each act is followed by what beat does.
    """

    @initialize()
    def settle(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.today = timezone.localdate()
        home = RoomFactory(dwelling__buffer_days=2).dwelling
        self.rooms = [home.rooms.get(), RoomFactory(dwelling=home)]
        self.requests = [
            HousingRequestFactory(period=self.days(2 + 3 * n, 9)) for n in range(5)
        ]
        tasks.sweep_beds()

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def days(self, start, nights):
        first = self.today + dt.timedelta(start)
        return days(first, first + dt.timedelta(nights))

    def act(self, do, *given, **options):
        try:
            with transaction.atomic():
                do(*given, **options)
        except ValidationError:
            return
        tasks.sweep_beds()

    @rule(request=REQUESTS, room=ROOMS)
    def hold(self, request, room):
        self.act(holds.hold, self.requests[request], self.rooms[room])

    @rule(request=REQUESTS, days=st.integers(0, 4))
    def clean(self, request, days):
        kept = Occupation.objects.standing().filter(request=self.requests[request])
        if occupation := kept.first():
            self.act(dwellings.set_cleaning, occupation, days, by=None)

    @rule(request=REQUESTS)
    def confirm(self, request):
        self.act(holds.confirm, self.requests[request])

    @rule(request=REQUESTS)
    def decline(self, request):
        self.act(holds.decline, self.requests[request])

    @rule(request=REQUESTS)
    def expire(self, request):
        Occupation.objects.holds().filter(request=self.requests[request]).update(
            expires_at=clock.now()
        )
        tasks.sweep_beds()

    @rule(request=REQUESTS)
    def withdraw(self, request):
        self.act(holds.withdraw, self.requests[request])

    @rule(request=REQUESTS, start=STARTS, nights=NIGHTS)
    def ask(self, request, start, nights):
        """Whoever withdrew asks again; the others are told they already do."""
        before = HousingRequest.objects.get(pk=self.requests[request].pk)
        if before.is_open or before.state == "housed":
            return
        asked = HousingRequest(
            person=before.person,
            period=self.days(start, nights),
            has_car=True,
            wording=before.wording,
        )
        housing.submit(asked, by=None)
        self.requests[request] = asked

    @rule(request=REQUESTS, start=STARTS, nights=NIGHTS, gives_bed_up=st.booleans())
    def change_dates(self, request, start, nights, gives_bed_up):
        self.act(
            housing.change_dates,
            self.requests[request],
            self.days(start, nights),
            gives_bed_up=gives_bed_up,
        )

    @rule(request=REQUESTS, start=STARTS)
    def leave_early(self, request, start):
        day = self.today + dt.timedelta(start)
        self.act(housing.leave_early, self.requests[request], day)

    @rule(request=REQUESTS, start=STARTS)
    def extend(self, request, start):
        day = self.today + dt.timedelta(start + 5)
        self.act(extensions.extend, self.requests[request], day)

    @rule(request=REQUESTS, says_yes=st.booleans())
    def answer(self, request, says_yes):
        do = extensions.make_room if says_yes else extensions.keep_days
        self.act(do, self.requests[request])

    @rule(room=ROOMS, start=STARTS, nights=NIGHTS)
    def block(self, room, start, nights):
        self.act(holds.block, self.rooms[room], self.days(start, nights))

    @rule(room=ROOMS)
    def unblock(self, room):
        works = Occupation.objects.standing().filter(
            room=self.rooms[room], kind="maintenance"
        )
        if found := works.first():
            self.act(holds.unblock, found)

    @rule(room=ROOMS)
    def close_room(self, room):
        self.act(holds.close_room, self.rooms[room])

    @rule(room=ROOMS)
    def reopen_room(self, room):
        self.act(holds.reopen_room, self.rooms[room])

    @invariant()
    def nobody_shares_a_bed(self):
        if not hasattr(self, "rooms"):
            return
        for room in self.rooms:
            standing = Occupation.objects.standing().filter(room=room)
            taken = list(standing.order_by("period").values_list("period", flat=True))
            for one, next_one in pairwise(taken):
                assert one.upper <= next_one.lower

    @invariant()
    def no_bed_is_left_unoffered(self):
        if not hasattr(self, "rooms"):
            return
        found = waiting_list.read(self.today)
        left = [
            (one.request, proposal.bed.room)
            for one in found.waiting
            for proposal in allocation.proposals(one.wish, found.beds)
        ]
        assert left == []

    @invariant()
    def each_state_has_its_rows(self):
        if not hasattr(self, "requests"):
            return
        for request in HousingRequest.objects.all():
            kept = Occupation.objects.standing().filter(request=request)
            kinds = list(kept.values_list("kind", flat=True))
            expected = {"held": ["hold"], "housed": ["stay"]}.get(request.state, [])
            assert kinds == expected
        lent = HousingBenefit.objects.values_list("occupation", "period")
        stays_ = Occupation.objects.stays().values_list("pk", "period")
        assert set(lent) == set(stays_)


def test_no_sequence_of_acts_shares_a_bed_or_leaves_one_unoffered():
    DeskFactory()
    profile = settings(
        max_examples=5,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Beds, settings=profile)
