"""The programme of a visit, on paper."""

from django.http import HttpResponse

from installation import presentation, visit_lines
from installation.models import Visit


def pdf(visit: Visit) -> bytes:
    # The back-office reads this module in every process, and the engine weighs
    # 40 MB: only who prints a sheet pays for it.
    from documents import rendering

    request = visit.request
    return rendering.pdf(
        "installation/pdf/visit.html",
        {
            "visit": visit,
            "dossier": request,
            "stops": [visit_lines.stop_line(stop) for stop in visit.stops.all()],
            "in_charge": presentation.in_charge(request, visit.day),
        },
    )


def response(visit: Visit) -> HttpResponse:
    """Shown in the browser, ready to print."""
    response = HttpResponse(pdf(visit), content_type="application/pdf")
    name = f"visite-{visit.day:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
