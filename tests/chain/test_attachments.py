"""Files of the demo's pages, fetched and opened by a real worker, whose processes are daemonic."""

from datetime import date

import pytest

from demo.web.server import GovernmentWeb
from notices.models import Attachment
from tests.chain.test_whole_chain import replay
from tests.services.celery import Worker

pytestmark = pytest.mark.usefixtures("world")


def test_files_of_pages_are_read_by_a_real_worker(
    celery_worker: Worker, government_web: GovernmentWeb
) -> None:
    replay(government_web, date(2019, 10, 20), date(2019, 10, 22))
    celery_worker.stop()

    states = set(Attachment.objects.values_list("state", "why", "next_try_at"))
    assert (Attachment.objects.count() > 0, states) == (True, {("read", "", None)})
