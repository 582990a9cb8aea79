"""Every colour can be read on what it lies on, by light and by dark. Contrast after WCAG 2.2."""

import re
from importlib.resources import files

import pytest

# On which grounds each ink is used.
TEXT = [
    ("ink", ("paper", "sheet", "sunk", "quoted", "chosen", "part", "warn")),
    ("ink-soft", ("paper", "sheet", "sunk", "part")),
    ("link", ("paper", "sheet", "sunk", "warn", "part")),
    ("quoted-ink", ("paper", "sheet", "part", "sunk")),
]
STROKES = [
    *((f"q{quad}", ("paper", "sheet", "quoted")) for quad in (1, 2, 3, 4)),
    ("claim", ("paper", "quoted")),
    ("quoted-line", ("paper",)),
    ("line-strong", ("paper", "sheet")),
    ("focus", ("paper", "sheet")),
    ("chosen-line", ("chosen",)),
]
TEXT_CONTRAST, STROKE_CONTRAST = 4.5, 3.0


def palettes() -> dict[str, dict[str, str]]:
    css = files("dateline.desk").joinpath("static", "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("prefers-color-scheme: dark")
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, TEXT_CONTRAST), (STROKES, STROKE_CONTRAST)])
def test_contrast(scheme: str, pairs: list[tuple[str, tuple[str, ...]]], least: float) -> None:
    palette = palettes()[scheme]
    weak = {
        f"{ink} on {ground}": round(contrast(palette[ink], palette[ground]), 2)
        for ink, grounds in pairs
        for ground in grounds
        if contrast(palette[ink], palette[ground]) < least
    }
    assert weak == {}


def test_no_colour_outside_the_tokens() -> None:
    folder = files("dateline.desk").joinpath("static")
    for sheet in ("desk.css", "article.css", "map.css"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", folder.joinpath(sheet).read_text(encoding="utf-8")) == []
