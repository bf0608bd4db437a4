"""The family side: the spouse sees what is theirs, for as long as they may."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import merging
from casework import links
from casework.models import Entry, Message
from installation import actions, family, retention, space
from installation.actions import family as family_actions
from installation.models import (
    Exchange,
    FamilyAccess,
    InstallationRequest,
    Need,
    RequestDetails,
)
from territory.models import Topic
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    AttachmentFactory,
    FamilyAccessFactory,
    RequestFactory,
    VisitFactory,
    VisitStopFactory,
    desk_user,
)
from tests.territory.factories import CommuneFactory

MARK = "XXMARQUEXX"
State = FamilyAccess.State


@pytest.fixture
def dossier():
    return RequestFactory(
        in_support=True,
        wants_family_help=True,
        household="couple",
        partner_occupation="infirmier",
    )


def url(name, dossier, *more):
    return reverse(f"installation:family-{name}", args=[dossier.reference, *more])


def joined(dossier, user=None):
    """A spouse who accepted, with an account."""
    user = user or UserFactory()
    access = FamilyAccessFactory(request=dossier, accepted=True, person=user.person)
    return access, user


def follow(client, access):
    """The link of the e-mail: look, then confirm."""
    token = links.issue(family.SCOPE, access, to_email=access.invited_email)
    return client.post(reverse("casework:link", args=[token])), token


# --- Inviting ----------------------------------------------------------------------


def test_the_applicant_invites_and_the_spouse_accepts_by_the_link(client, dossier):
    user = UserFactory(person=dossier.applicant, email=dossier.email)
    client.force_login(user)
    said = {"name": "Julien Caubet", "email": "Julien@example.org"}
    assert client.post(url("invite", dossier), said).status_code == 302
    access = dossier.family_accesses.get()
    assert (access.state, access.invited_email) == ("invited", "julien@example.org")
    assert Message.objects.get(recipient="julien@example.org").is_secret

    client.logout()
    opened, _token = follow(client, access)
    page = client.get(opened.url).content.decode()
    assert "Accepter l’invitation" in page
    assert dossier.partner_occupation not in page
    assert client.get(url("accept", dossier)).status_code == 405
    client.post(url("accept", dossier))

    access.refresh_from_db()
    assert (access.state, access.person.email) == ("accepted", "julien@example.org")
    assert "infirmier" in client.get(opened.url).content.decode()
    verbs = Entry.objects.about(dossier).values_list("verb", flat=True)
    assert {"installation.family.invited", "installation.family.accepted"} <= {*verbs}


def test_ones_own_address_is_refused_in_words(client, dossier):
    client.force_login(UserFactory(person=dossier.applicant, email=dossier.email))

    page = client.post(
        url("invite", dossier), {"name": "Inès", "email": dossier.email.upper()}
    )

    assert page.context["form"].errors["email"][0].startswith("C'est votre propre")
    assert not FamilyAccess.objects.exists()


def test_inviting_again_sends_the_invitation_again(dossier):
    said = {"name": "Julien Caubet", "email": "julien@example.org"}

    first = family_actions.invite(dossier, **said)
    second = family_actions.invite(dossier, **said)

    assert first == second
    assert Message.objects.filter(recipient="julien@example.org").count() == 2
    family_actions.accept(first)
    with pytest.raises(ValidationError, match="a déjà accès"):
        family_actions.invite(dossier, **said)


def test_no_more_than_two_are_invited_and_not_to_any_dossier(dossier):
    FamilyAccessFactory.create_batch(2, request=dossier)
    with pytest.raises(ValidationError, match="Deux personnes au plus"):
        family_actions.invite(dossier, name="Ana", email="ana@example.org")

    for other in (
        RequestFactory(closed=True),
        RequestFactory(in_support=True, kind="structure_vacancy"),
    ):
        with pytest.raises(ValidationError, match="pas de côté famille"):
            family_actions.invite(other, name="Ana", email="ana@example.org")


@pytest.mark.parametrize(
    "broken",
    [
        {"invited_email": "julien@example.org"},
        {"invited_email": "a@example.org", "state": "accepted"},
        {"invited_email": "a@example.org", "state": "ended"},
        {"invited_email": "", "invited_name": "Ana"},
    ],
)
def test_the_database_holds_the_rules(dossier, broken):
    FamilyAccessFactory(request=dossier, invited_email="julien@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyAccessFactory(request=dossier, **broken)


# --- Who sees it -------------------------------------------------------------------


def _seed(dossier):
    """Write the mark in every text of the dossier that is not the family's."""
    theirs = {"partner_occupation", "household", "reference", "state", "kind"}
    fixed = {"channel", "turn", "first_name", "last_name", "email", "phone"}
    for column in InstallationRequest._meta.concrete_fields:
        is_text = column.get_internal_type() in ("CharField", "TextField")
        if is_text and column.name not in theirs | fixed and not column.choices:
            size = column.max_length or 100
            value = "10000000009" if column.name == "rpps" else MARK[:size]
            setattr(dossier, column.name, value)
    dossier.profession, dossier.situation = "doctor", "locum"
    dossier.expected_by = timezone.localdate() + dt.timedelta(days=5)
    dossier.turn = "applicant"
    dossier.save()
    dossier.communes.add(CommuneFactory(name=f"{MARK}-sur-Lot"))
    RequestDetails.objects.create(request=dossier, function=MARK, body_name=MARK)
    premises = Topic.objects.get(slug="premises")
    Need.objects.create(request=dossier, topic=premises, details=MARK, source="desk")
    for audience in ("public", "internal"):
        dossier.exchanges.create(body=MARK, audience=audience, author=desk_user())
    dossier.exchanges.create(body=MARK)
    attachment = AttachmentFactory(request=dossier)
    attachment.document.name = f"{MARK}.pdf"
    attachment.document.save()
    return premises


