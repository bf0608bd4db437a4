"""Writing the answers of a page into the rows of a request."""

from collections.abc import Mapping

from installation.models import InstallationRequest, RequestDetails


def keep(request: InstallationRequest, answers: Mapping) -> None:
    """Save what was answered: plain fields, lists, and details of its kind.

    A new request is saved whole; one that exists, for what was answered alone.
    """
    answers = dict(answers)
    details = answers.pop("details", {})
    lists = {field.name for field in request._meta.many_to_many}
    own = answers.keys() - lists
    for name in own:
        setattr(request, name, answers[name])
    request.save(update_fields=own if request.pk else None)
    for name in answers.keys() & lists:
        getattr(request, name).set(answers[name])
    if details:
        RequestDetails.objects.update_or_create(request=request, defaults=details)
