import pytest

from casework import spreadsheets


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_what_looks_like_a_formula_is_text(begins):
    assert spreadsheets.harmless(f"{begins}cmd|'/c calc'!A1").startswith("'")


@pytest.mark.parametrize("cell", ["", "Nérac", "a=b", -12, None])
def test_anything_else_stays(cell):
    assert spreadsheets.harmless(cell) is cell


def test_cells_are_between_semicolons():
    written = spreadsheets.as_csv(["nom", "somme"], [["D’Artagnan; Charles", -1]])

    assert written == 'nom;somme\r\n"D’Artagnan; Charles";-1\r\n'
