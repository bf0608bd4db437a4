"""The figures of occupancy as pages and spreadsheets show them."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from casework import spreadsheets
from internships.models import Semester
from internships.occupancy import LEAST, Figures, Report
from internships.rent_letters import euros

CSV_HEAD = [
    "commune",
    "lits",
    "nuits proposées",
    "nuits occupées",
    "occupation (%)",
    "séjours",
    "stages en zone prioritaire (%)",
    "loyers appelés",
    "loyers reçus",
    "coût",
    "coût par nuit occupée",
]


class SemesterForm(forms.Form):
    """Which semester; one that is not known is the one that runs."""

    semestre = forms.ModelChoiceField(
        label="Semestre", queryset=Semester.objects.none(), required=False
    )


def chosen(request) -> tuple[Semester | None, list[Semester]]:
    """The semester asked for, else the one that runs, else the last; and them all."""
    semesters = list(Semester.objects.in_order().reverse())
    form = SemesterForm(request.GET)
    form.fields["semestre"].queryset = Semester.objects.all()
    asked = form.cleaned_data.get("semestre") if form.is_valid() else None
    day = timezone.localdate()
    begun = [one for one in semesters if one.begins_on <= day]
    return asked or next(iter(begun or semesters), None), semesters


def told(report: Report) -> dict:
    """What a page says of a report."""
    return {
        "lines": [_said(figures) for figures in report.lines],
        "total": _said(report.total),
        "refused": report.refused,
        "withdrawn": report.withdrawn,
        "least": LEAST,
    }


def _said(figures: Figures) -> dict:
    return {
        "figures": figures,
        "called": euros(figures.called),
        "collected": euros(figures.collected),
        "cost": "" if figures.cost is None else euros(figures.cost),
        "a_night": euros(figures.cost_a_night) if figures.cost_a_night else "",
    }


def spreadsheet(semester: Semester, report: Report) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"occupation-{semester.begins_on:%Y-%m}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    lines = [*report.lines, report.total]
    rows = ([_cell(value) for value in _row(figures)] for figures in lines)
    response.write(spreadsheets.MARK + spreadsheets.as_csv(CSV_HEAD, rows))
    return response


def _row(figures: Figures) -> list:
    return [
        figures.name,
        figures.beds,
        figures.offered,
        figures.occupied,
        figures.occupancy,
        figures.stays,
        figures.priority_share,
        figures.called,
        figures.collected,
        figures.cost,
        figures.cost_a_night,
    ]


def _cell(value) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else str(value).replace(".", ",")
