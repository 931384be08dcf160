"""The same command under the name that people type."""  # noqa: N999

from alerts.management.commands.verify_matches import Command

__all__ = ["Command"]
