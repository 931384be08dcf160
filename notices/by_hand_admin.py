"""Pages on which staff bring in a notice by link, by text or by file, or a whole past newsletter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.clock import business_now
from notices.intake.by_hand import Draft, source_by_hand
from notices.intake.file_by_hand import (
    NotRead,
    draft_of_file,
    draft_of_text,
    drafts_of_newsletter,
    text_of_file,
)
from notices.intake.page_by_hand import NotFetched, draft_of_url
from notices.looking_over import Kept, keep, look_over, pack, unpack
from notices.models import Notice

MOST_BYTES = 20 << 20
MOST_NAMED = 3
WAY_OUT = "可以改用下面的“粘贴文字”：把网页上的标题和正文贴进来，链接已经填好"
FILES = ".txt,.docx,.doc,.wps,.odt,.pdf,.ofd,.rtf,.html,.htm,.zip,.rar,.7z"


class UploadField(forms.FileField):
    """A file of a size that is still read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"文件超过 {MOST_BYTES >> 20} MB，没有读")
        return file


class UrlForm(forms.Form):
    """A notice by its address."""

    url = forms.URLField(
        label="网页地址", max_length=1000, assume_scheme="http", widget=forms.URLInput({"class": "vURLField"})
    )


class TextForm(forms.Form):
    """A notice by its words."""

    title = forms.CharField(
        label="标题", required=False, max_length=500, widget=forms.TextInput({"class": "vTextField"}),
        help_text="空着时取正文开头的标题",
    )  # fmt: skip
    link = forms.URLField(
        label="原文链接", required=False, max_length=1000, assume_scheme="http",
        widget=forms.URLInput({"class": "vURLField"}), help_text="没有可以空着",
    )  # fmt: skip
    text = forms.CharField(
        label="正文", strip=False, max_length=600_000,
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 10}),
    )  # fmt: skip


class FileForm(forms.Form):
    """A notice by its file."""

    file = UploadField(
        label="文件",
        widget=forms.FileInput({"accept": FILES}),
        help_text="PDF、DOCX、DOC、WPS、OFD、TXT，或装着它们的 ZIP、RAR、7z，20 MB 以内",
    )


class NewsletterForm(forms.Form):
    """A past newsletter, as a file or as its words."""

    file = UploadField(
        label="文件",
        required=False,
        widget=forms.FileInput({"accept": FILES}),
        help_text="PDF、DOCX 或文本，20 MB 以内",
    )
    text = forms.CharField(
        label="或者贴上全文", required=False, strip=False, max_length=600_000,
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 10}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("file") and not told.get("text", "").strip():
            raise forms.ValidationError("请选一个文件，或贴上快讯的全文")
        return told


WAYS: dict[str, type[forms.Form]] = {"url": UrlForm, "text": TextForm, "file": FileForm}


