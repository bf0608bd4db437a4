from django.urls import path

from internships.views import (
    calendars,
    housing,
    incidents,
    interests,
    inventories,
    my_offers,
    occupancy,
    offers,
    owner_stays,
    owners,
    placements,
    planning,
    rents,
    rooms,
)

app_name = "internships"

# Inventories, under the stay they belong to.
FILLED = "mon-espace/logements/sejours/<int:pk>/etat-des-lieux/<slug:moment>/"
READ = "mon-espace/sejours/<int:pk>/etat-des-lieux/<slug:moment>/"
_INVENTORIES = [
    path(FILLED, inventories.inventory_detail, name="inventory-detail"),
    path(
        f"{FILLED}piece/<int:number>/",
        inventories.inventory_section,
        name="inventory-section",
    ),
    path(f"{FILLED}terminer/", inventories.inventory_finish, name="inventory-finish"),
    path(f"{FILLED}signer/", inventories.inventory_sign, name="inventory-sign"),
    path(f"{FILLED}envoyer/", inventories.inventory_link, name="inventory-link"),
    path(f"{FILLED}reprendre/", inventories.inventory_reopen, name="inventory-reopen"),
    path(
        f"{FILLED}liste/", inventories.inventory_keep_list, name="inventory-keep-list"
    ),
    path(
        f"{FILLED}document/", inventories.inventory_document, name="inventory-document"
    ),
    path(
        f"{FILLED}photo/<int:photo>/",
        inventories.inventory_photo,
        name="inventory-photo",
    ),
    path(
        f"{FILLED}comparaison/",
        inventories.inventory_comparison,
        name="inventory-comparison",
    ),
    path(READ, inventories.inventory_tenant, name="inventory-tenant"),
    path(
        f"{READ}document/",
        inventories.inventory_tenant_document,
        name="inventory-tenant-document",
    ),
]

# Days that a telephone reads at a private address.
_CALENDARS = [
    path("calendrier/<str:token>.ics", calendars.calendar_feed, name="calendar-feed"),
    path("mon-espace/calendrier/", calendars.my_calendar, name="my-calendar"),
    path(
        "mon-espace/logements/<int:pk>/calendrier/",
        calendars.dwelling_calendar,
        name="dwelling-calendar",
    ),
]

# What those who run dwellings see of them.
RUN = "mon-espace/logements/"
_OWNERS = [
    path(f"{RUN}planning/", planning.my_planning, name="my-planning"),
    path(RUN, owners.my_dwellings, name="my-dwellings"),
    path(f"{RUN}nouveau/", owners.my_dwelling_new, name="my-dwelling-new"),
    path(f"{RUN}<int:pk>/", owners.my_dwelling, name="my-dwelling"),
    path(f"{RUN}<int:pk>/modifier/", owners.my_dwelling_edit, name="my-dwelling-edit"),
    path(f"{RUN}<int:pk>/chambres/ajouter/", owners.my_room_new, name="my-room-new"),
    path(f"{RUN}chambres/<int:pk>/", owners.my_room_edit, name="my-room-edit"),
    path(
        f"{RUN}chambres/<int:pk>/proposer/", owners.my_room_close, name="my-room-close"
    ),
    path(
        f"{RUN}chambres/<int:pk>/travaux/",
        owners.my_maintenance_new,
        name="my-maintenance-new",
    ),
    path(f"{RUN}occupations/<int:pk>/", owners.my_occupation, name="my-occupation"),
    path(
        f"{RUN}occupations/<int:pk>/attestation/",
        owner_stays.my_stay_insurance,
        name="my-stay-insurance",
    ),
    path(
        f"{RUN}occupations/<int:pk>/menage/",
        owner_stays.my_cleaning,
        name="my-cleaning",
    ),
    path(
        f"{RUN}occupations/<int:pk>/etapes/<slug:step>/",
        owner_stays.my_stay_step,
        name="my-stay-step",
    ),
    path(
        f"{RUN}occupations/<int:pk>/terminer/",
        owners.my_maintenance_end,
        name="my-maintenance-end",
    ),
    path(f"{RUN}<int:pk>/photos/", owners.my_photo_add, name="my-photo-add"),
    path(f"{RUN}photos/<int:pk>/", owners.my_photo, name="my-photo"),
    path(
        f"{RUN}photos/<int:pk>/retirer/", owners.my_photo_remove, name="my-photo-remove"
    ),
]

# Rooms for anyone to read.
_ROOMS = [
    path("stages/logements/", rooms.room_list, name="rooms"),
    path("stages/logements/<int:pk>/", rooms.dwelling_detail, name="dwelling-detail"),
    path(
        "stages/logements/<int:pk>/photos/<int:photo>/",
        rooms.dwelling_photo,
        name="dwelling-photo",
    ),
]

