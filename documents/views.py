"""Anyone checks a document by the code it bears; nobody is named."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import limits
from documents import verifying
from documents.forms import VerifyCodeForm, VerifyFileForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """Type the code, which leads to the page of the document; or drop the file."""
    context = {"form": VerifyCodeForm(request.GET if "code" in request.GET else None)}
    if context["form"].is_valid():
        code = context["form"].cleaned_data["code"]
        return redirect("documents:verify-code", code)
    context["file_form"], uploaded = _dropped(request)
    if uploaded:
        sha256 = verifying.digest(uploaded)
        if circuit := verifying.find_by_digest(sha256):
            context["circuit"] = circuit
            context["verdict"] = verifying.compare(circuit, sha256)
        else:
            uploaded.seek(0)
            context["sealed"] = verifying.judge_seal(uploaded.read())
            context["verdict"] = context["sealed"].verdict
    return _private(render(request, "documents/verify.html", context))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request, code):
    circuit = verifying.find(code)
    if circuit is None:
        return _private(_unknown(request, code))
    form, uploaded = _dropped(request)
    verdict = None
    if uploaded:
        verdict = verifying.compare(circuit, verifying.digest(uploaded))
    context = {
        "circuit": circuit,
        "signatures": [one for one in circuit.signatories.all() if one.has_signed],
        "expected": len(circuit.signatories.all()),
        "newer": getattr(circuit, "replaced_by", None),
        "form": form,
        "verdict": verdict,
    }
    return _private(render(request, "documents/verify_code.html", context))


def _dropped(request):
    """The form for a file, and the file if one was sent; a few an hour for each."""
    form = VerifyFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form, None
    try:
        limits.require_pace(request, "verify-file")
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return form, None
    return form, form.cleaned_data["file"]


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
