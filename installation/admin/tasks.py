"""What is left to do on a dossier: tasks, and the promises read in what was written."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from casework import actions, promises, workdays
from casework.forms import DayField
from casework.models import Task
from installation.models import Exchange, InstallationRequest

DONE_SHOWN = 5


class TaskForm(forms.Form):
    """One thing to do, by one person, for one day."""

    use_required_attribute = False
    prefix = "tache"

    title = forms.CharField(label="À faire", max_length=200)
    due_on = DayField(label="Pour le")
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Par", empty_label="La première personne libre"
    )
    kind = forms.BooleanField(
        label="C’est une promesse faite à la personne", required=False
    )

    def __init__(self, *args, dossier: InstallationRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.desk().select_related("person")
        self.fields["owner"].required = False
        self.initial["owner"] = dossier.case_worker_id
        self.initial["due_on"] = workdays.add(timezone.localdate(), 2)

    def clean_kind(self):
        is_promise = self.cleaned_data["kind"]
        return Task.Kind.PROMISE if is_promise else Task.Kind.TODO


@dataclass(frozen=True)
class Kept:
    """A promise of an exchange, and the task it has become, if it has."""

    promise: promises.Promise
    url: str
    task: Task | None


def of(dossier: InstallationRequest) -> dict:
    """What the dossier shows: to do, then what was done last."""
    tasks = Task.objects.about(dossier).select_related("owner__person")
    return {
        "tasks": list(tasks.open()),
        "done_tasks": list(
            tasks.exclude(done_at=None)
            .select_related("done_by__person")
            .order_by("-done_at")[:DONE_SHOWN]
        ),
        "task_form": TaskForm(dossier=dossier),
        "task_url": reverse("admin:installation_task_add", args=[dossier.pk]),
    }


def kept(dossier: InstallationRequest, exchanges) -> dict[int, list[Kept]]:
    """The promises of the desk, by exchange; one query for all."""
    tasks = {task.key: task for task in Task.objects.about(dossier).exclude(key=None)}
    found = {}
    for exchange in exchanges:
        for number, promise in enumerate(_promises(exchange)):
            url = reverse(
                "admin:installation_promise_keep",
                args=[dossier.pk, exchange.pk, number],
            )
            task = tasks.get(_key(exchange, number))
            found.setdefault(exchange.pk, []).append(Kept(promise, url, task))
    return found


def _promises(exchange: Exchange) -> list[promises.Promise]:
    if exchange.is_from_applicant:
        return []
    return promises.find(exchange.body, timezone.localdate(exchange.created_at))


def _key(exchange: Exchange, number: int) -> str:
    return f"installation.promise:{exchange.pk}:{number}"


def urls(model_admin) -> list:
    """What the buttons call; the dossier decides who may."""

    @require_POST
    def add(request, object_id):
        dossier = model_admin.get_dossier(request, object_id)
        form = TaskForm(request.POST, dossier=dossier)
        if form.is_valid():
            try:
                actions.add_task(subject=dossier, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        if form.errors:
            return model_admin.show(request, dossier, "resume", task_form=form)
        messages.success(request, "La tâche est notée.")
        return redirect(_back(dossier))

    @require_POST
    def keep(request, object_id, exchange_id, number):
        dossier = model_admin.get_dossier(request, object_id)
        exchange = get_object_or_404(dossier.exchanges, pk=exchange_id)
        found = _promises(exchange)
        if number >= len(found):
            raise Http404
        task = actions.add_task(
            found[number].sentence,
            due_on=found[number].due_on,
            owner=dossier.case_worker or request.user,
            subject=dossier,
            kind=Task.Kind.PROMISE,
            by=request.user,
            key=_key(exchange, number),
        )
        messages.success(request, f"C’est noté pour le {task.due_on:%d/%m/%Y}.")
        return redirect(_back(dossier) + "?onglet=echanges")

    view = model_admin.admin_site.admin_view
    return [
        path("<int:object_id>/taches/", view(add), name="installation_task_add"),
        path(
            "<int:object_id>/promesses/<int:exchange_id>/<int:number>/",
            view(keep),
            name="installation_promise_keep",
        ),
    ]


def _back(dossier: InstallationRequest) -> str:
    return reverse("admin:installation_installationrequest_change", args=[dossier.pk])
