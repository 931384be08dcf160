"""The same command under the name that people type."""  # noqa: N999

from alerts.management.commands.take_bounce import Command

__all__ = ["Command"]
