"""The needs of a dossier at the desk: tab, « Orienter », directory, coverage."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Entry, Message
from installation.models import Need, NeedRule, Referral, SharingQuestion
from territory.models import Organisation, Topic
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    desk_user,
)
from tests.territory.factories import ContactFactory, OrganisationFactory

PAGE = "admin:installation_installationrequest_change"


@pytest.fixture
def officer(client):
    user = desk_user()
    client.force_login(user)
    return user


@pytest.fixture
def need(officer):
    return NeedFactory(request__case_worker=officer)


def partner(need, name="Habitat du Confluent", **more):
    organisation = OrganisationFactory(name=name, email="h@example.org", **more)
    organisation.topics.add(need.topic)
    return organisation


def orient(client, need, **data):
    url = reverse("admin:installation_need_orienter", args=[need.request_id, need.pk])
    return client.post(url, data)


def tab(client, dossier):
    return client.get(reverse(PAGE, args=[dossier.pk]), {"onglet": "besoins"})


def test_the_tab_shows_each_need_with_its_referrals(client, need):
    ReferralFactory(need=need, organisation=partner(need), taken=True)
    NeedFactory(request=need.request, topic=Topic.objects.get(slug="aids"))

    page = tab(client, need.request).content.decode()

    for said in ("Projet familial", "Projet professionnel", "Habitat du Confluent"):
        assert said in page
    assert "Transmise aujourd’hui" in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_tab_costs_the_same(client, need, count, django_assert_max_num_queries):
    for _ in range(count):
        other = NeedFactory(request=need.request)
        ReferralFactory(need=other)

    with django_assert_max_num_queries(24):
        assert tab(client, need.request).status_code == 200


@pytest.mark.parametrize("page", ["referral_changelist", "referral_ends"])
def test_the_referrals_cost_the_same(client, officer, page):
    def queries(count):
        for _ in range(count):
            ReferralFactory(need__request__case_worker=officer, taken=True)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    url = reverse(f"admin:installation_{page}")
    client.get(url)
    assert queries(1) == queries(4)


def test_orienting_says_why_each_partner_and_what_is_sent(client, need):
    partner(need)
    url = reverse("admin:installation_need_orienter", args=[need.request_id, need.pk])

    page = client.get(url).content.decode()

    assert "Couvre tout le Département, thème logement" in page
    assert "Taille du foyer" in page
    assert "Sans accord" in page


def test_nothing_leaves_without_an_agreement_and_the_choice_is_kept(client, need):
    organisation = partner(need)

    answer = orient(
        client, need, partners=[organisation.pk], message="Urgent", act="send"
    )

    page = answer.content.decode()
    assert "Rien n’est transmis sans l’accord" in page
    assert "Urgent" in page
    assert not Referral.objects.exists()


def test_an_agreement_given_aloud_is_noted_with_its_words_and_channel(client, need):
    organisation = partner(need)
    contact = ContactFactory(organisation=organisation, email="odile@example.org")

    orient(
        client,
        need,
        partners=[organisation.pk],
        agreed=[organisation.pk],
        message="",
        act="send",
    )

    referral = Referral.objects.get()
    assert (referral.to_email, referral.contact_name) == (contact.email, contact.name)
    assert organisation.name in referral.consent.wording
    entry = Entry.objects.get(verb="installation.consent.given")
    assert entry.data["channel"] == "phone"
    told = Message.objects.get(template_key="installation.referred")
    assert told.recipient == need.request.contact_email


def test_the_person_is_asked_and_what_was_agreed_leaves_at_once(client, need):
    agreed, asked = partner(need, "Mairie"), partner(need, "Bailleur")
    ConsentFactory(person=need.request.applicant, organisation=agreed)

    orient(client, need, partners=[agreed.pk, asked.pk], message="", act="ask")

    assert [one.organisation for one in Referral.objects.all()] == [agreed]
    assert [one.organisation for one in SharingQuestion.objects.pending()] == [asked]
    assert Message.objects.filter(template_key="installation.consent-asked").exists()


def test_another_body_of_the_directory_may_be_chosen(client, need):
    other = OrganisationFactory(name="Mairie", email="mairie@example.org")

    orient(client, need, other=other.pk, other_agreed="on", message="", act="send")

    assert Referral.objects.get().organisation == other


@pytest.mark.parametrize(
    ("slug", "data", "state"),
    [
        ("reponse", {"verb": "take", "note": ""}, "taken"),
        ("reponse", {"verb": "help", "note": "Un T4"}, "helped"),
        ("reponse", {"verb": "find_no_help", "note": ""}, "no_help"),
        ("reponse", {"verb": "miss", "note": ""}, "unreachable"),
        ("reponse", {"verb": "decline", "note": "Voir la mairie"}, "not_for_me"),
        ("reponse", {"verb": "decline", "note": ""}, "sent"),
        ("reponse", {"verb": "recall", "note": ""}, "sent"),
        ("rappeler", {}, "recalled"),
        ("rouvrir", {}, "sent"),
    ],
)
def test_the_desk_acts_for_a_partner(client, need, slug, data, state):
    referral = ReferralFactory(need=need)
    url = reverse(
        f"admin:installation_referral_{slug}", args=[need.request_id, referral.pk]
    )

    assert client.get(url).status_code == 200
    client.post(url, data)

    referral.refresh_from_db()
    assert referral.state == state


def test_needs_are_added_dropped_restored_and_merged_from_the_tab(client, need):
    dossier = need.request
    add = reverse("admin:installation_need_add", args=[dossier.pk])
    client.post(add, {"topic": need.topic_id, "details": "Un jardin"})
    twin = dossier.needs.get(details="Un jardin")

    def act(slug, **data):
        url = reverse(f"admin:installation_need_{slug}", args=[dossier.pk, twin.pk])
        assert client.get(url).status_code == 200
        client.post(url, data)
        return Need.objects.get(pk=twin.pk).state

    assert act("abandonner", reason="") == "to_refer"
    assert act("abandonner", reason="Trouvé.") == "dropped"
    assert act("reprendre") == "to_refer"
    assert act("reunir", kept=need.pk) == "merged"


def test_the_desk_withdraws_an_agreement_for_the_person(client, need):
    referral = ReferralFactory(need=need)
    url = reverse(
        "admin:installation_consent_withdraw",
        args=[need.request_id, referral.consent_id],
    )

    client.post(url)

    referral.refresh_from_db()
    assert referral.state == "withdrawn"


def test_another_dossier_s_rows_are_not_found(client, need):
    stranger = ReferralFactory()
    urls = [
        reverse(
            "admin:installation_need_orienter", args=[need.request_id, stranger.need_id]
        ),
        reverse(
            "admin:installation_referral_rappeler", args=[need.request_id, stranger.pk]
        ),
        reverse(
            "admin:installation_consent_withdraw",
            args=[need.request_id, stranger.consent_id],
        ),
    ]

    assert {client.get(url).status_code for url in urls} == {404}


PAGES = [
    "admin:installation_referral_changelist",
    "admin:installation_coverage",
    "admin:installation_coverage_csv",
    "admin:installation_referral_ends",
    "admin:installation_needrule_changelist",
    "admin:territory_organisation_changelist",
    "admin:territory_contact_changelist",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_desk_opens_every_page(client, need, name):
    ReferralFactory(need=need, organisation=partner(need))
    ContactFactory()

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES[:4])
@pytest.mark.parametrize("role", ["finances", "communication", "elus"])
def test_the_other_roles_see_no_referral(client, name, role):
    client.force_login(UserFactory(is_staff=True, groups=[role]))

    assert client.get(reverse(name)).status_code == 403


def test_the_ends_are_counted_by_topic(client, officer):
    for state in ("helped", "helped", "no_help", "recalled"):
        ReferralFactory(state=state, ended_at=timezone.now())
    ReferralFactory()

    page = client.get(reverse("admin:installation_referral_ends")).content.decode()

    assert "Sur 3 réponses, 67&nbsp;% ont apporté une aide." in page


def test_a_rule_is_a_question_with_one_of_its_answers(client, officer):
    topic = Topic.objects.get(slug="mentor")
    add = reverse("admin:installation_needrule_add")
    data = {"condition": "situation=locum", "topic": topic.pk, "is_active": "on"}

    client.post(add, data)
    twice = client.post(add, data)

    assert "Cette règle existe déjà." in twice.content.decode()
    rules = NeedRule.objects.filter(topic=topic, question="situation")
    assert rules.filter(answer="locum").count() == 1


def test_the_directory_is_searched_by_name_topic_and_territory(client, need):
    found = partner(need)
    ContactFactory(organisation=found, name="Odile Fabre", is_main=True)
    OrganisationFactory(name="École")
    url = reverse("admin:territory_organisation_changelist")

    for query in ({"q": "odile"}, {"topics__id__exact": need.topic_id}):
        page = client.get(url, query)
        assert list(page.context["cl"].result_list) == [found]
        assert "Odile Fabre" in page.content.decode()


def test_stand_ins_that_turn_in_a_circle_are_refused(client, officer):
    organisation = OrganisationFactory()
    one, other = ContactFactory.create_batch(2, organisation=organisation)

    def announce(contact, stand_in, first, last):
        url = reverse("admin:territory_contact_change", args=[contact.pk])
        return client.post(
            url,
            {
                "organisation": organisation.pk,
                "name": contact.name,
                "is_active": "on",
                "absences-TOTAL_FORMS": "1",
                "absences-INITIAL_FORMS": "0",
                "absences-0-contact": contact.pk,
                "absences-0-first_day": first,
                "absences-0-last_day": last,
                "absences-0-stand_in": stand_in.pk,
            },
        )

    announce(one, other, "01/12/2026", "10/12/2026")
    refused = announce(other, one, "10/12/2026", "20/12/2026")
    allowed = announce(other, one, "11/12/2026", "20/12/2026")
    overlaps = announce(one, other, "05/12/2026", "06/12/2026")

    assert "tournent en rond" in refused.content.decode()
    assert allowed.status_code == 302
    assert overlaps.status_code == 200
    assert (one.absences.count(), other.absences.count()) == (1, 1)


def test_an_organisation_is_kept_with_its_people(client, officer):
    topic = Topic.objects.get(slug="housing")
    data = {
        "name": "Habitat",
        "kind": "housing",
        "is_active": "on",
        "email": "h@example.org",
        "topics": [topic.pk],
        "contacts-TOTAL_FORMS": "1",
        "contacts-INITIAL_FORMS": "0",
        "contacts-0-name": "Odile Fabre",
        "contacts-0-is_main": "on",
        "contacts-0-is_active": "on",
    }

    answer = client.post(reverse("admin:territory_organisation_add"), data)

    assert answer.status_code == 302
    assert Organisation.objects.get().contacts.get().is_main


# --- A word to the partner ---------------------------------------------------------


def desk_word(client, referral, **data):
    dossier = referral.need.request_id
    url = reverse("admin:installation_referral_ecrire", args=[dossier, referral.pk])
    return client.post(url, {"body": "Elle vient vendredi.", **data}, follow=True)


def test_the_desk_writes_in_a_partner_s_thread(client, need, officer):
    referral = ReferralFactory(need=need, organisation=partner(need), taken=True)
    sent = {"submission": "0b0f1f3c-51f5-4c5e-9b7a-6f3f4d3c2b1a"}

    for _twice in range(2):
        page = desk_word(client, referral, **sent)

    message = referral.messages.get()
    assert (message.side, message.author) == ("desk", officer)
    assert "Elle vient vendredi." in page.content.decode()
    letter = Message.objects.get(key=f"installation.partner-reply:{message.pk}")
    assert letter.recipient == "h@example.org"
    assert letter.subject == f"Le guichet vous a écrit : {need.topic.name}"
    assert "vendredi" not in letter.text
    verbs = Entry.objects.values_list("verb", flat=True)
    assert [*verbs].count("installation.referral.desk_wrote") == 1


def test_nothing_is_written_to_a_partner_once_the_consent_is_withdrawn(client, need):
    referral = ReferralFactory(need=need, organisation=partner(need), taken=True)
    referral.consent.withdrawn_at = timezone.now()
    referral.consent.save()

    page = tab(client, need.request).content.decode()
    answer = desk_word(
        client, referral, submission="0b0f1f3c-51f5-4c5e-9b7a-6f3f4d3c2b1a"
    )

    assert "Écrire au partenaire" not in page
    assert "n’a plus ce besoin en main" in answer.content.decode()
    assert not referral.messages.exists()
