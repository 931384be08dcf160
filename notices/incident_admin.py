"""Incidents of sources, for staff: what was seen before and after, and what may mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.clock import SHANGHAI, business_now
from config.read_only import link, table
from notices.intake import held_items, kinds_of_trouble, repairs
from notices.intake.doubts import Doubt
from notices.intake.kept_pages import excerpt, text_of
from notices.intake.troubles import Why
from notices.models import Family, Incident

SEEN, SOURCE_CODE = 3000, 6000  # characters of a page that are shown
HELD = 50  # items
# What staff can do where the page is not to blame.
OURS_TO_WAIT = "网站恢复后会自动取到，不需要处理。"
ADVICE: dict[str, str] = {
    Why.CHALLENGE: "本系统不绕过验证。可改订上级部门的列表或国务院政策文件库，或人工录入。",
    Why.ROBOTS: "请与网站联系；得到同意后在来源上写明理由。",
    Why.LOGIN: "请找不用登录的列表地址。",
    Why.GONE: "栏目多半搬了家，请在网站上找到新地址，填到来源里试取。",
    Doubt.GAP: "请到网站上看看停机期间还有什么，看过后按“结束”。",
    **dict.fromkeys(
        (Why.UNREACHABLE, Why.TIMEOUT, Why.STATUS, Why.MAINTENANCE, Why.BROKEN_ANSWER, Why.THROTTLED),
        OURS_TO_WAIT,
    ),
}
COLUMNS = {"family": "站点类型", "recipe": "取法", "url": "列表地址", "tls_pin": "证书指纹"}


class IsOpen(admin.SimpleListFilter):
    """Those that go on, or those that have ended."""

    title = "状态"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("1", "未结束"), ("0", "已结束")]

    def queryset(self, request: HttpRequest, incidents: QuerySet[Incident]) -> QuerySet[Incident]:  # noqa: ARG002
        chosen = self.value()
        return incidents.filter(closed_at__isnull=chosen == "1") if chosen else incidents


@admin.register(Incident)
class IncidentAdmin(admin.ModelAdmin):
    """One trouble of one source. Staff write a note and choose what to do; the rest is as it happened."""

    list_display = ("source", "short_kind", "begun", "end", "mendable")
    list_filter = (IsOpen,)
    list_select_related = ("source",)
    search_fields = ("source__name", "source__slug", "detail", "note")
    date_hierarchy = "opened_at"
    readonly_fields = (
        "source_link", "what", "opened_at", "last_seen_at", "seen", "end", "held", "proposed", "pages",
    )  # fmt: skip
    change_form_template = "admin/notices/incident/change_form.html"

    class Media:
        css = {"all": ["notices/incident.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:  # noqa: ARG002
        return False

    def get_fields(self, request: HttpRequest, obj: Incident | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """Held items where there can be some, and a proposal where one could help."""
        is_flood = obj is not None and obj.kind == Doubt.FLOOD
        left_out = "proposed" if is_flood else "held"
        return (*(name for name in self.readonly_fields if name != left_out), "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        rows = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and str(match.url_name).endswith("changelist")
        return rows.defer("before", "after") if is_list else rows

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        incident = kwargs.get("obj")
        deeds = [deed for deed in DEEDS if incident and deed.fits(incident)]
        return super().render_change_form(request, context | {"deeds": deeds}, *args, **kwargs)

    def response_change(self, request: HttpRequest, incident: Incident) -> HttpResponse:
        for deed in DEEDS:
            if deed.name in request.POST and deed.fits(incident):
                self._do(request, deed, incident)
                return HttpResponseRedirect(request.path)
        return super().response_change(request, incident)

    def _do(self, request: HttpRequest, deed: "Deed", incident: Incident) -> None:
        try:
            self.message_user(request, deed.act(incident), messages.SUCCESS)
        except ValidationError as wrong:
            said = "；".join(wrong.messages)
            self.message_user(request, f"没有改动来源，建议的内容不能用：{said}", messages.ERROR)

    @admin.display(description="来源")
    def source_link(self, incident: Incident) -> SafeString:
        return link(incident.source)

    @admin.display(description="问题", ordering="kind")
    def short_kind(self, incident: Incident) -> str:
        return kinds_of_trouble.name(incident.kind)

    @admin.display(description="问题")
    def what(self, incident: Incident) -> str:
        return kinds_of_trouble.explain(incident.kind, incident.detail)

    @admin.display(description="开始", ordering="opened_at")
    def begun(self, incident: Incident) -> str:
        return f"{incident.opened_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"

    @admin.display(description="结束", ordering="closed_at")
    def end(self, incident: Incident) -> str:
        closed = incident.closed_at
        return f"{closed.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if closed else "未结束"

    @admin.display(description="待办")
    def mendable(self, incident: Incident) -> str:
        if incident.closed_at is not None:
            return ""
        if incident.kind == Doubt.FLOOD:
            return "核对扣下的条目"
        return "有修复建议" if incident.proposal else ""

    @admin.display(description="网页前后")
    def pages(self, incident: Incident) -> SafeString:
        before = _page("之前", incident.before, incident.before_type, "没有留存之前的网页。")
        after = _page("现在", incident.after, incident.after_type, "网站没有给出网页。")
        return format_html('<div class="before-after">{}{}</div>', before, after)

    @admin.display(description="修复建议")
    def proposed(self, incident: Incident) -> SafeString | str:
        told = incident.proposal
        if not told:
            return "没有。" + ADVICE.get(incident.kind, "请打开来源，核对地址和取法后按“试取”。")
        changes = ((COLUMNS[name], _shown(name, told[name])) for name in COLUMNS if name in told)
        lines = format_html_join("", "<p>{}改为 <b>{}</b></p>", changes)
        rows = [(item["published"] or "无日期", item["title"], item["url"]) for item in told["items"]]
        if not rows:
            return lines
        count = format_html("<p>改后可读出 {} 条，前 {} 条是：</p>", told["count"], len(rows))
        return lines + count + table(("日期", "标题", "链接"), rows)

    @admin.display(description="扣下的条目")
    def held(self, incident: Incident) -> SafeString | str:
        items = held_items.held(incident.source).order_by("-published_on", "pk")
        rows = [(item.published_on or "无日期", item.title, item.url) for item in items[:HELD]]
        if not rows:
            return "已全部处理"
        every = reverse(
            "admin:notices_item_changelist", query={"held": 1, "source__id__exact": incident.source_id}
        )
        choose = format_html('<p><a href="{}">共 {} 条，逐条挑选</a></p>', every, items.count())
        return choose + table(("日期", "标题", "链接"), rows)


@dataclass(frozen=True, slots=True)
class Deed:
    """What staff can do about an open incident, as a button; `act` does it and says what was done."""

    name: str
    label: str
    suits: Callable[[Incident], bool]
    act: Callable[[Incident], str]

    def fits(self, incident: Incident) -> bool:
        """Whether the button stands on this incident's page."""
        return incident.closed_at is None and self.suits(incident)


