VERBS = {
    "listings.listing.submitted": "a envoyé l'annonce à relire",
    "listings.listing.published": "a publié l'annonce",
    "listings.listing.refused": "a renvoyé l'annonce à corriger",
    "listings.listing.confirmed": "l'annonce est confirmée",
    "listings.listing.expired": "l'annonce a expiré",
    "listings.listing.withdrawn": "a retiré l'annonce",
    "listings.search.confirmed": "l'alerte est confirmée",
    "listings.search.stopped": "l'alerte est arrêtée",
}
