"""The bursaries of the Département: what they give, what is owed in return."""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bursaries import eligibility as rules
from bursaries import reading, register
from bursaries.actions.applications import terms_of
from bursaries.forms.schemes import EligibilityForm
from bursaries.models import Scheme, SchemeVersion
from casework.findings import blocking


@login_not_required
@require_safe
def scheme_list(request):
    versions = SchemeVersion.objects.on(timezone.localdate())
    in_order = (
        versions.select_related("scheme")
        .prefetch_related("amounts")
        .order_by("scheme__rank", "scheme__name")
    )
    cards = [{"version": one, "facts": reading.in_short(one)} for one in in_order]
    return render(request, "bursaries/scheme_list.html", {"cards": cards})


@login_not_required
@require_safe
def transparency(request):
    """How many agreements the Département signed, and for how much; nobody's name."""
    lines = register.public()
    context = {
        "lines": lines,
        "signed": sum(line.signed for line in lines),
        "promised": sum((line.promised for line in lines), Decimal(0)),
        "paid": sum((line.paid for line in lines), Decimal(0)),
        "day": timezone.localdate(),
    }
    return render(request, "bursaries/transparency.html", context)


@login_not_required
@require_safe
def scheme_detail(request, slug):
    scheme, version = _shown(slug)
    context = {
        "scheme": scheme,
        "version": version,
        "is_open": version.is_open_on(timezone.localdate()),
        "in_short": reading.in_short(version),
        "sections": reading.sections(version),
    }
    return render(request, "bursaries/scheme_detail.html", context)


@login_not_required
@require_safe
def eligibility(request, slug):
    """Eight questions before any account; nothing is recorded."""
    scheme, version = _shown(slug)
    commitment = reading.duration(version.commitment_months)
    asked = any(name in EligibilityForm.base_fields for name in request.GET)
    form = EligibilityForm(request.GET if asked else None, commitment=commitment)
    context = {
        "scheme": scheme,
        "form": form,
        "findings": None,
        "is_open": version.is_open_on(timezone.localdate()),
    }
    if form.is_valid():
        findings = rules.findings(terms_of(version), form.answers)
        context |= {"findings": findings, "is_barred": bool(blocking(findings))}
    return render(request, "bursaries/eligibility.html", context)


def _shown(slug: str) -> tuple[Scheme, SchemeVersion]:
    """The version in force; else the next one, else the last that was."""
    scheme = get_object_or_404(Scheme, slug=slug)
    published = scheme.versions.published().with_rules()
    day = timezone.localdate()
    version = (
        published.on(day).first()
        or published.filter(valid__startswith__gt=day).order_by("valid").first()
        or published.order_by("-number").first()
    )
    if version is None:
        raise Http404
    return scheme, version
