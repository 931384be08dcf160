"""Every route says who may open it (pages.access)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pages.access import access_of, staff

SAID = {"public", "staff", "by_token", "by_signature"}


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        elif entry.app_name != "admin":
            yield from _routes(entry, address)


def _admin_prefixes() -> list[str]:
    entries = get_resolver().url_patterns
    return [str(e.pattern) for e in entries if isinstance(e, URLResolver) and e.app_name == "admin"]


def test_every_route_states_its_auth() -> None:
    assert [address for address, view in _routes(get_resolver()) if access_of(view) not in SAID] == []


def test_the_walk_finds_the_routes() -> None:
    assert {"", "n/<row:notice_id>/", "healthz", "u/<leave_token:token>/"} <= {
        a for a, _ in _routes(get_resolver())
    }


def test_the_admin_stands_under_staff_and_nowhere_else() -> None:
    assert _admin_prefixes() == ["staff/"]


def test_an_unmarked_view_says_nothing() -> None:
    assert access_of(lambda request: HttpResponse()) is None


@pytest.mark.django_db
def test_the_admin_sends_a_stranger_to_the_login(client: Client) -> None:
    answer = client.get("/staff/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/login/")


def test_staff_turns_a_stranger_away() -> None:
    from django.contrib.auth.models import AnonymousUser

    request = HttpRequest()
    request.user = AnonymousUser()
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}

    assert staff(lambda request: HttpResponse("secret"))(request).status_code == 302
