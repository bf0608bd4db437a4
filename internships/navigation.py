"""What this journey offers on every page: rank, title, URL name."""

DOORS = [(5, "Venir en stage", "internships:home")]
ERRANDS = [(5, "Trouver un stage", "internships:offers")]
