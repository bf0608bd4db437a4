from .listings import Listing, ListingQuerySet
from .searches import SavedSearch
from .states import TRANSITIONS, State

__all__ = ["TRANSITIONS", "Listing", "ListingQuerySet", "SavedSearch", "State"]
