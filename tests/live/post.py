"""Owe messages from a process of its own: `python -m tests.live.post`.

Each line it reads, « 200 batch », is answered once that many messages are owed.
"""

import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from casework import outbox, writing  # noqa: E402

letter = writing.lay_out("Bonjour", writing.plain_blocks("Votre demande est reçue."))
for line in sys.stdin:
    count, batch = line.split()
    for number in range(int(count)):
        with transaction.atomic():
            outbox.post_letter(
                f"{batch}:{number}", to=f"{batch}-{number}@example.org", letter=letter
            )
    connection.close()  # Postgres may be killed before the next line
    print(line, end="", flush=True)
