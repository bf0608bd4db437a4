"""From a confirmed bed to the deposit given back: what is handed over on the way."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from documents import intake
from documents.actions import discard
from internships import housing_letters
from internships.models import Stay


@transaction.atomic
def send_insurance(stay: Stay, file, *, by: User | None = None) -> Stay:
    """The proof is sent, or sent again; it is read by the owner or by the desk."""
    stay = _locked(stay)
    if stay.is_insured:
        raise ValidationError("Votre attestation est déjà vérifiée.")
    former = stay.insurance
    stay.receive_insurance(intake.receive(file, by=by, kind="insurance"))
    if former:
        discard(former, by=by)
    entry = record("internships.stay.insured", subject=stay, actor=by)
    housing_letters.insurance_sent(stay, entry)
    return stay


@transaction.atomic
def check_insurance(stay: Stay, *, by: User) -> Stay:
    stay = _locked(stay)
    stay.accept_insurance()
    record("internships.stay.insurance_checked", subject=stay, actor=by)
    return stay


@transaction.atomic
def refuse_insurance(stay: Stay, *, reason: str, by: User) -> Stay:
    """Not this one: they read why and send another."""
    stay = _locked(stay)
    stay.refuse_insurance(reason)
    entry = record("internships.stay.insurance_refused", subject=stay, actor=by)
    housing_letters.insurance_refused(stay, entry)
    return stay


@transaction.atomic
def receive_deposit(stay: Stay, *, on: dt.date, by: User) -> Stay:
    stay = _locked(stay)
    stay.receive_deposit(on)
    record("internships.stay.deposit_received", subject=stay, actor=by)
    return stay


@transaction.atomic
def give_keys(stay: Stay, *, by: User) -> Stay:
    """R-35: after the insurance and the inventory, and not before."""
    stay = _locked(stay)
    stay.give_keys()
    record("internships.stay.keys_given", subject=stay, actor=by)
    return stay


@transaction.atomic
def take_keys_back(stay: Stay, *, by: User) -> Stay:
    stay = _locked(stay)
    stay.take_keys_back()
    record("internships.stay.keys_returned", subject=stay, actor=by)
    _end(stay)
    return stay


@transaction.atomic
def return_deposit(
    stay: Stay,
    *,
    on: dt.date,
    by: User,
    kept: Decimal = Decimal(0),
    because: str = "",
) -> Stay:
    """Given back, less what is kept, and why."""
    stay = _locked(stay)
    stay.return_deposit(on, kept, because)
    record("internships.stay.deposit_returned", subject=stay, actor=by)
    return stay


@transaction.atomic
def entry_signed(stay: Stay) -> Stay:
    """The entry inventory has both names."""
    stay = _locked(stay)
    if stay.sign_entry():
        record("internships.stay.entry_signed", subject=stay)
    return stay


@transaction.atomic
def exit_signed(stay: Stay) -> Stay:
    """The exit inventory has both names; with the keys back, the stay is over."""
    stay = _locked(stay)
    if stay.sign_exit():
        record("internships.stay.exit_signed", subject=stay)
        _end(stay)
    return stay


def _locked(stay: Stay) -> Stay:
    """The request first, as everywhere."""
    locked(stay.occupation.request)
    return locked(stay)


def _end(stay: Stay) -> None:
    """Keys back and inventory signed, once the last day has come."""
    request = locked(stay.occupation.request)
    is_over = stay.occupation.period.upper <= timezone.localdate()
    is_left = is_over and stay.keys_returned_at and stay.exit_signed_at
    if is_left and request.state == request.State.HOUSED:
        request.end()
        record("internships.stay.ended", subject=request)
