from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from casework.journal import record
from casework.models import Absence, EmailTemplate, Entry, LadderStep, Message, Task
from casework.settled import settle
from tests.accounts.factories import UserFactory
from tests.casework.factories import MessageFactory, TaskFactory


@pytest.fixture
def claire(client):
    user = UserFactory(is_staff=True, groups=["accueil"])
    client.force_login(user)
    return user


def change(row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def listed(model):
    return reverse(f"admin:casework_{model}_changelist")


@pytest.mark.parametrize(
    "model",
    ["message", "emailtemplate", "task", "absence", "ladderstep", "entry", "receipt"],
)
def test_the_desk_reads_every_list(client, claire, model):
    MessageFactory()
    TaskFactory()
    record("casework.task.finished", subject=claire, actor=claire)

    assert client.get(listed(model)).status_code == 200


@pytest.mark.parametrize("model", ["message", "task", "entry", "receipt"])
def test_others_of_the_staff_do_not(client, model):
    client.force_login(UserFactory(is_staff=True, groups=["communication"]))

    assert client.get(listed(model)).status_code == 403


def test_a_secret_stays_hidden(client, claire):
    message = MessageFactory(secret=True)

    page = client.get(change(message)).content.decode()

    assert "123456" not in page
    assert message.sealed not in page
    assert "il reste caché" in page


def test_a_failed_message_is_put_right_and_sent_again(client, claire):
    message = MessageFactory(failed=True, recipient="camile@example.org")

    client.post(
        change(message),
        {"recipient": "camille@example.org", "casework_message_resend": "1"},
    )

    message.refresh_from_db()
    assert (message.recipient, message.state) == ("camille@example.org", "owed")
    assert [(entry.verb, entry.actor) for entry in Entry.objects.about(message)] == [
        ("casework.message.resent", claire),
        ("casework.message.readdressed", claire),
    ]


def test_an_address_of_a_message_already_sent_is_not_rewritten(client, claire):
    message = MessageFactory(state="sent", sent_at=timezone.now(), next_attempt_at=None)

    client.post(change(message), {"recipient": "autre@example.org"})

    message.refresh_from_db()
    assert message.recipient == "camille@example.org"


@pytest.mark.parametrize(("failed", "can_type"), [(True, True), (False, False)])
def test_nothing_is_saved_where_nothing_is_typed(client, claire, failed, can_type):
    message = MessageFactory(failed=True) if failed else MessageFactory()

    page = client.get(change(message)).content.decode()

    assert ('name="_save"' in page, 'name="_continue"' in page) == (can_type, can_type)
    assert "Annuler l&#x27;envoi" in page


def test_messages_are_sent_again_from_the_list(client, claire):
    failed, owed = MessageFactory(failed=True), MessageFactory()

    response = client.post(
        listed("message"),
        {"action": "resend_selected", "_selected_action": [failed.pk, owed.pk]},
        follow=True,
    )

    assert "Seul un courriel en échec peut être renvoyé." in response.content.decode()
    failed.refresh_from_db()
    assert failed.state == "owed"


@pytest.fixture
def template():
    settle()
    return EmailTemplate.objects.get(key="casework.new-link")


def test_a_template_shows_the_words_in_use(client, claire, template):
    page = client.get(change(template)).content.decode()

    assert "Votre nouveau lien" in page
    assert "{validite}" in page


def test_a_template_is_reworded(client, claire, template):
    client.post(
        change(template), {"subject": "Un autre lien", "body": "Voici : {lien}"}
    )

    template.refresh_from_db()
    assert (template.subject, template.body) == ("Un autre lien", "Voici : {lien}")
    assert template.updated_by == claire


def test_the_words_of_the_portal_are_not_copied(client, claire, template):
    form = client.get(change(template)).context["adminform"].form

    client.post(change(template), form.initial)

    template.refresh_from_db()
    assert not template.is_edited


def test_an_unknown_variable_is_refused_with_a_sentence(client, claire, template):
    response = client.post(
        change(template), {"subject": "Bonjour {nom}", "body": "Bonjour"}
    )

    assert "{nom} » ne correspond à rien" in response.content.decode()
    template.refresh_from_db()
    assert template.subject == ""


def test_words_are_previewed_before_they_are_saved(client, claire, template):
    address = reverse("admin:casework_emailtemplate_preview", args=[template.pk])

    page = client.post(address, {"subject": "Bienvenue", "body": "Des mots neufs."})

    template.refresh_from_db()
    assert "Des mots neufs." in page.content.decode()
    assert (template.subject, template.body) == ("", "")


def test_words_that_cannot_go_are_refused_in_the_preview(client, claire, template):
    address = reverse("admin:casework_emailtemplate_preview", args=[template.pk])

    page = client.post(address, {"subject": "Bienvenue", "body": "Cher {inconnu}"})

    assert page.status_code == 200
    assert "Ce message ne peut pas partir ainsi" in page.content.decode()
    assert "inconnu" in page.content.decode()


def test_a_template_is_previewed_with_samples(client, claire, template):
    address = reverse("admin:casework_emailtemplate_preview", args=[template.pk])

    page = client.get(address).content.decode()

    assert "https://exemple.fr/lien" in page


def test_a_task_is_noted_then_done(client, claire):
    client.post(
        reverse("admin:casework_task_add"),
        {"title": "Rappeler", "kind": "todo", "due_on": "23/11/2026", "owner": ""},
    )
    task = Task.objects.get()
    assert task.created_by == claire

    client.post(
        change(task),
        {
            "title": "Rappeler",
            "kind": "todo",
            "due_on": "23/11/2026",
            "owner": "",
            "casework_task_finish": "1",
        },
    )

    task.refresh_from_db()
    assert task.done_by == claire


def absence(client, user, stand_in, first_day, last_day):
    return client.post(
        reverse("admin:casework_absence_add"),
        {
            "user": user.pk,
            "stand_in": stand_in.pk,
            "first_day": first_day,
            "last_day": last_day,
        },
    )


def test_an_absence_includes_its_last_day(client, claire):
    mathilde = UserFactory(is_staff=True, groups=["accueil"])

    absence(client, claire, mathilde, "23/11/2026", "27/11/2026")

    period = Absence.objects.get().period
    assert (period.lower, period.upper - timedelta(days=1)) == (
        date(2026, 11, 23),
        date(2026, 11, 27),
    )


def test_an_absence_is_changed_then_cancelled(client, claire):
    mathilde = UserFactory(is_staff=True, groups=["accueil"])
    absence(client, claire, mathilde, "23/11/2026", "27/11/2026")
    row = Absence.objects.get()

    page = client.get(change(row)).content.decode()
    assert reverse("gestion:handover", args=[row.pk]) in page
    client.post(
        change(row),
        {
            "stand_in": mathilde.pk,
            "first_day": "24/11/2026",
            "last_day": "24/11/2026",
        },
    )
    row.refresh_from_db()
    assert row.last_day == date(2026, 11, 24)
    client.post(
        reverse("admin:casework_absence_delete", args=[row.pk]), {"post": "yes"}
    )

    assert not Absence.objects.exists()
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        f"casework.absence.{happened}"
        for happened in ("announced", "changed", "cancelled")
    ]


