"""What a person does about a notice from a mail or a phone: a GET changes nothing, one POST does it."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alerts.marks import CannotPutOff
from alerts.stop_notices import stopped_beside
from config.clock import business_now
from pages import acts, showing
from pages.access import by_token
from pages.leaving import staff_address, what_reaches
from subscribers.contacts import confirm as confirm_contact
from subscribers.leaving import look_up, masked
from subscribers.models import Contact

ON_THE_PAGE = "确认页"


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, token: str, notice_id: int) -> HttpResponse:
    """A notice with what its reader did about it, and the buttons; after a POST, what happened, and undo."""
    contact, now = look_up(token), business_now()
    if contact is None:
        return _nobody(request)
    page = showing.notice_page(notice_id, now)
    if page is None:
        return _nobody(request)
    done, trouble = None, ""
    if request.method == "POST":
        try:
            done = acts.do(_asked(request), contact, notice_id, now)
        except (CannotPutOff, acts.Unknown) as error:
            trouble = str(error)
    own = acts.own_notice(contact, notice_id, request.GET.get("do", ""), now)
    shown = {"page": page, "own": own, "done": done, "trouble": trouble, **_stops(contact)}
    status = HTTPStatus.BAD_REQUEST if trouble else HTTPStatus.OK
    return render(request, "pages/own_notice.html", shown, status=status)


def _asked(request: HttpRequest) -> acts.Asked:
    """The form's values; a day that is none is said to be so."""
    written = request.POST.get("until", "")
    try:
        until = date.fromisoformat(written) if written else None
    except ValueError as error:
        raise CannotPutOff(f"提醒日“{written[:20]}”不是日期，应如 2019-10-31") from error
    return acts.Asked(request.POST.get("do", ""), until, request.POST.get("was", ""))


@by_token
@require_safe
def letter(request: HttpRequest, token: str, delivery_id: int) -> HttpResponse:
    """All that one letter had to say, also what it was cut by; each with its buttons a tap away."""
    contact = look_up(token)
    shown = showing.letter_page(contact, delivery_id, business_now()) if contact else None
    if contact is None or shown is None:
        return _nobody(request)
    return render(request, "pages/own_letter.html", {"letter": shown, **_stops(contact)})


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Double opt-in: the owner of an address says yes."""
    contact = look_up(token)
    if contact is None:
        return _nobody(request)
    if request.method == "POST":
        confirm_contact(contact.pk, business_now(), ON_THE_PAGE)
        contact.refresh_from_db()
    shown = {
        "state": _state(contact),
        "address": masked(contact),
        "wishes": what_reaches(contact),
        "staff_address": staff_address(),
        "leave_url": f"{settings.BASE_URL}/u/{token}/",
    }
    return render(request, "pages/confirm.html", shown)


def _state(contact: Contact) -> str:
    if contact.left_at is not None:
        return "left"
    if contact.suppressed_at is not None:
        return "suppressed"
    return "confirmed" if contact.reachable_since is not None else "waiting"


def _stops(contact: Contact) -> dict[str, Any]:
    """What the page must say of other contacts that were stopped."""
    return {"stopped": stopped_beside(contact), "staff_address": staff_address()}


def _nobody(request: HttpRequest) -> HttpResponse:
    shown = {"staff_address": staff_address()}
    return render(request, "pages/own_unknown.html", shown, status=HTTPStatus.NOT_FOUND)
