"""How a decision is contested: before whom, and within which time."""

from territory.models import Desk


def court() -> str:
    """« tribunal administratif de Bordeaux (www.telerecours.fr) »."""
    desk = Desk.objects.current()
    website = f" ({desk.court_url})" if desk.court_url else ""
    return f"{desk.court_name or 'tribunal administratif'}{website}"


def text() -> str:
    return (
        "Vous pouvez contester cette décision dans les deux mois de sa réception : par "
        "un recours gracieux auprès du président du conseil départemental, ou en "
        f"saisissant le {court()}."
    )