def test_the_family_page_holds_nothing_professional(client, dossier):
    premises = _seed(dossier)
    _access, user = joined(dossier)
    housing = Topic.objects.get(slug="housing")
    Need.objects.create(request=dossier, topic=housing, source="person")
    dossier.exchanges.create(body="Une place à la crèche.", audience="family")
    client.force_login(user)

    pages = [
        client.get(url(name, dossier)).content.decode()
        for name in ("detail", "update", "leave")
    ]

    assert housing.name in pages[0]
    assert "Une place à la crèche." in pages[0]
    hidden = [MARK, "10000000009", premises.name, "remplacement", dossier.email]
    found = [
        (word, i) for i, page in enumerate(pages) for word in hidden if word in page
    ]
    assert found == []


def test_a_guest_reads_their_part_of_a_visit(client, dossier):
    visit = VisitFactory(request=dossier, sent=True, family_invited=True, notes=MARK)
    VisitStopFactory(visit=visit, place="École", audience="family")
    VisitStopFactory(visit=visit, place="Mairie", audience="everyone")
    VisitStopFactory(visit=visit, place=MARK, meets=MARK, audience="professional")
    for told in ({"family_invited": False}, {"sent_at": None}, {"day": days_ago(2)}):
        other = VisitFactory(
            request=dossier, sent=True, **{"family_invited": True, **told}
        )
        VisitStopFactory(visit=other, place=MARK)
    _access, user = joined(dossier)
    client.force_login(user)

    page = client.get(url("detail", dossier)).content.decode()

    assert page.count("Votre visite du") == 1
    assert ("École" in page, "Mairie" in page, MARK in page) == (True, True, False)


def days_ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def test_a_guest_reaches_no_other_page_of_the_dossier(client, dossier):
    _access, user = joined(dossier)
    client.force_login(user)
    attachment = AttachmentFactory(request=dossier)

    for name, *more in (
        ("dossier-detail",),
        ("dossier-archive",),
        ("dossier-withdraw",),
        ("dossier-document", attachment.pk),
        ("family-invite",),
        ("request-receipt",),
    ):
        path = reverse(f"installation:{name}", args=[dossier.reference, *more])
        assert client.get(path).status_code == 404, name


def test_a_stranger_finds_nothing_and_a_visitor_signs_in(client, dossier):
    FamilyAccessFactory(request=dossier)
    assert client.get(url("detail", dossier)).status_code == 302

    client.force_login(UserFactory())

    for name in ("detail", "update", "leave"):
        assert client.get(url(name, dossier)).status_code == 404
    assert client.post(url("accept", dossier)).status_code == 404


def test_a_confirmed_address_finds_its_invitation_without_the_link(client, dossier):
    user = UserFactory()
    user.person.email_confirmed_at = timezone.now()
    user.person.save()
    access = FamilyAccessFactory(request=dossier, invited_email=user.email)
    client.force_login(user)

    assert [line.task for line in space.lines(user.person)] == [
        f"Répondre à l’invitation de {dossier.full_name}"
    ]
    client.post(url("accept", dossier))

    access.refresh_from_db()
    assert access.person == user.person
    assert [line.task for line in space.lines(user.person)] == [""]


def test_before_accepting_there_is_only_the_invitation(client, dossier):
    access = FamilyAccessFactory(request=dossier)
    follow(client, access)

    assert client.get(url("update", dossier)).status_code == 404
    client.post(url("detail", dossier), {"body": "Bonjour", "submission": uuid.uuid4()})

    assert not dossier.exchanges.exists()


# --- Ending --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["applicant", "desk", "guest"])
def test_ending_closes_pages_and_links_at_once(client, dossier, who):
    access = FamilyAccessFactory(request=dossier)
    _opened, token = follow(client, access)
    family_actions.accept(access)
    assert client.get(url("detail", dossier)).status_code == 200

    if who == "guest":
        client.post(url("leave", dossier))
    else:
        by = desk_user() if who == "desk" else None
        family_actions.end(access, by=by)

    assert client.get(url("detail", dossier)).status_code in (302, 404)
    again = client.post(reverse("casework:link", args=[token]))
    assert again.status_code == 404
    access.refresh_from_db()
    assert access.state == State.ENDED


