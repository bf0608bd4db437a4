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


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose first choice is a default, not « everything »."""

    default_choice = ""

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": self.chosen == value,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: value}
                ),
                "display": title,
            }

    @property
    def chosen(self) -> str:
        known = {value for value, _title in self.lookup_choices}
        value = self.value()
        return value if value in known else self.default_choice
