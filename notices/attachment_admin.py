"""Attached files, for staff: what was fetched, what of it was read, and what they must look at themselves."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.clock import business_now
from config.read_only import ReadOnly, table
from notices.models import Attachment

KINDS = {
    "sheet": "表格", "slides": "幻灯片", "web": "网页", "text": "纯文本", "image": "图片", "unknown": "不明",
}  # fmt: skip
MOST_SHOWN = 2000  # characters of a part


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly, admin.ModelAdmin):
    """Files as they were read, page by page; those that were not keep their link and say why."""

    list_display = ("name", "notice", "state", "file_format", "why")
    list_filter = ("state", "kind")
    list_select_related = ("notice",)
    search_fields = ("name", "url", "notice__title")
    actions = ("fetch_again",)
    fields = (
        "name", "original", "notice", "state", "why", "file_format", "size", "fetched_at", "attempts",
        "next_try_at", "listed", "words",
    )  # fmt: skip
    readonly_fields = ("original", "file_format", "listed", "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        rows = super().get_queryset(request)
        return rows if request.resolver_match and request.resolver_match.kwargs else rows.defer("parts")

    def has_refetch_permission(self, request: HttpRequest) -> bool:
        """Staff who may change attachments may have them fetched again; nobody types over a text here."""
        return bool(request.user.has_perm("notices.change_attachment"))

    @admin.action(description="重新下载所选附件", permissions=["refetch"])
    def fetch_again(self, request: HttpRequest, chosen: QuerySet[Attachment]) -> None:
        """Only says that they are due: the sweep finds them."""
        due = chosen.update(next_try_at=business_now(), attempts=0, digest="")
        self.message_user(request, f"{due} 个附件将在一分钟内重新下载。", messages.SUCCESS)

    @admin.display(description="地址")
    def original(self, file: Attachment) -> SafeString:
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', file.url, file.url)

    @admin.display(description="压缩包内文件")
    def listed(self, file: Attachment) -> str:
        return "、".join(file.members) or "无"

    @admin.display(description="文字")
    def words(self, file: Attachment) -> str:
        return table(
            ("位置", "文字"), [(where or "全文", linebreaksbr(_short(text))) for where, text in file.parts]
        )

    @admin.display(description="格式", ordering="kind")
    def file_format(self, file: Attachment) -> str:
        return KINDS.get(file.kind, file.kind.upper())


class AttachmentInline(ReadOnly, admin.TabularInline):
    """The files of a notice, in short."""

    model = Attachment
    fields = ("name", "state", "why")
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).defer("parts").order_by("pk")


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}……（共 {len(text)} 字）"
