from django.dispatch import Signal

# Sent inside the transaction that quarantines, with `document`: the journey that
# holds the document tells its desk.
document_quarantined = Signal()

# Sent inside the transaction that keeps the final file of a circuit, with `request`
# (a SignatureRequest): the journey tells those who signed.
signed_document_filed = Signal()
