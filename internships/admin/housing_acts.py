"""What the desk does to a request for a bed: the buttons of its page."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from casework.acts import Act, PlainAct
from internships.actions import extensions, holds, stays
from internships.models import HousingRequest, Stay

State = HousingRequest.State


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Pourquoi", help_text="La personne le lit.", max_length=300
    )


class HeardForm(forms.Form):
    """R-33: what is read to them on the telephone, and accepted."""

    use_required_attribute = False

    accepts = forms.BooleanField(
        error_messages={"required": "Lisez cette phrase à la personne, puis cochez."}
    )

    def __init__(self, *args, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepts"].label = f"La personne accepte : « {wording} »"
        if not wording:
            del self.fields["accepts"]


class DayForm(forms.Form):
    use_required_attribute = False

    on = forms.DateField(
        label="Le", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore arrivé.")
        return day


class ReturnForm(DayForm):
    kept = forms.DecimalField(
        label="Retenu, en euros", min_value=0, max_digits=7, decimal_places=2, initial=0
    )
    because = forms.CharField(label="Motif", max_length=300, required=False)


@dataclass(frozen=True)
class DeskAct:
    """A button of the page: when it is shown, what it asks, what it does."""

    slug: str
    act: Act
    do: Callable
    is_offered: Callable[[HousingRequest, Stay | None], bool]
    form: type[forms.Form] = PlainAct
    on_stay: bool = False


ACTS = (
    DeskAct(
        "assurance",
        Act(
            "Accepter l’attestation d’assurance",
            "Elle nomme la personne, le logement et couvre les dates du séjour.",
            "Accepter",
            "L’attestation est acceptée.",
        ),
        stays.check_insurance,
        lambda request, stay: (
            bool(stay and stay.insurance_sent_at) and not stay.is_insured
        ),
        on_stay=True,
    ),
    DeskAct(
        "assurance-refusee",
        Act(
            "Demander une autre attestation",
            "La personne en envoie une autre.",
            "Demander",
            "La personne est prévenue.",
        ),
        stays.refuse_insurance,
        lambda request, stay: (
            bool(stay and stay.insurance_sent_at) and not stay.keys_given_at
        ),
        ReasonForm,
        on_stay=True,
    ),
    DeskAct(
        "cles",
        Act(
            "Remettre les clés",
            "Après l’attestation d’assurance et l’état des lieux d’entrée signé.",
            "Les clés sont remises",
            "C’est noté : les clés sont remises.",
        ),
        stays.give_keys,
        lambda request, stay: bool(stay) and not stay.keys_given_at,
        on_stay=True,
    ),
    DeskAct(
        "cles-rendues",
        Act(
            "Reprendre les clés",
            "",
            "Les clés sont rendues",
            "C’est noté : les clés sont rendues.",
        ),
        stays.take_keys_back,
        lambda request, stay: (
            bool(stay and stay.keys_given_at) and not stay.keys_returned_at
        ),
        on_stay=True,
    ),
    DeskAct(
        "depot",
        Act("Noter le dépôt reçu", "", "Noter", "Le dépôt est noté."),
        stays.receive_deposit,
        lambda request, stay: (
            bool(stay and stay.deposit) and not stay.deposit_received_on
        ),
        DayForm,
        on_stay=True,
    ),
    DeskAct(
        "depot-rendu",
        Act(
            "Rendre le dépôt",
            "Après l’état des lieux de sortie et les clés.",
            "Rendre",
            "Le dépôt est rendu.",
        ),
        stays.return_deposit,
        lambda request, stay: (
            bool(stay and stay.deposit_received_on) and not stay.deposit_returned_on
        ),
        ReturnForm,
        on_stay=True,
    ),
    DeskAct(
        "prolonger",
        Act(
            "Accorder la prolongation",
            "La chambre doit être libre jusqu’au jour demandé.",
            "Accorder",
            "La prolongation est accordée et la personne prévenue.",
        ),
        extensions.grant,
        lambda request, stay: request.stay_until is not None,
    ),
    DeskAct(
        "laisser-la-chambre",
        Act(
            "Noter son accord pour laisser la chambre",
            "La personne accepte au téléphone ce qui lui est proposé : elle change de "
            "chambre ou de dates, et la personne d’avant reste.",
            "Elle accepte",
            "C’est fait, chacun est prévenu.",
        ),
        extensions.make_room,
        lambda request, stay: extensions.question_to(request) is not None,
    ),
    DeskAct(
        "garder-la-chambre",
        Act(
            "Noter son refus de laisser la chambre",
            "La personne garde sa chambre ; celle d’avant part le jour prévu.",
            "Elle refuse",
            "C’est noté, la personne d’avant est prévenue.",
        ),
        extensions.keep_days,
        lambda request, stay: extensions.question_to(request) is not None,
    ),
    DeskAct(
        "pas-de-prolongation",
        Act(
            "Refuser la prolongation",
            "La personne part le jour prévu.",
            "Refuser",
            "La personne est prévenue.",
        ),
        extensions.refuse,
        lambda request, stay: request.stay_until is not None,
        ReasonForm,
    ),
    DeskAct(
        "reprendre",
        Act(
            "Reprendre la chambre",
            "La personne revient sur la liste d’attente ; la chambre est proposée à la "
            "suivante.",
            "Reprendre la chambre",
            "La chambre est reprise.",
        ),
        holds.cancel,
        lambda request, stay: (
            request.state == State.HELD or bool(stay and not stay.keys_given_at)
        ),
        ReasonForm,
    ),
    DeskAct(
        "sans-suite",
        Act(
            "Classer sans suite",
            "La demande est close.",
            "Classer sans suite",
            "La demande est close et la personne prévenue.",
        ),
        holds.refuse,
        lambda request, stay: request.is_open,
        ReasonForm,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}
