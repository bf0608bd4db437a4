"""Tasks and promises, on the dossier and at the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Task
from tests.accounts.factories import UserFactory
from tests.installation.factories import ExchangeFactory, RequestFactory, desk_user


@pytest.fixture
def officer(client):
    user = desk_user()
    client.force_login(user)
    return user


@pytest.fixture
def dossier(officer):
    return RequestFactory(in_support=True, case_worker=officer)


def page(client, dossier, tab="resume"):
    name = "admin:installation_installationrequest_change"
    response = client.get(reverse(name, args=[dossier.pk]), {"onglet": tab})
    return response.content.decode()


def test_a_promise_becomes_a_task_by_one_click(client, officer, dossier):
    exchange = ExchangeFactory(
        request=dossier, author=officer, body="Merci. Je vous rappelle demain."
    )
    assert "En faire une tâche pour le" in page(client, dossier, "echanges")
    url = reverse("admin:installation_promise_keep", args=[dossier.pk, exchange.pk, 0])

    client.post(url)
    client.post(url)

    task = Task.objects.get()
    assert (task.title, task.kind, task.owner, task.subject) == (
        "Je vous rappelle demain.",
        "promise",
        officer,
        dossier,
    )
    assert (task.due_on - timezone.localdate()).days == 1
    assert "Promesse notée" in page(client, dossier, "echanges")


def test_what_the_person_writes_engages_nobody_here(client, officer, dossier):
    exchange = ExchangeFactory(request=dossier, body="Je vous rappelle demain.")
    url = reverse("admin:installation_promise_keep", args=[dossier.pk, exchange.pk, 0])

    assert "En faire une tâche" not in page(client, dossier, "echanges")
    assert client.post(url).status_code == 404


def test_a_task_is_noted_by_hand(client, officer, dossier):
    url = reverse("admin:installation_task_add", args=[dossier.pk])
    said = {"tache-title": "Envoyer le bail", "tache-due_on": timezone.localdate()}

    response = client.post(url, said)

    assert response.status_code == 302
    assert [task.title for task in Task.objects.about(dossier)] == ["Envoyer le bail"]
    assert "Envoyer le bail" in page(client, dossier)


@pytest.mark.parametrize(
    "said",
    [
        {"tache-title": "", "tache-due_on": "2099-01-01"},
        {"tache-title": "Trop tard", "tache-due_on": "2020-01-01"},
        {"tache-title": "\0", "tache-due_on": "x"},
    ],
)
def test_a_task_that_says_nothing_is_refused(client, officer, dossier, said):
    url = reverse("admin:installation_task_add", args=[dossier.pk])

    response = client.post(url, said)

    assert (response.status_code, Task.objects.count()) == (200, 0)


def test_a_task_is_done_then_to_do_again(client, officer, dossier):
    task = Task.objects.create(
        title="Rappeler", due_on=timezone.localdate(), subject=dossier
    )
    back = reverse("admin:installation_installationrequest_change", args=[dossier.pk])

    response = client.post(
        reverse("gestion:task-finish", args=[task.pk]), {"back": back}
    )
    assert response.url == back
    assert "Annuler" in page(client, dossier)
    client.post(reverse("gestion:task-reopen", args=[task.pk]))

    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize("back", ["https://ailleurs.example/", "//ailleurs.example/"])
def test_a_button_leads_nowhere_else(client, officer, back):
    task = Task.objects.create(title="Rappeler", due_on=timezone.localdate())

    response = client.post(
        reverse("gestion:task-finish", args=[task.pk]), {"back": back}
    )

    assert response.url == reverse("admin:index")


def test_other_roles_touch_no_task(client, dossier):
    task = Task.objects.create(title="Rappeler", due_on=timezone.localdate())
    client.force_login(UserFactory(is_staff=True, groups=["finances"]))

    for url in (
        reverse("gestion:task-reopen", args=[task.pk]),
        reverse("admin:installation_task_add", args=[dossier.pk]),
    ):
        assert client.post(url).status_code == 403
