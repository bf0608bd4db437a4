"""What can happen to placements, and to the housing that goes with them."""

VERBS = {}
