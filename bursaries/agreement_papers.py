"""The PDF of a deed: made by a worker, then put to the signature."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bursaries import agreement_letters, agreement_words
from bursaries.choices import Profession
from bursaries.models import Agreement, Deed
from casework.journal import record
from casework.typography import euros
from documents import keeping, page_codes, signing
from documents.models import Document, SignatureRequest
from documents.models.signatures import draw_code
from territory.models import ZoneAssignment, Zoning
from territory.zones import category

KIND = "agreement"
# Each profession is zoned by an act of its own.
ZONING_OF = {
    Profession.MEDICINE: Zoning.Kind.ARS_DOCTORS,
    Profession.DENTISTRY: Zoning.Kind.ARS_DENTISTS,
    Profession.MIDWIFERY: Zoning.Kind.ARS_MIDWIVES,
    Profession.PHYSIOTHERAPY: Zoning.Kind.ARS_PHYSIOS,
    Profession.SPEECH_THERAPY: Zoning.Kind.ARS_SPEECH_THERAPISTS,
    Profession.ADVANCED_NURSING: Zoning.Kind.ARS_NURSES,
}


def prepare(deed_id: int) -> bool:
    """Make the document and open its circuit; say whether it was done now."""
    with transaction.atomic():
        # The agreement first, as every action does.
        agreements = Agreement.objects.filter(deeds=deed_id)
        agreement = agreements.select_for_update(no_key=True, skip_locked=True).first()
        if agreement is None:
            return False
        deed = Deed.objects.to_prepare().filter(pk=deed_id).first()
        if deed is None:
            return False
        deed.agreement = agreement
        code = draw_code()
        document = keeping.keep(
            page_codes.stamp(pdf(deed, code), _verify_url(code)),
            name=f"{deed.title} {agreement.reference}.pdf",
            media_type=Document.MediaType.PDF,
            kind=KIND,
        )
        circuit = signing.open_circuit(
            document,
            nature="convention de bourse" if deed.is_root else "avenant",
            title=f"{deed.title} {agreement.reference}, {agreement.name}"[:200],
            parties=[
                signing.Party(
                    agreement.name,
                    "bénéficiaire",
                    email=agreement.email,
                    person=agreement.person,
                ),
                signing.Party(
                    deed.signer_name,
                    deed.power.capacity if deed.power else deed.signer_capacity[:60],
                    email=deed.signer_email,
                    power=deed.power,
                ),
            ],
            is_ordered=True,
            code=code,
            replaces=deed.circuit,
        )
        deed.await_signatures(circuit)
        record(
            "bursaries.agreement.prepared", subject=agreement, data={"deed": deed.pk}
        )
        agreement_letters.to_sign(deed)
    return True


def note_failure(deed_id: int, error: Exception) -> None:
    """Let the desk see that the PDF could not be made, until it is."""
    waiting = Deed.objects.to_prepare().filter(pk=deed_id)
    Deed.objects.filter(pk__in=waiting.values("pk")).update(
        failure=type(error).__name__[:80]
    )


def left_behind() -> list[int]:
    """Deeds whose worker was lost on the way."""
    waiting = Deed.objects.to_prepare().order_by("approved_at")
    return list(waiting.values_list("pk", flat=True)[:100])


def pdf(deed: Deed, code: str = "") -> bytes:
    """The deed on paper; without a code, a copy to read again and not to sign."""
    # Web processes read this module: the engine weighs 40 MB.
    from documents import rendering

    return rendering.pdf("bursaries/pdf/agreement.html", context(deed, code))


def context(deed: Deed, code: str = "") -> dict:
    """All that the paper says, the same for the same facts."""
    agreement = deed.agreement
    spaced = SignatureRequest(code=code).spaced_code if code else ""
    lines = agreement_words.planned(agreement, deed)
    total = sum(line.amount for line in lines)
    return {
        "deed": deed,
        "agreement": agreement,
        "application": agreement.application,
        "articles": agreement_words.articles(deed),
        "facts": _facts(deed),
        "lines": [
            {"since": line.since, "due_on": line.due_on, "amount": euros(line.amount)}
            for line in lines
        ],
        "total": euros(total),
        "zoning": _zoning(deed),
        "code": spaced,
        "verify_url": _verify_url(code) if code else "",
    }


def _verify_url(code: str) -> str:
    spaced = SignatureRequest(code=code).spaced_code
    return settings.SITE_URL + reverse("documents:verify-code", args=[spaced])


def _facts(deed: Deed) -> list[tuple[str, str]]:
    """The three figures at the head of the paper."""
    words = agreement_words.variables(deed)
    return [
        ("Au total, au plus", words["total"]),
        ("Versée pendant", f"{deed.months} mois"),
        ("En retour", f"{words['engagement']} d’exercice"),
    ]


def _zoning(deed: Deed) -> dict | None:
    """The communes that the agreement accepts, in the zoning of the day."""
    if not deed.zones or not deed.is_root:
        return None
    day = timezone.localdate(deed.approved_at) if deed.approved_at else None
    day = day or timezone.localdate()
    kind = ZONING_OF[deed.agreement.profession]
    rows = (
        ZoneAssignment.objects.on(day).of_kind(kind).select_related("commune", "zoning")
    )
    wanted = {category(code) for code in deed.zones}
    rows = rows.filter(commune__departement__code=settings.DEPARTEMENT)
    groups: dict[str, list[str]] = {}
    zoning = None
    for row in rows.order_by("category_label", "commune__sort_key"):
        if category(row.category_code) in wanted:
            zoning = row.zoning
            groups.setdefault(row.category_label, []).append(row.commune.name)
    return {"zoning": zoning, "groups": list(groups.items()), "day": day}
