"""What a worker draws ahead, so that no page waits for it."""

from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from documents import rendering
from portal import charts
from territory.models import Departement


@shared_task
def draw_charts() -> None:
    """Draw what the home page shows, unless it is there already."""
    served = Departement.objects.filter(code=settings.DEPARTEMENT).first()
    chart = served and charts.people(served)
    if not chart or chart.drawings:
        return
    for width in charts.WIDTHS:
        drawn = rendering.chart(
            chart.specification,
            title=chart.title,
            description=chart.description,
            width=width,
        )
        cache.set(chart.key(width), drawn, timeout=charts.KEPT_FOR)
