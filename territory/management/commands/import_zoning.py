from territory.imports import zonings
from territory.imports.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Charge un zonage par commune (Atlasanté pour les zones des ARS, DGCL pour "
        "FRR) ; peut être relancée sans risque."
    )
    load = staticmethod(zonings.load)
