"""Every kind of request has its own pages, and its answers reach the dossier."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from installation import actions, kinds, recap, retention, steps
from installation.models import InstallationRequest, RequestDetails
from tests.installation.factories import RequestFactory
from tests.installation.filling import PRACTICE, WHO, start_of, step
from tests.territory.factories import HealthStructureFactory

Kind = InstallationRequest.Kind
HERE = {
    "profession": "doctor",
    "specialty": "médecine générale",
    "mode": "liberal",
    "place": "47195",
}
SEND = {"is_exact": "on"}
CONTACT = {**WHO, "function": "Coordinatrice"}
STRUCTURE_POST = {
    "body_name": "Centre de santé des Rives",
    "place": "47195",
    "wanted_profession": "doctor",
    "mode": "salaried",
}
PAGES = {
    "locum": [
        WHO,
        PRACTICE,
        {"horizon": "soon", "places": ["47195"], "message": "Les étés."},
        {"wants_family_help": "non"},
        SEND,
    ],
    "practice_maintenance": [
        WHO,
        HERE,
        {"helps": ["assistant", "secretary"], "since": "long"},
        SEND,
    ],
    "retirement_succession": [
        WHO,
        HERE,
        {
            "planned_on": "2028-06-30",
            "premises": "owned",
            "is_confidential": "oui",
            "patients": "1200",
        },
        SEND,
    ],
    "structure_vacancy": [CONTACT, STRUCTURE_POST, SEND],
    "structure_project": [
        CONTACT,
        {
            "project": "health_house",
            "carrier": "commune",
            "body_name": "Commune de Nérac",
            "place": "47195",
            "stage": "idea",
        },
        SEND,
    ],
    "other": [WHO, {"message": "Un stage pour ma nièce."}, SEND],
}
# What the dossier tells of each, among the rest.
TOLD = {
    "locum": ("Lieux souhaités", "Nérac"),
    "practice_maintenance": (
        "Aide attendue",
        "Un assistant ou un collaborateur, un secrétariat",
    ),
    "retirement_succession": (
        "Discrétion",
        "Confidentiel : ni le nom ni la commune ne sont dits",
    ),
    "structure_vacancy": ("Structure", "Centre de santé des Rives"),
    "structure_project": ("Porté par", "Une commune, Commune de Nérac"),
    "other": ("En quelques mots", "Un stage pour ma nièce."),
}


def fill(client, kind, upto=None):
    """Answer the pages of a kind in order; the last answer received."""
    response = None
    for number, answers in enumerate(PAGES[kind][:upto], 1):
        response = client.post(step(number), {"nature": kind, **answers})
        assert response.status_code == 302, response.context["form"].errors
    return response


@pytest.mark.parametrize("kind", PAGES)
def test_a_request_of_each_kind_is_filed_by_its_own_pages(client, kind):
    assert client.get(start_of(kind)).status_code == 200
    assert len(PAGES[kind]) == len(steps.STEPS[kind])

    receipt = fill(client, kind)

    request = InstallationRequest.objects.get()
    assert (request.kind, request.state) == (kind, "submitted")
    assert client.get(receipt.url).status_code == 200
    answers = [fact for _title, facts in recap.facts(request) for fact in facts]
    assert TOLD[kind] in answers
    assert [title for title, _facts in recap.facts(request)] == [
        page.title for page in steps.STEPS[kind][:-1]
    ]


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_shows_again_what_was_answered(client, kind):
    last = len(PAGES[kind]) - 1
    fill(client, kind, upto=last)

    for number in range(1, last + 1):
        form = client.get(step(number)).context["form"]
        for name, answer in PAGES[kind][number - 1].items():
            kept = form[name].value()
            assert str(answer) in (str(kept), f"['{kept}']"), (name, kept)
    recap = client.get(step(last + 1)).content.decode()
    assert TOLD[kind][1] in recap


def test_every_kind_has_a_card_and_a_way_in(client):
    page = client.get(reverse("installation:request-start")).content.decode()
    home = client.get(reverse("installation:home")).content.decode()

    for kind, about in kinds.KINDS.items():
        assert f"?nature={kind}" in page
        assert about.title in home
    assert client.get(start_of("question")).url == reverse("installation:callback")
    for nonsense in ("x" * 5000, "\0", "placement", ""):
        assert (
            "Que demandez-vous"
            in client.get(
                reverse("installation:request-start"), {"nature": nonsense}
            ).content.decode()
        )


@pytest.mark.parametrize("kind", ["structure_vacancy", "structure_project"])
def test_a_structure_is_asked_for_no_family(kind):
    assert not kinds.KINDS[kind].has_family
    assert "family" not in kinds.KINDS[kind].pages


REFUSED = [
    ("practice_maintenance", 2, {**HERE, "place": ""}, "place"),
    ("practice_maintenance", 2, {**HERE, "mode": "unknown"}, "mode"),
    ("practice_maintenance", 3, {"since": "long"}, "helps"),
    ("practice_maintenance", 3, {"helps": ["\0"], "since": "long"}, "helps"),
    ("retirement_succession", 3, {"premises": "owned"}, "is_confidential"),
    (
        "retirement_succession",
        3,
        {"premises": "owned", "is_confidential": "non", "patients": "9" * 30},
        "patients",
    ),
    (
        "retirement_succession",
        3,
        {"premises": "none", "is_confidential": "non", "planned_on": "0001-01-01"},
        "planned_on",
    ),
    ("structure_vacancy", 1, WHO, "function"),
    ("structure_vacancy", 2, {**STRUCTURE_POST, "body_name": ""}, "body_name"),
    ("structure_vacancy", 2, {**STRUCTURE_POST, "place": ""}, "place"),
    ("structure_vacancy", 2, {**STRUCTURE_POST, "structure": "9" * 30}, "structure"),
    (
        "structure_vacancy",
        2,
        {**STRUCTURE_POST, "planned_on": "2020-01-01"},
        "planned_on",
    ),
    ("structure_project", 2, {"project": "health_house"}, "stage"),
    ("other", 2, {"message": " "}, "message"),
]


@pytest.mark.parametrize(("kind", "number", "answers", "field"), REFUSED)
def test_a_page_refuses_beside_the_field(client, kind, number, answers, field):
    fill(client, kind, upto=number - 1)

    response = client.post(step(number), {"nature": kind, **answers})

    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_a_structure_we_know_brings_its_commune(client):
    structure = HealthStructureFactory()
    fill(client, "structure_vacancy", upto=1)

    client.post(step(2), {**STRUCTURE_POST, "structure": structure.pk, "place": ""})

    draft = InstallationRequest.objects.get()
    assert list(draft.communes.all()) == [structure.commune]
    assert (draft.details.structure, draft.details.body_name) == (structure, "")


def test_asking_for_something_else_keeps_who_asks(client):
    fill(client, "practice_maintenance", upto=3)
    draft = InstallationRequest.objects.get()
    url = reverse("installation:request-kind")
    assert "Continuer d’exercer ici" in client.get(url).content.decode()

    response = client.post(url, {"nature": "structure_vacancy", "draft": draft.pk})

    assert response.url == step(2)
    draft = InstallationRequest.objects.get()
    assert (draft.last_name, draft.kind, draft.mode) == (
        "Caubet",
        "structure_vacancy",
        "",
    )
    assert not RequestDetails.objects.exists()
    client.post(url, {"nature": "question", "draft": draft.pk})
    draft.refresh_from_db()
    assert draft.kind == "structure_vacancy"


def test_a_link_to_another_kind_leads_to_the_draft_that_was_left(client):
    fill(client, "other", upto=1)

    response = client.get(start_of("locum"), follow=True)

    assert response.redirect_chain[-1][0] == step(2)
    assert "Vous aviez commencé" in response.content.decode()


def test_a_kind_cannot_change_once_filed():
    with pytest.raises(ValidationError, match="déjà déposée"):
        actions.change_kind(RequestFactory(submitted=True), Kind.LOCUM)


def test_the_desk_reads_what_its_kind_asked(client):
    request = RequestFactory(in_support=True, kind="retirement_succession")
    RequestDetails.objects.create(request=request, patients=1200)
    client.force_login(request.case_worker)
    change = "admin:installation_installationrequest_change"

    page = client.get(f"{reverse(change, args=[request.pk])}?onglet=projet")

    assert "1200" in page.content.decode()


def test_details_are_plausible_and_forgotten():
    request = RequestFactory(closed=True, kind="structure_vacancy")
    for wrong in ({"patients": 0}, {"planned_on": "0099-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RequestDetails.objects.create(request=request, **wrong)
    details = RequestDetails.objects.create(request=request, body_name="Les Rives")

    retention.forget(request)

    details.refresh_from_db()
    assert details.body_name == ""
