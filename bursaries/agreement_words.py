"""What the variables of the clauses say of one deed."""

from django.db.models import F
from django.utils.formats import date_format

from bursaries import reading, schedule
from bursaries.choices import LegalBasis, Mode, Profession, Rhythm, ZoneReference
from bursaries.clauses import BY_KEY, RANKS, keys
from bursaries.models import TERMS, Agreement, ClauseText, Deed, DeedClause
from bursaries.schedule import Line
from casework import remedies, writing
from casework.days import said
from casework.typography import euros
from territory.models import Desk

# Beside the library, and before the clause on disagreements.
EXTRA_RANK = RANKS["avenant"]


def library(scheme, *, is_amendment: bool) -> list[DeedClause]:
    """The clauses of a deed to be, in the words in use today; not saved."""
    written: dict[str, ClauseText] = {}
    rows = ClauseText.objects.filter(scheme=None) | ClauseText.objects.filter(
        scheme=scheme
    )
    # The last number wins; the wording of the scheme after the one for all.
    for row in rows.order_by(F("scheme").asc(nulls_first=True), "number"):
        written[row.key] = row
    wanted = keys(is_amendment)
    if not is_amendment:
        wanted += sorted(key for key in written if key not in BY_KEY)
    found = []
    for key in wanted:
        row, known = written.get(key), BY_KEY.get(key)
        if row and not row.is_used:
            continue
        found.append(
            DeedClause(
                key=key,
                rank=RANKS.get(key, EXTRA_RANK) * 10 + (key not in RANKS),
                title=row.title if row else known.title,
                body=row.body if row else known.body,
                library_number=row.number if row else 0,
            )
        )
    return sorted(found, key=lambda clause: (clause.rank, clause.key))


def articles(deed: Deed) -> list[tuple[DeedClause, list[writing.Block]]]:
    """Each clause with its words, the variables replaced."""
    values = variables(deed)
    return [
        (
            clause,
            [block for block in writing.blocks(clause.body, values) if _says(block)],
        )
        for clause in deed.clauses.all()
    ]


def _says(block: writing.Block) -> bool:
    return bool(block.text or block.items)


def variables(deed: Deed) -> dict[str, str]:
    agreement, version = deed.agreement, deed.agreement.version
    desk = Desk.objects.current()
    application, session = agreement.application, agreement.session
    voted = said(version.deliberated_on)
    before = _before(deed)
    return {
        "departement": desk.departement.with_de,
        "signataire": deed.signer_name or "[le ou la signataire]",
        "qualite": deed.signer_capacity or "[sa qualité]",
        "beneficiaire": agreement.name,
        "adresse": ", ".join(agreement.address.splitlines()),
        "etudes": _label(Profession, agreement.profession),
        "faculte": application.faculty,
        "bourse": version.scheme.name,
        "base_legale": _label(LegalBasis, deed.legal_basis),
        "reglement": f"délibération n° {version.deliberation}"
        + (f" du {voted}" if voted else "")
        if version.deliberation
        else "règlement de la bourse",
        "deliberation": f"délibération n° {session.number} de la commission "
        f"permanente du {said(session.held_on)}",
        "reference": agreement.reference,
        "premier_mois": _month(deed.starts_on),
        "mois": str(deed.months),
        "montants": "\n".join(amounts(deed)),
        "total": euros(deed.max_total),
        "plafond": _ceiling(deed),
        "autres_aides": _others(deed),
        "rythme": _label(Rhythm, deed.rhythm),
        "certificat_avant": reading.enrolment_day(version),
        "diplome": _month(agreement.diploma_due_on),
        "installation": reading.duration(deed.window_months),
        "engagement": reading.duration(deed.commitment_months),
        "jours": reading.number(deed.days_a_week),
        "modes": " ou ".join(_label(Mode, code) for code in deed.modes),
        "zones": _zones(deed),
        "zonage": _zoning(deed),
        "redoublement": f"Année redoublée : {reading.repeated_year(version)}",
        "suspension": "\n".join(_suspension(deed)),
        "remboursement": "\n".join(reading.otherwise(version)),
        "mise_en_demeure": str(version.notice_days),
        "mensualites": str(version.max_instalments),
        "tribunal": remedies.court(),
        "objet": deed.purpose,
        "effet": said(deed.effective_on),
        "changements": "\n".join(changes(before, deed)) if before else "",
    }


