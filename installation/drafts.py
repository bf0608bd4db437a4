"""Which draft this visitor is writing, without an account or with one.

The session names it, never the address: nobody reaches the draft of another.
"""

from installation.models import InstallationRequest

DRAFT = "installation.draft"
FILED = "installation.filed"
MOST_FILED = 20


def person_of(request):
    return request.user.person if request.user.is_authenticated else None


def current(request) -> InstallationRequest | None:
    """The draft of this session, else the last one of the account."""
    drafts = InstallationRequest.objects.drafts().select_related("applicant")
    person = person_of(request)
    if pk := request.session.get(DRAFT):
        draft = drafts.filter(pk=pk).first()
        if draft and draft.applicant_id in (None, person and person.pk):
            return draft
    if person:
        return drafts.of(person).order_by("-saved_at").first()
    return None


def remember(request, draft: InstallationRequest) -> None:
    request.session[DRAFT] = draft.pk


def forget(request) -> None:
    request.session.pop(DRAFT, None)


def remember_filed(request, filed: InstallationRequest) -> None:
    """This session may see the receipt of what it has just sent."""
    forget(request)
    known = [pk for pk in request.session.get(FILED, []) if pk != filed.pk]
    request.session[FILED] = [*known, filed.pk][-MOST_FILED:]


def filed(request) -> list[int]:
    return request.session.get(FILED, [])
