"""The tags every page shares."""

import datetime as dt

import pytest
from django import forms
from django.template import engines
from django.utils import timezone

from portal.templatetags import portal as tags

NBSP = "\u00a0"
PARIS = timezone.get_default_timezone()


def _render(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("number", "shown", "address"),
    [
        ("+33536491247", "05 36 49 12 47", "tel:+33536491247"),
        ("05 36 49 12 47", "05 36 49 12 47", "tel:+33536491247"),
        ("+32 2 555 12 12", "+32 2 555 12 12", "tel:+3225551212"),
        ("le standard", "le standard", "tel:lestandard"),
        ("", "", "tel:"),
        (None, "", "tel:"),
    ],
)
def test_telephone_is_written_the_french_way(number, shown, address):
    shown = shown if shown == "le standard" else shown.replace(" ", NBSP)
    assert (tags.phone(number), tags.tel(number)) == (shown, address)


@pytest.mark.parametrize(
    ("filter_", "value", "expected"),
    [
        (tags.long_date, dt.date(2026, 12, 4), "4 décembre 2026"),
        (tags.long_date, dt.date(2027, 1, 1), "1<sup>er</sup> janvier 2027"),
        (tags.short_date, dt.date(2026, 9, 23), "23 sept. 2026"),
        (tags.weekday_date, dt.date(2026, 12, 4), "vendredi 4 décembre 2026"),
        (
            tags.moment,
            dt.datetime(2026, 10, 8, 9, 12, tzinfo=PARIS),
            "8 octobre 2026, 9 h 12",
        ),
        (
            tags.long_date,
            dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC),
            "1<sup>er</sup> janvier 2027",
        ),
        (tags.moment, dt.date(2026, 10, 8), "8 octobre 2026"),
        (tags.long_date, None, ""),
        (tags.weekday_date, None, ""),
    ],
)
def test_date_is_absolute_and_french(filter_, value, expected):
    assert filter_(value).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(334106, "334 106"), (2.94, "2,94"), (0, "0"), (None, ""), ("", "")],
)
def test_number_has_french_separators(value, expected):
    assert tags.number(value) == expected.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "zéro"), (1, "une"), (2, "deux"), (10, "dix"), (11, "11")]
)
def test_small_counts_are_written_in_letters(count, words):
    assert tags.in_letters(count) == words


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Claire Dumas", "CD"), ("Anne-Marie Le Goff", "AG"), ("Claire", "C"), ("", "")],
)
def test_avatar_shows_initials_and_says_nothing(name, initials):
    html = _render("{% avatar name %}", name=name)

    assert html == f'<span class="avatar" aria-hidden="true">{initials}</span>'


@pytest.mark.parametrize(
    ("label", "is_small"), [("47", False), ("2A", True), ("974", True)]
)
def test_borne_makes_room_for_long_numbers(label, is_small):
    html = _render("{% borne label %}", label=label)

    assert f">{label}</text>" in html
    assert ("borne-number-long" in html) is is_small


def test_icon_takes_no_markup_from_its_name():
    html = _render("{% icon name %}", name='"><script>')

    assert "<script" not in html


def test_steps_say_where_one_stands():
    html = _render("{% steps titles 2 %}", titles=["Vous", "Projet", "Famille"])

    assert html.count('aria-current="step"') == 1
    assert [html.count(f"step-{state}") for state in ("done", "now", "todo")] == [1] * 3
    assert "Étape 2 sur 3" in html
    assert "Ensuite" in html


def test_breadcrumb_starts_at_home_and_ends_here():
    html = _render('{% breadcrumb "M’installer" "/installation/" "Demande" %}')

    assert '<a href="/">Accueil</a>' in html
    assert '<a href="/installation/">M’installer</a>' in html
    assert 'aria-current="page">Demande<' in html


class ProjectForm(forms.Form):
    town = forms.CharField(
        label="Commune", error_messages={"required": "Indiquez une commune."}
    )
    rhythm = forms.ChoiceField(
        label="Rythme", choices=[("1", "un"), ("2", "deux")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Remarque", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def test_error_summary_leads_to_each_field():
    form = ProjectForm({})
    form.add_error(None, "Le dossier est clos.")

    items = [(item["text"], item["target"]) for item in tags.error_items(form)]

    assert items == [
        ("Le dossier est clos.", ""),
        ("Indiquez une commune.", "id_town"),
        ("Rythme : à compléter", "id_rhythm_0"),
        ("Ce champ est obligatoire.", ""),
    ]


def test_form_says_in_words_what_is_needed_and_what_is_wrong():
    source = "{% load crispy_forms_tags %}{{ form|crispy }}"
    html = " ".join(_render(source, form=ProjectForm({})).split())

    assert html.count("(obligatoire)") == 2
    assert html.count("(facultatif)") == 1
    assert "*" not in html
    assert "Trois réponses sont à revoir" in html
    assert '<a href="#id_town">Indiquez une commune.</a>' in html
    assert 'aria-describedby="id_town_error"' in html
    assert '<div id="id_town_error" class="invalid-feedback">' in html
    assert html.count('class="form-check choice"') == 2


def test_valid_form_has_no_summary():
    html = _render("{% load crispy_forms_tags %}{{ form|crispy }}", form=ProjectForm())

    assert "error-summary" not in html


def test_trap_for_robots_is_out_of_reach():
    class TrappedForm(forms.Form):
        site = forms.CharField(
            required=False,
            widget=forms.TextInput({"tabindex": "-1", "style": "left: -9999px"}),
        )

    html = _render("{% load crispy_forms_tags %}{{ form|crispy }}", form=TrappedForm())

    assert 'class="trap" aria-hidden="true"' in html
    assert "style=" not in html
