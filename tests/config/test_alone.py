"""One notice that breaks our code must not hold up the others."""

from datetime import datetime

import pytest
from django.db import OperationalError

from alerts import taking_in
from config.alone import alone
from notices.models import Notice
from tasks.reading import match_notices
from tests.builders import notice

pytestmark = pytest.mark.django_db


def test_what_fails_is_passed_by_and_said(caplog: pytest.LogCaptureFixture) -> None:
    given = [alone(f"number {n}", lambda n=n: 1 / n) for n in (1, 0, 2)]  # type: ignore[misc]  # mypy infers no lambda with a default

    assert given == [1.0, None, 0.5]
    assert "passed by: number 0\nTraceback" in caplog.text


def test_database_that_is_away_is_raised() -> None:
    def away() -> None:
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        alone("a row", away)


def test_notice_that_cannot_be_matched_leaves_those_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = notice("关于申报绿色工厂的通知"), notice("关于申报绿色园区的通知")
    whole = taking_in.take_in

    def breaking(pk: int, now: datetime) -> int:
        if pk == first.pk:
            raise IndexError(pk)
        return whole(pk, now)

    monkeypatch.setattr(taking_in, "take_in", breaking)

    match_notices()

    unmatched = Notice.objects.filter(matched_at=None).values_list("pk", flat=True)
    assert second.pk not in unmatched
    assert first.pk in unmatched
