"""Whatever is sent to a page of the form: kept, or refused in words; never an error."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import rpps
from installation.forms import FamilyStep, IdentityStep, PracticeStep, ProjectStep
from installation.models import CHILDREN_FIELDS, InstallationRequest
from territory.models import Topic
from tests.installation.factories import RequestFactory

# What people and robots type: any character, NUL and direction marks included.
anything = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["\0", "\u202e", "🌻", "x" * 10_000, "-1", "1e9", "９", "<script>"]
    ),
)
relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def answers(form_class):
    """Any answers to a page, most of its fields given, some of them right."""
    fields = form_class.base_fields
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of(anything, _plausible(field))
            for name, field in fields.items()
        },
    )


def _plausible(field):
    choices = getattr(field, "choices", None)
    if choices and not callable(choices):
        try:
            values = [str(value) for value, _label in list(choices)[:8]]
        except (TypeError, ValueError):
            values = []
        if values:
            return st.sampled_from(values)
    return st.sampled_from(["47195", "ines@example.org", "Nérac", "4", "on", ""])


@pytest.mark.parametrize(
    ("number", "form_class"),
    [(1, IdentityStep), (2, PracticeStep), (3, ProjectStep), (4, FamilyStep)],
)
def test_a_page_never_breaks(client, number, form_class):
    draft = RequestFactory()
    session = client.session
    session["installation.draft"] = draft.pk
    session.save()
    url = reverse("installation:request-step", args=[number])

    @relaxed
    @given(answers(form_class))
    def never_breaks(typed):
        response = client.post(url, typed)

        assert response.status_code in (200, 302)
        if response.status_code == 200:
            assert response.context["form"].errors
        draft.refresh_from_db()
        assert (draft.state, draft.reference) == ("draft", "")

    never_breaks()


@relaxed
@given(st.text(alphabet="0123456789 ", max_size=14))
def test_the_rpps_is_kept_when_its_key_is_right(typed):
    data = QueryDict(urlencode({"rpps": typed}))
    form = PracticeStep(data, instance=InstallationRequest())
    form.is_valid()
    number = typed.replace(" ", "")

    assert ("rpps" in form.errors) == bool(number and not rpps.is_valid(number))


@relaxed
@given(
    wanted=st.sampled_from(["oui", "non", ""]),
    household=st.sampled_from(["", "couple", "couple_children"]),
    counts=st.lists(st.integers(-3, 40), min_size=5, max_size=5),
    job=st.booleans(),
)
def test_the_family_page_keeps_only_what_is_wanted(wanted, household, counts, job):
    topic = Topic.objects.get(slug="partner-job" if job else "housing")
    data = {
        "wants_family_help": wanted,
        "household": household,
        "topics": topic.pk,
        **dict(zip(CHILDREN_FIELDS, counts, strict=True)),
    }
    form = FamilyStep(QueryDict(urlencode(data)), instance=InstallationRequest())

    if form.is_valid():
        kept = form.answers
        assert wanted in ("oui", "non")
        if wanted == "non":
            assert (kept["household"], kept["topics"]) == ("", [])
            assert [kept[name] for name in CHILDREN_FIELDS] == [0] * 5
        else:
            assert kept["household"]
            assert not job
            assert all(0 <= kept[name] <= 12 for name in CHILDREN_FIELDS)
