"""The needs of a dossier at the desk: their tab, and what its buttons do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from accounts.models import Consent
from installation import need_lines, partner_threads
from installation.actions import needs, partners, referrals
from installation.admin import acts, orienting
from installation.admin import dossier as dossier_page
from installation.forms.needs import AnswerForm, DropForm, MergeForm, NeedForm
from installation.forms.partners import DeskWordForm
from installation.models import InstallationRequest, Need, Referral

TAB = "besoins"


# --- The tab -----------------------------------------------------------------------


def gather(dossier: InstallationRequest) -> dict:
    day = timezone.localdate()
    shown = need_lines.of(dossier)
    kept = [need for need in shown if need.is_kept]
    consents = dossier.applicant.consents.active().select_related("organisation")
    consents = list(consents.filter(purpose=Consent.Purpose.SHARE_PROFILE))
    may_work = dossier.allows("exchange")
    threads = partner_threads.by_referral(dossier)
    agreed = {consent.pk for consent in consents} if may_work else set()
    return {
        "tracks": [
            (
                track,
                [_need(need, day, len(kept), threads, agreed) for need in track.needs],
            )
            for track in need_lines.tracks(kept)
        ],
        "dropped": [
            _need(need, day, 0, threads, set()) for need in shown if not need.is_kept
        ],
        "consents": consents,
        "may_work": may_work,
    }


def _need(need: Need, day, kept: int, threads: dict, agreed: set) -> dict:
    label, look, icon = need_lines.NEED_BADGES[need.state]
    lines = [
        _referral(referral, day, threads, agreed) for referral in need.referrals.all()
    ]
    return {
        "need": need,
        "badge": {"label": label, "look": look, "icon": icon},
        "referrals": lines,
        "questions": [
            question
            for question in need.sharing_questions.all()
            if question.answered_at is None or not question.agreed
        ],
        "is_to_refer": need.state == Need.State.TO_REFER,
        "may_be_merged": kept > 1,
    }


def _referral(referral: Referral, day, threads: dict, agreed: set) -> dict:
    label, look, icon = need_lines.REFERRAL_BADGES[referral.state]
    return {
        "referral": referral,
        "badge": {"label": label, "look": look, "icon": icon},
        "age": need_lines.age(referral, day),
        "thread": threads.get(referral.pk, []),
        "may_answer": referral.is_running,
        "may_write": referral.is_running and referral.consent_id in agreed,
        "may_reopen": referral.allows("reopen"),
    }


dossier_page.GATHER[TAB] = gather


# --- The buttons ---------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """One button: what its page says and asks, and the action it calls."""

    slug: str
    title: str
    lead: str
    button: str
    done: str
    do: Callable
    form: Callable = forms.Form


def _answer(referral, *, by, verb, note):
    if verb == "take":
        referrals.take(referral, by=by)
    else:
        getattr(referrals, verb)(referral, note=note, by=by)


NEED_ACTS = [
    Act(
        slug="abandonner",
        title="Abandonner ce besoin",
        lead="Les partenaires au travail sont prévenus que c’est terminé, et ne voient "
        "plus rien de la personne.",
        button="Abandonner",
        done="Le besoin est abandonné.",
        do=lambda need, *, by, reason: needs.drop(need, reason, by=by),
        form=lambda data, need: DropForm(data),
    ),
    Act(
        slug="reprendre",
        title="Reprendre ce besoin",
        lead="Il revient dans la liste, à orienter.",
        button="Reprendre",
        done="Le besoin est repris.",
        do=lambda need, *, by: needs.restore(need, by=by),
        form=lambda data, need: forms.Form(data),
    ),
    Act(
        slug="reunir",
        title="Réunir deux besoins",
        lead="La même chose a été demandée deux fois : un seul besoin reste, avec les "
        "orientations des deux.",
        button="Réunir",
        done="Les deux besoins n’en font plus qu’un.",
        do=lambda need, *, by, kept: needs.merge(need, kept, by=by),
        form=lambda data, need: MergeForm(data, need=need),
    ),
]
REFERRAL_ACTS = [
    Act(
        slug="reponse",
        title="Noter la réponse du partenaire",
        lead="Il vous a répondu de vive voix : la personne est prévenue comme s’il "
        "avait répondu par son lien.",
        button="Noter la réponse",
        done="La réponse est notée.",
        do=_answer,
        form=lambda data, referral: AnswerForm(data, referral=referral),
    ),
    Act(
        slug="ecrire",
        title="Écrire au partenaire",
        lead="Votre message prend place dans ses échanges avec la personne.",
        button="Envoyer",
        done="Le message est parti.",
        do=lambda referral, *, by, body, submission: partners.desk_word(
            referral, body, by=by, submission=submission
        ),
        form=lambda data, referral: DeskWordForm(data),
    ),
    Act(
        slug="rappeler",
        title="Rappeler cette orientation",
        lead="Le partenaire est prévenu qu’il n’a plus rien à faire, et ne voit plus "
        "rien de la personne.",
        button="Rappeler",
        done="L’orientation est rappelée.",
        do=lambda referral, *, by: referrals.recall(referral, by=by),
        form=lambda data, referral: forms.Form(data),
    ),
    Act(
        slug="rouvrir",
        title="Rouvrir cette orientation",
        lead="Une fin notée par erreur, ou une aide de nouveau nécessaire : le besoin "
        "revient chez ce partenaire, sous le même accord.",
        button="Rouvrir",
        done="L’orientation est rouverte.",
        do=lambda referral, *, by: referrals.reopen(referral, by=by),
        form=lambda data, referral: forms.Form(data),
    ),
]


def _urls(page) -> list:
    view = page.admin_site.admin_view
    return [
        path(
            "<int:object_id>/besoins/ajouter/",
            view(_bound(add_need, page)),
            name="installation_need_add",
        ),
        path(
            "<int:object_id>/besoins/<int:pk>/orienter/",
            view(_bound(orienting.orient, page)),
            name="installation_need_orienter",
        ),
        *[
            path(
                f"<int:object_id>/besoins/<int:pk>/{act.slug}/",
                view(_bound(need_act, page, act)),
                name=f"installation_need_{act.slug}",
            )
            for act in NEED_ACTS
        ],
        *[
            path(
                f"<int:object_id>/orientations/<int:pk>/{act.slug}/",
                view(_bound(referral_act, page, act)),
                name=f"installation_referral_{act.slug}",
            )
            for act in REFERRAL_ACTS
        ],
        path(
            "<int:object_id>/accords/<int:pk>/retirer/",
            view(_bound(consent_withdraw, page)),
            name="installation_consent_withdraw",
        ),
    ]


dossier_page.URLS.append(_urls)


def _bound(function, page, *settled):
    """A view of this dossier page, as the admin site expects it."""

    def view(request, object_id, **kwargs):
        return function(
            page, request, page.get_dossier(request, object_id), *settled, **kwargs
        )

    return view


def add_need(page, request, dossier):
    act = Act(
        slug="ajouter",
        title="Ajouter un besoin",
        lead="Ce que la personne demande de plus. Elle le voit dans son dossier.",
        button="Ajouter",
        done="Le besoin est ajouté.",
        do=lambda dossier, *, by, topic, details: needs.add(
            dossier, topic, details=details, by=by
        ),
    )
    form = NeedForm(request.POST if request.method == "POST" else None)
    return _answered(page, request, dossier, act, dossier, form)


def need_act(page, request, dossier, act, pk):
    need = get_object_or_404(
        dossier.needs.filter(merged_into=None).select_related("topic"), pk=pk
    )
    form = act.form(request.POST if request.method == "POST" else None, need)
    return _answered(page, request, dossier, act, need, form, about=need.topic.name)


def referral_act(page, request, dossier, act, pk):
    rows = Referral.objects.filter(need__request=dossier).with_list_data()
    referral = get_object_or_404(rows, pk=pk)
    form = act.form(request.POST if request.method == "POST" else None, referral)
    about = f"{referral.need.topic}, {referral.organisation}"
    return _answered(page, request, dossier, act, referral, form, about=about)


def consent_withdraw(page, request, dossier, pk):
    """The person called: they no longer agree."""
    mine = dossier.applicant.consents.select_related("organisation")
    share = Q(purpose=Consent.Purpose.SHARE_PROFILE, withdrawn_at=None)
    consent = mine.filter(share, pk=pk).first()
    if consent is None:
        raise Http404
    act = Act(
        slug="retirer",
        title="Retirer l’accord, à la demande de la personne",
        lead="Ses orientations en cours chez ce partenaire s’arrêtent aussitôt ; il "
        "apprend seulement que c’est terminé.",
        button="Retirer l’accord",
        done="L’accord est retiré.",
        do=lambda consent, *, by: referrals.withdraw_consent(
            consent.person, consent.organisation, by=by
        ),
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    about = str(consent.organisation)
    return _answered(page, request, dossier, act, consent, form, about=about)


def _answered(page, request, dossier, act, row, form, *, about=""):
    do = partial(act.do, row)
    return acts.answered(page, request, dossier, act, form, do, tab=TAB, about=about)
