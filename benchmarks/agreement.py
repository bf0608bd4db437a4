"""An agreement made and sealed, against WeasyPrint alone on the same HTML.

The floor lays out the words of the paper and does nothing else. What is measured reads
the agreement, writes it in French, lays it out, makes it archivable and puts a code on
each page: 1.2 times in all. The seal, and the reading of the file that anyone drops at
/verifier/ in a process of its own, are told beside it.
"""

import statistics
import time

import django

from benchmarks._database import own_database
from benchmarks._report import Row, show

BUDGET = 1.2
ROUNDS = 7


def main() -> int:
    with own_database():
        django.setup()
        return 0 if measure() else 1


def measure() -> bool:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from bursaries import agreement_papers
    from bursaries.models import Deed
    from documents import page_codes, rendering, sealing, verifying

    deed = Deed.objects.order_by("pk").first()
    code = "ABCDEFGH2345"
    html = _html_of(deed, code)

    def bare():
        return HTML(
            string=html,
            base_url=rendering.BASE_URL,
            url_fetcher=rendering.StaticFilesOnly(),
        ).write_pdf(
            pdf_variant="pdf/a-3b", pdf_tags=True, font_config=FontConfiguration()
        )

    def whole():
        again = Deed.objects.get(pk=deed.pk)
        made = agreement_papers.pdf(again, code)
        return page_codes.stamp(made, f"https://portail.example/verifier/{code}/")

    def seal():
        return sealing.seal(paper, reason="Mesure")[0]

    paper = whole()
    sealed = seal()
    floor = _median(bare)
    rows = [Row("WeasyPrint alone", floor)]
    for label, done, budget in (
        ("agreement, to the last byte", whole, BUDGET),
        ("seal", seal, None),
        ("a dropped file, read apart", lambda: verifying.judge_seal(sealed), None),
    ):
        taken = _median(done)
        rows.append(Row(label, taken, taken / floor, budget))
    pages = page_codes.count_pages(paper)
    return show(f"An agreement of {pages} pages, {len(sealed) // 1024} kB", rows)


def _html_of(deed, code: str) -> str:
    """The words of the paper, as the portal gives them to WeasyPrint."""
    from unittest import mock

    from bursaries import agreement_papers
    from documents import rendering

    given = {}
    engine = rendering.HTML

    def keep(**options):
        given.update(options)
        return engine(**options)

    with mock.patch.object(rendering, "HTML", keep):
        agreement_papers.pdf(deed, code)
    return given["string"]


def _median(done) -> float:
    """In milliseconds, the first time left out."""
    done()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        done()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000
