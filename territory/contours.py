"""Find the outlines of communes: in a folder of official files, or on the web."""

import csv
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TIMEOUT = 6
ATTEMPTS = 3
LARGEST_ANSWER = 40_000_000
COORDINATES_DECIMALS = 5


class Unreachable(Exception):
    """Outlines could not be had; the message says why in one sentence."""


@dataclass
class Contours:
    """What is drawn, by official code: GeoJSON geometries and (lon, lat) points."""

    departements: dict[str, dict] = field(default_factory=dict)
    intercommunalities: dict[str, dict] = field(default_factory=dict)
    communes: dict[str, dict] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    # (code, year) → municipal population, when the folder has older ones
    populations: dict[tuple[str, int], int] = field(default_factory=dict)

    def __bool__(self):
        return bool(self.communes)


def from_folder(folder: Path, departement: str) -> Contours:
    """Read the files at hand; a folder without them gives empty contours."""
    if not folder.is_dir():
        raise Unreachable(f"Le dossier {folder} n'existe pas.")
    found = Contours()
    for path in sorted(folder.glob(f"communes_{departement}_*.geojson")):
        for properties, geometry in _features(path):
            code = properties["code"]
            found.communes[code] = geometry
            if "lon" in properties:
                found.points[code] = (properties["lon"], properties["lat"])
    for path in sorted(folder.glob(f"departement_{departement}.geojson")):
        for _, geometry in _features(path):
            found.departements[departement] = geometry
    for path in sorted(folder.glob("epci_*.geojson")):
        for properties, geometry in _features(path):
            if properties.get("departement", departement) == departement:
                found.intercommunalities[properties["code"]] = geometry
    for path in sorted(folder.glob("communes_limitrophes*.csv")):
        for row in _table(path):
            found.points.setdefault(
                row["code_insee"], (float(row["lon"]), float(row["lat"]))
            )
    for path in sorted(folder.glob("populations_communes*.csv")):
        for row in _table(path):
            key = (row["code_insee"], int(row["annee_reference_population"]))
            found.populations[key] = int(row["population_municipale"])
    return found


def from_api(url: str, departement: str, neighbours: Iterable[str]) -> Contours:
    """Ask geo.api.gouv.fr: outlines of the Département, centres around it."""
    found = Contours()
    for code in [departement, *sorted(neighbours)]:
        fields = "code,centre,contour" if code == departement else "code,centre"
        query = f"{url.rstrip('/')}/departements/{code}/communes?fields={fields}"
        for row in _fetch(query):
            try:
                longitude, latitude = row["centre"]["coordinates"]
                found.points[row["code"]] = (float(longitude), float(latitude))
                if "contour" in row:
                    found.communes[row["code"]] = _rounded(row["contour"])
            except (KeyError, TypeError, ValueError):
                continue  # a commune without its centre: the others stay good
    return found


def _features(path: Path) -> list[tuple[dict, dict]]:
    try:
        content = json.loads(path.read_text("utf-8"))
        features = (
            content["features"] if content["type"] == "FeatureCollection" else [content]
        )
        return [
            (feature.get("properties") or {}, feature["geometry"])
            for feature in features
        ]
    except (ValueError, KeyError, TypeError):
        raise Unreachable(f"Le fichier {path.name} n'est pas du GeoJSON.") from None


def _table(path: Path) -> Iterable[dict]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


def _rounded(geometry: dict) -> dict:
    """A metre is enough on a map, and half the bytes."""

    def rounded(value):
        if isinstance(value, list):
            return [rounded(item) for item in value]
        return round(value, COORDINATES_DECIMALS)

    return {
        "type": geometry["type"],
        "coordinates": rounded(geometry["coordinates"]),
    }


def _fetch(url: str) -> list[dict]:
    """One answer, a few times if the server stumbles, never more than a moment."""
    if not url.startswith(("https://", "http://")):
        raise Unreachable(f"L'adresse {url} n'est pas une adresse du web.")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310
    reason = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(0.3 * attempt)
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                body = answer.read(LARGEST_ANSWER + 1)
            if len(body) > LARGEST_ANSWER:
                raise Unreachable(f"La réponse de {url} est trop grosse.")
            rows = json.loads(body)
            if not isinstance(rows, list):
                raise ValueError(rows)
        except HTTPError as error:
            reason = f"erreur {error.code}"
            if error.code < 500 and error.code != 429:
                break
        except TimeoutError:
            reason = "délai dépassé"
            break
        except ValueError:
            reason = "réponse illisible"
        except OSError as error:
            reason = "délai dépassé" if _is_timeout(error) else "aucune connexion"
            break
        else:
            return rows
    raise Unreachable(f"{url.split('/departements')[0]} ne répond pas ({reason}).")


def _is_timeout(error: OSError) -> bool:
    return isinstance(getattr(error, "reason", error), TimeoutError)
