from accounts import roles

_DOSSIERS = [
    "view_installationrequest",
    "change_installationrequest",
    "view_exchange",
    "view_attachment",
]
_REFERRALS = [
    "view_need",
    "view_referral",
    "view_needrule",
    "add_needrule",
    "change_needrule",
]
_OFFERS = [
    "view_practiceoffer",
    "add_practiceoffer",
    "change_practiceoffer",
    "view_mentor",
    "add_mentor",
    "change_mentor",
    "view_mentorship",
    "view_introduction",
]
_PROJECTS = [
    "view_structureproject",
    "add_structureproject",
    "change_structureproject",
]
_AIDS = [
    "view_aidprogramme",
    "add_aidprogramme",
    "change_aidprogramme",
    "view_aidzone",
    "add_aidzone",
    "change_aidzone",
    "delete_aidzone",
    "view_aidrequest",
    "view_localaidrecord",
    "add_localaidrecord",
    "change_localaidrecord",
]
_PLANS = [
    "view_plantemplatestep",
    "add_plantemplatestep",
    "change_plantemplatestep",
    "delete_plantemplatestep",
]

GRANTS = {
    roles.ACCUEIL: [*_AIDS, *_DOSSIERS, *_PLANS, *_OFFERS, *_PROJECTS, *_REFERRALS],
    roles.DIRECTION: [*_AIDS, *_DOSSIERS, *_PLANS, *_OFFERS, *_PROJECTS, *_REFERRALS],
    roles.FINANCES: ["view_aidrequest", "view_aidprogramme", "view_structureproject"],
    roles.COMMUNICATION: ["view_structureproject"],
    roles.ELUS: ["view_structureproject"],
}
