"""Sources, for staff: what is polled, how it does, and tables to bring them in and out."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html_join
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, JSON
from simple_history.admin import SimpleHistoryAdmin
from simple_history.utils import bulk_update_with_history

from config.clock import SHANGHAI, business_now
from config.read_only import link
from notices.intake import health, kinds_of_trouble
from notices.intake.ingest import BY_HAND
from notices.intake.recipes import BadRecipe, recipe_of
from notices.intake.source_health import AHEAD, pulses
from notices.lexicon import regions
from notices.models import Incident, Item, Source
from notices.region_fields import RegionWidget
from notices.source_form import SourceForm
from notices.source_probing import ProbeStep

SHOWN = 10  # incidents of a source


class SourceTable(resources.ModelResource):
    """Sources as a table for import and export; a row is known by its 标识."""

    region = Field(attribute="region", column_name="region", widget=RegionWidget())

    class Meta:
        model = Source
        import_id_fields = ("slug",)
        fields = SourceForm.Meta.fields
        export_order = fields
        clean_model_instances = True
        skip_unchanged = True

    def validate_instance(
        self,
        instance: Source,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """A recipe that cannot be used does not come in by a table either."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        try:
            recipe_of(instance.family, instance.recipe)
        except BadRecipe as wrong:
            raise ValidationError({"recipe": str(wrong)}) from wrong


class ChineseTables(ImportExportMixin):
    """Import and export in forms that Chinese Excel reads: CSV with a byte-order mark, or JSON."""

    formats = (CSV, JSON)
    to_encoding = from_encoding = "utf-8-sig"


class SourceList(ChangeList):
    """The list's rows, each with its pulse."""

    def get_results(self, request: HttpRequest) -> None:
        """As ever, and how the sources of this page do, in two queries."""
        super().get_results(request)
        rows = list(self.result_list)
        known = pulses(rows, business_now().astimezone(SHANGHAI).date())
        for source in rows:
            source.pulse = known[source.pk]
        self.result_list = rows


@admin.register(Source)
class SourceAdmin(ProbeStep, ChineseTables, SimpleHistoryAdmin):
    """What is polled, and how it fares."""

    form = SourceForm
    resource_classes = (SourceTable,)
    list_display = ("name", "short_state", "success_age", "newest_day", "region_name", "family")
    list_filter = ("enabled", "family", ("trouble", admin.EmptyFieldListFilter))
    search_fields = ("name", "slug", "url", "issuer")
    actions = ("enable", "disable", "poll_soon")
    readonly_fields = (
        "condition", "success", "newest", "trouble", "failures", "next_poll_at", "last_polled_at",
        "baseline_at", "incidents",
    )  # fmt: skip
    fieldsets = (
        ("近况", {"fields": readonly_fields}),
        ("来源", {"fields": SourceForm.Meta.fields}),
    )

    @admin.display(description="地区", ordering="region")
    def region_name(self, source: Source) -> str:
        return regions.full_name(source.region)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002, Django's
        """Its rows know how they do."""
        return SourceList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        latest = Item.objects.filter(source=OuterRef("pk")).order_by().values("source")
        days = latest.filter(published_on__lte=business_now() + AHEAD).annotate(day=Max("published_on"))
        return super().get_queryset(request).annotate(newest_day=Subquery(days.values("day")))

    @admin.display(description="状态")
    def short_state(self, source: Source) -> str:
        """How it does, as the public page says it; of a source that failed but once, that it did."""
        if not source.enabled:
            return "已停用"
        now = health.state(source.pulse, business_now())  # type: ignore[attr-defined]
        return "上次没有取到" if source.failures and now.mood > health.Mood.DOUBTFUL else now.words

    @admin.display(description="最近取到", ordering="last_success_at")
    def success_age(self, source: Source) -> str:
        seen = source.last_success_at
        return health.age_words(business_now() - seen) if seen else "从未"

    @admin.display(description="最新一条", ordering="newest_day")
    def newest_day(self, source: Source) -> str:
        usual = health.rhythm_words(health.rhythm(source.pulse.days))  # type: ignore[attr-defined]
        day = str(source.newest_day or "日期不明")  # type: ignore[attr-defined]
        return f"{day}（{usual}）" if usual else day

    @admin.display(description="状态")
    def condition(self, source: Source) -> str:
        return health.state(_pulse(source), business_now()).words if source.enabled else "已停用，不轮询"

    @admin.display(description="最近取到")
    def success(self, source: Source) -> str:
        if source.last_success_at is None:
            return "从未"
        moment, age = source.last_success_at.astimezone(SHANGHAI), business_now() - source.last_success_at
        return f"{moment:%Y-%m-%d %H:%M}（{health.age_words(age)}）"

    @admin.display(description="最新一条")
    def newest(self, source: Source) -> str:
        days = _pulse(source).days
        if not days:
            return "日期不明"
        age = (business_now().astimezone(SHANGHAI).date() - max(days)).days
        usual = health.rhythm_words(health.rhythm(days)) or "还不知道通常隔几天"
        return f"{max(days)}（{age} 天前；{usual}）"

    @admin.display(description="异常")
    def incidents(self, source: Source) -> str:
        rows = source.incidents.defer("before", "after")[:SHOWN]
        lines = ((link(row, kinds_of_trouble.name(row.kind)), _span(row)) for row in rows)
        return format_html_join("", "<p>{} {}</p>", lines) or "没有"

    @admin.action(description="启用所选来源", permissions=["change"])
    def enable(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        self._switch(request, chosen, on=True)

    @admin.action(description="停用所选来源", permissions=["change"])
    def disable(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        self._switch(request, chosen, on=False)

    @admin.action(description="尽快轮询所选来源", permissions=["change"])
    def poll_soon(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        """Only says that they are due: the poller finds them."""
        due = chosen.update(next_poll_at=None)
        self.message_user(request, f"{due} 个来源将在下一次轮询时取。", messages.SUCCESS)

    def _switch(self, request: HttpRequest, chosen: QuerySet[Source], *, on: bool) -> None:
        turned = list(chosen.exclude(enabled=on).exclude(slug=BY_HAND))  # which has nothing to poll
        for source in turned:
            source.enabled = on
        bulk_update_with_history(turned, Source, ["enabled"], default_user=request.user)
        self.message_user(request, f"已{'启用' if on else '停用'} {len(turned)} 个来源。", messages.SUCCESS)


def _pulse(source: Source) -> health.Pulse:
    return pulses([source], business_now().astimezone(SHANGHAI).date())[source.pk]


def _span(incident: Incident) -> str:
    opened = incident.opened_at.astimezone(SHANGHAI)
    closed = incident.closed_at and incident.closed_at.astimezone(SHANGHAI)
    return f"{opened:%Y-%m-%d %H:%M} 起，" + (f"{closed:%Y-%m-%d %H:%M} 结束" if closed else "未结束")
