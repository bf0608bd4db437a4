from casework.catalogue import MessageTemplate

TEMPLATES = [
    MessageTemplate(
        key="casework.failure-digest",
        title="Au guichet : les courriels qui ne sont pas partis",
        subject="{nombre}",
        body=(
            "Bonjour,\n\n{nombre}. Voici les derniers refus :\n\n> {raisons}\n\n"
            "Corrigez l'adresse ou appelez la personne, puis renvoyez.\n\n"
            "[Voir les courriels en échec]({lien})"
        ),
        variables={
            "nombre": "Le nombre de courriels, en une phrase",
            "raisons": "Les derniers refus, un par ligne",
            "lien": "Adresse de la liste",
        },
        samples={
            "nombre": "3 courriels ne sont pas partis",
            "raisons": "20/11/2026 : Adresse refusée par le serveur (550).",
        },
    ),
    MessageTemplate(
        key="casework.stand-in",
        title="À l'agent : une absence à relayer",
        subject="Relève : {absent}, du {du} au {au}",
        body=(
            "Bonjour,\n\n{absent} s'absente du {du} au {au}. Ce qui arrive à "
            "échéance ces jours-là s'affiche dans votre semaine, puis lui revient.\n\n"
            "[Ouvrir le livret de relève]({lien})"
        ),
        variables={
            "absent": "Qui est en absence",
            "du": "Premier jour",
            "au": "Dernier jour, compris",
            "lien": "Adresse du livret de relève",
        },
        samples={
            "absent": "Claire Dumas",
            "du": "21 décembre 2026",
            "au": "3 janvier 2027",
        },
    ),
    MessageTemplate(
        key="casework.new-link",
        title="Un nouveau lien, à la place d'un lien expiré",
        subject="Votre nouveau lien",
        body=(
            "Bonjour,\n\nVous avez demandé un nouveau lien : {objet}.\n\n"
            "[Continuer]({lien})\n\n"
            "Il est valable jusqu'au {validite}. Si vous n'avez rien demandé, "
            "ignorez ce message."
        ),
        variables={
            "objet": "Ce que le lien ouvre",
            "lien": "Le lien",
            "validite": "Le dernier jour",
        },
        secret=True,
    ),
]
