"""What a person may take away of the offers and the people they met."""

from accounts.models import Person
from installation.models import InstallationRequest, Mentor


def export(request: InstallationRequest) -> dict:
    """Within one dossier: what interested them, and whom they met."""
    pairings = [*request.introductions.all(), *request.mentorships.all()]
    return {
        "offres qui vous intéressent": [
            {
                "offre": interest.offer.title,
                "le": interest.created_at,
                "accord pour l'auteur": interest.wording,
            }
            for interest in request.interests.select_related("offer")
        ],
        "mises en relation": [
            {
                "état": pairing.get_state_display(),
                "proposée le": pairing.proposed_at,
                "acceptée le": pairing.guest_accepted_at,
            }
            for pairing in pairings
        ],
    }


def export_mentor(person: Person) -> list[dict]:
    """How they welcome others, if they do."""
    return [
        {
            "compagnonnage": mentor.theme_labels,
            "disponibilités": mentor.availability,
            "en quelques mots": mentor.introduction,
            "accueille": mentor.is_active,
        }
        for mentor in Mentor.objects.filter(person=person)
    ]


def forget_person(person: Person) -> None:
    """They have left: nobody is proposed to them any more, nor they to anybody."""
    Mentor.objects.filter(person=person).update(
        is_active=False, availability="", introduction=""
    )