def test_the_applicant_ends_it_from_their_dossier(client, dossier):
    access, guest = joined(dossier)
    owner = UserFactory(person=dossier.applicant, email=dossier.email)
    client.force_login(owner)

    client.post(url("end", dossier, access.pk))

    assert Message.objects.filter(template_key="installation.family-ended").count() == 1
    client.force_login(guest)
    assert client.get(url("detail", dossier)).status_code == 404
    client.force_login(owner)
    other = FamilyAccessFactory()
    assert client.post(url("end", dossier, other.pk)).status_code == 404


def test_the_desk_ends_it_from_the_family_tab(client, dossier, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    access, _guest = joined(dossier)
    client.force_login(dossier.case_worker)
    change = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    end = reverse("admin:installation_request_family_end", args=[dossier.pk, access.pk])

    assert end in client.get(f"{change}?onglet=famille").content.decode()
    client.post(end)

    access.refresh_from_db()
    assert not access.is_open


def test_two_accept_at_once_and_one_joins(transactional_db):
    dossier = RequestFactory(in_support=True)
    access = FamilyAccessFactory(request=dossier)
    users = [UserFactory(), UserFactory()]

    def accept(user):
        try:
            return family_actions.accept(access, by=user)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        results = list(both.map(accept, users))

    assert "Cette invitation a déjà été acceptée." in results
    access.refresh_from_db()
    assert access.person in [user.person for user in users]


# --- What they do --------------------------------------------------------------------


def test_a_family_message_is_read_on_both_sides_and_brings_the_desk(client, dossier):
    access, user = joined(dossier)
    client.force_login(user)
    said = {"body": "Je cherche à mi-temps.", "submission": uuid.uuid4()}

    client.post(url("detail", dossier), said)
    client.post(url("detail", dossier), said)

    exchange = dossier.exchanges.get()
    assert (exchange.audience, exchange.family_access) == ("family", access)
    dossier.refresh_from_db()
    assert dossier.turn == "desk"
    keys = Message.objects.values_list("template_key", "recipient")
    assert ("installation.answered", dossier.case_worker.email) in keys
    assert ("installation.message", dossier.email) in keys
    assert user.email not in [recipient for _key, recipient in keys]


def test_the_desk_writes_to_the_family_side(dossier):
    access, user = joined(dossier)

    actions.write(
        dossier, "Une visite samedi ?", by=dossier.case_worker, audience="family"
    )

    recipients = Message.objects.values_list("recipient", flat=True)
    assert {user.email, dossier.email} == set(recipients)
    family_actions.end(access)
    with pytest.raises(ValidationError, match="Personne n'a rejoint"):
        actions.write(dossier, "Oui ?", by=dossier.case_worker, audience="family")


def test_a_message_after_the_end_is_refused(dossier):
    access, user = joined(dossier)
    family_actions.end(access)

    with pytest.raises(ValidationError, match="terminé"):
        family_actions.write(dossier, "Bonjour", access=access, by=user)
    assert not Exchange.objects.exists()


def test_what_the_family_adds_becomes_a_need(client, dossier):
    _access, user = joined(dossier)
    client.force_login(user)
    job, school = Topic.objects.filter(slug__in=["partner-job", "school"])
    premises = Topic.objects.get(slug="premises")
    dossier.topics.add(premises)

    refused = client.post(url("update", dossier), {"household": "couple"})
    assert "topics" in refused.context["form"].errors
    said = {"household": "couple_children", "children_6_10": "2"}
    said |= {"topics": [job.pk, school.pk], "partner_occupation": "infirmier"}
    assert client.post(url("update", dossier), said).status_code == 302

    dossier.refresh_from_db()
    assert dossier.children == [("de 6 à 10 ans", 2)]
    assert set(dossier.topics.all()) == {premises, job, school}
    assert {need.topic for need in dossier.needs.family()} == {job, school}


# --- What is kept --------------------------------------------------------------------


def test_a_guest_takes_away_what_is_theirs(dossier):
    access, user = joined(dossier)
    family_actions.write(dossier, "Je cherche à mi-temps.", access=access, by=user)

    exported = str(retention.export(user.person))

    assert "Je cherche à mi-temps." in exported
    assert dossier.email not in exported


def test_forgetting_the_dossier_ends_and_empties_its_accesses(dossier):
    access, _user = joined(dossier)

    retention.forget(dossier)

    access.refresh_from_db()
    assert (access.state, access.invited_name, access.invited_email) == (
        "ended",
        "",
        "",
    )
    assert access.person is None


def test_two_files_of_one_guest_become_one_access(dossier):
    first, user = joined(dossier)
    second, _other = joined(dossier)
    kept = user.person

    merging.move_everything(kept, second.person)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "ended")
    assert second.person == kept
