"""Moving every reference from one row to another, found by introspection.

Two people who are one, or two dossiers of one person: the row that is absorbed
stays, with nothing that points to it, and its `merged_into` leads to the other.

A row that may exist only once a person (a unique or exclusion constraint) is
combined by its model's `combine_for_merge(kept, absorbed)`, or stops the merge
with a sentence. A model whose rows never change says `append_only = True`: what
it says of the absorbed row is found again through `merged_into`. A model whose
rows belong to one subject for ever names that key in `stays_with`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from accounts.models import ContactPoint, Person


@dataclass(frozen=True)
class Reference:
    """A column that designates a row of the target."""

    target: type[models.Model]
    model: type[models.Model]
    column: str
    content_type: str | None = None

    @property
    def label(self) -> str:
        if self.model._meta.auto_created:
            # The hidden table of a many-to-many: name what holds the list.
            return str(self.model._meta.auto_created._meta.verbose_name_plural)
        return str(self.model._meta.verbose_name_plural)

    def rows(self, row: models.Model) -> models.QuerySet:
        found = self.model._base_manager.filter(**{self.column: row.pk})
        if self.content_type:
            kind = ContentType.objects.get_for_model(self.target)
            found = found.filter(**{self.content_type: kind})
        return found


@dataclass
class Outcome:
    """What a merge moves, what it combines and what stops it."""

    moved: dict[str, int] = field(default_factory=dict)
    combined: dict[str, int] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        return not self.refusals


# Says what a merge did: not one of the references it moves.
_LEADS_TO_KEPT = "merged_into"


@cache
def references(target: type[models.Model]) -> tuple[Reference, ...]:
    """Every foreign key, one-to-one, many-to-many and generic key to the target."""
    return tuple(_references(target))


def _references(target: type[models.Model]) -> Iterator[Reference]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        if getattr(model, "append_only", False):
            continue
        for column in model._meta.local_fields:
            if model is target and column.name == _LEADS_TO_KEPT:
                continue
            other = column.remote_field and column.remote_field.model
            if other and other._meta.concrete_model is target:
                yield Reference(target, model, column.attname)
        for key in model._meta.private_fields:
            if not isinstance(key, GenericForeignKey):
                continue
            if key.name not in getattr(model, "stays_with", ()):
                yield Reference(target, model, key.fk_field, key.ct_field)


def move_everything(kept: models.Model, absorbed: models.Model) -> Outcome:
    """Give the kept row all that designates the absorbed one."""
    outcome = Outcome()
    for reference in references(type(kept)):
        _move(reference, kept, absorbed, outcome)
    return outcome


def _move(
    reference: Reference, kept: models.Model, absorbed: models.Model, outcome: Outcome
):
    rows = reference.rows(absorbed)
    try:
        with _checked():
            count = rows.update(**{reference.column: kept.pk})
    except IntegrityError:
        for row in rows.order_by("pk"):
            _move_row(reference, row, kept, outcome)
    else:
        if count:
            _add(outcome.moved, reference, count)


def _add(counts: dict[str, int], reference: Reference, count: int = 1):
    counts[reference.label] = counts.get(reference.label, 0) + count


def _move_row(
    reference: Reference, row: models.Model, kept: models.Model, outcome: Outcome
):
    try:
        with _checked():
            same_row = reference.model._base_manager.filter(pk=row.pk)
            same_row.update(**{reference.column: kept.pk})
    except IntegrityError:
        try:
            with transaction.atomic():
                _combine(reference, row, kept)
        except ValidationError as refusal:
            outcome.refusals += refusal.messages
        except IntegrityError:
            outcome.refusals.append(_refusal(reference))
        else:
            _add(outcome.combined, reference)
    else:
        _add(outcome.moved, reference)


def _combine(reference: Reference, row: models.Model, kept: models.Model):
    model = reference.model
    twin = _twin(reference, row, kept)
    if twin is None:
        raise ValidationError(_refusal(reference))
    if model._meta.auto_created:
        row.delete()
    elif hasattr(model, "combine_for_merge"):
        model.combine_for_merge(twin, row)
    else:
        raise ValidationError(_refusal(reference))


def _twin(reference: Reference, row: models.Model, kept: models.Model):
    """The row of the kept one that leaves no place for this one."""
    meta = reference.model._meta
    column = next(f for f in meta.concrete_fields if f.attname == reference.column)
    groups = [
        *([([column.name], Q())] if column.unique else []),
        *((names, Q()) for names in meta.unique_together),
        *(
            (constraint.fields, constraint.condition or Q())
            for constraint in meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ),
    ]
    for names, condition in groups:
        if column.name not in names:
            continue
        same = {name: getattr(row, meta.get_field(name).attname) for name in names}
        same[column.name] = kept.pk
        lookups = {
            (f"{name}__isnull" if value is None else name): value is None or value
            for name, value in same.items()
        }
        twins = reference.model._base_manager.filter(condition, **lookups)
        if twin := twins.exclude(pk=row.pk).first():
            return twin
    return None


def _refusal(reference: Reference) -> str:
    name = reference.model._meta.verbose_name
    return (
        f"Chacun des deux porte un élément « {name} » et il ne peut y en avoir qu'un. "
        "Gardez-en un seul, puis recommencez."
    )


class _checked:
    """A savepoint in which deferred constraints speak before it is released."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, traceback):
        if kind is None:
            try:
                connection.check_constraints()
            except IntegrityError as refusal:
                self.savepoint.__exit__(type(refusal), refusal, None)
                raise
        self.savepoint.__exit__(kind, error, traceback)


def absorb_identity(kept: Person, absorbed: Person) -> None:
    """Fill the blanks of the kept person; keep other addresses beside its own."""
    known = {name: getattr(absorbed, name) for name in _IDENTITY}
    created_at, origin = absorbed.created_at, absorbed.origin
    confirmed_at = absorbed.email_confirmed_at
    absorbed.absorbed.update(merged_into=kept)
    absorbed.merged_into = kept
    absorbed.empty()

    others = []
    if confirmed_at and not kept.email_confirmed_at:
        others.append((ContactPoint.Kind.EMAIL, kept.email))
        kept.email, kept.email_confirmed_at = known["email"], confirmed_at
    elif not kept.email:
        kept.email = known["email"]
    elif known["email"] != kept.email:
        others.append((ContactPoint.Kind.EMAIL, known["email"]))
    if created_at < kept.created_at:
        kept.created_at, kept.origin = created_at, origin
    complete_identity(kept, known, others)


def complete_identity(person: Person, known: dict, others: Sequence = ()) -> None:
    """Fill the blanks of a person; another number than theirs goes beside it."""
    others = list(others)
    if not person.last_name:
        person.first_name = known["first_name"] or person.first_name
        person.last_name = known["last_name"]
    person.first_name = person.first_name or known["first_name"]
    person.title = person.title or known["title"]
    if not person.postal_address:
        for name in ("address", "postal_code", "city"):
            setattr(person, name, known[name])
    if not person.phone:
        person.phone = known["phone"]
    elif known["phone"] != person.phone:
        others.append((ContactPoint.Kind.PHONE, str(known["phone"])))
    person.save()
    for kind, value in others:
        if value:
            point = ContactPoint(kind=kind, value=value)
            person.contact_points.get_or_create(kind=kind, value=point.normalised())


_IDENTITY = (
    "title",
    "first_name",
    "last_name",
    "email",
    "phone",
    "address",
    "postal_code",
    "city",
)
