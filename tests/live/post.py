"""Owe messages from a process of its own: `python -m tests.live.post 200 batch`."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from casework import outbox, writing  # noqa: E402

count, batch = int(sys.argv[1]), sys.argv[2]
letter = writing.lay_out("Bonjour", writing.plain_blocks("Votre demande est reçue."))
for number in range(count):
    with transaction.atomic():
        outbox.post_letter(
            f"{batch}:{number}", to=f"{batch}-{number}@example.org", letter=letter
        )
