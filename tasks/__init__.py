"""The conductor: the Celery app and, beside it, a module for each step of the pipeline.

Every task takes `now` (ISO 8601 with offset, or nothing for the wall clock), decides it once and passes it
on, so that weeks can be replayed in seconds (DESIGN 6.5). Every task may run twice, at once, or never.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

STEPS = ("polling", "reading", "attaching", "composing", "delivering", "repairing")

app = Celery("kuaixun", include=[f"tasks.{step}" for step in STEPS])
app.config_from_object("celeryconfig")
