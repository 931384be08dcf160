import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from pages import health
from pages.errors import broken


@pytest.mark.django_db
def test_healthz_is_ok_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_healthz_says_what_is_wrong_when_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def cursor(self) -> None:
            raise OperationalError("gone")

    monkeypatch.setattr(health, "connection", Gone())

    answer = health.healthz(RequestFactory().get("/healthz"))
    assert answer.status_code == 503
    assert b"OperationalError" in answer.content


def test_the_page_for_a_failure_needs_no_database() -> None:
    answer = broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "这一页没有做出来" in answer.content.decode()
