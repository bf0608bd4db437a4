from territory.imports import finess
from territory.imports.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Charge les structures de soins de FINESS (CSV ou JSON) ; ce que le guichet a "
        "corrigé reste corrigé ; peut être relancée sans risque."
    )
    load = staticmethod(finess.load)
