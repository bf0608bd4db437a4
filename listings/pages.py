"""What every public list does: narrow, page, and offer to be told of what is new."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from listings.forms import ListForm
from listings.lists import ListDeclaration

PAGE_SIZE = 20
# Beyond, nobody reads on: they narrow. Counting stops there, so that a list costs
# the same whatever lies behind it.
COUNTED = 1000


class BoundedPaginator(Paginator):
    """Counts exactly to a thousand, and says so beyond."""

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @property
    def is_bounded(self) -> bool:
        return self._found > COUNTED


@dataclass(frozen=True)
class Found:
    """One page of a list, as the request asked for it."""

    form: ListForm
    page: Page
    query: str
    is_narrowed: bool


def found(declared: ListDeclaration, request) -> Found:
    form = declared.form(request.GET)
    listings = form.narrow(declared.published(), timezone.localdate())
    paginator = BoundedPaginator(declared.with_faces(listings), PAGE_SIZE)
    return Found(
        form=form,
        page=paginator.get_page(form.value("page") or 1),
        query=urlencode(form.criteria),
        is_narrowed=bool(form.criteria),
    )
