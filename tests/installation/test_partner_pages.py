"""What a partner reads, from a link or by membership: the listed fields, no more."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, combinations
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, Membership
from casework import links
from casework.models import Message
from installation import partner_pages, partners, shared_fields
from installation.actions import partners as acts
from installation.actions import referrals
from installation.models import InstallationRequest, Referral, ReferralMessage
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.installation.factories import (
    ExchangeFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import CommuneFactory, OrganisationFactory

State = Referral.State

# One mark for each field that may be listed, then for what never is.
LISTED = {
    "name": "Zénaïde Quercynol",
    "email": "zenaide.quercynol@example.org",
    "phone": "05 53 91 92 93",
    "profession": "chirurgien-dentiste",
    "specialty": "orthodontie rare",
    "mode": "en exercice mixte",
    "household": "à deux, avec des enfants",
    "partner_occupation": "luthière itinérante",
    "children": "7 (de 6 à 10 ans)",
    "children_under_3": "9",
    "places": "Bourg-des-Marques",
    "horizon": "deux ans",
    "details": "un garage pour un tracteur",
}
NEVER = (
    "17 rue des Secrets",
    "82999",
    "Ville-Cachée",
    "10000000009",
    "projet confidentiel",
    "note entre collègues",
    "message au guichet",
    "prochaine action tue",
    "attendu tu",
    "besoin voisin",
    "secret de la fiche",
    "BD47-2026-7777",
)


def marked(**values) -> Referral:
    """A referral of a dossier where every answer may be recognised."""
    request = RequestFactory(
        in_support=True,
        reference="BD47-2026-7777",
        first_name="Zénaïde",
        last_name="Quercynol",
        email=LISTED["email"],
        phone="+33553919293",
        address=NEVER[0],
        postal_code=NEVER[1],
        city=NEVER[2],
        profession="dentist",
        specialty=LISTED["specialty"],
        rpps=NEVER[3],
        mode="mixed",
        horizon="two_years",
        message=NEVER[4],
        wants_family_help=True,
        household="couple_children",
        children_under_3=9,
        children_6_10=7,
        partner_occupation=LISTED["partner_occupation"],
        next_action=NEVER[7],
        expected=NEVER[8],
        expected_by=timezone.localdate(),
        turn="applicant",
        applicant=PersonFactory(
            first_name="Zénaïde", last_name="Quercynol", email=LISTED["email"]
        ),
    )
    request.communes.add(CommuneFactory(name=LISTED["places"]))
    ExchangeFactory(
        request=request, body=NEVER[5], author=desk_user(), audience="internal"
    )
    ExchangeFactory(request=request, body=NEVER[6])
    NeedFactory(request=request, details=NEVER[9])
    need = NeedFactory(request=request, details=LISTED["details"])
    return ReferralFactory(need=need, **values)


def opened(referral: Referral) -> Client:
    """The browser of a partner that pressed the button of its link."""
    client = Client()
    organisation = referral.organisation
    token = links.issue(partners.BASKET, organisation, to_email=organisation.email)
    client.post(reverse("casework:link", args=[token]))
    return client


def url(name: str, referral: Referral) -> str:
    return reverse(f"installation:partner-{name}", args=[referral.pk])


def basket_url(referral: Referral) -> str:
    return reverse("installation:partner-basket", args=[referral.organisation_id])


def read(client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def holds(page: str, mark: str) -> bool:
    """Whatever its capital."""
    return mark.lower() in page.lower()


# --- the listed fields and nothing else ----------------------------------------


def test_facts_are_the_listed_fields_for_every_choice_of_them():
    referral = marked()
    rows = partner_pages._with_fields(Referral.objects.select_related("consent"))
    referral = rows.get(pk=referral.pk)
    codes = list(shared_fields.FIELDS)
    assert set(codes) == set(LISTED)

    for chosen in chain.from_iterable(
        combinations(codes, size) for size in range(len(codes) + 1)
    ):
        referral.shared_fields = list(chosen)
        values = [fact.value for fact in partner_pages.facts(referral)]
        assert len(values) == len(chosen)
        for code, value in zip(chosen, values, strict=True):
            assert holds(value, LISTED[code])


@pytest.mark.parametrize(
    "listed",
    [[], ["name"], ["email", "places"], ["phone", "details", "horizon"], None],
)
def test_pages_and_mails_hold_the_listed_fields_alone(listed):
    listed = list(LISTED) if listed is None else listed
    referral = marked(shared_fields=listed)
    client = opened(referral)
    acts.answer(referral, "Bonjour, quand vous appeler ?")
    acts.reply(referral, "Demain matin.")

    page = read(client, url("referral", referral))
    whole = page + read(client, basket_url(referral))
    whole += read(client, url("end", referral)) + read(client, url("decline", referral))

    for code, mark in LISTED.items():
        if code == "children_under_3":
            continue  # a digit alone: `facts` is asked for it above
        assert holds(page, mark) == (code in listed), code
        if code not in listed:
            assert not holds(whole, mark), code
    written = _written_to(referral.organisation)
    for mark in NEVER:
        assert not holds(whole + written, mark)
    for code in ("name", "email", "phone", "partner_occupation", "places", "details"):
        assert not holds(written, LISTED[code])


def _written_to(organisation) -> str:
    """Every mail this partner got: subject, text and HTML."""
    mails = Message.objects.filter(recipient=organisation.email)
    assert mails.exists()
    return "".join(mail.subject + "".join(mail.parts()) for mail in mails)


@pytest.mark.parametrize(
    "over",
    ["withdrawn_consent", "recalled", "closed_dossier", "helped", "dropped_need"],
)
def test_nothing_of_the_person_is_read_once_it_is_over(over):
    referral = marked()
    # Something else runs, so that the partner's link still opens its page.
    ReferralFactory(organisation=referral.organisation)
    client = opened(referral)
    assert LISTED["name"] in read(client, url("referral", referral))

    end(referral, over)

    for name in ("referral", "end", "decline"):
        page = read(client, url(name, referral))
        assert "terminé" in page
        for mark in (*LISTED.values(), *NEVER):
            assert len(mark) < 3 or not holds(page, mark)
    assert LISTED["name"] not in read(client, basket_url(referral))
    response = client.post(url("referral", referral), {"body": "Bonjour encore"})
    assert "Bonjour encore" in response.content.decode()
    assert not ReferralMessage.objects.exists()


def end(referral: Referral, how: str) -> None:
    if how == "withdrawn_consent":
        applicant = referral.need.request.applicant
        referrals.withdraw_consent(applicant, referral.organisation)
    elif how == "recalled":
        referrals.recall(referral, by=desk_user())
    elif how == "closed_dossier":
        # Whatever became of the referral's own row.
        InstallationRequest.objects.filter(pk=referral.need.request_id).update(
            state="closed",
            outcome="oriented",
            closed_at=timezone.now(),
            next_action="",
            next_action_on=None,
        )
    elif how == "helped":
        referrals.help(referral, note="Un logement est trouvé.")
    else:
        referral.need.drop("Plus besoin.")


def test_a_consent_withdrawn_anywhere_closes_the_page():
    referral = marked()
    client = opened(referral)
    Consent.objects.filter(pk=referral.consent_id).update(withdrawn_at=timezone.now())

    assert LISTED["name"] not in read(client, url("referral", referral))


def test_the_last_link_is_closed_with_the_last_need():
    referral = marked()
    client = opened(referral)

    end(referral, "withdrawn_consent")

    page = read(client, url("referral", referral))
    assert "Plus rien n’est ouvert ici" in page
    assert LISTED["name"] not in page


# --- Who comes in --------------------------------------------------------------------


def member(organisation, **values):
    user = UserFactory()
    MembershipFactory(person=user.person, organisation=organisation, **values)
    client = Client()
    client.force_login(user)
    return client


def pages(referral: Referral) -> list[str]:
    return [
        basket_url(referral),
        url("referral", referral),
        url("end", referral),
        url("decline", referral),
    ]


def test_a_member_reads_the_basket_and_its_history():
    referral = ReferralFactory()
    client = member(referral.organisation)

    for page in pages(referral):
        assert client.get(page).status_code == 200
    assert client.get(reverse("installation:partners")).url == basket_url(referral)
    history = reverse("installation:partner-history", args=[referral.organisation_id])
    assert "En cours" in read(client, history)
    # A link opens the basket, not what came before it.
    assert opened(referral).get(history).status_code == 404


def test_a_stranger_finds_nothing():
    referral = ReferralFactory()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    strangers = [
        member(OrganisationFactory()),
        member(referral.organisation, until=yesterday),
        member(referral.organisation, role=Membership.Role.ELECTED),
        opened(ReferralFactory(organisation__email="autre@example.org")),
    ]

    for client in strangers:
        for page in pages(referral):
            assert client.get(page).status_code == 404
        for name in ("take", "undo"):
            assert client.post(url(name, referral)).status_code == 404
    for page in pages(referral):
        assert Client().get(page).url == reverse("installation:partners")


def test_the_link_of_a_former_mailbox_opens_nothing():
    referral = ReferralFactory()
    organisation = referral.organisation
    client = opened(referral)
    token = links.issue(partners.BASKET, organisation, to_email=organisation.email)
    organisation.email = "nouvelle.boite@example.org"
    organisation.save()
    before = Message.objects.count()

    assert client.get(url("referral", referral)).status_code == 302
    assert Client().post(reverse("casework:link", args=[token])).status_code == 404
    links.renew(token)
    assert Message.objects.count() == before


def test_a_partner_put_aside_reads_nothing_any_more():
    referral = marked()
    by_link, by_account = opened(referral), member(referral.organisation)
    referral.organisation.is_active = False
    referral.organisation.save()

    for address in (basket_url(referral), url("referral", referral)):
        assert by_account.get(address).status_code == 404
        assert by_link.get(address).url == reverse("installation:partners")


def test_a_link_used_twice_opens_the_same_page_and_an_old_one_none():
    referral = ReferralFactory()
    organisation = referral.organisation
    token = links.issue(partners.BASKET, organisation, to_email=organisation.email)
    address = reverse("casework:link", args=[token])
    for _ in range(2):
        assert Client().post(address).url == basket_url(referral)

    past = timezone.now() - dt.timedelta(days=31)
    link = links.find(token)
    type(link).objects.filter(pk=link.pk).update(
        created_at=past, expires_at=past + dt.timedelta(days=30)
    )

    client = Client()
    assert client.post(address).status_code == 410
    assert client.get(basket_url(referral)).status_code == 302
    client.post(reverse("casework:link-renew", args=[token]))
    assert Message.objects.latest("pk").recipient == organisation.email


@pytest.mark.parametrize(
    ("address", "sent"),
    [("acces@example.org", 1), ("ACCES@example.org", 1), ("autre@example.org", 0)],
)
def test_the_door_sends_a_link_to_a_known_address_only(address, sent):
    ReferralFactory()
    before = Message.objects.count()

    response = Client().post(reverse("installation:partners"), {"email": address})

    assert response.url == reverse("installation:partner-link-sent")
    new = Message.objects.all()[: Message.objects.count() - before]
    assert [message.recipient for message in new] == ["acces@example.org"] * sent


# --- Answers -------------------------------------------------------------------------


def snapshot() -> dict:
    """Every row of the apps that reading might touch; a session is not one."""
    models = [
        model
        for label in ("installation", "casework", "accounts", "territory")
        for model in apps.get_app_config(label).get_models()
    ]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in models
    }


def test_reading_changes_nothing():
    referral = ReferralFactory()
    client = opened(referral)
    organisation = referral.organisation
    token = links.issue(partners.BASKET, organisation, to_email=organisation.email)
    before = snapshot()

    for page in (
        *pages(referral),
        reverse("installation:partners"),
        reverse("casework:link", args=[token]),
    ):
        assert client.get(page).status_code in (200, 302)
        assert client.head(page).status_code in (200, 302)
    for name in ("take", "undo"):
        assert client.get(url(name, referral)).status_code == 405

    assert snapshot() == before


def test_a_partner_takes_answers_and_ends(
    mailoutbox, django_capture_on_commit_callbacks
):
    referral = ReferralFactory()
    client = opened(referral)
    person = referral.need.request.email

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("take", referral))
        client.post(url("take", referral))
        client.post(
            url("referral", referral),
            {"body": "Une place se libère.", "signature": "Nathalie Garric"}
            | {"submission": "6c1c1c0e-5d5e-4a07-9d0a-3a4f9d1c2b11"},
        )
        client.post(
            url("end", referral), {"outcome": "helped", "note": "C’est trouvé."}
        )

    referral.refresh_from_db()
    assert (referral.state, referral.closing_note) == (State.HELPED, "C’est trouvé.")
    told = [mail for mail in mailoutbox if mail.to == [person]]
    assert len(told) == 3
    assert any("Une place se libère." in mail.body for mail in told)
    assert not any("Reply-To" in mail.extra_headers for mail in told)


def test_answering_is_taking_and_the_same_answer_sent_twice_is_one():
    referral = ReferralFactory()
    client = opened(referral)
    answer = {
        "body": "Bonjour.",
        "submission": "6c1c1c0e-5d5e-4a07-9d0a-3a4f9d1c2b11",
    }

    for _ in range(2):
        assert client.post(url("referral", referral), answer).status_code == 302

    referral.refresh_from_db()
    assert referral.state == State.TAKEN
    assert referral.messages.count() == 1


def test_a_partner_says_who_could_help_instead():
    referral = ReferralFactory()
    other = OrganisationFactory(name="Habitat du Confluent")
    other.topics.add(referral.need.topic)
    client = opened(referral)

    client.post(
        url("decline", referral), {"organisation": other.pk, "note": "Hors secteur."}
    )

    referral.refresh_from_db()
    assert referral.state == State.NOT_FOR_ME
    assert referral.closing_note == "Voir plutôt : Habitat du Confluent.\nHors secteur."


def test_a_mistaken_end_is_taken_back_within_the_day():
    referral = ReferralFactory()
    client = opened(referral)
    client.post(url("end", referral), {"outcome": "no_help"})
    assert "je reprends" in read(client, url("referral", referral))

    client.post(url("undo", referral))
    referral.refresh_from_db()
    assert referral.state == State.TAKEN

    client.post(url("end", referral), {"outcome": "no_help"})
    yesterday = timezone.now() - dt.timedelta(hours=25)
    Referral.objects.filter(pk=referral.pk).update(ended_at=yesterday)
    assert "je reprends" not in read(client, url("referral", referral))
    response = client.post(url("undo", referral), follow=True)
    assert "Appelez le guichet" in response.content.decode()
    referral.refresh_from_db()
    assert referral.state == State.NO_HELP


def test_the_second_of_two_who_answer_learns_what_the_first_did():
    referral = ReferralFactory()
    # Another need keeps the link open.
    ReferralFactory(organisation=referral.organisation)
    first, second = opened(referral), opened(referral)
    first.post(url("end", referral), {"outcome": "unreachable", "note": "Trois fois."})

    response = second.post(
        url("end", referral), {"outcome": "helped", "note": "Un gîte pour l’été."}
    )

    page = response.content.decode()
    assert "Entre-temps, une personne de votre équipe a répondu" in page
    assert "personne injoignable" in page
    assert "Un gîte pour l’été." in page
    referral.refresh_from_db()
    assert (referral.state, referral.closing_note) == ("unreachable", "Trois fois.")


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_the_same_time_make_one_answer():
    referral = ReferralFactory()
    ReferralFactory(organisation=referral.organisation)
    clients = [opened(referral), opened(referral)]
    answers = ["helped", "no_help"]
    start = Barrier(2)

    def answer(number):
        start.wait()
        try:
            data = {"outcome": answers[number], "note": f"Mot {number}"}
            return clients[number].post(url("end", referral), data)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        responses = list(pool.map(answer, range(2)))

    done = [response.status_code == 302 for response in responses]
    assert sorted(done) == [False, True]
    winner, loser = done.index(True), done.index(False)
    referral.refresh_from_db()
    assert (referral.state, referral.closing_note) == (answers[winner], f"Mot {winner}")
    page = responses[loser].content.decode()
    assert "Entre-temps" in page
    assert f"Mot {loser}" in page


def test_the_person_answers_from_their_dossier(client):
    referral = ReferralFactory(taken=True)
    user = UserFactory()
    request = referral.need.request
    request.applicant = user.person
    request.save()
    acts.answer(referral, "Quand vous appeler ?", signature="Nathalie Garric")
    thread = reverse(
        "installation:partner-thread", args=[request.reference, referral.pk]
    )
    client.force_login(user)
    before = Message.objects.count()

    dossier = client.get(request.get_absolute_url()).content.decode()
    assert thread in dossier
    assert "Nathalie Garric" in client.get(thread).content.decode()
    client.post(
        thread,
        {"body": "Demain.", "submission": "6c1c1c0e-5d5e-4a07-9d0a-3a4f9d1c2b11"},
    )

    said = list(referral.messages.values_list("side", "body"))
    assert said == [("partner", "Quand vous appeler ?"), ("person", "Demain.")]
    told = Message.objects.order_by("pk")[before:]
    assert [message.recipient for message in told] == [referral.organisation.email]
    assert "Demain." in read(opened(referral), url("referral", referral))
    other = Client()
    other.force_login(UserFactory())
    assert other.get(thread).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_a_basket_costs_the_same(count, django_assert_num_queries):
    first = ReferralFactory()
    for _ in range(count - 1):
        ReferralFactory(organisation=first.organisation)
    client = opened(first)
    client.get(basket_url(first))

    # The session and its link, the organisation thrice and its contacts, the ladder,
    # needs and their places, those that ended.
    with django_assert_num_queries(11):
        response = client.get(basket_url(first))

    assert response.content.count(b'class="panel need-card"') == count
