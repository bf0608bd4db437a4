"""The buttons of a dossier: each opens a small page, whose form calls an action."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from accounts.models import User
from casework import workdays
from casework.forms import DayField
from documents.forms import UploadsField
from installation import actions
from installation.models import Exchange, InstallationRequest

LONG_TEXT = 5000


class DecisionForm(forms.Form):
    """What a decision asks; it knows the dossier and who decides."""

    use_required_attribute = False

    def __init__(self, *args, dossier: InstallationRequest, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        self.user = user
        self.prepare()

    def prepare(self) -> None:
        """Adapt the fields to the dossier."""


class NextActionForm(DecisionForm):
    next_action = forms.CharField(label="Prochaine action", max_length=200)
    next_action_on = DayField(label="À faire le")

    def prepare(self):
        self.initial.setdefault("next_action_on", workdays.add(timezone.localdate(), 5))


class PlanForm(NextActionForm):
    def prepare(self):
        self.initial["next_action"] = self.dossier.next_action
        self.initial["next_action_on"] = self.dossier.next_action_on


class ResumeForm(NextActionForm):
    def prepare(self):
        super().prepare()
        self.initial["next_action"] = "Reprendre contact"


class AssignForm(DecisionForm):
    to = forms.ModelChoiceField(
        User.objects.none(), label="Confier à", empty_label="Choisissez une personne"
    )

    def prepare(self):
        colleagues = User.objects.desk().select_related("person")
        if self.dossier.case_worker_id:
            colleagues = colleagues.exclude(pk=self.dossier.case_worker_id)
        self.fields["to"].queryset = colleagues


class WriteForm(DecisionForm):
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    audience = forms.ChoiceField(
        label="Pour qui",
        choices=[
            (Exchange.Audience.PUBLIC, "La personne : elle reçoit un courriel"),
            (Exchange.Audience.INTERNAL, "Une note, lue du guichet seul"),
        ],
        widget=forms.RadioSelect,
        initial=Exchange.Audience.PUBLIC,
    )
    body = forms.CharField(
        label="Message", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 7})
    )
    files = UploadsField(label="Pièces jointes", required=False)
    expected = forms.CharField(
        label="Ce que vous attendez d’elle",
        help_text="« Choisir une date de visite » : affiché dans « À vous de jouer ».",
        max_length=200,
        required=False,
    )
    expected_by = DayField(label="Avant le", required=False)

    def prepare(self):
        joined = self.dossier.family_accesses.accepted().select_related("person")
        if names := " et ".join(access.shown_name for access in joined):
            to_both = f"La personne et {names} : le côté famille"
            audience = self.fields["audience"]
            public, *others = audience.choices
            audience.choices = [public, (Exchange.Audience.FAMILY, to_both), *others]

    def clean(self):
        cleaned = super().clean()
        expected, by = cleaned.get("expected"), cleaned.get("expected_by")
        if expected and not by and "expected_by" not in self.errors:
            self.add_error("expected_by", "Dites avant quelle date.")
        if by and not expected and "expected" not in self.errors:
            self.add_error("expected", "Dites ce que vous attendez.")
        if cleaned.get("audience") == Exchange.Audience.FAMILY and cleaned.get("files"):
            self.add_error(
                "files",
                "Le côté famille ne garde aucun document : écrivez à la personne seule "
                "pour en joindre.",
            )
        if expected and cleaned.get("audience") == Exchange.Audience.INTERNAL:
            self.add_error("expected", "Une note interne ne demande rien à personne.")
        return cleaned


class PauseForm(DecisionForm):
    until = DayField(label="Jusqu’au")
    reason = forms.CharField(
        label="Motif",
        help_text="Une note interne. N’écrivez rien qui touche à la santé.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(DecisionForm):
    outcome = forms.ChoiceField(
        label="Issue",
        choices=[
            choice
            for choice in InstallationRequest.Outcome.choices
            if choice[0] != InstallationRequest.Outcome.DUPLICATE
        ],
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label="Un mot à la personne",
        help_text="Il figure dans le courriel de clôture et dans son dossier.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReopenForm(NextActionForm):
    reason = forms.CharField(
        label="Pourquoi rouvrir",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["reason", "next_action", "next_action_on"]

    def prepare(self):
        super().prepare()
        self.initial["next_action"] = "Reprendre contact"


def _take_charge(dossier, *, by):
    actions.take_charge(dossier, by=by)


def _assign(dossier, *, by, to):
    actions.assign(dossier, to=to, by=by)


def _write(dossier, *, by, body, **said):
    actions.write(dossier, body, by=by, **said)


def _plan(dossier, *, by, next_action, next_action_on):
    actions.plan_next_action(dossier, next_action, next_action_on, by=by)


def _pause(dossier, *, by, until, reason):
    actions.pause(dossier, until, by=by, reason=reason)


def _resume(dossier, *, by, next_action, next_action_on):
    actions.resume(
        dossier, by=by, next_action=next_action, next_action_on=next_action_on
    )


def _close(dossier, *, by, outcome, sentence):
    actions.close(dossier, outcome, by=by, sentence=sentence)


def _reopen(dossier, *, by, reason, next_action, next_action_on):
    actions.reopen(
        dossier,
        reason,
        by=by,
        next_action=next_action,
        next_action_on=next_action_on,
    )


@dataclass(frozen=True)
class Decision:
    """One button of a dossier."""

    slug: str
    verb: str
    label: str
    icon: str
    title: str
    lead: str
    button: str
    done: str
    act: Callable
    form: type[DecisionForm] = DecisionForm

    def is_offered(self, dossier: InstallationRequest) -> bool:
        return dossier.allows(self.verb)


class AssignDecision(Decision):
    """Handing over a dossier nobody follows takes it in charge for a colleague."""

    def is_offered(self, dossier):
        return dossier.allows("assign") or dossier.allows("take_charge")


DECISIONS = [
    Decision(
        slug="prendre-en-charge",
        verb="take_charge",
        label="Prendre en charge",
        icon="hand",
        title="Prendre la demande en charge",
        lead="Vous devenez la personne qui répond. Un courriel donne votre nom et le "
        "numéro du guichet à la personne.",
        button="Prendre en charge",
        done="La demande est à vous. La personne en est prévenue.",
        act=_take_charge,
    ),
    Decision(
        slug="ecrire",
        verb="exchange",
        label="Écrire",
        icon="send",
        title="Écrire",
        lead="Un message part par courriel et s’affiche dans le dossier de la "
        "personne ; une note reste au guichet.",
        button="Enregistrer et envoyer",
        done="C’est écrit.",
        act=_write,
        form=WriteForm,
    ),
    Decision(
        slug="prochaine-action",
        verb="plan",
        label="Fixer la prochaine action",
        icon="calendar-days",
        title="Fixer la prochaine action",
        lead="Aucun dossier ne reste sans suite : dites ce qui vient, et quand.",
        button="Enregistrer",
        done="La prochaine action est notée.",
        act=_plan,
        form=PlanForm,
    ),
    AssignDecision(
        slug="confier",
        verb="assign",
        label="Confier à",
        icon="users",
        title="Confier le dossier",
        lead="Votre collègue reçoit un courriel, la personne aussi.",
        button="Confier",
        done="Le dossier est confié.",
        act=_assign,
        form=AssignForm,
    ),
    Decision(
        slug="pause",
        verb="pause",
        label="Mettre en pause",
        icon="pause",
        title="Mettre en pause",
        lead="Les relances s’arrêtent. Le dossier revient dans la file ce jour-là.",
        button="Mettre en pause",
        done="Le dossier est en pause.",
        act=_pause,
        form=PauseForm,
    ),
    Decision(
        slug="reprendre",
        verb="resume",
        label="Reprendre",
        icon="footprints",
        title="Reprendre l’accompagnement",
        lead="La pause se termine aujourd’hui.",
        button="Reprendre",
        done="L’accompagnement reprend.",
        act=_resume,
        form=ResumeForm,
    ),
    Decision(
        slug="clore",
        verb="close",
        label="Clore",
        icon="flag",
        title="Clore le dossier",
        lead="Une simple mise en relation n’est pas une installation : choisissez "
        "alors « personne orientée ».",
        button="Clore le dossier",
        done="Le dossier est clos. La personne en est prévenue.",
        act=_close,
        form=CloseForm,
    ),
    Decision(
        slug="rouvrir",
        verb="reopen",
        label="Rouvrir",
        icon="folder-open",
        title="Rouvrir le dossier",
        lead="Le motif reste dans le dossier, en note interne.",
        button="Rouvrir",
        done="Le dossier est rouvert.",
        act=_reopen,
        form=ReopenForm,
    ),
]
BY_SLUG = {decision.slug: decision for decision in DECISIONS}


def offered(dossier: InstallationRequest) -> list[Decision]:
    """The buttons this dossier shows; the first is the main one."""
    return [decision for decision in DECISIONS if decision.is_offered(dossier)]
