"""What this journey offers on every page: rank, title, URL name."""

DOORS = [(10, "M’installer", "installation:home")]
ERRANDS = [
    (10, "Déposer une demande", "installation:request-start"),
    (20, "Être rappelé ou rappelée", "installation:callback"),
]
