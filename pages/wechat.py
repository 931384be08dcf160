"""Where WeChat tells what became of messages, and who unfollowed: signed, written down, answered at once.

It waits 5 s for an answer and asks three times. Nothing is sent from here: a message about a message would
make a ring.
"""

import logging
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alerts import receipts
from alerts.channels.wechat import callbacks
from alerts.channels.wechat.callbacks import Event, Keys, NotWeChat
from config.clock import business_now
from pages.access import by_signature
from subscribers.leaving import leave
from subscribers.models import Channel, Contact

logger = logging.getLogger(__name__)

# Pushes have a few hundred bytes; a person's message has 2,048 at most.
LONGEST = 64 * 1024
DONE = "success"
UNFOLLOWED = "取消关注公众号"


@by_signature
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    """GET proves to WeChat that the address is ours; POST takes an event."""
    keys = Keys(settings.WECHAT_APPID, settings.WECHAT_TOKEN, tuple(settings.WECHAT_AES_KEYS))
    if request.method == "GET":
        return _proof(request, keys)
    if "json" in (request.content_type or ""):
        return _said("请在公众平台把数据格式设为 XML", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return _said("内容过长", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        event = callbacks.read(callbacks.opened(request.body, request.GET, keys))
    except NotWeChat as error:
        logger.warning("a post to the WeChat address was not taken: %s", error)
        return _said("签名或内容有误", HTTPStatus.FORBIDDEN)
    if event is not None:
        _take(event)
    return _said(DONE)


def _proof(request: HttpRequest, keys: Keys) -> HttpResponse:
    if not callbacks.is_signed(request.GET, keys.token):
        return _said("签名有误：请核对 WECHAT_TOKEN 与公众平台上的令牌", HTTPStatus.FORBIDDEN)
    return _said(request.GET.get("echostr", ""))


def _take(event: Event) -> None:
    """Of people that we do not know nothing is kept."""
    contact = Contact.objects.filter(channel=Channel.WECHAT, address=event.openid, left_at=None).first()
    if contact is None:
        return
    if event.name == "TEMPLATESENDJOBFINISH":
        receipts.note(
            f"wechat|{event.key}", channel=Channel.WECHAT, contact=contact, provider_id=event.msgid,
            verdict=callbacks.verdict(event.status), said=event.status, at=business_now(),
        )  # fmt: skip
    elif event.name == "unsubscribe":
        leave(contact.leave_token, business_now(), UNFOLLOWED)


def _said(words: str, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
