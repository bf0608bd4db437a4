"""News from accounts, received by the apps above."""

from django.dispatch import Signal

# Arguments: user, person. A receiver returns the reasons, sentences in French, for
# which this account may not be closed now; an empty list lets it go.
account_closing = Signal()

# Arguments: user. Somebody signed up.
account_opened = Signal()

# Arguments: user. The login opens nothing any more, its person has been emptied.
account_closed = Signal()

# Arguments: person, addresses (the e-mails that were theirs alone). The row has just
# been emptied, in this transaction: forget the copies kept elsewhere. An exception
# cancels the whole.
person_emptied = Signal()

# Arguments: kept, absorbed, by. In the transaction that moved every reference.
people_merged = Signal()

# Arguments: consent, by (who noted it, None for the person themselves). In the
# transaction that withdraws it: stop using the data at once.
consent_withdrawn = Signal()