def test_people_may_not_replace_each_other(client, claire):
    mathilde = UserFactory(is_staff=True, groups=["accueil"])
    absence(client, claire, mathilde, "23/11/2026", "27/11/2026")

    circle = absence(client, mathilde, claire, "27/11/2026", "30/11/2026")

    assert "tourne en rond" in circle.content.decode()
    assert Absence.objects.count() == 1


def test_absences_are_refused_beside_the_form(client, claire):
    mathilde = UserFactory(is_staff=True, groups=["accueil"])
    absence(client, claire, mathilde, "23/11/2026", "27/11/2026")

    overlap = absence(client, claire, mathilde, "27/11/2026", "30/11/2026")
    backwards = absence(client, claire, mathilde, "30/12/2026", "28/12/2026")
    alone = absence(client, claire, claire, "30/12/2026", "31/12/2026")

    assert "Une absence est déjà notée" in overlap.content.decode()
    assert "Le dernier jour vient avant le premier." in backwards.content.decode()
    assert "Personne ne se remplace soi-même." in alone.content.decode()
    assert Absence.objects.count() == 1


def test_a_step_of_a_ladder_is_changed(client, claire):
    step = LadderStep.objects.create(
        ladder="installation.unassigned",
        offset_days=12,
        audience=LadderStep.Audience.DESK,
        template_key="installation.reminder-unassigned",
    )

    client.post(
        change(step),
        {
            "ladder": step.ladder,
            "offset_days": "7",
            "audience": step.audience,
            "template_key": step.template_key,
        },
    )

    step.refresh_from_db()
    assert (step.offset_days, step.is_active) == (7, False)


def test_the_journal_is_only_read(client, claire):
    entry = record("casework.task.finished", subject=claire, actor=claire)

    assert client.get(change(entry)).status_code == 200
    assert client.post(change(entry), {"verb": "x"}).status_code == 403
    assert client.get(reverse("admin:casework_entry_add")).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_journal_costs_the_same(
    client, claire, count, django_assert_max_num_queries
):
    for _ in range(count):
        record("casework.task.finished", subject=UserFactory(), actor=UserFactory())
    ContentType.objects.clear_cache()

    with django_assert_max_num_queries(25):
        client.get(listed("entry"))


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_of_messages_costs_the_same(
    client, claire, count, django_assert_max_num_queries
):
    MessageFactory.create_batch(count)

    with django_assert_max_num_queries(25):
        response = client.get(listed("message"))

    assert response.context["cl"].result_count == Message.objects.count()


def test_a_sign_in_link_goes_to_nobody_else(client, claire):
    message = MessageFactory(failed=True, secret=True)

    client.post(change(message), {"recipient": "moi@example.org"})

    message.refresh_from_db()
    assert message.recipient == "camille@example.org"
