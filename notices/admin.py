"""Notices and what was read in them, for staff."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from simple_history.admin import SimpleHistoryAdmin

from config.read_only import ReadOnly, table
from notices import (  # noqa: F401, their registration
    incident_admin,
    item_admin,
    proving_admin,
    source_admin,
    term_admin,
)
from notices.attachment_admin import AttachmentInline
from notices.by_hand_admin import ByHand
from notices.contact_lines import NAMES as CONTACT_NAMES
from notices.lexicon import regions, topics
from notices.models import Deadline, Notice, Reading, Revision
from notices.reading.values import DEADLINE_OPEN

PROOF_OF = {
    "issuer": "发文机关",
    "doc_no": "文号",
    "handed_on": "转发自",
    "handed_on_no": "所转文号",
    "region": "地区",
    "kind": "类别",
    "rolling": "全年受理",
    "follow_up": "变更的通知",
    "deadline": "截止",
}
PLACES = {"title": "标题", "body": "正文", "attachment": "附件", "meta": "页面标签", "source": "来源"}


def region_names(ids: Iterable[int]) -> str:
    """安徽省淮北市、全国."""
    return "、".join(regions.full_name(region) for region in ids)


def topic_names(ids: Iterable[int]) -> str:
    """绿色制造、绿色工厂."""
    return "、".join(topics.topic(topic).name for topic in ids)


class RevisionInline(ReadOnly, admin.StackedInline):
    """The content as it stood, each time it changed."""

    model = Revision
    classes = ("collapse",)
    fields = ("number", "seen_at", "title", "text", "files")
    readonly_fields = fields

    @admin.display(description="附件")
    def files(self, revision: Revision) -> str:
        named = ((file["url"], file["name"]) for file in revision.attachments)
        return format_html_join("、", '<a href="{}" rel="noopener">{}</a>', named) or "无"


class ReadingInline(ReadOnly, admin.StackedInline):
    """What was understood, and the words that prove it."""

    model = Reading
    fk_name = "notice"
    fields = (
        ("version", "lexicon", "made_at", "confidence"), "short_title", ("issuer", "doc_no"),
        ("kind", "section", "rolling"), ("places", "not_places"), "subjects", "contacts_found", "left_open",
        "proofs",
    )  # fmt: skip
    readonly_fields = (
        "version", "lexicon", "made_at", "confidence", "short_title", "issuer", "doc_no", "kind", "section",
        "rolling", "places", "not_places", "subjects", "contacts_found", "left_open", "proofs",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return super().get_queryset(request).select_related("revision")

    @admin.display(description="地区")
    def places(self, reading: Reading) -> str:
        return region_names(reading.regions)

    @admin.display(description="不含地区")
    def not_places(self, reading: Reading) -> str:
        return region_names(reading.excluded_regions) or "无"

    @admin.display(description="主题")
    def subjects(self, reading: Reading) -> str:
        return topic_names(reading.topics) or "无"

    @admin.display(description="联系与报送")
    def contacts_found(self, reading: Reading) -> str:
        rows = [
            (
                CONTACT_NAMES[row["kind"]],
                row["value"],
                row["whose"],
                row["quote"],
                row.get("where") or PLACES[row["place"]],
            )
            for row in reading.contacts
        ]
        return table(("何项", "内容", "属于", "原文", "出处"), rows)

    @admin.display(description="待核")
    def left_open(self, reading: Reading) -> str:
        return "；".join(reading.doubts) or "无"

    @admin.display(description="依据")
    def proofs(self, reading: Reading) -> str:
        rows = [
            (_proven(name), proof["quote"], proof.get("where") or PLACES[proof["place"]])
            for name, proof in reading.evidence.items()
        ]
        return table(("何项", "原文", "出处"), rows)


def _proven(name: str) -> str:
    """What a proof is for: `topic:12` is 主题 绿色工厂, `deadline:2019-10-29` is 截止 2019-10-29."""
    what, _, which = name.partition(":")
    if what == "topic":
        return f"主题 {topic_names([int(which)])}"
    return f"{PROOF_OF.get(what, what)} {which}".strip()


class DeadlineInline(ReadOnly, admin.TabularInline):
    """The days by which someone must act."""

    model = Deadline
    fields = ("on", "at", "who", "what", "is_main", "superseded_by", "quote", "spot")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deadline]:
        return super().get_queryset(request).select_related("reading", "superseded_by")

    @admin.display(description="出处")
    def spot(self, deadline: Deadline) -> str:
        return deadline.where or PLACES["body"]


class InDoubt(admin.SimpleListFilter):
    """Notices that a person should look at."""

    title = "待核"
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("open", "有待核之处"), ("unread", "尚未解读"), ("none", "无")]

    def queryset(self, request: HttpRequest, notices: QuerySet[Notice]) -> QuerySet[Notice]:  # noqa: ARG002
        chosen = {
            "open": Q(reading__isnull=False) & ~Q(reading__doubts=[]),
            "unread": Q(read_at=None),
            "none": Q(reading__doubts=[]),
        }
        return notices.filter(chosen.get(self.value() or "", Q()))


@admin.register(Notice)
class NoticeAdmin(ReadOnly, ByHand, SimpleHistoryAdmin):
    """A notice with its content, its readings and their evidence."""

    list_display = ("title", "issuer", "places", "kind", "main_deadline", "first_seen_at")
    list_filter = (InDoubt, "reading__kind", "source", "first_seen_at")
    list_select_related = ("reading", "source")
    search_fields = ("title", "url", "reading__issuer", "reading__doc_no")
    date_hierarchy = "first_seen_at"
    actions = ("read_again",)
    inlines = (DeadlineInline, ReadingInline, AttachmentInline, RevisionInline)
    fields: ClassVar[tuple[str, ...]] = (
        "title", "original", "source", "published_on", "first_seen_at", "read_at", "matched_at",
        "follows", "follows_how", "silent",
    )  # fmt: skip
    readonly_fields: ClassVar[tuple[str, ...]] = ("original",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        in_force = Deadline.objects.filter(is_main=True, superseded_by=None)
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("deadlines", queryset=in_force, to_attr="in_force"))
        )

    def has_change_reading_permission(self, request: HttpRequest) -> bool:
        """Staff who may change notices may have one read anew, though nobody types over a reading here."""
        return bool(request.user.has_perm("notices.change_notice"))

    @admin.action(description="重新解读所选通知", permissions=["change_reading"])
    def read_again(self, request: HttpRequest, chosen: QuerySet[Notice]) -> None:
        """Only says that they are unread: the sweep finds them."""
        unread = chosen.update(read_at=None)
        self.message_user(request, f"{unread} 条通知将在一分钟内重新解读。", messages.SUCCESS)

    @admin.display(description="原文")
    def original(self, notice: Notice) -> str:
        if not notice.url.startswith(("http://", "https://")):
            return "无（人工录入的文字）"
        return format_html('<a href="{0}" rel="noopener">{0}</a>', notice.url)

    @admin.display(description="发文机关", ordering="reading__issuer")
    def issuer(self, notice: Notice) -> str:
        return notice.reading.issuer if notice.reading else ""

    @admin.display(description="地区")
    def places(self, notice: Notice) -> str:
        return region_names(notice.reading.regions) if notice.reading else ""

    @admin.display(description="类别", ordering="reading__kind")
    def kind(self, notice: Notice) -> str:
        return notice.reading.get_kind_display() if notice.reading else "尚未解读"

    @admin.display(description="主要截止")
    def main_deadline(self, notice: Notice) -> str:
        days = "、".join(f"{deadline.on:%Y-%m-%d}" for deadline in notice.in_force)  # type: ignore[attr-defined]
        doubts = notice.reading.doubts if notice.reading else []
        return days or ("待核" if any(doubt.startswith(DEADLINE_OPEN) for doubt in doubts) else "")


@admin.register(Deadline)
class DeadlineAdmin(ReadOnly, admin.ModelAdmin):
    """All deadlines, the nearest first."""

    list_display = ("on", "at", "notice", "what", "who", "is_main", "superseded_by")
    list_filter = ("is_main", ("superseded_by", admin.EmptyFieldListFilter), "on")
    list_select_related = ("notice", "superseded_by")
    search_fields = ("notice__title", "what", "who", "quote")
    date_hierarchy = "on"
