from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "alerts"
    verbose_name = "投递"

    def ready(self) -> None:
        # Receivers are known once their module is read, which needs the models.
        from alerts import forgetting, looking_back  # noqa: F401, PLC0415
        from notices import word_lookup  # noqa: PLC0415

        word_lookup.take_seat(looking_back.held)
