"""Form fields for places: a plain list everywhere, a search box where scripts run."""

from functools import partial

from django import forms
from django.forms.widgets import Script
from django.urls import reverse_lazy

from territory import choosing
from territory.choosing import Places
from territory.models import Commune, Intercommunality

MOST_PLACES = 20


class _PlaceSelect:
    """What the script needs to know to turn the list into a search box."""

    class Media:
        js = [Script("js/commune-field.js", defer=True)]

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {
            "data-commune-field": "many" if self.allow_multiple_selected else "one",
            "data-search-url": reverse_lazy("territory:commune-search"),
            **attrs,
        }

    def get_context(self, name, value, attrs):
        """Keep what was typed and refused, so that it can be corrected."""
        context = super().get_context(name, value, attrs)
        known = {
            str(option["value"])
            for _, options, _ in context["widget"]["optgroups"]
            for option in options
        }
        typed = [item for item in self.format_value(value) if item not in known]
        if typed:
            context["widget"]["attrs"]["data-typed"] = typed[0]
        return context


class CommuneSelect(_PlaceSelect, forms.Select):
    pass


class CommunesSelect(_PlaceSelect, forms.SelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        return {"size": 10, **super().build_attrs(base_attrs, extra_attrs)}


class CommuneField(forms.ChoiceField):
    """One commune of the Département; the clean value is the `Commune` or None."""

    widget = CommuneSelect
    empty_label = "Choisissez une commune"

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Commune")
        super().__init__(choices=self._choices, **kwargs)

    def _choices(self):
        return [("", self.empty_label), *choosing.choices(with_groups=False)]

    def prepare_value(self, value):
        return _code(value)

    def to_python(self, value):
        value = str(value or "").strip()
        return choosing.commune(value) if value else None

    def validate(self, value):
        forms.Field.validate(self, value)

    def has_changed(self, initial, data):
        return not self.disabled and str(_code(initial) or "") != str(data or "")


class CommunesField(forms.MultipleChoiceField):
    """Communes and whole intercommunalités; the clean value is a `Places`."""

    widget = CommunesSelect

    def __init__(self, *, most=MOST_PLACES, **kwargs):
        kwargs.setdefault("label", "Communes")
        self.most = most
        super().__init__(choices=partial(choosing.choices, with_groups=True), **kwargs)

    def prepare_value(self, value):
        if isinstance(value, Places):
            return value.codes
        return [_code(item) for item in value or []]

    def to_python(self, value):
        values = [str(item).strip() for item in value or []]
        values = [item for item in values if item]
        if len(set(values)) > self.most:
            raise forms.ValidationError(
                f"Choisissez {self.most} lieux au plus : une intercommunalité entière "
                "compte pour un.",
                code="too_many",
            )
        return choosing.places(values)

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(
                self.error_messages["required"], code="required"
            )

    def has_changed(self, initial, data):
        return not self.disabled and set(self.prepare_value(initial)) != set(data or [])


def _code(value):
    """A form may start from a code, a row or, in a model form, a primary key."""
    if isinstance(value, Commune | Intercommunality):
        return value.code
    if isinstance(value, int):
        return Commune.objects.filter(pk=value).values_list("code", flat=True).first()
    return value


class PlaceSearchForm(forms.Form):
    """What the search box asks while someone types."""

    q = forms.CharField(max_length=80)
    groupes = forms.BooleanField(required=False)
