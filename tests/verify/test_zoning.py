"""FRR as the DGCL publishes it on 10 July 2025, for the two reference Départements."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from territory.models import ZoneAssignment

PUBLISHED = {
    "47": {"FRR": 232, "FRR_BENEFICIAIRE": 18, "FRR+": 1, "NC": 68},
    "48": {"FRR": 133, "FRR+": 19},
}


@pytest.mark.parametrize("code", PUBLISHED)
def test_frr_counts_are_the_published_ones(loaded, code):
    call_command("import_zoning", loaded / "frr_47_48_2025-07-10.csv")

    zones = ZoneAssignment.objects.of_kind("frr").on(date(2026, 11, 23))
    here = zones.filter(commune__departement__code=code)
    assert Counter(here.values_list("category_code", flat=True)) == PUBLISHED[code]
