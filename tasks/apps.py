from typing import Any

from celery.signals import task_prerun
from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        """Every task begins with the topics and terms in force, once for its whole batch."""
        task_prerun.connect(_fresh_words)


def _fresh_words(**_: Any) -> None:
    from notices import vocabulary  # noqa: PLC0415, its models need the registry first

    vocabulary.refresh()
