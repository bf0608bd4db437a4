"""The content security policy, loosened where the back-office needs it."""

from functools import cache

from csp import middleware
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.urls import reverse

# Unfold is built on Alpine, which evaluates expressions and sets styles.
BACK_OFFICE = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}


class CSPMiddleware(middleware.CSPMiddleware):
    """Loosen the policy under /gestion/, unless the view chose its own."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        chosen = parts.config or parts.replace
        if not chosen and request.path_info.startswith(_back_office()):
            parts.replace = BACK_OFFICE
        return parts


@cache
def _back_office() -> str:
    return reverse("admin:index")
