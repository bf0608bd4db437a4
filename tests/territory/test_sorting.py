import pytest

from territory.sorting import search_key, sort_key


def test_sort_key_files_names_as_a_french_dictionary_does():
    names = [
        "Œuilly",
        "Zoza",
        "Étauliers",
        "Estillac",
        "La Réunion",
        "Nérac",
        "L'Abergement",
        "Nerac",
        "Saint-Front",
        "Sainte-Livrade",
        "Oeyreluy",
    ]

    assert sorted(names, key=sort_key) == [
        "Estillac",
        "Étauliers",
        "L'Abergement",
        "La Réunion",
        "Nerac",
        "Nérac",
        "Œuilly",
        "Oeyreluy",
        "Saint-Front",
        "Sainte-Livrade",
        "Zoza",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Front-sur-Lémance", "st front sur lemance"),
        ("Sainte-Livrade", "STE LIVRADE"),
        ("L'Hôpital", "l hopital"),
        ("Le Mas-d’Agenais", "le mas d'agenais"),
        ("Cœur", "coeur"),
        ("Ne\u0301rac", "Nérac"),
    ],
)
def test_search_key_is_shared_by_two_spellings(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize("text", ["", "  ", "\0", "—", "💊", "\u200f"])
def test_search_key_of_nothing_legible_is_empty(text):
    assert search_key(text) == ""
