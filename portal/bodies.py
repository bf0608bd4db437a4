"""How much one request may carry: Django counts fields, not the files beside them."""

from django.core.exceptions import RequestDataTooBig

from documents import intake

MEGABYTE = 1024 * 1024
# Five files, the words of a form and what holds them together.
MAX_BODY = 5 * intake.MAX_SIZE + 5 * MEGABYTE


class BodySizeMiddleware:
    """Refuse by its announced size what would only fill the disk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if len(announced) > 18 or (announced.isdecimal() and int(announced) > MAX_BODY):
            raise RequestDataTooBig("The body is larger than any form of ours.")
        return self.get_response(request)
