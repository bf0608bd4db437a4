import pytest
from django import forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from territory.forms import CommuneField, CommunesField
from territory.models import Commune, Intercommunality

from .factories import CommuneFactory

pytestmark = pytest.mark.usefixtures("lot_et_garonne")


class HomeForm(forms.Form):
    commune = CommuneField()


class WishesForm(forms.Form):
    wishes = CommunesField(required=False, most=3)


def home(value):
    return HomeForm({"commune": value})


def wishes(*values):
    return WishesForm(MultiValueDict({"wishes": list(values)}))


def test_commune_field_without_script_is_a_list_in_french_order():
    html = str(HomeForm()["commune"])

    groups = [part.split('"')[0] for part in html.split('<optgroup label="')[1:]]
    assert groups == [
        "Agglomération d&#x27;Agen",
        "Albret Communauté",
        "Deux Rives",
        "Fumel Vallée du Lot",
        "Grand Villeneuvois",
        "Val de Garonne Agglomération",
    ]
    assert '<option value="" selected>Choisissez une commune</option>' in html
    assert html.count("<option") == 14
    assert "style=" not in html
    assert "onchange" not in html


def test_commune_field_costs_one_query_for_two_pages(django_assert_num_queries):
    with django_assert_num_queries(1):
        str(HomeForm()["commune"])
        str(HomeForm()["commune"])


def test_commune_field_brings_its_script_deferred():
    assert str(HomeForm().media) == (
        '<script src="/static/js/commune-field.js" defer></script>'
    )


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("47195", "Nérac"),
        (" 47195 ", "Nérac"),
        ("Nerac", "Nérac"),
        ("47200", "Marmande"),
        ("st front", "Saint-Front-sur-Lémance"),
        ("passage", "Le Passage"),
        ("gueyze", "Sos"),
        ("47116", "Sos"),  # a former commune answers with its successor
    ],
)
def test_commune_field_accepts_what_points_to_one_commune(value, name):
    form = home(value)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["commune"].name == name


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "Ce champ est obligatoire."),
        ("   ", "Ce champ est obligatoire."),
        (
            "47600",
            "Plusieurs communes répondent à « 47600 » : Nérac et Moncrabeau. "
            "Choisissez-en une.",
        ),
        (
            "marmadne",
            "Aucune commune ne s'appelle « marmadne ». Pensez-vous à Marmande ?",
        ),
        (
            "Bergerac",
            "Aucune commune ne répond à « Bergerac » en Lot-et-Garonne. Vérifiez le "
            "nom ou le code postal.",
        ),
        (
            "24037",
            "Aucune commune ne répond à « 24037 » en Lot-et-Garonne. Vérifiez le nom "
            "ou le code postal.",
        ),
    ],
)
def test_commune_field_refuses_with_a_sentence(value, sentence):
    assert home(value).errors == {"commune": [sentence]}


@pytest.mark.parametrize(
    "value",
    [
        "\0",
        "x" * 10_000,
        "<script>alert(1)</script>",
        "\u202ezoza",
        "💊",
        "' OR 1=1",
        "0",
    ],
)
def test_commune_field_survives_anything(value):
    form = home(value)

    assert not form.is_valid()
    assert len(form.errors["commune"][0]) < 200
    assert "<script>" not in str(form)
    assert "\u202e" not in form.errors["commune"][0]


def test_commune_field_keeps_what_was_typed_for_the_script():
    assert 'data-typed="marmadne"' in str(home("marmadne")["commune"])
    assert "data-typed" not in str(home("47195")["commune"])


@pytest.mark.parametrize("as_initial", [lambda c: c, lambda c: c.pk, lambda c: c.code])
def test_commune_field_shows_its_initial_value(as_initial):
    nerac = Commune.objects.get(code="47195")

    html = str(HomeForm(initial={"commune": as_initial(nerac)})["commune"])

    assert '<option value="47195" selected>Nérac</option>' in html


def test_commune_field_knows_what_changed():
    nerac = Commune.objects.get(code="47195")

    same = HomeForm({"commune": "47195"}, initial={"commune": nerac})
    other = HomeForm({"commune": "47001"}, initial={"commune": nerac})

    assert (same.has_changed(), other.has_changed()) == (False, True)


def test_communes_field_takes_communes_and_whole_groups():
    form = wishes("47195", "200096956", "st front", "47195", "")

    assert form.is_valid(), form.errors
    places = form.cleaned_data["wishes"]
    assert [commune.code for commune in places.communes] == ["47195", "47242"]
    assert [group.short_name for group in places.intercommunalities] == [
        "Agglomération d'Agen"
    ]
    assert places.codes == ["200096956", "47195", "47242"]
    assert bool(places)


def test_communes_field_may_stay_empty():
    form = wishes()

    assert form.is_valid()
    assert not form.cleaned_data["wishes"]


def test_communes_field_when_required_asks_for_one():
    field = CommunesField()

    with pytest.raises(forms.ValidationError, match="obligatoire"):
        field.clean([])


def test_communes_field_tells_every_refusal():
    form = wishes("47600", "marmadne")

    assert len(form.errors["wishes"]) == 2


def test_communes_field_refuses_too_many():
    form = wishes("47195", "47001", "47157", "47201")

    assert form.errors["wishes"] == [
        "Choisissez 3 lieux au plus : une intercommunalité entière compte pour un."
    ]


def test_communes_field_refuses_a_group_from_elsewhere():
    elsewhere = Intercommunality.objects.get(name="CA du Grand Cahors")

    assert not wishes(elsewhere.code).is_valid()


def test_communes_field_starts_from_codes():
    html = str(WishesForm(initial={"wishes": ["200096956", "47195"]})["wishes"])

    assert html.count(" selected>") == 2
    assert "Agglomération d&#x27;Agen (toute l&#x27;intercommunalité)" in html
    assert "multiple" in html


@pytest.mark.parametrize("count", [2, 6])
def test_communes_field_costs_the_same(count, django_assert_num_queries):
    codes = ["47195", "47001", "47157", "47201", "47242", "47252"][:count]

    with django_assert_num_queries(2):  # groups, communes
        CommunesField().clean(["200096956", *codes])


def test_field_is_dressed_by_crispy():
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}")

    html = page.render(Context({"form": home("marmadne")}))

    assert 'for="id_commune"' in html
    assert "form-select" in html
    assert "is-invalid" in html


def test_commune_without_group_is_listed_last():
    CommuneFactory(name="Île-Seule", intercommunality=None)

    html = str(HomeForm()["commune"])

    assert html.index("Sans intercommunalité") > html.index("Val de Garonne")
