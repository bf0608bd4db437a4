"""The nightly check: asks every app and keeps the answer."""

import structlog

from accounts import discovery
from accounts.models import ConsistencyRun

logger = structlog.get_logger(__name__)


def run() -> ConsistencyRun:
    """Gather the findings of each app's `consistency.checks()`."""
    findings = []
    for label, module in discovery.modules("consistency"):
        try:
            found = [str(finding) for finding in module.checks()]
        except Exception as error:
            # One app that cannot be checked must not hide the others.
            kind = type(error).__name__
            found = [f"Le contrôle n'a pas pu aller au bout ({kind})."]
        findings += [{"app": label, "finding": finding} for finding in found]
    if findings:
        logger.error("consistency_findings", count=len(findings))
    return ConsistencyRun.objects.create(findings=findings)