# Placement offers: what anyone reads, and what their hosts write.
OFFERS = "stages/offres/"
MINE = "mon-espace/stages/"
_OFFERS = [
    path("stages/", offers.home, name="home"),
    path(OFFERS, offers.offer_list, name="offers"),
    path(f"{OFFERS}flux.xml", offers.offer_feed, name="offer-feed"),
    path(f"{OFFERS}flux.json", offers.offer_json, name="offer-json"),
    path(f"{OFFERS}comparer/", offers.offer_compare, name="offer-compare"),
    path(f"{OFFERS}photos/<int:pk>/", offers.offer_photo, name="offer-photo"),
    path(f"{OFFERS}<int:pk>/", offers.offer_detail, name="offer-detail"),
    path(
        f"{OFFERS}<int:pk>/renouvelee/", offers.offer_confirmed, name="offer-confirmed"
    ),
    path("stages/terrains/<int:pk>/", offers.site_detail, name="site-detail"),
    path(MINE, my_offers.my_offers, name="my-offers"),
    path(f"{MINE}nouvelle-offre/", my_offers.offer_new, name="offer-new"),
    path(f"{MINE}offres/<int:pk>/", my_offers.offer_edit, name="offer-edit"),
    path(
        f"{MINE}offres/<int:pk>/renouveler/", my_offers.offer_renew, name="offer-renew"
    ),
    path(
        f"{MINE}offres/<int:pk>/retirer/",
        my_offers.offer_withdraw,
        name="offer-withdraw",
    ),
    path(f"{MINE}offres/<int:pk>/photos/", my_offers.offer_photos, name="offer-photos"),
    path(
        f"{MINE}offres/<int:pk>/photos/<int:photo>/retirer/",
        my_offers.offer_photo_remove,
        name="offer-photo-remove",
    ),
    path(f"{MINE}terrains/<int:pk>/", my_offers.site_edit, name="site-edit"),
]

# Interests in an offer, the placements they open or that are declared.
_INTERESTS = [
    path(f"{OFFERS}<int:pk>/interet/", interests.interest_new, name="interest-new"),
    path(f"{MINE}interets/", interests.interests_received, name="interests-received"),
    path(
        "stages/interets/<int:pk>/", interests.interest_answer, name="interest-answer"
    ),
    path(
        f"{MINE}interets/<int:pk>/confirmer/",
        interests.interest_confirm,
        name="interest-confirm",
    ),
    path(
        f"{MINE}interets/<int:pk>/retirer/",
        interests.interest_withdraw,
        name="interest-withdraw",
    ),
]
_PLACEMENTS = [
    path("stages/declarer/", placements.placement_declare, name="placement-declare"),
    path("stages/indemnites/", placements.calculator, name="indemnities"),
    path("mon-espace/mes-stages/", placements.my_placements, name="my-placements"),
    path(f"{MINE}arrivees/", placements.arrivals, name="arrivals"),
    path(f"{MINE}<int:pk>/", placements.placement_detail, name="placement-detail"),
    path(
        f"{MINE}<int:pk>/annuler/",
        placements.placement_cancel,
        name="placement-cancel",
    ),
    path(
        f"{MINE}<int:pk>/arrivee/",
        placements.placement_arrive,
        name="placement-arrive",
    ),
    path("stages/<int:pk>/bilan/", placements.assessment, name="assessment"),
]

# Rents and incidents: of who lives there, and of who runs the dwellings.
LIVED = "mon-espace/logement/"
RUN = "mon-espace/logements/"
_RENTS = [
    path(f"{LIVED}loyers/", rents.rents_mine, name="rents-mine"),
    path(f"{LIVED}loyers/<int:pk>/quittance/", rents.rent_receipt, name="rent-receipt"),
    path(f"{RUN}loyers/", rents.rents, name="rents"),
    path(f"{RUN}loyers.csv", rents.rents_csv, name="rents-csv"),
    path(f"{RUN}loyers/<int:pk>/", rents.rent_pay, name="rent-pay"),
    path(
        f"{RUN}loyers/paiements/<int:pk>/annuler/", rents.rent_unpay, name="rent-unpay"
    ),
]
_INCIDENTS = [
    path(f"{LIVED}incidents/", incidents.incidents_mine, name="incidents-mine"),
    path(f"{LIVED}incidents/nouveau/", incidents.incident_new, name="incident-new"),
    path(f"{RUN}incidents/", incidents.incidents, name="incidents"),
    path(
        f"{LIVED}incidents/<int:pk>/",
        incidents.incident_detail,
        name="incident-detail",
    ),
    path(
        f"{LIVED}incidents/<int:pk>/suivi/",
        incidents.incident_assign,
        name="incident-assign",
    ),
    path(
        f"{LIVED}incidents/<int:pk>/photos/<int:photo>/",
        incidents.incident_photo,
        name="incident-photo",
    ),
]
_OCCUPANCY = [
    path(f"{RUN}bilan/", occupancy.figures, name="occupancy"),
    path(f"{RUN}bilan.csv", occupancy.figures_csv, name="occupancy-csv"),
]

# Asking for a bed, and living in it.
HELD = "mon-espace/logement/<int:pk>/"
_HOUSING = [
    path("stages/logements/demande/", housing.housing_new, name="housing-new"),
    path(HELD, housing.housing_detail, name="housing-detail"),
    path(f"{HELD}confirmer/", housing.housing_confirm, name="housing-confirm"),
    path(f"{HELD}decliner/", housing.housing_decline, name="housing-decline"),
    path(f"{HELD}retirer/", housing.housing_withdraw, name="housing-withdraw"),
    path(f"{HELD}dates/", housing.housing_dates, name="housing-dates"),
    path(f"{HELD}partir/", housing.housing_leave, name="housing-leave"),
    path(f"{HELD}toujours/", housing.housing_still, name="housing-still"),
    path(f"{HELD}rester/", housing.housing_extend, name="housing-extend"),
    path(f"{HELD}laisser/", housing.housing_make_room, name="housing-make-room"),
    path(f"{HELD}assurance/", housing.housing_insurance, name="housing-insurance"),
    path(
        f"{HELD}assurance/document/",
        housing.housing_insurance_document,
        name="housing-insurance-document",
    ),
]

urlpatterns = [
    *_HOUSING,
    *_INTERESTS,
    *_PLACEMENTS,
    *_OFFERS,
    *_ROOMS,
    *_OWNERS,
    *_CALENDARS,
    *_INVENTORIES,
    *_RENTS,
    *_INCIDENTS,
    *_OCCUPANCY,
]
