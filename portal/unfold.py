"""How Unfold dresses the back-office; colours and fonts are in gestion.scss."""

UNFOLD = {
    "SITE_TITLE": "Guichet",
    "SITE_HEADER": "Bienvenue Docteur",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": False,
    # The same cookie as on the public site; none follows the device.
    "THEME": "portal.gestion.theme",
    "STYLES": ["portal.gestion.theme_stylesheet", "portal.gestion.stylesheet"],
    "DASHBOARD_CALLBACK": "portal.week.dashboard",
    "GLOBAL_CALLBACK": "portal.gestion.toolbar",
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": "portal.gestion.navigation",
    },
    # Unfold's utilities read the tokens of the Département.
    "COLORS": {},
    "BORDER_RADIUS": "8px",
}
