"""Who may open a page: every view says it with one of these; a test walks all routes to see it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anyone; the page is the same for all."""
    return _marked(view, "public")


def staff(view: View) -> View:
    """Signed-in staff."""
    return _marked(staff_member_required(view), "staff")


def by_token(view: View) -> View:
    """Whoever holds the token in the address: no login, no cookie (RFC 8058), the address kept to itself."""

    @wraps(view)
    def kept_to_itself(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return _marked(csrf_exempt(never_cache(kept_to_itself)), "by_token")


def by_signature(view: View) -> View:
    """Another machine, by the signature that its request carries: the view looks at it before all else."""
    return _marked(csrf_exempt(never_cache(view)), "by_signature")


def access_of(view: Any) -> str | None:
    """What a view says of itself: public, staff, by_token, by_signature, or nothing."""
    return getattr(view, "access", None)


def _marked(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined] # a mark for the test that walks all routes
    return view
