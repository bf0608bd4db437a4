import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction

from casework import journal
from casework.journal import record
from casework.models import Entry
from tests.accounts.factories import UserFactory
from tests.casework.factories import TaskFactory


def entry(**fields):
    return record("casework.task.finished", subject=TaskFactory(), **fields)


def test_an_entry_says_who_did_what():
    user = UserFactory(person__first_name="Claire", person__last_name="Dumas")

    assert entry(actor=user).sentence == "Claire Dumas a terminé une tâche"


def test_an_entry_without_actor_is_a_sentence_too():
    assert entry(actor=AnonymousUser()).sentence == "A terminé une tâche"


def test_entries_are_found_by_their_subject():
    first = entry()
    entry()

    assert list(Entry.objects.about(first.subject)) == [first]


def test_an_unknown_verb_is_a_mistake():
    with pytest.raises(LookupError, match=r"casework\.task\.eaten"):
        record("casework.task.eaten", subject=TaskFactory())


@pytest.mark.parametrize(
    "data",
    [
        {"to": 12, "outcome": "settled", "urgent": True, "none": None},
        {"on": "2026-11-23", "ids": [1, 2, 3]},
        {},
    ],
)
def test_data_takes_ids_and_codes(data):
    assert entry(data=data).data == data


@pytest.mark.parametrize(
    "data",
    [
        {"name": "Camille Garrigue"},
        {"email": "camille@example.org"},
        {"note": "x" * 41},
        {"amount": 12.5},
        {"person": {"name": "Garrigue"}},
        {"names": ["Camille Garrigue"]},
        {"Nom Complet": 1},
        {1: 1},
    ],
)
def test_data_refuses_names_and_free_text(data):
    with pytest.raises(ValueError, match="journal entry"):
        entry(data=data)


@pytest.mark.parametrize(
    "meddle",
    [
        lambda rows: rows.update(verb="casework.link.renewed"),
        lambda rows: rows.delete(),
        lambda rows: rows._raw_delete(rows.db),
    ],
)
def test_the_database_refuses_to_change_an_entry(meddle):
    kept = entry()

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        meddle(Entry.objects.filter(pk=kept.pk))

    assert Entry.objects.filter(pk=kept.pk, verb=kept.verb).exists()


def test_every_verb_of_every_app_is_a_sentence():
    for verb, words in journal.verbs().items():
        assert verb.count(".") == 2
        assert words
        assert words == words.strip().rstrip(".")


def test_a_verb_that_is_a_sentence_keeps_it_and_says_who():
    claire = UserFactory(person__first_name="Claire", person__last_name="Dumas")
    verb = "installation.request.answered"

    entry = record(verb, subject=claire.person, actor=claire)

    assert entry.sentence == "La personne a écrit (Claire Dumas)"
