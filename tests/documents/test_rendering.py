import io
import re
from xml.etree import ElementTree

import pikepdf
import pytest
from django.template import engines
from pikepdf.pdfa import validate_written
from weasyprint.urls import FatalURLFetchingError

from documents import charts, pdfs, rendering
from documents.charts import CATEGORIES
from territory import theme

BARS = {
    "data": {
        "values": [
            {"commune": "Agen", "médecins": 12_345.5},
            {"commune": "Nérac", "médecins": 2_000},
        ]
    },
    "mark": "bar",
    "encoding": {
        "x": {"field": "commune", "type": "nominal"},
        "y": {"field": "médecins", "type": "quantitative"},
    },
}
FINDING = "Agen compte six fois plus de médecins que Nérac"
MEASURE = "Nombre de médecins en 2026. Le tableau suit."


@pytest.fixture
def letter(monkeypatch):
    """Render this source as a template, in the place of a file."""

    def render(source, **context):
        template = engines["django"].from_string(source)
        monkeypatch.setattr(
            rendering, "render_to_string", lambda name, values: template.render(values)
        )
        return rendering.pdf("a template", context)

    return render


LETTER = """{% extends "documents/pdf/base.html" %}
{% block title %}{{ title }}{% endblock %}
{% block content %}<h1>{{ title }}</h1><p>{{ text }}</p>{{ chart|safe }}{% endblock %}
"""


def drawn(**options) -> str:
    return rendering.chart(BARS, title=FINDING, description=MEASURE, **options)


def test_a_chart_is_one_image_that_tells_its_finding_in_french():
    svg = ElementTree.fromstring(drawn())

    title, description = svg[0], svg[1]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [
        title.get("id"),
        description.get("id"),
    ]
    assert (title.text, description.text) == (FINDING, MEASURE)
    assert not [e for e in svg.iter() for name in e.attrib if name == "aria-label"]


def test_a_chart_may_stand_under_the_content_policy():
    svg = drawn()

    assert " style=" not in svg
    assert "<style" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_a_chart_leaves_its_colours_to_the_page():
    svg = drawn()

    assert not re.findall(r"#[0-9a-f]{6}", svg)
    assert 'class="cat-1"' in svg
    assert 'class="ink-soft"' in svg
    assert 'class="grid-line"' in svg
    assert "font-family" not in svg


def test_a_colour_of_ones_own_stays():
    spec = BARS | {"mark": {"type": "bar", "fill": "#123456"}}

    svg = rendering.chart(spec, title=FINDING, description=MEASURE)

    assert '"#123456"' in svg


def test_a_line_takes_its_class_as_a_stroke():
    spec = BARS | {"mark": {"type": "line", "stroke": CATEGORIES[1]}}

    svg = rendering.chart(spec, title=FINDING, description=MEASURE)

    assert 'class="cat-2-line"' in svg


def test_a_chart_writes_numbers_in_french():
    texts = [e.text for e in ElementTree.fromstring(drawn()).iter() if e.text]

    assert "10\u00a0000" in texts
    assert not [text for text in texts if "\u202f" in text]


def test_a_chart_has_the_width_of_its_place():
    wide, narrow = (
        ElementTree.fromstring(drawn()),
        ElementTree.fromstring(drawn(width=344)),
    )

    assert wide.get("viewBox").split()[2] == "560"
    assert narrow.get("viewBox").split()[2] == "344"
    assert wide.get("width") is None


def test_the_same_chart_is_drawn_the_same():
    assert drawn() == drawn()


def test_two_charts_of_a_page_have_ids_of_their_own():
    other = rendering.chart(BARS, title="Autre", description=MEASURE)

    assert not set(re.findall(r'id="([^"]+)"', drawn())) & set(
        re.findall(r'id="([^"]+)"', other)
    )


def test_a_chart_escapes_what_it_is_told():
    svg = rendering.chart(BARS, title="<script>", description="a & b")

    assert "<script>" not in svg
    assert ElementTree.fromstring(svg)[0].text == "<script>"


def test_a_chart_fetches_nothing():
    spec = BARS | {"data": {"url": "http://127.0.0.1:9/data.csv"}}

    with pytest.raises(ValueError, match="not allowed"):
        rendering.chart(spec, title=FINDING, description=MEASURE)


def test_a_pdf_is_archivable_tagged_and_in_french(letter):
    written = letter(LETTER, title="Récépissé", text="Bonjour", chart=drawn())

    with pikepdf.open(io.BytesIO(written)) as document:
        assert document.Root.Lang == "fr"
        assert document.Root.MarkInfo.Marked
        assert document.docinfo.Title == "Récépissé"
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3B"
        fonts = {
            str(value.FontName)
            for value in document.objects
            if isinstance(value, pikepdf.Dictionary) and "/FontName" in value
        }
    assert validate_written(io.BytesIO(written), "3b").findings == []
    assert any("Figtree" in font for font in fonts)


def test_a_chart_keeps_its_colours_on_paper():
    html = charts.for_paper(f"<p>{drawn()}</p>", colours=theme.tokens()["light"])

    assert f".cat-1{{fill:{CATEGORIES[0]}}}" in html


def test_a_pdf_that_we_made_could_be_sent_to_us(letter):
    pdfs.check(letter(LETTER, title="Récépissé", text="Bonjour"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "/static/../portal/settings/base.py",
        "/static/%2e%2e/manage.py",
        "/static/nothing.png",
    ],
)
def test_a_pdf_reads_our_static_files_and_nothing_else(letter, address):
    with pytest.raises(FatalURLFetchingError):
        letter(f'<img src="{address}">')
