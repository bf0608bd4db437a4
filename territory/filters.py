"""Filters of the back-office."""

from django.contrib import admin


class UsualFilter(admin.SimpleListFilter):
    """Some rows are shown unless asked otherwise; `usual` names them."""

    usual: str

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": self.usual,
        }
        yield from list(super().choices(changelist))[1:]
