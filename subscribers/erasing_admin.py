"""Staff erase a person who asks for it (PIPL, article 47): one page says what goes, one press does it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from config.clock import business_now
from subscribers.erasing import erase
from subscribers.models import Subscriber


class ErasesOnRequest:
    """Mixed into the admin of people. Rows are emptied and never deleted: deliveries are counted by them."""

    actions = ("erase_chosen",)
    admin_site: admin.AdminSite
    opts: Any

    def has_delete_permission(self, request: HttpRequest, obj: Subscriber | None = None) -> bool:  # noqa: ARG002 - Django calls it so
        return False

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Who may delete people may erase them."""
        return request.user.has_perm("subscribers.delete_subscriber")

    @admin.action(description="删除个人信息（本人要求，不能恢复）", permissions=["erase"])
    def erase_chosen(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> TemplateResponse | None:
        """Asks first; what was erased before is passed by."""
        if "sure" not in request.POST:
            return self._ask(request, chosen)
        now = business_now()
        erased = sum(erase(person, now) for person in list(chosen))  # a handful, picked by hand
        before = f"；{len(chosen) - erased} 人此前已删除" if erased < len(chosen) else ""
        messages.success(request, f"已删除 {erased} 人的个人信息{before}。")
        return None

    def _ask(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> TemplateResponse:
        asked: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "删除个人信息",
            "opts": self.opts,
            "people": chosen.prefetch_related("contacts"),
        }
        return TemplateResponse(request, "admin/subscribers/erase.html", asked)
