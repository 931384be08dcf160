"""Leaving: GET shows what will stop and changes nothing, POST stops it (DESIGN 6.8; RFC 8058)."""

from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from config.clock import business_now
from pages.access import by_token
from subscribers.leaving import leave, look_up, masked
from subscribers.models import Channel, Contact, Subscription

ONE_CLICK = "邮件客户端一键退订"
ON_THE_PAGE = "退订页"


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of one contact, for ever; a mail client's one click and the page's button do the same."""
    if request.method == "POST":
        return _stop(request, token)
    contact = look_up(token)
    if contact is None:
        return _nobody(request)
    shown = {
        "address": masked(contact),
        "channel": contact.get_channel_display(),
        "left": contact.left_at is not None,
        "wishes": _what_stops(contact),
        "staff_address": _staff_address(),
    }
    return render(request, "pages/leave.html", shown)


def _stop(request: HttpRequest, token: str) -> HttpResponse:
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    left = leave(token, business_now(), ONE_CLICK if one_click else ON_THE_PAGE)
    if left is None:
        return _nobody(request)
    return render(request, "pages/left.html", {"left": left, "staff_address": _staff_address()})


def _nobody(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/leave_unknown.html", {"staff_address": _staff_address()}, status=404)


def _what_stops(contact: Contact) -> list[str]:
    """The subscriptions that reach this contact, in words."""
    by_channel = Q(by_email=True) if contact.channel == Channel.EMAIL else Q(by_wechat=True)
    standing = Subscription.objects.filter(by_channel, subscriber=contact.subscriber, ended_at=None)
    rows = standing.select_related("filter").order_by("pk")
    return [f"{row.get_cadence_display()}：{row.filter}" for row in rows]


def _staff_address() -> str:
    return parseaddr(settings.MAIL_FROM)[1]
