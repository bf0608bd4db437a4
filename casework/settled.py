"""Rows that staff edit, one for each thing the apps declare."""

from casework.catalogue import templates
from casework.ladders import ladders
from casework.models import EmailTemplate, LadderStep


def settle(using="default", **_signal) -> None:
    """After a migration: a row for each template, the first steps of each ladder."""
    EmailTemplate.objects.using(using).bulk_create(
        [EmailTemplate(key=key) for key in templates()], ignore_conflicts=True
    )
    steps = LadderStep.objects.using(using)
    for ladder in ladders().values():
        if not steps.filter(ladder=ladder.key).exists():
            steps.bulk_create(
                LadderStep(
                    ladder=ladder.key,
                    offset_days=step.offset_days,
                    audience=step.audience,
                    template_key=step.template,
                )
                for step in ladder.steps
            )
