"""The public pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.clock import business_now
from pages import showing
from pages.access import public


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what closes next, what is new."""
    now = business_now()
    shown = {
        "nearest": showing.nearest(now),
        "newest": showing.newest(now),
        "health": showing.source_health(),
    }
    return render(request, "pages/home.html", shown)


@public
@require_safe
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice: what was understood, the words that prove it, and the way to the source."""
    page = showing.notice_page(notice_id, business_now())
    if page is None:
        raise Http404
    return render(request, "pages/notice.html", {"page": page})
