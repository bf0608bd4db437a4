"""The reminders of this journey: a module for each kind of fact."""

LADDERS = []
