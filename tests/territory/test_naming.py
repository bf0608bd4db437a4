import pytest

from territory import naming


@pytest.mark.parametrize(
    ("name", "tncc", "with_de", "with_en"),
    [
        ("Lot-et-Garonne", 2, "de Lot-et-Garonne", "en Lot-et-Garonne"),
        ("Ille-et-Vilaine", 1, "d'Ille-et-Vilaine", "en Ille-et-Vilaine"),
        ("Lozère", 3, "de la Lozère", "en Lozère"),
        ("Gers", 2, "du Gers", "dans le Gers"),
        ("Aude", 5, "de l'Aude", "dans l'Aude"),
        ("Ardèche", 5, "de l'Ardèche", "en Ardèche"),
        ("Landes", 4, "des Landes", "dans les Landes"),
        ("Manche", 3, "de la Manche", "dans la Manche"),
        ("Haute-Marne", 3, "de la Haute-Marne", "en Haute-Marne"),
        ("Paris", 0, "de Paris", "à Paris"),
        ("La Réunion", 0, "de La Réunion", "à La Réunion"),
    ],
)
def test_departement_takes_its_little_words(name, tncc, with_de, with_en):
    assert naming.with_de(name, tncc) == with_de
    assert naming.with_en(name, tncc) == with_en


@pytest.mark.parametrize(
    ("name", "with_de", "with_a"),
    [
        ("Agen", "d'Agen", "à Agen"),
        ("Nérac", "de Nérac", "à Nérac"),
        ("Le Passage", "du Passage", "au Passage"),
        ("Les Bessons", "des Bessons", "aux Bessons"),
        ("La Canourgue", "de la Canourgue", "à la Canourgue"),
        ("L'Hospitalet", "de l'Hospitalet", "à l'Hospitalet"),
        ("Étauliers", "d'Étauliers", "à Étauliers"),
    ],
)
def test_commune_contracts_its_article(name, with_de, with_a):
    assert naming.commune_with_de(name) == with_de
    assert naming.commune_with_a(name) == with_a


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("CC du Pays de Duras", "Pays de Duras"),
        ("CA Agglomération d'Agen", "Agglomération d'Agen"),
        ("CC de l'Aire à l'Argonne", "Aire à l'Argonne"),
        ("CC Lot et Tolzac", "Lot et Tolzac"),
        ("Bordeaux Métropole", "Bordeaux Métropole"),
    ],
)
def test_intercommunality_has_a_short_name(name, short):
    assert naming.group_short_name(name) == short
