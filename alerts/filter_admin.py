"""Staff make filters here; once made a filter's row never changes, so there is nothing to edit."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from alerts.filter_form import FilterForm
from config.clock import business_now
from subscribers.admin import FilterAdmin
from subscribers.filters import find_or_make
from subscribers.models import Filter

SWITCHES = ("below", "above", "only_with_deadline", "only_followed", "kinds")

admin.site.unregister(Filter)


@admin.register(Filter)
class MadeFilterAdmin(FilterAdmin):
    """The page of `subscribers.admin`, with a form to add one, which looks back over notices."""

    add_form_template = "admin/alerts/filter_form.html"
    form_fieldsets = (
        (None, {"fields": ("regions", ("below", "above"), "topics", "words")}),
        ("词", {"fields": ("all_words", "any_words", "none_words")}),
        ("范围", {"fields": ("kinds", "issuers", "only_with_deadline", "only_followed")}),
        ("保存", {"fields": ("sure",)}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Filter | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.form_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Filter | None = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Filter | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change=change, **kwargs) if obj else FilterForm

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Filter:  # noqa: ARG002
        """The one row for this filter; found, where somebody asked for the same before."""
        return find_or_make(form.spec, business_now())

    def log_addition(self, request: HttpRequest, obj: Filter, message: Any) -> Any:
        """What was there before is not written down as added."""
        return super().log_addition(request, obj, message) if obj.is_new else None

    def response_add(
        self, request: HttpRequest, obj: Filter, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Says which row was there before, and leads to it; a window for choosing one takes it."""
        if obj.is_new or IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        page = reverse("admin:subscribers_filter_change", args=[obj.pk])
        made = date_format(localtime(obj.created_at), "Y-m-d H:i")
        said = "这个条件早已有了，没有另建：<a href='{}'>第 {} 号</a>，建立于 {}：{}"
        self.message_user(request, format_html(said, page, obj.pk, made, obj), messages.WARNING)
        return HttpResponseRedirect(request.path if "_addanother" in request.POST else page)

    def save_model(self, request: HttpRequest, obj: Filter, form: Any, change: bool) -> None:
        """Nothing is left to save."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on a filter that staff could have typed in."""
