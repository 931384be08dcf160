"""Beat's table, the routes, the queues and the workers belong together."""

import fnmatch
from typing import Any

import pytest

import celeryconfig
from config import embedded
from tasks import app

QUEUES = {queue.name for queue in celeryconfig.task_queues}
BEAT = celeryconfig.beat_schedule


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    app.loader.import_default_modules()


def our_tasks() -> list[str]:
    return sorted(name for name in app.tasks if not name.startswith("celery."))


def test_there_are_tasks() -> None:
    assert our_tasks() != []


def test_every_task_has_a_route_to_a_queue_that_is_consumed() -> None:
    unrouted = [name for name in our_tasks() if app.amqp.router.route({}, name)["queue"].name not in QUEUES]
    assert unrouted == []


def test_every_task_is_routed_by_name_and_not_by_default() -> None:
    lost = [
        name for name in our_tasks() if not any(fnmatch.fnmatch(name, p) for p in celeryconfig.task_routes)
    ]
    assert lost == []


def test_every_route_leads_to_a_known_queue() -> None:
    assert {route["queue"] for route in celeryconfig.task_routes.values()} <= QUEUES


@pytest.mark.parametrize("entry", list(BEAT))
def test_beat_entry_names_a_registered_task(entry: str) -> None:
    assert BEAT[entry]["task"] in app.tasks


def test_the_one_worker_of_make_run_consumes_every_queue() -> None:
    assert set(embedded.QUEUES) == QUEUES
    assert f"--queues={','.join(embedded.QUEUES)}" in embedded.worker(embedded.QUEUES)


def test_visibility_outlives_every_task() -> None:
    options: dict[str, Any] = celeryconfig.broker_transport_options
    assert options["visibility_timeout"] > celeryconfig.task_time_limit
