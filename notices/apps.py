from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Staff's changes of topics and terms raise the version that every process looks at."""
        from notices import vocabulary  # noqa: PLC0415, its models need the registry first

        vocabulary.watch()
