"""Leaving: GET shows what will stop and changes nothing, POST stops it (DESIGN 6.8; RFC 8058)."""

from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from config.clock import business_now
from pages.access import by_token
from pages.offers import offers, take
from subscribers.leaving import erased, leave, look_up, masked
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
        return _nobody(request, token)
    return _page(request, token, contact, "")


@by_token
@require_POST
def less(request: HttpRequest, token: str) -> HttpResponse:
    """Takes one of the offers of less, and shows the page again with what happened."""
    contact, now = look_up(token), business_now()
    if contact is None:
        return _nobody(request, token)
    act = request.POST.get("do", "")
    said = take(act, contact, now) if act in {offer.act for offer in offers(contact, now)} else ""
    return _page(request, token, look_up(token) or contact, said or "没有改动：这一项现在不适用")


def _page(request: HttpRequest, token: str, contact: Contact, said: str) -> HttpResponse:
    shown = {
        "token": token,
        "address": masked(contact),
        "channel": contact.get_channel_display(),
        "left": contact.left_at is not None,
        "wishes": what_reaches(contact),
        "staff_address": staff_address(),
        "offers": offers(contact, business_now()),
        "said": said,
    }
    return render(request, "pages/leave.html", shown)


def _stop(request: HttpRequest, token: str) -> HttpResponse:
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    left = leave(token, business_now(), ONE_CLICK if one_click else ON_THE_PAGE)
    if left is None:
        return _nobody(request, token)
    return render(request, "pages/left.html", {"left": left, "staff_address": staff_address()})


def _nobody(request: HttpRequest, token: str) -> HttpResponse:
    if left := erased(token):
        return render(request, "pages/left.html", {"left": left, "staff_address": staff_address()})
    return render(request, "pages/leave_unknown.html", {"staff_address": staff_address()}, status=404)


def what_reaches(contact: Contact) -> list[str]:
    """The subscriptions that reach this contact, in words."""
    by_channel = Q(by_email=True) if contact.channel == Channel.EMAIL else Q(by_wechat=True)
    standing = Subscription.objects.filter(by_channel, subscriber=contact.subscriber, ended_at=None)
    rows = standing.select_related("filter").order_by("pk")
    return [f"{row.rhythm}：{row.filter}" for row in rows]


def staff_address() -> str:
    """Where people write to staff."""
    return parseaddr(settings.MAIL_FROM)[1]