def terms(deed: Deed) -> schedule.Terms:
    return schedule.Terms(
        amounts=tuple(deed.amounts),
        months=deed.months,
        rhythm=deed.rhythm,
        max_total=deed.max_total,
    )


def planned(agreement: Agreement, deed: Deed) -> list[Line]:
    """The payments as they are planned the day the deed is written."""
    root = deed if deed.is_root else agreement.root
    amendments = [
        schedule.Amendment(one.effective_on, terms(one))
        for one in agreement.deeds.all()
        if not one.is_root and (one.signed_on or one == deed)
    ]
    return schedule.lines(terms(root), starts_on=root.starts_on, amendments=amendments)


def amounts(deed: Deed) -> list[str]:
    """« année 1 : 700 € par mois », year after year."""
    if len(set(deed.amounts)) == 1:
        return [f"{euros(deed.amounts[0])} par mois."]
    lines = []
    for year, amount in enumerate(deed.amounts, 1):
        after = " et suivantes" if year == len(deed.amounts) else ""
        lines.append(f"Année {year}{after} : {euros(amount)} par mois.")
    return lines


def changes(before: Deed, after: Deed) -> list[str]:
    """What an amendment changes, each term in one sentence."""
    told = {
        "starts_on": f"La bourse commence en {_month(after.starts_on)}.",
        "months": f"Elle est versée pendant {after.months} mois au plus.",
        "amounts": f"Montants : {' '.join(amounts(after))}",
        "max_total": f"Au total, elle ne dépasse pas {euros(after.max_total)}.",
        "rhythm": f"Elle est versée {_label(Rhythm, after.rhythm)}.",
        "commitment_months": "L’exercice promis est de "
        f"{reading.duration(after.commitment_months)}.",
        "window_months": "L’installation a lieu "
        f"{reading.duration(after.window_months)} au plus tard après le diplôme.",
        "days_a_week": "L’exercice promis est de "
        f"{reading.number(after.days_a_week)} jours par semaine au moins.",
        "modes": "Exercice accepté : "
        f"{', '.join(_label(Mode, code) for code in after.modes)}.",
        "zones": _zones(after),
        "zone_reference": _zoning(after),
    }
    return [
        told[name] for name in TERMS if getattr(before, name) != getattr(after, name)
    ]


def _before(deed: Deed) -> Deed | None:
    """The terms an amendment changes: those in force the day before."""
    if deed.is_root:
        return None
    others = [one for one in deed.agreement.signed_deeds if one != deed]
    earlier = [
        one
        for one in others
        if not one.is_root and one.effective_on < deed.effective_on
    ]
    return max(earlier, key=lambda one: one.effective_on, default=deed.agreement.root)


def _ceiling(deed: Deed) -> str:
    if deed.legal_basis != LegalBasis.STUDIES:
        return ""
    return (
        "Toutes collectivités réunies, elle ne dépasse pas les émoluments d’un interne "
        "de troisième année (article D. 1511-54 du code général des collectivités "
        "territoriales)."
    )


def _others(deed: Deed) -> str:
    application = deed.agreement.application
    if not application.others_monthly:
        return "Aucune autre aide d’une collectivité n’est déclarée."
    return (
        f"Autres aides déclarées : {application.others_from}, "
        f"{euros(application.others_monthly)} par mois."
    )


def _zones(deed: Deed) -> str:
    if not deed.zones:
        return "L’exercice a lieu dans une commune du département, au choix."
    return (
        "L’exercice a lieu dans une commune du département classée "
        f"{' ou '.join(deed.zones)}."
    )


def _zoning(deed: Deed) -> str:
    if not deed.zones:
        return ""
    return f"Le zonage qui compte est {_label(ZoneReference, deed.zone_reference)}."


def _suspension(deed: Deed) -> list[str]:
    version = deed.agreement.version
    paid = "les versements s’arrêtent, et reprennent avec elle, sans être perdus"
    if not version.pauses_payments:
        paid = "les versements continuent"
    kept = "le délai d’installation et l’engagement sont prolongés d’autant de jours"
    if not version.pauses_service:
        kept = "l’engagement n’est pas prolongé"
    return [f"{paid} ;", f"{kept}."]


def _label(choices, code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def _month(day) -> str:
    return date_format(day, "F Y")
