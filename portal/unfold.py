"""How Unfold is set up; what it looks like is in gestion.scss."""

UNFOLD = {
    "SITE_TITLE": "Guichet",
    "SITE_HEADER": "Bienvenue Docteur",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "portal.week.dashboard",
    "GLOBAL_CALLBACK": "portal.gestion.toolbar",
    "SIDEBAR": {"navigation": "portal.gestion.navigation"},
}