class ByHand(admin.ModelAdmin):
    """Mixed into the admin of notices."""

    change_list_template = "admin/notices/notice/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        mine = [
            path("by-hand/", self.admin_site.admin_view(self.by_hand), name="notices_notice_by_hand"),
            path(
                "newsletter/", self.admin_site.admin_view(self.newsletter), name="notices_notice_newsletter"
            ),
            path("keep/", self.admin_site.admin_view(self.keep), name="notices_notice_keep"),
        ]
        return [*mine, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the ways in for those who may add."""
        return super().changelist_view(request, {**(extra_context or {}), "may_bring_in": _may(request)})

    def by_hand(self, request: HttpRequest) -> HttpResponse:
        """One notice, in three ways."""
        _allowed(request)
        way = request.POST.get("way", "")
        filled = {name: _form(request, name, way) for name in WAYS}
        if way in WAYS and filled[way].is_valid():
            try:
                draft = _draft(way, filled[way].cleaned_data)
            except (NotFetched, NotRead) as refused:
                filled = {**filled, **_way_out(way, filled[way], str(refused))}
            else:
                return self._looked_over(request, [draft], title="核对这条通知", tell=True)
        return self._page(request, "by_hand.html", "添加一条通知", forms=filled)

    def newsletter(self, request: HttpRequest) -> HttpResponse:
        """All notices of a past newsletter."""
        _allowed(request)
        form = NewsletterForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                found, drafts = drafts_of_newsletter(_words(form.cleaned_data))
            except NotRead as refused:
                form.add_error(None, str(refused))
            else:
                title = f"核对快讯 {found.number}".strip()
                return self._looked_over(request, drafts, title=title, tell=False, doubts=found.doubts)
        return self._page(request, "newsletter.html", "导入往期快讯", form=form)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """The chosen lines become notices."""
        _allowed(request)
        try:
            drafts = unpack(request.POST.get("packed", ""))
        except ValueError as wrong:
            messages.error(request, str(wrong))
            return HttpResponseRedirect(reverse("admin:notices_notice_changelist"))
        kept = keep(drafts, request.POST, business_now())
        _say(request, kept, told="tell" in request.POST)
        return HttpResponseRedirect(_shown(kept))

    def _looked_over(
        self,
        request: HttpRequest,
        drafts: Sequence[Draft],
        *,
        title: str,
        tell: bool,
        doubts: Sequence[str] = (),
    ) -> HttpResponse:
        lines = look_over(drafts)
        try:
            packed = pack([line.draft for line in lines])
        except ValueError as wrong:
            messages.error(request, str(wrong))
            return HttpResponseRedirect(request.path)
        return self._page(
            request, "look_over.html", title, lines=lines, packed=packed, tell=tell, doubts=doubts,
            open_ones=sum(line.there is None for line in lines),
        )  # fmt: skip

    def _page(self, request: HttpRequest, template: str, title: str, **shown: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **shown}
        return TemplateResponse(request, f"admin/notices/notice/{template}", context)


def _may(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("notices.add_notice"))


def _allowed(request: HttpRequest) -> None:
    if not _may(request):
        raise PermissionDenied


def _form(request: HttpRequest, name: str, way: str) -> forms.Form:
    return WAYS[name](request.POST, request.FILES) if name == way else WAYS[name]()


def _draft(way: str, told: dict[str, Any]) -> Draft:
    if way == "url":
        return draft_of_url(told["url"])
    if way == "file":
        return draft_of_file(told["file"].name, told["file"].read())
    return draft_of_text(told["text"], told["title"], told["link"])


def _way_out(way: str, form: forms.Form, why: str) -> dict[str, forms.Form]:
    """The forms again: a page that is refused can still be pasted."""
    form.add_error(None, f"{why}。{WAY_OUT}。" if way == "url" else f"{why}。")
    return {"text": TextForm(initial={"link": form.cleaned_data["url"]})} if way == "url" else {}


def _words(told: dict[str, Any]) -> str:
    file = told.get("file")
    return text_of_file(file.name, file.read()) if file else told["text"]


def _say(request: HttpRequest, kept: Kept, *, told: bool) -> None:
    """What was done, each with its link."""
    if kept.new:
        how = "一分钟内解读、匹配，并照订户各自的方式告知" if told else "只收录，不告知订户"
        messages.success(request, format_html("已收录 {} 条，{}：{}", len(kept.new), how, _links(kept.new)))
    if kept.there:
        how = "没有重复收录" + ("；此前收录而未告知的，现在照常告知" if told else "")
        messages.info(request, format_html("{} 条早已收录，{}：{}", len(kept.there), how, _links(kept.there)))
    for refused in kept.refused:
        messages.error(request, f"没有收录{refused}")
    if not (kept.new or kept.there or kept.refused):
        messages.warning(request, "没有勾选任何一条，什么也没有收录。")


def _links(ids: Sequence[int]) -> SafeString:
    rows = Notice.objects.in_bulk(ids)
    named = ((reverse("admin:notices_notice_change", args=[pk]), rows[pk].title) for pk in ids[:MOST_NAMED])
    more = "" if len(ids) <= MOST_NAMED else " 等"
    return format_html("{}{}", format_html_join("、", '<a href="{}">{}</a>', named), more)


def _shown(kept: Kept) -> str:
    """The notice, if it is one alone; else the list of what was brought in by hand."""
    ids = (*kept.new, *kept.there)
    if len(ids) == 1 and not kept.refused:
        return reverse("admin:notices_notice_change", args=ids)
    return f"{reverse('admin:notices_notice_changelist')}?source__id__exact={source_by_hand().pk}"
