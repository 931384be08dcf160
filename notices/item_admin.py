"""The lines of lists, for staff: what was seen when, and what waits for them to let it go."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.clock import SHANGHAI, business_now
from config.read_only import ReadOnly
from notices.intake import held_items
from notices.models import Item


class IsHeld(admin.SimpleListFilter):
    """Those that staff must look at before people are told."""

    title = "扣下"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("1", "扣下待核"), ("0", "没有扣下")]

    def queryset(self, request: HttpRequest, items: QuerySet[Item]) -> QuerySet[Item]:  # noqa: ARG002
        chosen = self.value()
        return items.filter(held_at__isnull=chosen == "0") if chosen else items


@admin.register(Item)
class ItemAdmin(ReadOnly, admin.ModelAdmin):
    """Lines of lists, as they were first seen; held ones are released or laid by."""

    list_display = ("title", "source", "day", "seen", "state", "trouble")
    list_filter = (IsHeld, "baseline", ("trouble", admin.EmptyFieldListFilter), "source")
    list_select_related = ("source", "notice")
    search_fields = ("title", "url")
    date_hierarchy = "first_seen_at"
    actions = ("release", "dismiss")
    fields = (
        "title", "original", "source", "published_on", "first_seen_at", "state", "notice", "attempts",
        "next_try_at", "trouble",
    )  # fmt: skip
    readonly_fields = ("original", "state")

    class Media:
        css = {"all": ["notices/source.css"]}

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Staff who may change items decide about held ones, though nobody types over a line here."""
        return bool(request.user.has_perm("notices.change_item"))

    @admin.action(description="放行所选扣下条目（取正文并告知订户）", permissions=["decide"])
    def release(self, request: HttpRequest, chosen: QuerySet[Item]) -> None:
        count = held_items.release(chosen, business_now())
        self._say(request, count, f"已放行 {count} 条，下一次轮询时取正文并告知订户。")

    @admin.action(description="所选扣下条目作旧闻记下，不告知", permissions=["decide"])
    def dismiss(self, request: HttpRequest, chosen: QuerySet[Item]) -> None:
        count = held_items.dismiss(chosen, business_now())
        self._say(request, count, f"已记下 {count} 条，不会告知任何人。")

    def _say(self, request: HttpRequest, count: int, done: str) -> None:
        if count:
            self.message_user(request, done, messages.SUCCESS)
        else:
            self.message_user(request, "所选条目都没有扣下，没有改动。", messages.WARNING)

    @admin.display(description="链接")
    def original(self, item: Item) -> SafeString:
        return format_html('<a href="{0}" rel="noopener">{0}</a>', item.url)

    @admin.display(description="列表日期", ordering="published_on")
    def day(self, item: Item) -> str:
        return str(item.published_on or "无日期")

    @admin.display(description="首次见到", ordering="first_seen_at")
    def seen(self, item: Item) -> str:
        return f"{item.first_seen_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"

    @admin.display(description="状态")
    def state(self, item: Item) -> str:
        if item.held_at:
            return "扣下待核"
        if item.baseline:
            return "旧闻，不告知"
        return "已成通知" if item.notice_id else "等待取正文"
