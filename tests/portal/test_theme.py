"""The colours derived from two values are those of the visual language."""

import re

import pytest

from territory import theme

PLUM = ("#5d2350", "#f6bb3b")
GENTIAN = ("#124a63", "#f2c744")

# Token, light, dark: the tables of the visual language.
PLUM_TABLE = """
page #fcf9fb #171015
surface #ffffff #21191f
raised #ffffff #2c2229
sunken #f5eff3 #100a0e
line #e1dadf #40353d
line-strong #867b83 #8f818b
ink #251a22 #f2ecf0
ink-soft #5b4e57 #bcb3b9
brand #652a57 #dfabd0
brand-hover #4c1a41 #eec7e2
brand-ink #652a57 #e7bbda
on-brand #ffffff #25071f
brand-tint #f8e7f2 #402238
brand-tint-2 #edcfe4 #56314d
link #824573 #e4b3d5
accent #f6bb3b #f6bb3b
accent-ink #342300 #2b1c00
accent-tint #ffeed0 #3d2e0f
accent-line #926a04 #cd9c34
hero #652a57 #381730
hero-2 #4c1a41 #2c1025
map-1 #824573 #633558
map-2 #743866 #562c4c
map-line #bf86af #915e83
focus #652a57 #f1d4e8
focus-halo #f6bb3b #fbc041
"""
GENTIAN_TABLE = """
page #f8fbfc #0c1418
surface #ffffff #141d22
sunken #ecf2f6 #070d10
line #d6dee2 #2f3b42
line-strong #758188 #7a8991
ink #132027 #e9eff3
ink-soft #47555d #adb8bd
brand #124a63 #9dc4da
brand-hover #01354b #bcd9ea
on-brand #ffffff #001824
brand-ink #124a63 #afd0e2
brand-tint #e3eff6 #18313e
brand-tint-2 #c7ddea #254454
link #30647f #a5cadf
accent #f2c744 #f2c744
accent-ink #312500 #281e00
accent-tint #feefc7 #3a2f0f
accent-line #8b6e01 #c4a032
hero #124a63 #0b2937
hero-2 #01354b #061f2b
"""


def _rows(colours, table):
    for line in table.strip().splitlines():
        token, light, dark = line.split()
        yield pytest.param(colours, "light", token, light, id=f"{token}-light")
        yield pytest.param(colours, "dark", token, dark, id=f"{token}-dark")


def _channels(colour):
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


@pytest.mark.parametrize(
    ("colours", "scheme", "token", "expected"),
    [*_rows(PLUM, PLUM_TABLE), *_rows(GENTIAN, GENTIAN_TABLE)],
)
def test_token_is_the_one_of_the_table(colours, scheme, token, expected):
    found = theme.tokens(*colours)[scheme][token]

    steps = zip(_channels(found), _channels(expected), strict=True)
    assert max(abs(ours - theirs) for ours, theirs in steps) <= 1


@pytest.mark.parametrize("colours", [PLUM, GENTIAN])
def test_reference_colours_are_legible(colours):
    assert theme.contrast_failures(*colours) == []


@pytest.mark.parametrize(
    "brand", ["#ffff00", "#ffffff", "#000000", "#ff0000", "#00ff7f", "#0000ff"]
)
@pytest.mark.parametrize("accent", ["#000000", "#ffffff", "#ff0000", "#0000ff"])
def test_any_colour_gives_a_legible_theme(brand, accent):
    assert theme.contrast_failures(brand, accent) == []


def test_unreadable_pair_is_named(monkeypatch):
    poor = {"light": dict.fromkeys(theme.tokens()["light"], "#777777")}
    monkeypatch.setattr(theme, "tokens", lambda *_: poor | {"dark": poor["light"]})

    failures = theme.contrast_failures(*PLUM)

    assert (
        "Le texte sur l’accent est trop peu contrasté (1,0 pour 4,5 demandés)."
        in failures
    )


@pytest.mark.parametrize("colour", ["plum", "#fff", "#12345g", "", "#1234567"])
def test_only_six_digit_colours_are_read(colour):
    with pytest.raises(ValueError, match="is not a colour"):
        theme.Colour.from_hex(colour)


@pytest.mark.parametrize(
    ("foreground", "background", "ratio"),
    [("#ffffff", "#000000", 21), ("#777777", "#777777", 1), ("#251a22", "#fcf9fb", 16)],
)
def test_contrast_is_the_wcag_ratio(foreground, background, ratio):
    assert theme.contrast(foreground, background) == pytest.approx(ratio, abs=0.15)


def test_sheet_sets_each_scheme_and_leaves_paper_light():
    sheet = theme.stylesheet(*GENTIAN)

    assert re.findall(r"(?m)^(@media [^{]+|:root)\{", sheet) == [
        ":root",
        "@media screen and (prefers-color-scheme:dark)",
        "@media screen",
    ]
    assert "--bd-brand:#124a63;" in sheet
    assert len(sheet) < 8_000


def test_fallback_of_the_style_sheet_is_the_default_theme(settings):
    fallback = settings.BASE_DIR / "static" / "scss" / "_fallback.scss"

    rules = re.sub(r"(?m)^//.*\n", "", fallback.read_text())

    assert rules == theme.stylesheet()
