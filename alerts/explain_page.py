"""The staff's page on why someone did or did not get a notice; `alerts.admin` gives it its place."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alerts.explanation import explanation
from config.clock import business_now
from notices.models import Notice
from subscribers.models import Subscriber

NAME = "alerts_explain"


class Question(forms.Form):
    """Which notice, and who: a number, or for people a name or an address."""

    notice = forms.CharField(label="通知", help_text="编号，或标题中的字")
    subscriber = forms.CharField(label="订户", help_text="编号、姓名，或邮件地址、openid")

    def clean_notice(self) -> Notice:
        written = self.cleaned_data["notice"].strip()
        found = Notice.objects.filter(pk=written) if written.isdigit() else None
        return _only(found or Notice.objects.filter(title__icontains=written), "通知", written)

    def clean_subscriber(self) -> Subscriber:
        written = self.cleaned_data["subscriber"].strip()
        found = Subscriber.objects.filter(pk=written) if written.isdigit() else None
        named = Subscriber.objects.filter(Q(name=written) | Q(contacts__address__iexact=written)).distinct()
        return _only(found or named, "订户", written)


def _only(found: Any, what: str, written: str) -> Any:
    """The one row found; else an error that says which there are."""
    rows = list(found.order_by("-pk")[:6])
    if not rows:
        raise forms.ValidationError(f"没有符合“{written}”的{what}")
    if len(rows) > 1:
        near = "；".join(f"{row.pk} {row}" for row in rows[:5])
        raise forms.ValidationError(f"有多个{what}符合“{written}”，请填编号：{near}")
    return rows[0]


def show(request: HttpRequest) -> HttpResponse:
    """Asks for the two, and shows the steps once both are known. Changes nothing."""
    if not request.user.has_perms(["notices.view_notice", "subscribers.view_subscriber"]):
        raise PermissionDenied
    both = {"notice", "subscriber"} <= request.GET.keys()
    question = Question(request.GET) if both else Question(initial=request.GET.dict())
    steps = []
    if both and question.is_valid():
        asked = question.cleaned_data
        steps = explanation(asked["notice"], asked["subscriber"], business_now())
    context = {**admin.site.each_context(request), "title": "为何收到或没有收到", "form": question}
    return TemplateResponse(request, "admin/alerts/explain.html", {**context, "steps": steps})


def link_to(text: str, **known: int) -> SafeString:
    """A link to the page with what is known already filled in."""
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:{NAME}"), urlencode(known), text)
