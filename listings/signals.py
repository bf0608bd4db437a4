from django.dispatch import Signal

# Arguments: listing, which no longer shows. Sent in the transaction that takes it off:
# the journey tells whoever was waiting for its author's answer.
listing_gone = Signal()
