"""The public lists of this journey."""

from internships import offers
from internships.forms.offers import OfferListForm
from internships.models import PlacementOffer
from listings.lists import ListDeclaration

OFFERS = ListDeclaration(
    key="stages",
    title="Offres de stage",
    description="Des terrains de stage pour internes, externes et étudiants dentistes.",
    model=PlacementOffer,
    form=OfferListForm,
    face=offers.face,
    url_name="internships:offers",
    feed_url_name="internships:offer-feed",
    json_url_name="internships:offer-json",
    own_url_name="internships:my-offers",
    related=("commune__intercommunality", "semester", "site__structure"),
    deferred=("commune__contour", "commune__intercommunality__contour"),
)

LISTS = [OFFERS]
