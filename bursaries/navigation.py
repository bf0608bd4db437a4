"""What this journey offers on every page: rank, title, URL name."""

DOORS = [(7, "Bourses", "bursaries:schemes")]
ERRANDS = [(7, "Trouver une bourse", "bursaries:schemes")]