def _accept(incident: Incident) -> str:
    repairs.accept(incident, business_now())
    return f"已按建议修改来源“{incident.source}”，下一次轮询时取。"


def _as_usual(incident: Incident) -> str:
    repairs.take_as_usual(incident, business_now())
    return "已照此为常，以后不再为此提示。"


def _release(incident: Incident) -> str:
    count = held_items.release(held_items.held(incident.source), business_now())
    return f"已放行 {count} 条，下一次轮询时取正文并告知订户。"


def _dismiss(incident: Incident) -> str:
    return (
        f"已记下 {held_items.dismiss(held_items.held(incident.source), business_now())} 条，不会告知任何人。"
    )


def _close(incident: Incident) -> str:
    Incident.objects.filter(pk=incident.pk).update(closed_at=business_now())
    return "已结束这条异常。"


def _is_flood(incident: Incident) -> bool:
    return incident.kind == Doubt.FLOOD


DEEDS = (
    Deed("_release", "放行这些条目", _is_flood, _release),
    Deed("_dismiss", "作旧闻记下，不告知", _is_flood, _dismiss),
    Deed("_accept", "采用修复建议", lambda incident: bool(incident.proposal), _accept),
    Deed("_as_usual", "照此为常", lambda incident: incident.kind in repairs.OF_THE_SHAPE, _as_usual),
    Deed("_close", "结束", lambda incident: incident.kind == Doubt.GAP, _close),
)


def _page(title: str, packed: bytes | memoryview | None, content_type: str, if_none: str) -> SafeString:
    if packed is None:
        return format_html("<section><h3>{}</h3><p>{}</p></section>", title, if_none)
    body = bytes(packed)
    return format_html(
        "<section><h3>{}</h3><pre>{}</pre><details><summary>网页代码</summary><pre>{}</pre></details></section>",
        title,
        excerpt(body, content_type, SEEN) or "（网页上没有文字）",
        text_of(body, content_type)[:SOURCE_CODE],
    )


def _shown(name: str, value: Any) -> str:
    return str(Family(value).label) if name == "family" else str(value or "该类型的默认取法")
