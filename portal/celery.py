"""The Celery application and the whole timetable of periodic work."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Times are Europe/Paris. Every task may run twice: the rows say what is done.
app.conf.beat_schedule = {
    "beat is alive": {
        "task": "casework.tasks.beat_tick",
        "schedule": 30.0,
    },
    "owed messages left behind": {
        "task": "casework.tasks.sweep_messages",
        "schedule": 60.0,
    },
    "files waiting for the scanner": {
        "task": "documents.tasks.sweep_held_documents",
        "schedule": 120.0,
    },
    "signed documents to make": {
        "task": "documents.tasks.sweep_signed_documents",
        "schedule": 120.0,
    },
    "inventories to make": {
        "task": "internships.tasks.sweep_inventories",
        "schedule": 120.0,
    },
    "annexes of sessions to make": {
        "task": "bursaries.tasks.file_left_behind",
        "schedule": 120.0,
    },
    "agreements to make": {
        "task": "bursaries.tasks.prepare_left_behind",
        "schedule": 120.0,
    },
    "payments to plan": {
        "task": "bursaries.tasks.plan_all_payments",
        "schedule": crontab(hour=3, minute=40),
    },
    # On the first of the month for most; a stay that begins later, the day it is known.
    "rents to call": {
        "task": "internships.tasks.call_rents",
        "schedule": crontab(hour=6, minute=30),
    },
    "beds to free and to offer": {
        "task": "internships.tasks.sweep_beds",
        "schedule": 60.0,
    },
    "charts to draw ahead": {
        "task": "portal.tasks.draw_charts",
        "schedule": 300.0,
    },
    "listings nobody confirmed": {
        "task": "listings.tasks.expire_listings",
        "schedule": crontab(hour=4, minute=0),
    },
    "alerts on what is new": {
        "task": "listings.tasks.send_alerts",
        "schedule": crontab(hour=7, minute=45),
    },
    "reminders": {
        "task": "casework.tasks.send_reminders",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon-fri"),
    },
    # After the reminders: who has just had one gets no letter that week.
    "letters to partners": {
        "task": "installation.tasks.send_partner_letters",
        "schedule": crontab(hour=8, minute=0, day_of_week="mon-fri"),
    },
    "digest of what failed": {
        "task": "casework.tasks.send_failure_digest",
        "schedule": crontab(hour=7, minute=0, day_of_week="mon"),
    },
    "files without a document": {
        "task": "documents.tasks.sweep_orphan_files",
        "schedule": crontab(hour=2, minute=30),
    },
    "checks of the night": {
        "task": "accounts.tasks.check_consistency",
        "schedule": crontab(hour=3, minute=0),
    },
    "purge of the night": {
        "task": "accounts.tasks.purge_expired",
        "schedule": crontab(hour=3, minute=30),
    },
}
