"""What makes an IBAN and a BIC plausible."""

import pytest

from bursaries import ibans

IBANS = [
    "FR1420041010050500013M02606",
    "FR7630006000011234567890189",
    "BE68539007547034",
    "DE89370400440532013000",
    "ES9121000418450200051332",
    "MC5811222000010123456789030",
    "NO9386011117947",
]


@pytest.mark.parametrize("iban", IBANS)
def test_a_true_iban_is_taken(iban):
    assert ibans.refusal(iban) == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "commence par deux lettres"),
        ("30006000011234567890189", "commence par deux lettres"),
        ("FR76é0006000011234567890189", "commence par deux lettres"),
        ("FR7630006000011234567890188", "clé de contrôle"),
        ("FR7630006000011234567809189", "clé de contrôle"),
        ("FR763000600001123456789018", "compte 27 caractères"),
        ("FR76300060000112345678901899", "compte 27 caractères"),
        ("BR1800360305000010009795493C1", "hors de la zone SEPA"),
        ("MU17BOMM0101101030300200000MUR", "hors de la zone SEPA"),
    ],
)
def test_another_is_refused_in_words(typed, sentence):
    assert sentence in ibans.refusal(typed)


def test_every_digit_changed_alone_is_seen():
    iban = IBANS[1]

    found = {
        ibans.refusal(iban[:at] + str((int(iban[at]) + 1) % 10) + iban[at + 1 :])
        for at in range(2, len(iban))
    }

    assert "" not in found


@pytest.mark.parametrize(
    "typed",
    [
        "FR76 3000 6000 0112 3456 7890 189",
        " fr76-3000-6000-0112-3456-7890-189 ",
        "IBAN FR76\u00a03000 6000 0112 3456 7890 189",
    ],
)
def test_it_is_read_as_it_is_printed(typed):
    assert ibans.normalised(typed) == IBANS[1]


def test_its_mask_tells_eight_signs():
    assert ibans.masked(IBANS[1]) == "FR76 … 0189"
    assert ibans.grouped(IBANS[1]) == "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    ("bic", "iban", "sentence"),
    [
        ("AGRIFRPP", "FR76", ""),
        ("AGRIFRPP847", "FR76", ""),
        ("BRED", "FR76", "8 ou 11"),
        ("AGRIFRPP8", "FR76", "8 ou 11"),
        ("DEUTDEFF", "FR76", "n’est pas celui d’une banque du pays"),
        ("CRCAREPP", "FR76", ""),
        ("BARCJESH", "GB29", ""),
        ("CMCIMCM1", "MC58", ""),
    ],
)
def test_a_bic_is_of_the_country_of_the_iban(bic, iban, sentence):
    found = ibans.bic_refusal(bic, iban)

    assert sentence in found
    assert bool(found) == bool(sentence)
