"""The desk and those it works with: partners, promises, absences."""

from portal.story.words import CLAIRE, HELENE, MATHILDE, Away, Partner, Promise

# Numbers of the range reserved for fiction.
DESK_PHONE = "05 36 49 12 47"

PARTNERS = [
    Partner(
        "cpam",
        "Caisse primaire d’assurance maladie {departement}",
        "cpam",
        "05 36 49 01 20",
        ("administrative", "aids"),
    ),
    Partner(
        "ars",
        "Délégation départementale {departement} de l’ARS",
        "ars",
        "05 36 49 01 21",
        ("aids", "structure"),
    ),
    Partner(
        "ordre",
        "Conseil départemental {departement} de l’Ordre des médecins",
        "ordre",
        "05 36 49 01 22",
        ("administrative", "mentor"),
    ),
    Partner(
        "emploi",
        "France Travail, agence {commune}",
        "employment",
        "05 36 49 01 23",
        ("partner-job",),
        member="partenaire",
    ),
    Partner(
        "mairie",
        "Mairie {commune}",
        "commune",
        "05 36 49 01 24",
        ("premises", "school", "leisure"),
        place=6,
        is_local=True,
        member="mairie",
    ),
    Partner(
        "petite-enfance",
        "Relais petite enfance, {group}",
        "childcare",
        "05 36 49 01 25",
        ("childcare",),
        place=6,
        is_local=True,
    ),
    Partner(
        "logement",
        "Office public de l’habitat {departement}",
        "housing",
        "05 36 49 01 26",
        ("housing",),
    ),
    Partner(
        "maison-de-sante",
        "Maison de santé {commune}",
        "practice",
        "05 36 49 01 27",
        ("structure", "mentor"),
        place=6,
        is_local=True,
        member="maitre-de-stage",
    ),
]

PROMISES = [
    Promise("Rappeler le docteur Pujol", CLAIRE, -6, 2, "medecin@demo.example"),
    Promise("Envoyer le guide du remplaçant à Léa Faure", MATHILDE, -3, 4),
    Promise(
        "Préparer la tournée des mairies",
        MATHILDE,
        -8,
        1,
        kind="todo",
    ),
    Promise(
        "Renvoyer la convention de la maison de santé",
        CLAIRE,
        -9,
        -2,
        kind="todo",
    ),
]

ABSENCES = [
    Away(HELENE, CLAIRE, -1, 3),
    Away(CLAIRE, MATHILDE, 28, 41),
]
