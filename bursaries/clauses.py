"""The library of clauses as the portal words it; staff may reword each of them.

A body is plain text: a blank line between paragraphs, `- ` for a list, and
`{variable}`, replaced by what this agreement says. A line left empty by its variables
does not appear.
"""

# A paragraph is one line, however long.
# ruff: noqa: E501

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from casework.writing import VARIABLE


@dataclass(frozen=True)
class Clause:
    """One article: where it stands, its title and its words."""

    key: str
    title: str
    body: str
    # In an amendment too: it says what changes, and that the rest stays.
    in_amendments: bool = False


VARIABLES: Mapping[str, str] = {
    "departement": "Le Département, avec son article",
    "signataire": "Qui signe pour le Département",
    "qualite": "En quelle qualité",
    "beneficiaire": "Nom de la personne",
    "adresse": "Adresse de la personne",
    "etudes": "Études suivies",
    "faculte": "Faculté",
    "bourse": "Nom de la bourse",
    "base_legale": "Base légale",
    "reglement": "Délibération qui fixe les règles",
    "deliberation": "Délibération qui accorde la bourse",
    "reference": "Référence de la convention",
    "premier_mois": "Premier mois payé",
    "mois": "Nombre de mois payés",
    "montants": "Montants, une ligne par année",
    "total": "Total au plus",
    "plafond": "Plafond légal et sa source",
    "autres_aides": "Autres aides déclarées",
    "rythme": "Rythme des versements",
    "certificat_avant": "Jour limite du certificat de scolarité",
    "diplome": "Diplôme prévu",
    "installation": "Délai pour s'installer",
    "engagement": "Durée d'exercice promise",
    "jours": "Jours d'exercice par semaine",
    "modes": "Modes d'exercice acceptés",
    "zones": "Zones acceptées",
    "zonage": "Version du zonage qui compte",
    "redoublement": "Année redoublée",
    "suspension": "Effet d'une suspension, une ligne par règle",
    "remboursement": "Remboursement, une ligne par règle",
    "mise_en_demeure": "Délai de la mise en demeure",
    "mensualites": "Mensualités au plus",
    "tribunal": "Tribunal administratif",
    "objet": "Objet de l'avenant",
    "effet": "Jour où l'avenant prend effet",
    "changements": "Ce que l'avenant change, une ligne par règle",
}

