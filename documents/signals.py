from django.dispatch import Signal

# Sent inside the transaction that quarantines, with `document`: the journey that
# holds the document tells its desk.
document_quarantined = Signal()
