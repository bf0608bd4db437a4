"""The public lists of this journey."""

from installation import offers
from installation.forms.offers import OfferListForm
from installation.models import PracticeOffer
from listings.lists import ListDeclaration

OFFERS = ListDeclaration(
    key="offres",
    title="Offres d’exercice",
    description="Successions, postes, locaux et remplacements pour les soignants.",
    model=PracticeOffer,
    form=OfferListForm,
    face=offers.face,
    url_name="installation:offers",
    feed_url_name="installation:offer-feed",
    json_url_name="installation:offer-json",
    own_url_name="installation:my-offers",
    related=("commune", "intercommunality", "structure"),
    deferred=("commune__contour", "intercommunality__contour"),
)

LISTS = [OFFERS]