LIBRARY = [
    Clause(
        "parties",
        "Les parties",
        "Entre le Département {departement}, représenté par {signataire}, {qualite}, ci-après « le Département »,\n\net {beneficiaire}, demeurant {adresse}, inscrit(e) en {etudes} à {faculte}, ci-après « le ou la bénéficiaire ».",
        in_amendments=True,
    ),
    Clause(
        "visas",
        "Les textes",
        "- Base légale : {base_legale} ;\n- Règlement de la bourse « {bourse} » : {reglement} ;\n- Attribution : {deliberation}.",
    ),
    Clause(
        "objet",
        "Objet",
        "Le Département verse au ou à la bénéficiaire une bourse pendant ses études. En retour, le ou la bénéficiaire s'engage à exercer {engagement} dans le département, là où l'offre de soins est insuffisante.",
    ),
    Clause(
        "montant",
        "Montant et plafond",
        "La bourse commence en {premier_mois}. Elle est versée pendant {mois} mois au plus :\n\n- {montants}\n\nAu total, elle ne dépasse pas {total}.\n\n{plafond}\n\n{autres_aides}",
    ),
    Clause(
        "versement",
        "Versement",
        "Elle est versée {rythme}, pour le temps écoulé, sur le compte bancaire du ou de la bénéficiaire. L'échéancier prévu est en annexe.\n\nAucun versement n'a lieu avant que la présente convention soit signée des deux parties et exécutoire, ni sans le certificat de scolarité de l'année universitaire, transmis avant le {certificat_avant}. Après cette date, les versements attendent le certificat : ils ne sont pas perdus.",
    ),
    Clause(
        "etudes",
        "Engagements pendant les études",
        "Le ou la bénéficiaire s'engage à :\n\n- suivre sa formation avec assiduité et présenter ses examens, jusqu'au diplôme, prévu pour {diplome} ;\n- transmettre chaque année les documents demandés ;\n- dire au Département, dans les trente jours, tout changement d'adresse, de compte bancaire, d'année d'études, de spécialité ou de faculté, et toute interruption ;\n- déclarer toute autre aide d'une collectivité, et tout contrat d'engagement de service public.\n\nLe Département l'aide à trouver ses stages et son logement dans le département, et lui présente ceux qui y exercent.",
    ),
    Clause(
        "exercice",
        "Engagement d'exercice",
        "Le ou la bénéficiaire s'installe {installation} au plus tard après son diplôme, et exerce {engagement} à partir du premier jour d'exercice, {jours} jours par semaine au moins, {modes}.\n\nLe lieu d'exercice se choisit avec le Département.",
    ),
    Clause(
        "zone",
        "Zone d'exercice",
        "{zones}\n\n{zonage}\n\nSi la commune d'exercice sort de ces zones après l'installation, l'engagement se poursuit au même endroit et reste valable.",
    ),
    Clause(
        "preuves",
        "Preuves",
        "À l'installation, le ou la bénéficiaire transmet l'attestation d'inscription au tableau de l'Ordre et l'un de ces documents : contrat de travail, conventionnement avec l'assurance maladie, immatriculation à l'Urssaf. Chaque année d'exercice, il ou elle déclare son lieu et ses jours d'exercice.",
    ),
    Clause(
        "suspension",
        "Suspension",
        "En cas de maternité, d'adoption, de paternité, de longue maladie ou d'absence justifiée, la convention est suspendue aux dates que le Département constate :\n\n- {suspension}\n\nLe justificatif est montré à un agent du Département ; il n'est ni conservé ni copié.",
    ),
    Clause("redoublement", "Année redoublée", "{redoublement}"),
    Clause(
        "changement",
        "Changement de spécialité ou de faculté",
        "Il demande l'accord préalable du Département. S'il permet de tenir l'engagement, un avenant le constate ; sinon, l'article sur le manquement s'applique.",
    ),
    Clause(
        "manquement",
        "Manquement et remboursement",
        "Le règlement de la bourse s'adresse au ou à la bénéficiaire en ces termes :\n\n- {remboursement}\n\nAvant toute demande, le Département propose un échange pour trouver une solution amiable. Faute d'accord, il adresse une mise en demeure motivée, qui laisse {mise_en_demeure} jours. Le remboursement peut être réparti en {mensualites} mensualités au plus.",
    ),
    Clause(
        "liberation",
        "Fin de l'engagement sans remboursement",
        "La commission permanente peut libérer le ou la bénéficiaire de tout ou partie de son engagement en cas de maladie grave, d'invalidité ou de force majeure. L'engagement s'éteint avec le décès.",
    ),
    Clause(
        "avenant",
        "Modification",
        "Toute modification de fond fait l'objet d'un avenant signé des deux parties, qui dit le jour où il prend effet.",
    ),
    Clause(
        "donnees",
        "Données personnelles",
        "Le Département traite les données nécessaires à la présente convention pour l'exécuter et rendre compte de l'emploi des fonds publics. Elles sont gardées le temps de l'engagement, puis selon les règles des archives publiques. Chacun exerce ses droits auprès du délégué à la protection des données du Département. Une copie de la convention est transmise à l'agence régionale de santé et à l'assurance maladie quand la loi le demande.",
    ),
    Clause(
        "litige",
        "Désaccord",
        "Les parties cherchent d'abord un accord. À défaut, le tribunal compétent est le {tribunal}.",
    ),
    Clause(
        "changements",
        "Ce qui change",
        "{objet}\n\nÀ compter du {effet} :\n\n- {changements}",
        in_amendments=True,
    ),
    Clause(
        "reste",
        "Ce qui demeure",
        "Tous les autres articles de la convention {reference} demeurent, et ses versements déjà faits restent acquis dans les mêmes conditions.",
        in_amendments=True,
    ),
]
BY_KEY = {clause.key: clause for clause in LIBRARY}
RANKS = {clause.key: rank for rank, clause in enumerate(LIBRARY, 1)}
# Said by amendments alone.
OF_AMENDMENTS = {"changements", "reste"}


def keys(is_amendment: bool) -> list[str]:
    """The clauses of a deed, in order."""
    return [
        clause.key
        for clause in LIBRARY
        if (clause.in_amendments if is_amendment else clause.key not in OF_AMENDMENTS)
    ]


def check(body: str) -> None:
    """Refuse, in words, a variable that nothing replaces."""
    for name in VARIABLE.findall(body):
        if name not in VARIABLES:
            raise ValidationError(
                f"« {{{name}}} » ne correspond à rien. La liste des variables est à "
                "côté du texte."
            )
