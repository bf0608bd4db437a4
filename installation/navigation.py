"""What this journey offers on every page: rank, title, URL name."""

DOORS = [(10, "M’installer", "installation:home")]
ERRANDS = [
    (16, "Trouver une aide", "installation:aids"),
    (15, "Trouver où exercer", "installation:offers"),
    (10, "Déposer une demande", "installation:request-start"),
    (20, "Être rappelé ou rappelée", "installation:callback"),
]
SITE = [(50, "Espace des partenaires", "installation:partners")]
