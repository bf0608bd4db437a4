"""Run as a script: a scan on standard input; as JSON, what each page's codes say.

It knows nothing of the portal, and fails on a file of too many pages.
"""

import json
import sys

import pypdfium2
import zxingcpp

MAX_PAGES = 60
DPI = 150
# Pages larger than paper are drawn smaller: a page of a kilometre is a trap.
MAX_SIDE = 2600


def codes(content: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(content)
    if len(document) > MAX_PAGES:
        raise ValueError("too many pages")
    return [_on(page) for page in document]


def _on(page) -> list[str]:
    scale = min(DPI / 72, MAX_SIDE / max(*page.get_size(), 1))
    for factor in (1, 2):
        drawn = page.render(scale=min(scale * factor, MAX_SIDE / max(page.get_size())))
        found = zxingcpp.read_barcodes(
            drawn.to_pil().convert("L"), formats=zxingcpp.BarcodeFormat.QRCode
        )
        if found:
            return [one.text for one in found]
    return []


if __name__ == "__main__":
    json.dump(codes(sys.stdin.buffer.read()), sys.stdout)
