"""The register of agreements: figures, filters, the file, and what anyone reads."""

import csv
import io

import pytest
from django.urls import reverse

from bursaries import register
from bursaries.models import Agreement
from bursaries.standing import Standing
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import drafted
from tests.bursaries.test_clock import DIPLOMA, graduated, on, settled
from tests.territory.factories import DeskFactory


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def finance(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(is_staff=True, groups=["finances"], second_factor=False)
    client.force_login(user)
    return client


def found(day):
    return list(register.rows(Agreement.objects.all(), day))


def test_an_agreement_counts_once_signed(agreement, claire, version):
    drafted(version, claire)

    [row] = found(DIPLOMA)

    assert row.agreement == agreement
    assert row.standing == Standing.STUDYING
    assert register.figures([row]) == register.Figures(
        signed=1, running=1, promised=agreement.root.max_total
    )


def test_where_each_stands_is_counted(agreement, claire, zip_commune):
    graduated(agreement, claire)
    settled(agreement, claire, zip_commune)

    figures = register.figures(found(DIPLOMA.replace(year=2031)))
    assert (figures.signed, figures.running, figures.serving) == (1, 1, 1)

    Agreement.objects.update(ended_on=DIPLOMA.replace(year=2036), ending="fulfilled")
    figures = register.figures(found(DIPLOMA.replace(year=2037)))
    assert (figures.running, figures.serving, figures.fulfilled) == (0, 0, 1)


def test_the_number_of_questions_does_not_grow(
    agreement, claire, version, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        assert len(found(DIPLOMA)) == 1


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({}, True),
        ({"annee": "2026"}, True),
        ({"annee": "2025"}, False),
        ({"etat": "studying"}, True),
        ({"etat": "fulfilled"}, False),
        ({"etat": "nothing-known", "annee": "abc"}, True),
        ({"page": "900"}, True),
    ],
)
def test_the_register_is_narrowed(finance, agreement, asked, is_there):
    page = finance.get(reverse("admin:bursaries_register"), asked).content.decode()
    file = finance.get(reverse("admin:bursaries_register_csv"), asked)

    assert (agreement.reference in page) is is_there
    assert (agreement.reference in file.content.decode()) is is_there


def test_the_file_tells_what_the_page_does(finance, agreement):
    Agreement.objects.update(name="=cmd|A1")
    answer = finance.get(reverse("admin:bursaries_register_csv"))

    text = answer.content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["convention"] == agreement.reference
    assert row["nom"] == "'=cmd|A1"
    assert row["signee_le"] == "2026-09-14"
    assert row["verse"] == "0,00"


@pytest.mark.parametrize("name", ["register", "register_csv"])
def test_only_those_who_follow_or_pay_read_it(client, settings, name):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(is_staff=True, groups=["communication"], second_factor=False)
    client.force_login(user)

    assert client.get(reverse(f"admin:bursaries_{name}")).status_code == 403


def test_anyone_reads_how_many_and_how_much_and_no_name(client, agreement):
    with on(DIPLOMA):
        page = client.get(reverse("bursaries:transparency")).content.decode()

    assert agreement.version.scheme.name in page
    assert "2026" in page
    assert agreement.name not in page
    assert agreement.reference not in page


def test_the_public_sums_are_those_of_the_rows(agreement):
    [line] = register.public()

    assert (line.year, line.signed) == (2026, 1)
    assert line.promised == agreement.root.max_total
    assert line.paid == 0


def test_before_the_first_one_the_page_says_so(client):
    page = client.get(reverse("bursaries:transparency")).content.decode()

    assert "Aucune convention signée" in page
