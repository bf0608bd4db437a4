"""The papers of a session: the report before the vote, the annex that names nobody."""

from django.db import transaction
from django.utils import timezone

from bursaries.actions import applications
from bursaries.models import AgendaItem, CommitteeSession
from casework.typography import euros
from documents import keeping
from documents.models import Document

KIND = "bursary-annex"


def report_pdf(session: CommitteeSession, lines: list, spending: list) -> bytes:
    """What the commission reads before it votes; it names the applicants."""
    # Web processes read this module: the engine weighs 40 MB.
    from documents import rendering

    context = {"session": session, "lines": lines, "spending": spending}
    return rendering.pdf("bursaries/pdf/session_report.html", context)


def report_lines(session: CommitteeSession) -> list[dict]:
    """Each application of the agenda: who, what, the opinions, the amount."""
    items = session.items.select_related("application__version__scheme").order_by("pk")
    items = items.prefetch_related(
        "application__opinions__organisation", "application__version__amounts"
    )
    ceiling = applications.ceiling_on(timezone.localdate())
    return [
        {
            "item": item,
            "application": item.application,
            "opinions": list(item.application.opinions.all()),
            "total": euros(applications.cost(item.application, ceiling).total),
        }
        for item in items
    ]


def file_annex(session_id: int) -> bool:
    """Make the anonymised annex once, and keep it; say whether it was made now."""
    with transaction.atomic():
        waiting = CommitteeSession.objects.without_papers().filter(pk=session_id)
        session = waiting.select_for_update(no_key=True, skip_locked=True).first()
        if session is None:
            return False
        document = keeping.keep(
            annex_pdf(session),
            name=f"annexe-bourses-{session.held_on:%Y-%m-%d}.pdf",
            media_type=Document.MediaType.PDF,
            kind=KIND,
        )
        session.keep_annex(document)
    return True


def annex_pdf(session: CommitteeSession) -> bytes:
    """What is published: bursaries granted, by number, without a name."""
    from documents import rendering

    granted = session.items.filter(vote=AgendaItem.Vote.APPROVED).order_by("pk")
    rows = [
        {
            "number": number,
            "scheme": str(item.application.scheme),
            "months": item.months,
            "total": euros(item.total),
        }
        for number, item in enumerate(
            granted.select_related("application__version__scheme"), 1
        )
    ]
    total = euros(sum(item.total for item in granted))
    context = {"session": session, "rows": rows, "total": total}
    return rendering.pdf("bursaries/pdf/session_annex.html", context)


def left_behind() -> list[int]:
    """Closed sessions whose annex was lost on the way."""
    waiting = CommitteeSession.objects.without_papers()
    return list(waiting.values_list("pk", flat=True)[:100])
