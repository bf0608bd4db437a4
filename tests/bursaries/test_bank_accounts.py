"""The account somebody is paid on: given, told, checked, blocked, forgotten."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import crypto
from bursaries import bank, consistency, retention, space, week
from bursaries.actions import bank_accounts
from bursaries.models import ApplicationState, BankAccount, BursaryApplication
from casework import links
from casework.models import Entry, Message
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.bursaries.factories import ApplicationFactory
from tests.documents.samples import pdf, sent
from tests.installation.factories import desk_user
from tests.territory.factories import DeskFactory

IBAN = "FR7630006000011234567890189"
OTHER = "DE89370400440532013000"
PAGE = "/bourses/compte/"


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def officer():
    return UserFactory(is_staff=True, groups=["finances"])


def student(**more):
    """Somebody the commission gave a bursary to."""
    user = UserFactory(**more)
    grant_to(user)
    return user


def grant_to(user):
    application = ApplicationFactory(person=user.person)
    BursaryApplication.objects.filter(pk=application.pk).update(
        state=ApplicationState.GRANTED,
        reference=f"BE47-2026-{application.pk:04}",
        submitted_at=timezone.now(),
        complete_on=timezone.localdate(),
        decided_at=timezone.now(),
        attestation="J’atteste.",
        attested_at=timezone.now(),
        months_granted=36,
    )


def give(user, iban=IBAN, **more) -> BankAccount:
    said = {"holder": user.person.full_name, "bic": "", "upload": sent(pdf())} | more
    return bank_accounts.give(user.person, iban=iban, by=user, **said)


def letters(name: str):
    key = f"bursaries.bank-account-{name}"
    return Message.objects.filter(template_key=key).order_by("pk")


def token_in(message: Message) -> str:
    # Sealed: read as the delivery does.
    text = crypto.decrypt(message.sealed)
    return re.search(r"/lien/([\w-]+)", text)[1]


def test_an_account_is_sealed_and_its_mask_is_shown():
    account = give(student(), bic="agri fr pp")

    row = BankAccount.objects.filter(pk=account.pk).values().get()
    assert IBAN not in str(row)
    assert (account.iban, account.bic) == (IBAN, "AGRIFRPP")
    assert (account.masked, account.usable_at) == ("FR76 … 0189", None)


def test_payments_read_where_it_stands(officer):
    user = student()

    assert bank.account_of(user.person) is None
    account = give(user)
    assert bank.account_of(user.person).is_checked is False
    bank_accounts.check(account, by=officer)
    assert bank.account_of(user.person).is_checked is True
    bank_accounts.refuse(account, reason="Clos.", by=officer)
    assert bank.account_of(user.person) is None


def test_a_change_waits_and_the_first_account_does_not():
    user = student()
    first = give(user)

    second = give(user, OTHER)

    first.refresh_from_db()
    assert first.replaced_at == second.given_at
    assert second.usable_at == second.given_at + dt.timedelta(hours=48)
    assert bank.account_of(user.person).usable_at == second.usable_at


def test_a_change_is_told_to_the_account_and_to_the_former_contact():
    user = student(email="lina@exemple.fr")
    give(user)
    user.email = "autre@exemple.fr"
    user.save()

    second = give(user, OTHER)

    told = letters("given").filter(object_id=second.pk)
    assert {"lina@exemple.fr", "autre@exemple.fr"} <= {one.recipient for one in told}


def test_the_iban_is_written_nowhere_else(officer, caplog):
    user = student()
    account = give(user)
    bank_accounts.read(account, by=officer)
    bank_accounts.refuse(account, reason="Illisible.", by=officer)

    said = [str(row) for row in Entry.objects.values()]
    said += [crypto.decrypt(one.sealed) for one in Message.objects.exclude(sealed="")]
    said += [str(row) for row in Message.objects.values()]
    assert IBAN not in " ".join([*said, caplog.text])
    assert Entry.objects.filter(verb="bursaries.bank_account.read").count() == 1


def test_the_same_account_twice_is_one():
    user = student()
    give(user)

    with pytest.raises(ValidationError, match="déjà le compte"):
        give(user, "fr76 3000 6000 0112 3456 7890 189")


def test_nobody_gives_an_account_before_the_vote():
    with pytest.raises(ValidationError, match="une fois la bourse accordée"):
        give(UserFactory())


def test_not_me_blocks_the_account_of_today_and_warns_finances(client, officer):
    user = student()
    first = give(user)
    second = give(user, OTHER)
    token = token_in(letters("given").get(object_id=first.pk))
    url = reverse("casework:link", args=[token])

    client.get(url)
    second.refresh_from_db()
    assert not second.is_blocked
    response = client.post(url, follow=True)

    second.refresh_from_db()
    assert second.is_blocked
    assert "C’est noté" in response.text
    assert bank.account_of(user.person).is_checked is False
    assert [one.recipient for one in letters("blocked")] == [officer.email]
    with pytest.raises(ValidationError, match="bloqué"):
        give(user, "BE68539007547034")
    client.post(url)
    assert letters("blocked").count() == 1


def test_a_blocked_account_is_checked_once_the_block_is_lifted(officer):
    account = bank_accounts.block(give(student()))

    with pytest.raises(ValidationError, match="levez le blocage"):
        bank_accounts.check(account, by=officer)
    bank_accounts.unblock(account, by=officer)
    bank_accounts.check(account, by=officer)

    with pytest.raises(ValidationError, match="n’est pas bloqué"):
        bank_accounts.unblock(account, by=officer)


def test_a_block_holds_a_checked_account_back(officer):
    account = give(student())
    bank_accounts.check(account, by=officer)

    bank_accounts.block(account)

    assert bank.account_of(account.person).is_checked is False


def test_a_refused_account_is_given_again(officer):
    user = student()
    bank_accounts.refuse(give(user), reason="Le RIB est coupé.", by=officer)

    again = give(user)

    assert [one.recipient for one in letters("refused")] == [user.email]
    assert again.usable_at is not None


@pytest.mark.parametrize("act", ["check", "refuse"])
def test_an_account_replaced_meanwhile_is_not_answered(officer, act):
    user = student()
    seen = give(user)
    give(user, OTHER)
    more = {"reason": "Non."} if act == "refuse" else {}

    with pytest.raises(ValidationError, match="vient d’être remplacé"):
        getattr(bank_accounts, act)(seen, by=officer, **more)


def test_only_finances_answer_and_read():
    account = give(student())
    for act in (bank_accounts.check, bank_accounts.read, bank_accounts.unblock):
        with pytest.raises(ValidationError, match="tenus par les finances"):
            act(account, by=desk_user())


def test_who_gave_an_account_does_not_check_it():
    user = student(is_staff=True, groups=["finances"])
    account = give(user)

    with pytest.raises(ValidationError, match="ne le vérifie pas"):
        bank_accounts.check(account, by=user)


NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"checked_at": NOW}, "checked_account_says_by_whom"),
        ({"refused_at": NOW, "reason": "Non."}, "refused_account_says_why"),
        ({"refused_at": NOW, "refused_by": "officer"}, "refused_account_says_why"),
        (
            {
                "checked_at": NOW,
                "checked_by": "officer",
                "refused_at": NOW,
                "refused_by": "officer",
                "reason": "Non.",
            },
            "account_is_checked_or_refused",
        ),
        ({"checked_at": NOW, "checked_by": "giver"}, "account_is_checked_by_another"),
        (
            {"refused_at": NOW, "refused_by": "giver", "reason": "Non."},
            "account_is_checked_by_another",
        ),
        ({"sealed_iban": ""}, "forgotten_account_holds_nothing"),
        ({"forgotten_at": NOW}, "forgotten_account_holds_nothing"),
        ({"usable_at": NOW - dt.timedelta(days=9000)}, "account_days_are_in_order"),
        ({"replaced_at": NOW - dt.timedelta(days=9000)}, "account_days_are_in_order"),
    ],
)
def test_the_database_refuses(officer, wrong, name):
    user = student()
    account = give(user)
    people = {"officer": officer, "giver": user}
    wrong = {
        key: people.get(value, value) if isinstance(value, str) else value
        for key, value in wrong.items()
    }

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(**wrong)


def test_the_database_keeps_one_account_a_person():
    user = student()
    first = give(user)
    give(user, OTHER)

    with pytest.raises(IntegrityError, match="one_bank_account"), transaction.atomic():
        BankAccount.objects.filter(pk=first.pk).update(replaced_at=None)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_leave_one_account():
    user = student()
    barrier = Barrier(2)

    def tab(iban):
        try:
            barrier.wait(timeout=10)
            return give(user, iban).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(tab, [IBAN, OTHER]))

    current = BankAccount.objects.current().get()
    assert len(set(given)) == 2
    assert current.pk in given
    assert current.usable_at is not None


# --- The key -------------------------------------------------------------------------


def test_a_new_key_seals_all_again(settings, capsys):
    account = give(student())
    digest, former = account.digest, settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, [former]

    call_command("reseal_bank_accounts")

    settings.SECRET_KEY_FALLBACKS = []
    account.refresh_from_db()
    assert account.iban == IBAN
    assert account.digest != digest
    assert "1 comptes bancaires." in capsys.readouterr().out


def test_a_key_that_is_lost_is_told_by_its_row(settings, capsys):
    account = give(student())
    settings.SECRET_KEY = "c" * 50

    call_command("reseal_bank_accounts")

    assert [one for one in consistency.checks() if "Compte" in one] == [
        f"Compte bancaire {account.pk} : illisible avec les clés d'aujourd'hui."
    ]
    assert f"{account.pk} : illisible" in capsys.readouterr().err


def test_a_mask_that_lies_is_found():
    account = give(student())
    assert "Compte" not in " ".join(consistency.checks())

    BankAccount.objects.filter(pk=account.pk).update(masked="FR76 … 9999")

    assert "son IBAN n'est pas celui" in " ".join(consistency.checks())


# --- The pages -----------------------------------------------------------------------


def form(**more):
    said = {"holder": "Lina Moreau", "iban": IBAN, "bic": "", "upload": sent(pdf())}
    return said | more


def test_the_page_is_for_who_was_granted(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 404


def test_an_account_is_given_from_the_page(client):
    user = student()
    client.force_login(user)

    response = client.post(PAGE, form(iban="FR76 3000 6000 0112 3456 7890 189"))

    assert response.status_code == 302
    page = client.get(PAGE).text
    assert "FR76 … 0189" in page
    assert IBAN not in page
    assert BankAccount.objects.current().of(user.person).get().iban == IBAN


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"iban": "FR76 3000 6000 0112 3456 7890 188"}, "clé de contrôle"),
        ({"iban": "BR18 0036 0305 0000 1000 9795 493C 1"}, "zone SEPA"),
        ({"bic": "DEUTDEFF"}, "n’est pas celui d’une banque"),
        ({"upload": ""}, "Choisissez un fichier"),
        ({"upload": sent(b"GIF89a", "rib.gif")}, "accepté"),
        ({"iban": "\0" * 5}, "IBAN"),
        ({"holder": ""}, "titulaire"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, wrong, sentence):
    client.force_login(student())

    response = client.post(PAGE, form(**wrong))

    assert response.status_code == 200
    assert sentence in response.text
    assert BankAccount.objects.count() == 0
    if wrong.get("iban", "").startswith("FR76"):
        assert wrong["iban"] in response.text


def test_the_space_asks_for_the_rib_until_it_is_there(officer):
    user = student()

    def task():
        return [line.task for line in space.lines(user.person) if "compte" in line.url]

    assert task() == ["Donner votre RIB"]
    account = give(user)
    assert task() == [""]
    bank_accounts.refuse(account, reason="Coupé.", by=officer)
    assert task() == ["Donner votre RIB"]
    assert not [x for x in space.lines(UserFactory().person) if "compte" in x.url]


def desk_url(account, end="change"):
    return reverse(f"admin:bursaries_bankaccount_{end}", args=[account.pk])


def test_finances_compare_then_check(client, officer):
    user = student()
    account = give(user, holder="Paul Durand")
    give(student(), holder="Quelqu’un d’autre")
    client.force_login(officer)

    page = client.get(desk_url(account)).text
    assert "ne porte pas le nom" in page
    assert "a donné le même compte" in page
    assert IBAN not in page
    assert "FR76 3000" not in page
    assert "FR76 3000 6000" in client.post(desk_url(account, "read")).text
    assert client.get(desk_url(account, "read")).status_code == 405
    assert client.get(desk_url(account, "document")).status_code == 200
    client.post(desk_url(account, "check"))

    account.refresh_from_db()
    assert account.checked_by == officer
    assert "Vérifié" in client.get(desk_url(account)).text


def test_a_refusal_says_why(client, officer):
    account = give(student())
    client.force_login(officer)

    assert "Dites pourquoi" in client.post(desk_url(account, "refuse")).text
    client.post(desk_url(account, "refuse"), {"reason": "Le RIB est coupé."})

    account.refresh_from_db()
    assert account.reason == "Le RIB est coupé."
    again = client.post(desk_url(account, "refuse"), {"reason": "Encore."})
    assert "déjà refusé" in again.text


@pytest.mark.parametrize("role", ["accueil", "direction", "communication", "elus"])
def test_nobody_else_opens_an_account(client, role):
    account = give(student())
    client.force_login(UserFactory(is_staff=True, groups=[role]))

    for end in ("change", "document", "check", "refuse", "unblock"):
        assert client.get(desk_url(account, end)).status_code == 403
    assert client.post(desk_url(account, "read")).status_code == 403


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", {"waits", "frozen"}),
        ("verifies", {"checked"}),
        ("refuses", {"refused"}),
        ("bloques", {"blocked"}),
        ("geles", {"frozen"}),
        ("tous", {"waits", "checked", "refused", "blocked", "frozen"}),
        ("nimporte", {"waits", "frozen"}),
    ],
)
def test_the_list_shows_what_is_asked(client, officer, state, shown):
    names = ["waits", "checked", "refused", "blocked", "frozen"]
    given = {name: give(student(), holder=f"Titulaire-{name}") for name in names}
    bank_accounts.check(given["checked"], by=officer)
    bank_accounts.refuse(given["refused"], reason="Non.", by=officer)
    bank_accounts.block(given["blocked"])
    give(given["frozen"].given_by, OTHER, holder="Titulaire-frozen")
    client.force_login(officer)

    url = reverse("admin:bursaries_bankaccount_changelist")
    page = client.get(url, {"etat": state} if state else {}).text

    assert {name for name in names if f"Titulaire-{name}" in page} == shown


def test_the_week_of_finances_says_what_to_compare(officer):
    day = timezone.localdate()
    account = give(student())

    assert [line.title for line in week.lines(officer, day)] == [
        f"RIB à vérifier : {account.person.full_name}"
    ]
    bank_accounts.block(account)
    assert [line.state for line in week.lines(officer, day)] == ["blocked"]
    assert not [one for one in week.lines(desk_user(), day) if "RIB" in one.title]


def test_the_menu_of_finances_counts_what_waits(client, officer):
    client.force_login(officer)
    url = reverse("admin:bursaries_bankaccount_changelist")
    assert "comptes à regarder" not in client.get(url).text

    give(student())

    assert "comptes à regarder" in client.get(url).text


# --- What is kept --------------------------------------------------------------------


def test_a_refused_account_goes_after_two_years(officer):
    user = student()
    account = give(user)
    bank_accounts.refuse(account, reason="M. X n’est pas elle.", by=officer)
    day = timezone.localdate()
    assert not retention.useless_accounts(day).exists()

    later = day.replace(year=day.year + 2) + dt.timedelta(days=1)
    assert retention.useless_accounts(later).get() == account
    retention.bank_accounts.forget(account)

    account.refresh_from_db()
    assert (account.iban, account.holder, account.reason) == ("", "", "Motif effacé.")
    assert Document.objects.get(pk=account.document_id).discarded_at
    assert give(user).usable_at is not None


def test_an_account_goes_with_its_person():
    account = give(student())
    token = token_in(letters("given").get())

    retention.forget_accounts(account.person)

    account.refresh_from_db()
    assert str(account) == "compte effacé"
    assert bank.account_of(account.person) is None
    assert not links.find(token).is_open(timezone.now())


def test_my_data_hold_the_mask():
    account = give(student())

    found = retention.export(account.person)

    assert IBAN not in str(found)
    assert [one["compte bancaire"] for one in found if "compte bancaire" in one] == [
        "FR76 … 0189"
    ]


def test_the_freeze_ends_after_two_days():
    user = student()
    give(user)
    account = give(user, OTHER)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        assert not BankAccount.objects.frozen(timezone.now()).exists()
    assert BankAccount.objects.frozen(timezone.now()).get() == account
