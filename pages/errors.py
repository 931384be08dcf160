"""Error pages in the same hand as the rest; they need no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.access import public


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django's signature
    """404."""
    return render(request, "pages/404.html", status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return render(request, "pages/500.html", status=500)
