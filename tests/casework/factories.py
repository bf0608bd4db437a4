from datetime import date

import factory
from factory.django import DjangoModelFactory

from casework.models import Message, Task


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    class Params:
        failed = factory.Trait(state=Message.State.FAILED, next_attempt_at=None)
        secret = factory.Trait(
            is_secret=True,
            text="",
            sealed=factory.LazyFunction(lambda: Message.seal("Code : 123456", "")),
        )

    key = factory.Sequence(lambda number: f"tests:{number}")
    recipient = "camille@example.org"
    subject = "Bonjour"
    text = "Votre demande est reçue."


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    title = "Rappeler la docteure Garrigue"
    due_on = date(2026, 11, 23)
