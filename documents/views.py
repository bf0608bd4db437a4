"""Anyone checks a document by the code it bears; nobody is named."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits
from documents import verifying
from documents.forms import VerifyCodeForm, VerifyFileForm


@login_not_required
@never_cache
@require_safe
def verify(request):
    """Type the code; the page of the document has it in its address."""
    form = VerifyCodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("documents:verify-code", form.cleaned_data["code"])
    return _private(render(request, "documents/verify.html", {"form": form}))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request, code):
    circuit = verifying.find(code)
    if circuit is None:
        return _private(_unknown(request, code))
    form = VerifyFileForm(request.POST or None, request.FILES or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        try:
            limits.require_pace(request, "verify-file")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            sha256 = verifying.digest(form.cleaned_data["file"])
            verdict = verifying.compare(circuit, sha256)
    context = {
        "circuit": circuit,
        "signatures": [one for one in circuit.signatories.all() if one.has_signed],
        "expected": len(circuit.signatories.all()),
        "newer": getattr(circuit, "replaced_by", None),
        "form": form,
        "verdict": verdict,
    }
    return _private(render(request, "documents/verify_code.html", context))


def _unknown(request, code):
    """A code that leads nowhere is counted: nobody tries them one after another."""
    form = VerifyCodeForm(initial={"code": code[:20]})
    try:
        limits.require_pace(request, "verify-code")
    except ValidationError as refusal:
        context = {"form": form, "refusal": refusal.messages[0]}
        return render(request, "documents/verify_unknown.html", context, status=429)
    return render(request, "documents/verify_unknown.html", {"form": form}, status=404)


def _private(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
