"""What somebody types in the pages of a request, and the link of a dossier."""

from django.urls import reverse

from casework import links

WHO = {
    "title": "dre",
    "first_name": "Inès",
    "last_name": "Caubet",
    "email": "ines@example.org",
    "phone": "05 53 00 00 00",
    "address": "2 rue des Tanneurs",
    "postal_code": "33000",
    "city": "Bordeaux",
}
PRACTICE = {
    "profession": "doctor",
    "specialty": "médecine générale",
    "situation": "locum",
    "rpps": "10000000009",
    "mode": "liberal",
    "days_a_week": "4",
}
PROJECT = {
    "horizon": "year",
    "places": ["47195"],
    "structures": ["health_house"],
    "message": "Une équipe déjà en place.",
}
ALONE = {"wants_family_help": "non"}
PAGES = [WHO, PRACTICE, PROJECT, ALONE, {"is_exact": "on"}]


def step(number):
    return reverse("installation:request-step", args=[number])


def start_of(kind):
    return f"{reverse('installation:request-start')}?nature={kind}"


def fill(client, upto=5):
    """Answer the first pages in order; the last answer received."""
    response = None
    for number, answers in enumerate(PAGES[:upto], 1):
        response = client.post(step(number), answers)
        assert response.status_code == 302, response.content.decode()
    return response


def dossier_url(request):
    return reverse("installation:dossier-detail", args=[request.reference])


def follow(client, request):
    """Open the dossier with a link, as the e-mail says: look, then confirm."""
    token = links.issue("installation.follow", request, to_email=request.email)
    url = reverse("casework:link", args=[token])
    assert client.get(url).status_code == 200
    return client.post(url)
