"""How tests come to an agreement: applied for, voted, written, signed."""

import datetime as dt

from django.utils import timezone

from bursaries.actions import agreements, applications, votes
from bursaries.actions.votes import Voted
from bursaries.models import Agreement, BursaryApplication, CommitteeSession, Deed
from documents.keeping import Upload
from documents.models import Document, Signatory, SigningPower
from tests.accounts.factories import UserFactory
from tests.bursaries.factories import ApplicationFactory
from tests.documents import samples

HERE = "192.0.2.10"


def signer() -> SigningPower:
    """Who signs for the Département, since long ago."""
    return SigningPower.objects.get_or_create(
        name="Jeanne Vidal",
        capacity="présidente du conseil départemental",
        email="presidence@example.org",
        starts_on=dt.date(2021, 7, 1),
    )[0]


def granted(version, officer, *, user=None, **more) -> BursaryApplication:
    """Applied for, complete, voted today in a session that binds since today."""
    user = user or UserFactory()
    ApplicationFactory(person=user.person, version=version, **more)
    draft = applications.save_draft(user.person, {"version": version})
    filed = applications.submit(draft, by=user, is_attested=True)
    whole = applications.complete(filed, by=officer)
    day = timezone.localdate()
    held = CommitteeSession.objects.count()
    session = CommitteeSession.objects.create(held_on=day - dt.timedelta(days=held))
    item = votes.put_to_vote(whole, session, by=officer)
    votes.close(session, "2026-214", {item.pk: Voted("approved")}, by=officer)
    votes.note_days(session, transmitted_on=day, published_on=day, by=officer)
    whole.refresh_from_db()
    return whole


def drafted(version, officer, **more) -> Deed:
    return agreements.draft(granted(version, officer, **more), by=officer).root


def sent(deed: Deed, officer) -> Deed:
    """Its text is final, its PDF made, its signatures awaited."""
    agreements.approve(deed, power=signer(), by=officer)
    return again(deed)


def mailed_code(signatory) -> str:
    """The code that the mailbox received: a worker may have sent and blanked it."""
    return Signatory.objects.get(pk=signatory.pk).new_code(timezone.now())


def sign_all(deed: Deed) -> Deed:
    for signatory in again(deed).circuit.signatories.all():
        code = mailed_code(signatory)
        agreements.sign_by_code(deed, signatory, code, address=HERE)
    return again(deed)


def make_binding(deed: Deed, officer, day: dt.date | None = None) -> Agreement:
    day = day or timezone.localdate()
    agreements.note_days(deed, transmitted_on=day, notified_on=day, by=officer)
    return Agreement.objects.with_deeds().get(pk=deed.agreement_id)


def again(deed: Deed) -> Deed:
    rows = Deed.objects.select_related("agreement", "circuit")
    return rows.get(pk=deed.pk)


def scan() -> Upload:
    """A file already looked at: to inspect a PDF takes a process of its own."""
    return Upload("document.pdf", Document.MediaType.PDF, samples.pdf())
