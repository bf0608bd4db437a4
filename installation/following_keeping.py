"""What is kept of a plan, of visits and of an installation; what their owner takes."""

from casework import forgetting
from installation.models import FollowUp, InstallationRequest, Plan, Settlement


def forget(request: InstallationRequest) -> None:
    """Where and when somebody settled is counted; the rest tells who they were."""
    Plan.objects.filter(request=request).delete()
    request.visits.all().delete()
    for follow_up in FollowUp.objects.filter(settlement__request=request):
        forgetting.forget(follow_up)
    FollowUp.objects.unanswered().filter(settlement__request=request).delete()
    Settlement.objects.filter(request=request).update(address="")


def export(request: InstallationRequest) -> dict:
    """In the words of the pages: steps, visits and the installation."""
    plan = Plan.objects.filter(request=request).first()
    settlement = Settlement.objects.filter(request=request).first()
    return {
        "plan d'action": _plan(plan) if plan else {},
        "visites": [
            {
                "jour": visit.day,
                "état": visit.get_state_display(),
                "autre date demandée": visit.other_day_wanted,
                "programme": [str(stop) for stop in visit.stops.all()],
            }
            for visit in request.visits.shown().with_programme()
        ],
        "installation": _settlement(settlement) if settlement else {},
    }


def _plan(plan: Plan) -> dict:
    return {
        "premier jour prévu": plan.planned_on,
        "étapes": [
            {
                "étape": step.title,
                "pour le": step.due_on,
                "faite le": step.done_at,
                "précision": step.proof_note,
            }
            for step in plan.steps.kept()
        ],
    }


def _settlement(settlement: Settlement) -> dict:
    return {
        "commune": settlement.commune.name,
        "adresse": settlement.address,
        "exercice": settlement.get_mode_display(),
        "premier jour": settlement.first_day_on,
        "état": settlement.get_state_display(),
        "preuves": settlement.proof_labels,
        "départ": settlement.left_on,
        "toujours là": [
            {
                "à": follow_up.term,
                "réponse": follow_up.get_answer_display(),
                "le": follow_up.answered_at,
            }
            for follow_up in settlement.follow_ups.exclude(answered_at=None)
        ],
    }
