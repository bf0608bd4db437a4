VERBS = {
    "accounts.login.opened": "a créé son compte",
    "accounts.login.closed": "le compte a été fermé",
    "accounts.person.merged": "a réuni deux fiches en celle-ci",
    "accounts.person.emptied": "l'identité de la personne a été effacée",
}
