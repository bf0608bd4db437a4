"""Welcome days at the desk: composed, sent, changed, and what became of them."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from casework.forms import DayField
from installation import visit_lines, visit_sheet
from installation.actions import visits
from installation.admin import dossier as dossier_page
from installation.admin.acts import Act, PlainAct, answered, at_once, bound, posted
from installation.models import InstallationRequest, Visit, VisitStop
from territory.forms import CommuneField

TAB = "visites"


class VisitForm(forms.ModelForm):
    use_required_attribute = False

    day = DayField(label="Jour")

    class Meta:
        model = Visit
        fields = ["day", "family_invited", "notes"]
        labels = {"family_invited": "La famille est invitée", "notes": "À savoir"}
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}


class StopForm(forms.ModelForm):
    """One meeting of the day."""

    use_required_attribute = False

    starts_at = forms.TimeField(
        label="De", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends_at = forms.TimeField(
        label="À", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    commune = CommuneField(required=False)

    class Meta:
        model = VisitStop
        fields = [
            "starts_at",
            "ends_at",
            "place",
            "commune",
            "meets",
            "phone",
            "email",
            "audience",
        ]
        labels = {"meets": "Qui rencontrer", "audience": "Pour"}
        help_texts = {
            "meets": "« le docteur Lasserre », « la directrice de l’école ».",
            "email": "L’invitation y part quand la personne a confirmé sa venue.",
        }

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "La fin vient après le début.")
        return cleaned


class CancelForm(forms.Form):
    use_required_attribute = False

    why = forms.CharField(
        label="Raison",
        help_text="La personne la lit dans le courriel.",
        max_length=300,
    )


class OtherDayForm(forms.Form):
    use_required_attribute = False

    wanted = forms.CharField(label="Jours souhaités", max_length=300)


# --- The tab -----------------------------------------------------------------------


def gather(dossier: InstallationRequest) -> dict:
    today = timezone.localdate()
    lines = visit_lines.of(dossier, for_desk=True)
    return {
        "visits": [
            {
                "line": line,
                "may_change": line.visit.allows("change"),
                "may_send": line.visit.allows("change")
                and line.visit.is_to_send
                and bool(line.stops),
                "may_finish": line.visit.is_upcoming and line.visit.day <= today,
            }
            for line in lines
        ],
        "may_act": dossier.allows("exchange"),
    }


dossier_page.GATHER[TAB] = gather


# --- The buttons --------------------------------------------------------------------


def _urls(page) -> list:
    one = "<int:object_id>/visites/<int:pk>/"
    stop = f"{one}rencontres/<int:stop_pk>/"
    return [
        path(
            "<int:object_id>/visites/",
            bound(prepare, page),
            name="installation_visit_add",
        ),
        path(one, bound(change, page), name="installation_visit_edit"),
        path(f"{one}rencontres/", bound(add_stop, page), name="installation_stop_add"),
        path(stop, bound(change_stop, page), name="installation_stop_edit"),
        path(
            f"{stop}retirer/",
            bound(remove_stop, page),
            name="installation_stop_remove",
        ),
        path(f"{one}envoyer/", bound(send, page), name="installation_visit_send"),
        path(
            f"{one}confirmer/",
            bound(confirm, page, only_post=True),
            name="installation_visit_confirm",
        ),
        path(
            f"{one}autre-date/",
            bound(ask_other, page),
            name="installation_visit_other",
        ),
        path(f"{one}faite/", bound(finish, page), name="installation_visit_finish"),
        path(f"{one}annuler/", bound(cancel, page), name="installation_visit_cancel"),
        path(
            f"{one}programme.pdf",
            bound(programme, page),
            name="installation_visit_programme",
        ),
    ]


dossier_page.URLS.append(_urls)


def _visit(dossier, pk) -> Visit:
    return get_object_or_404(dossier.visits.with_programme(), pk=pk)


def _stop(dossier, pk, stop_pk) -> VisitStop:
    rows = VisitStop.objects.filter(visit__request=dossier, visit=pk)
    return get_object_or_404(rows.select_related("visit", "commune"), pk=stop_pk)


def prepare(page, request, dossier):
    act = Act(
        "Préparer une visite",
        "Le jour d’abord, puis le programme. Rien ne part avant « Envoyer ».",
        "Préparer",
        "La visite est notée. Composez maintenant son programme.",
    )

    def do(*, by, **said):
        visits.prepare(dossier, by=by, **said)

    return answered(
        page, request, dossier, act, VisitForm(posted(request)), do, tab=TAB
    )


def change(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    act = Act(
        "Changer la visite",
        "Si l’invitation est partie, envoyez ensuite sa nouvelle version : les agendas "
        "se mettent à jour.",
        "Enregistrer",
        "La visite est changée.",
    )
    form = VisitForm(posted(request), instance=visit)

    def do(*, by, **said):
        visits.change(visit, by=by, **said)

    return answered(page, request, dossier, act, form, do, tab=TAB, about=str(visit))


def add_stop(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    last = visit.stops.last()
    act = Act("Ajouter une rencontre", "", "Ajouter", "La rencontre est ajoutée.")
    form = StopForm(
        posted(request), initial={"starts_at": last.ends_at if last else "09:30"}
    )

    def do(*, by, **said):
        visits.add_stop(visit, said, by=by)

    return answered(page, request, dossier, act, form, do, tab=TAB, about=str(visit))


def change_stop(page, request, dossier, pk, stop_pk):
    stop = _stop(dossier, pk, stop_pk)
    act = Act("Changer la rencontre", "", "Enregistrer", "La rencontre est changée.")
    form = StopForm(posted(request), instance=stop)

    def do(*, by, **said):
        visits.change_stop(stop, said, by=by)

    return answered(page, request, dossier, act, form, do, tab=TAB, about=str(stop))


def remove_stop(page, request, dossier, pk, stop_pk):
    stop = _stop(dossier, pk, stop_pk)
    act = Act(
        "Retirer la rencontre",
        "Si l’invitation était partie, elle est annulée dans l’agenda de la personne "
        "à rencontrer.",
        "Retirer",
        "La rencontre est retirée du programme.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        PlainAct(posted(request)),
        lambda *, by: visits.remove_stop(stop, by=by),
        tab=TAB,
        about=str(stop),
    )


def send(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    hosts = [stop for stop in visit.stops.all() if stop.email]
    act = Act(
        "Envoyer l’invitation",
        "La personne reçoit le programme et un fichier pour son agenda. "
        + (
            f"{len(hosts)} personne(s) à rencontrer la recevront dès qu’elle aura "
            "confirmé."
            if hosts
            else "Aucune personne à rencontrer n’a de courriel : prévenez-les."
        ),
        "Envoyer",
        "L’invitation est partie.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        PlainAct(posted(request)),
        lambda *, by: visits.send(visit, by=by),
        tab=TAB,
        about=str(visit),
    )


def confirm(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    return at_once(
        page,
        request,
        dossier,
        lambda *, by: visits.confirm(visit, by=by),
        tab=TAB,
        done="La venue est confirmée.",
    )


def ask_other(page, request, dossier, pk):
    """Heard on the telephone."""
    visit = _visit(dossier, pk)
    act = Act(
        "Noter qu’une autre date est demandée",
        "La personne vous l’a dit de vive voix.",
        "Noter",
        "La demande est notée.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        OtherDayForm(posted(request)),
        lambda *, by, wanted: visits.ask_other(visit, wanted, by=by),
        tab=TAB,
        about=str(visit),
    )


def finish(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    act = Act(
        "La visite a eu lieu",
        "Un merci part à la personne et à celles qui l’ont reçue ; un appel se note "
        "dans votre semaine.",
        "Elle a eu lieu",
        "C’est noté. Les remerciements partent.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        PlainAct(posted(request)),
        lambda *, by: visits.finish(visit, by=by),
        tab=TAB,
        about=str(visit),
    )


def cancel(page, request, dossier, pk):
    visit = _visit(dossier, pk)
    act = Act(
        "Annuler la visite",
        "Ceux qui ont reçu l’invitation sont prévenus, et leurs agendas la retirent.",
        "Annuler la visite",
        "La visite est annulée.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        CancelForm(posted(request)),
        lambda *, by, why: visits.cancel(visit, why, by=by),
        tab=TAB,
        about=str(visit),
    )


def programme(page, request, dossier, pk):
    return visit_sheet.response(_visit(dossier, pk))
