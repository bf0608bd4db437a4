"""What every public list does: narrow, page, and offer to be told of what is new."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from listings import freshness
from listings.forms import ListForm
from listings.lists import ListDeclaration

PAGE_SIZE = 20
# Beyond, nobody reads on: they narrow. Counting stops there, so that a list costs
# the same whatever lies behind it.
COUNTED = 1000
# Seconds. What is not a listing may change meanwhile: the name or zone of a commune.
KEPT_FOR = 30


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
    """One page of a list, as the request asked for it; nothing is read before."""

    declared: ListDeclaration
    form: ListForm
    day: dt.date

    @cached_property
    def query(self) -> str:
        return urlencode(self.form.criteria)

    @property
    def suffix(self) -> str:
        """What makes an address of the list, a feed or an alert answer the same."""
        return f"?{self.query}" if self.query else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.form.criteria)

    @property
    def number(self) -> int:
        """The page asked for: the last one answers for those beyond."""
        return self.form.value("page") or 1

    @cached_property
    def page(self) -> Page:
        listings = self.form.narrow(self.declared.published(), self.day)
        paginator = BoundedPaginator(self.declared.with_faces(listings), PAGE_SIZE)
        return paginator.get_page(self.number)

    def kept(self, draw: Callable[[Self], Any]) -> Any:
        """What `draw` makes of it, kept by the process until a listing changes.

        Whoever asks for the same page is given the same: nothing of the reader may be
        in it. What was not understood is told to the one who typed it.
        """
        if self.form.errors:
            return draw(self)
        declared = self.declared
        asked = [self.day, freshness.stamp(declared.model), self.number, self.query]
        key = make_template_fragment_key(f"listings.{declared.key}", asked)
        return caches["local"].get_or_set(key, lambda: draw(self), KEPT_FOR)


def found(declared: ListDeclaration, request) -> Found:
    return Found(declared, declared.form(request.GET), timezone.localdate())
