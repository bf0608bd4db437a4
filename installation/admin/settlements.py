"""Installations at the desk: declared, proven, counted, and asked after."""

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from casework.forms import DayField
from installation import actions, settlement_lines, settling
from installation.actions import settlements
from installation.admin import dossier as dossier_page
from installation.admin.acts import Act, answered, at_once, bound, posted
from installation.forms.following import SettlementForm
from installation.models import PROOFS, FollowUp, InstallationRequest, Settlement

TAB = "installation"


class ValidateForm(forms.Form):
    """The proofs the desk has seen; closing goes with it when the desk says so."""

    use_required_attribute = False

    proofs = forms.MultipleChoiceField(
        label="Preuves vues",
        help_text="L’Ordre, et au moins une autre.",
        choices=[
            (name, Settlement._meta.get_field(name).verbose_name) for name in PROOFS
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez les preuves que vous avez vues."},
    )
    closes = forms.BooleanField(
        label="Clore aussi le dossier : installation réalisée", required=False
    )
    sentence = forms.CharField(
        label="Un mot à la personne",
        help_text="Si vous clôturez : il figure dans le courriel et dans son dossier.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LeaveForm(forms.Form):
    use_required_attribute = False

    on = DayField(label="Dernier jour d’exercice ici", only_future=False)


class AnswerForm(forms.Form):
    use_required_attribute = False

    answer = forms.ChoiceField(
        label="Réponse", choices=FollowUp.Answer, widget=forms.RadioSelect
    )
    left_on = DayField(
        label="Depuis le",
        help_text="Si la personne est partie.",
        only_future=False,
        required=False,
    )


# --- The tab -----------------------------------------------------------------------


def gather(dossier: InstallationRequest) -> dict:
    settlement = settlement_lines.of(dossier)
    today = timezone.localdate()
    return {
        "settlement": settlement,
        "badge_of": settlement and settlement_lines.badge(settlement, for_desk=True),
        "not_counted_because": _not_counted(settlement),
        "follow_ups": [
            {
                "follow_up": follow_up,
                "is_asked": follow_up.due_on <= today and not follow_up.answer,
            }
            for follow_up in (settlement.follow_ups.all() if settlement else ())
        ],
        "may_act": not dossier.is_draft and dossier.applicant_id,
    }


def _not_counted(settlement: Settlement | None) -> str:
    """Why it does not count, or would not if it were validated now."""
    if settlement is None:
        return ""
    if settlement.is_validated:
        return settlement.not_counted_because
    return settling.why_not_counted(settlements.facts(settlement))


dossier_page.GATHER[TAB] = gather


# --- The buttons --------------------------------------------------------------------


def _urls(page) -> list:
    base = "<int:object_id>/installation/"
    return [
        path(
            f"{base}declarer/",
            bound(declare, page),
            name="installation_settlement_declare",
        ),
        path(
            f"{base}valider/",
            bound(validate, page),
            name="installation_settlement_validate",
        ),
        path(
            f"{base}depart/", bound(leave, page), name="installation_settlement_leave"
        ),
        path(
            f"{base}retour/",
            bound(come_back, page, only_post=True),
            name="installation_settlement_return",
        ),
        path(
            f"{base}suivis/<int:pk>/",
            bound(answer, page),
            name="installation_follow_up_answer",
        ),
    ]


dossier_page.URLS.append(_urls)


def _settlement(dossier) -> Settlement:
    return get_object_or_404(Settlement.objects.with_list_data(), request=dossier)


def declare(page, request, dossier):
    known = settlement_lines.of(dossier)
    act = Act(
        "Noter l’installation",
        "Où, comment et depuis quand. Elle se valide ensuite, avec ses preuves.",
        "Enregistrer",
        "L’installation est notée, à valider.",
    )
    form = SettlementForm(
        posted(request),
        instance=known or Settlement(request=dossier),
        initial=None if known else settlement_lines.guessed(dossier),
    )

    def do(*, by, **_cleaned):
        settlements.declare(dossier, form.said, by=by, from_person=False)

    return answered(page, request, dossier, act, form, do, tab=TAB)


def validate(page, request, dossier):
    settlement = _settlement(dossier)
    act = Act(
        "Valider l’installation",
        "Elle compte comme « installation réalisée » si le dossier a été accompagné "
        "avant le premier jour, et une fois par médecin (R-43).",
        "Valider",
        "L’installation est validée, et les suivis sont prévus.",
    )
    initial = {"proofs": list(settlement.proofs), "closes": dossier.allows("close")}
    form = ValidateForm(posted(request), initial=initial)
    if not dossier.allows("close"):
        del form.fields["closes"], form.fields["sentence"]

    @transaction.atomic
    def do(*, by, proofs, closes=False, sentence=""):
        settlements.validate(settlement, proofs=proofs, by=by)
        if closes:
            outcome = InstallationRequest.Outcome.SETTLED
            actions.close(dossier, outcome, by=by, sentence=sentence)

    return answered(
        page, request, dossier, act, form, do, tab=TAB, about=str(settlement)
    )


def leave(page, request, dossier):
    settlement = _settlement(dossier)
    act = Act(
        "Noter le départ",
        "La personne n’exerce plus ici. Les suivis s’arrêtent ; l’installation reste "
        "comptée.",
        "Noter le départ",
        "Le départ est noté.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        LeaveForm(posted(request)),
        lambda *, by, on: settlements.leave(settlement, on, by=by),
        tab=TAB,
        about=str(settlement),
    )


def come_back(page, request, dossier):
    settlement = _settlement(dossier)
    return at_once(
        page,
        request,
        dossier,
        lambda *, by: settlements.come_back(settlement, by=by),
        tab=TAB,
        done="L’installation continue.",
    )


def answer(page, request, dossier, pk):
    rows = FollowUp.objects.filter(settlement__request=dossier)
    follow_up = get_object_or_404(rows.select_related("settlement"), pk=pk)
    act = Act(
        "Noter la réponse à « toujours là ? »",
        "Entendue au téléphone.",
        "Noter",
        "La réponse est notée.",
    )
    form = AnswerForm(posted(request), initial={"answer": follow_up.answer})

    def do(*, by, answer, left_on):
        settlements.answer(follow_up, answer, by=by, left_on=left_on)

    return answered(
        page, request, dossier, act, form, do, tab=TAB, about=str(follow_up)
    )
