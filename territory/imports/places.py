"""From the code in a file to the commune that answers for it today."""

from django.db.models import Q

from territory.models import Commune, Departement

# Files that go down to the arrondissements of the three big cities.
_CITIES = {"751": "75056", "6938": "69123", "132": "13055"}


class Places:
    """The communes of the Départements this installation serves."""

    def __init__(self):
        served = Departement.objects.exclude(desk=None)
        self.departements = {row.code: row for row in served.defer("contour")}
        known = Commune.objects.filter(departement__in=served).values_list(
            "code", "pk", "merged_into__code", "closed_on"
        )
        self._known = {code: (pk, into, closed) for code, pk, into, closed in known}
        self.successors = {into for _pk, into, _closed in self._known.values() if into}
        self.successors |= set(_CITIES.values())

    def __contains__(self, code: str) -> bool:
        """Is it a commune of ours, be it unknown?"""
        return departement_of(code) in self.departements

    def current(self, code: str) -> tuple[str, int] | None:
        """The code and the key of the commune of today; None when there is none."""
        code = _city(code)
        seen = set()
        while code in self._known and code not in seen:
            seen.add(code)
            pk, into, closed = self._known[code]
            if into is None:
                return (code, pk) if closed is None else None
            code = into
        return None

    def is_open(self, code: str) -> bool:
        known = self._known.get(code)
        return known is not None and known[1] is None and known[2] is None

    def open_codes(self) -> dict[str, list[str]]:
        """Those of today, by Département."""
        found = {departement: [] for departement in self.departements}
        for code in self._known:
            if self.is_open(code):
                found[departement_of(code)].append(code)
        return found


def names(codes) -> str:
    """« Agen, Nérac et 3 autres »."""
    codes = list(codes)
    rows = Commune.objects.filter(Q(code__in=codes)).order_by("sort_key")
    shown = list(rows.values_list("name", flat=True)[:5])
    more = len(codes) - len(shown)
    listed = ", ".join(shown)
    return f"{listed} et {more} autre{'s' if more > 1 else ''}" if more else listed


def departement_of(code: str) -> str:
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _city(code: str) -> str:
    for prefix, city in _CITIES.items():
        if code.startswith(prefix) and code != city:
            return city
    return code
